import { expect } from 'chai';
import { aPicture, type Chat, type ChatPerson } from '../../support/chat.ts';
import { aDepositDesk, aWithdrawalDesk, openWithdrawal } from './money-scenes.ts';

/** What docs/desks.md promises: taps, words and files, then the next case stands there. */
const DEPOSITS = {
  approve: { taps: ['✅ Setujui'] },
  'reject with a ready-made reason': { taps: ['Tolak', 'tidak terbaca'] },
  'credit another amount': {
    taps: ['Jumlah berbeda', 'Ada potongan biaya', 'Konfirmasi'],
    types: '95rb',
  },
  skip: { taps: ['Lewati'] },
} as const;

const PAYMENTS = {
  'pay without receipt': ['Proses', 'Sudah Ditransfer', 'Selesai tanpa bukti'],
  'pay with receipt and reference': ['Proses', 'Sudah Ditransfer', aPicture(), 'TRX', 'Konfirmasi'],
  'reject with a ready-made reason': ['Proses', 'Tolak', 'Nomor DANA tidak ditemukan'],
} as const;

const editsOf = (chat: Chat, since: number): number =>
  chat
    .calls()
    .slice(since)
    .filter((call) => call.startsWith('editMessage')).length;

const act = (admin: ChatPerson, what: string | Uint8Array) => {
  if (typeof what !== 'string') return admin.sendFile(what);
  return what === 'TRX' ? admin.say(what) : admin.tap(what);
};

describe('Telegram: what a decision about money costs', () => {
  for (const [decision, { taps, ...more }] of Object.entries(DEPOSITS)) {
    it(`DEP-2 ${decision}: ${taps.length} tap(s), each one edit, then the next case`, async () => {
      const { chat, admin, another } = await aDepositDesk();
      await another(20_000);
      await admin.say('Deposit');
      const before = chat.calls().length;
      for (const [at, label] of taps.entries()) {
        await admin.tap(label);
        if (at === 0 && 'types' in more) await admin.say(more.types);
      }
      expect(editsOf(chat, before)).to.equal(taps.length);
      expect(admin.screen().text).to.contain('Top-up Rp 20.000');
      expect(admin.screen().labels.slice(0, 2)).to.deep.equal(['✅ Setujui', '❌ Tolak']);
    });
  }

  for (const [decision, acts] of Object.entries(PAYMENTS)) {
    it(`WDR-2 ${decision}: ${acts.length} acts, then the next one`, async () => {
      const { admin, another, balances } = await aWithdrawalDesk();
      await another(30_000);
      await openWithdrawal(admin);
      for (const what of acts) await act(admin, what);
      expect((await balances()).hold).to.equal(0n);
      expect(admin.screen().text).to.contain('Withdraw Rp 30.000');
      expect(admin.screen().labels[0]).to.equal('▶️ Proses');
    });
  }
});
