import { expect } from 'chai';
import { aDesk } from '../review-scenes.ts';

/** What docs/desks.md promises: taps, and the calls to Telegram that they lead to. */
const DECISIONS = {
  approve: { taps: ['✅ Setujui'], workerHears: true, said: 'Disetujui. Rp 500' },
  'reject with a ready-made reason': {
    taps: ['Tolak', 'buram'],
    workerHears: true,
    said: 'Ditolak',
  },
  'reject without a reason': {
    taps: ['Tolak', 'Tanpa alasan'],
    workerHears: true,
    said: 'Ditolak',
  },
  skip: { taps: ['Lewati'], workerHears: false, said: 'Dilewati' },
} as const;

/** Every tap is answered and edits the one message, which already shows the next case. */
const A_TAP = ['answerCbQuery', 'editMessage'];

describe('Telegram: what a decision costs', () => {
  for (const [decision, { taps, workerHears, said }] of Object.entries(DECISIONS)) {
    it(`REV-2 ${decision}: ${taps.length} tap(s), then the next case is there`, async () => {
      const { chat, admin } = await aDesk(2);
      await admin.say('Review Bukti');
      const before = chat.calls().length;
      for (const label of taps) await admin.tap(label);
      const told = workerHears ? ['sendMessage'] : [];
      const calls = chat.calls().slice(before);
      expect(calls.map((call) => call.replace(/Media$|Caption$/, '')).toSorted()).to.deep.equal(
        [...taps.flatMap(() => A_TAP), ...told].toSorted(),
      );
      expect(admin.answer()?.text).to.contain(said);
      expect(admin.screen().text).to.contain('“Worker1”');
      expect(admin.screen().labels.slice(0, 2)).to.deep.equal(['✅ Setujui', '❌ Tolak']);
    });
  }

  it('REV-1 UX-2 an hour at the desk is one message', async () => {
    const { admin } = await aDesk(5);
    const { messageId } = await admin.say('Review Bukti');
    for (const label of ['✅ Setujui', 'Lewati', 'Tolak', 'buram', '✅ Setujui', '✅ Setujui']) {
      await admin.tap(label);
    }
    expect(admin.screen().messageId).to.equal(messageId);
    expect((await admin.tap('Periksa yang dilewati')).text).to.contain('“Worker1”');
  });
});
