import { expect } from 'chai';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import type { ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';
import { aDepositDesk, aWithdrawalDesk, openWithdrawal } from '../money-scenes.ts';
import { aDesk } from '../review-scenes.ts';

const { common } = textsIn('id');
const THINGS = [
  { sticker: { file_id: 's', file_unique_id: 'us', emoji: '😀' } },
  { voice: { file_id: 'v', file_unique_id: 'uv', duration: 3 } },
];

const taps = async (person: ChatPerson, labels: readonly string[]): Promise<ChatPerson> => {
  for (const label of labels) await person.tap(label);
  return person;
};

/** Who is asked something, by the question's first words, and what is expected of them. */
const QUESTIONS: readonly (readonly [
  question: string,
  expected: string,
  ask: () => Promise<ChatPerson>,
])[] = [
  ['🔍', common.buttonExpected, async () => taps((await aDesk(1)).admin, ['Review Bukti'])],
  [
    '❌ Tolak bukti ini?',
    common.textExpected,
    async () => taps((await aDesk(1)).admin, ['Review Bukti', 'Tolak']),
  ],
  [
    '🔁 Batalkan persetujuan ini?',
    common.textExpected,
    async () =>
      taps((await aDesk(1)).admin, ['Review Bukti', 'Setujui', 'rq', 'Like', 'Ubah keputusan']),
  ],
  [
    '⏩ Setujui',
    common.buttonExpected,
    async () => taps((await aDesk(2)).admin, ['Review Bukti', 'Setujui banyak', 'Campaign ini']),
  ],
  [
    '✏️ Jumlah berbeda',
    common.textExpected,
    async () => taps((await aDepositDesk()).admin, ['Deposit', 'Jumlah berbeda']),
  ],
  [
    '✅ Sudah Ditransfer',
    common.transferProofExpected,
    async () => {
      const { admin } = await aWithdrawalDesk();
      await openWithdrawal(admin);
      return taps(admin, ['Proses', 'Sudah Ditransfer']);
    },
  ],
  [
    '🗑',
    common.textExpected,
    async () => {
      const { chat, campaign } = await aScene();
      await campaign();
      return taps(await chat.admin(), ['ac', '1. 🟢', 'Hapus']);
    },
  ],
];

describe('Telegram: stickers and voice notes', () => {
  for (const [question, expected, ask] of QUESTIONS) {
    it(`UX-4 say what is expected above the question, which stays: ${question}`, async () => {
      const person = await ask();
      const asked = person.screen();
      expect(asked.text).to.contain(question);
      for (const thing of THINGS) {
        const again = await person.sendOther(thing);
        expect(again.text).to.contain(expected).and.to.contain(asked.text);
        expect(again.labels).to.deep.equal(asked.labels);
      }
    });
  }

  for (const thing of THINGS) {
    const [kind] = Object.keys(thing);
    it(`TSK-5 UX-4 no screenshot is asked for that would come too late: ${kind}`, async () => {
      const { chat, campaign, take } = await aScene();
      const worker = await chat.worker();
      await take(worker, await campaign());
      await taps(worker, ['mt', 'Like', 'Kirim Bukti']);
      expect((await worker.sendOther(thing)).text).to.contain(common.photoExpected);
      chat.clock.advance(3 * 3_600_000);
      const late = await worker.sendOther(thing);
      expect(late.text).to.contain('waktunya habis').and.not.contain(common.photoExpected);
    });
  }
});
