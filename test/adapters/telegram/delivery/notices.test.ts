import { expect } from 'chai';
import { CODES } from '../../../../adapters/telegram/codes.ts';
import { TEXT_MAX } from '../../../../adapters/telegram/delivery/fit.ts';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import {
  asSystem,
  asUser,
  type Language,
  type Notice,
  type NoticeKind,
} from '../../../../core/index.ts';
import type { ShownMessage } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';
import { campaign, SAMPLES, takeId } from './notice-samples.ts';

const ALL: readonly Notice[] = Object.values(SAMPLES);
const LANGUAGES: readonly Language[] = ['id', 'en'];
const CODE_VALUES: ReadonlySet<string> = new Set(Object.values(CODES));

const say = (notice: Notice, language: Language = 'id') => textsIn(language).notices.say(notice);

/** What moves the reader's own money: hearing it twice must not read like moving it twice. */
const MOVES_MONEY: Readonly<Record<NoticeKind, boolean>> = {
  'proof.approved': true,
  'proof.rejected': false,
  'proof.unapproved': true,
  'campaign.approval-undone': true,
  'task.reminder': false,
  'task.expired': false,
  'task.withdrawn': false,
  'campaign.started': false,
  'campaign.half': false,
  'campaign.completed': false,
  'campaign.paused-by-admin': false,
  'campaign.resumed-by-admin': false,
  'campaign.deleted-by-admin': true,
  'campaign.slot-refunded': true,
  'deposit.approved': true,
  'deposit.rejected': false,
  'wallet.adjusted': true,
  'revenue.paid-out': false,
  'withdrawal.processing': false,
  'withdrawal.taken-over': false,
  'withdrawal.paid': true,
  'withdrawal.rejected': true,
  'account.suspended': false,
  'account.unsuspended': false,
  'account.admin-granted': false,
  'account.permissions': false,
  'account.role': false,
  'account.admin-revoked': false,
  'account.missed': false,
  'update.failed': false,
  'update.parked': false,
  'payments.frozen': false,
  'payments.resumed': false,
  'audit.head': false,
  'approvals.done': false,
  'report.daily': false,
  'broadcast.done': false,
  'desk.waiting': false,
};

describe('Telegram: notices', () => {
  for (const language of LANGUAGES) {
    it(`NTF-1 every notice says what in its first line and where in one button (${language})`, () => {
      for (const notice of ALL) {
        const { headline, text, keyboard } = say(notice, language);
        const what = `${notice.kind}: ${text}`;
        expect(text.startsWith(headline), what).to.equal(true);
        expect(headline.replaceAll(/<[^>]+>/g, '').trim().length, what).to.be.within(10, 120);
        expect(text, what).not.to.match(/undefined|null|NaN|\[object|Invalid/);
        expect(text.length, what).to.be.at.most(TEXT_MAX);
        expect(keyboard.flat(), what).to.have.length(1);
        for (const button of keyboard.flat()) {
          const [code = ''] = 'data' in button ? button.data.split(':') : [];
          expect(CODE_VALUES.has(code), what).to.equal(true);
        }
      }
    });

    it(`SEC-1 no notice lets through what somebody wrote as markup (${language})`, () => {
      for (const notice of ALL) {
        const { text } = say(notice, language);
        expect(text).not.to.match(/<(?!\/?(?:b|a|code)\b)|buram <b>|Ayu <b>|<ref>/);
      }
    });

    it(`NTF-2 a notice heard twice says the same, and the balance as it is (${language})`, () => {
      for (const notice of ALL) {
        const { text } = say(notice, language);
        expect(say(notice, language).text).to.equal(text);
        expect('balance' in notice, notice.kind).to.equal(MOVES_MONEY[notice.kind]);
        const stated = /(?:Saldo sekarang|Balance now) <b>Rp 12\.500<\/b>/.test(text);
        expect(stated, notice.kind).to.equal(MOVES_MONEY[notice.kind]);
      }
    });
  }

  it('UX-1 no notice is the same in both languages', () => {
    for (const notice of ALL) {
      expect(say(notice, 'en').headline).not.to.equal(say(notice, 'id').headline);
    }
  });

  it('TSK-5 a reminder names the deadline and leads to its task', () => {
    const { text, keyboard } = say(SAMPLES['task.reminder']);
    expect(text).to.contain('14.05 WIB');
    expect(keyboard).to.deep.equal([
      [{ label: '📌 Lihat Tugas', data: `${CODES.task}:${shortId(takeId)}` }],
    ]);
  });

  it('AUD-2 the head of the audit log is one code, as audit verify takes a witness', () => {
    const row = '0123 4567 89ab cdef';
    for (const language of LANGUAGES) {
      const { text } = say(SAMPLES['audit.head'], language);
      expect(text).to.contain(`\n<code>1440:${row} ${row} ${row} ${row}</code>\n`);
      expect(text).to.contain('5 Jan 2026 08.00 WIB').and.contain('1.440').and.contain('12.345');
    }
  });

  it('NTF-2 what was missed is told in a line each, with how much more there is', () => {
    const label = say(SAMPLES['campaign.half']).text.split('\n')[1] ?? '';
    expect(say(SAMPLES['account.missed']).text.split('\n')).to.deep.equal([
      'Ada <b>7</b> kabar yang sempat tidak bisa kami sampaikan:',
      `• Tugas ditolak — alasan: “buram &lt;b&gt; kirim ulang &amp; jelas” ${label}`,
      `• Campaign Anda sudah setengah jalan: 500 dari 1.000 tugas. ${label}`,
      '… dan 5 lainnya.',
      '',
      'Saldo dan Riwayat di bot menampilkan data terbaru.',
    ]);
    const all = say({ ...SAMPLES['account.missed'], total: 2 });
    expect(all.text).not.to.contain('lainnya');
  });

  it('NTF-2 what was missed fits into one message, however long the reasons are', () => {
    const long: Notice = { kind: 'proof.rejected', campaign, reason: '&'.repeat(500) };
    const { text } = say({ kind: 'account.missed', total: 9, newest: Array(5).fill(long) });
    expect(text.replaceAll('&amp;', '&').length).to.be.at.most(TEXT_MAX);
  });

  it('NTF-1 each desk is named with its own button', () => {
    const desks = ['proofs', 'deposits', 'withdrawals'] as const;
    const said = desks.map((desk) => say({ kind: 'desk.waiting', desk, waiting: 2 }));
    expect(new Set(said.map(({ text }) => text)).size).to.equal(3);
    const [proofs, deposits, withdrawals] = said.map(({ keyboard }) => keyboard[0]?.[0]);
    expect(proofs).to.include({ data: CODES.review });
    expect(deposits).to.include({ data: CODES.deposits });
    expect(withdrawals).to.include({ data: CODES.withdrawals });
  });
});

describe('Telegram: notices in the chat', () => {
  it('TSK-5 the button of a reminder opens the task, where the proof can be sent', async () => {
    const { chat, campaign, take } = await aScene();
    const worker = await chat.worker();
    await take(worker, await campaign());
    chat.clock.advance(25 * 60_000);
    await chat.core.tasks.remindDue({ actor: asSystem('remind'), limit: 10 });
    await chat.deliver();
    expect(worker.notices().at(-1)?.text).to.contain('09.30 WIB');
    const card = await worker.tap('Lihat Tugas');
    expect(card.text).to.contain('sisa 5 menit');
    expect(card.labels.join()).to.contain('Kirim Bukti');
  });

  it('NTF-2 whoever writes again after blocking the bot reads what was missed', async () => {
    const { chat, campaign, proof } = await aScene();
    const [worker, admin] = [await chat.worker(), await chat.admin()];
    const { telegramId } = worker;
    const { id: proofId } = await proof(worker, await campaign());
    await chat.core.users.noteReach({ telegramId, reachable: false });
    await chat.core.proofs.approve({ actor: asUser((await admin.user()).id), proofId });
    await chat.deliver();
    expect(worker.notices()).to.deep.equal([]);
    await worker.say('/start');
    const [missed, ...more] = worker.notices();
    expect(missed?.text).to.contain('• Tugas Anda disetujui — saldo bertambah.');
    expect(more).to.deep.equal([]);
    expect((await worker.tapOn(missed as ShownMessage, 'Beranda')).text).to.contain('Rp 500');
  });
});
