import { expect } from 'chai';
import { plainText } from '../../../../adapters/telegram/html.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import type { Standing } from '../../../../adapters/telegram/texts/id/review.ts';
import type { ReversalPreview, ReviewCase, User } from '../../../../core/index.ts';
import { freshId, rupiahs } from '../../../support/builders.ts';
import { aDesk, nth } from '../review-scenes.ts';

const CAPTION_MAX = 1_024;
const NOW = new Date('2026-12-25T07:05:00.000Z');

/** A case with everything as long as it can be. */
const theLongest = async (): Promise<ReviewCase> => {
  const { chat, anotherCampaign, proof } = await aDesk(0);
  const campaign = await anotherCampaign({
    link: `https://www.instagram.com/p/${'a'.repeat(1_900)}`,
    instructions: '😀'.repeat(1_000),
    kind: 'comment',
  });
  const worker = await chat.worker({ firstName: '😀'.repeat(64), username: 'u'.repeat(32) });
  const sent = await proof(worker, campaign);
  const person: User = await worker.user();
  const decided = { proofId: sent.id, by: person.id, takeId: sent.takeId, at: NOW };
  return {
    proof: sent,
    campaign: { ...campaign, pricePerTask: rupiahs(1_000_000_000) },
    worker: person,
    record: { approved: 99_999, rejected: 99_999, memberSince: new Date(0) },
    flags: [0, 20, 41].map((distance) => ({
      kind: distance === 0 ? 'same-file' : 'similar',
      earlierProofId: freshId(),
      distance,
    })),
    claim: null,
    decisions: (['first', 'reversal'] as const).map((order) => ({
      ...decided,
      order,
      verdict: 'approved',
      reason: '😀'.repeat(500),
    })),
    reviewers: [person, person],
  };
};

describe('Telegram: review cards at their longest', () => {
  for (const language of ['id', 'en'] as const) {
    const { review, reversal } = textsIn(language);

    it(`REV-1 REV-6 a waiting one keeps its caption whole (${language})`, async () => {
      const shown = { ...(await theLongest()), decisions: [], reviewers: [] };
      const queue = { waiting: 99_999, oldest: new Date(0) };
      const by = shown.worker;
      const standings: readonly Standing[] = [
        { kind: 'mine' },
        { kind: 'own' },
        { kind: 'looked-at' },
        { kind: 'claimed', claim: { by, until: NOW } },
      ];
      for (const standing of standings) {
        const text = plainText(review.case(shown, { standing, queue, now: NOW }));
        expect(text.length, standing.kind).to.be.at.most(CAPTION_MAX);
        expect(text).to.contain('2026').and.contain('99.999');
        expect(text.match(/⚠️/g)).to.have.length(3);
        expect(text.match(/😀/g)?.length, 'name and instructions').to.be.at.least(64 + 19);
      }
    });

    it(`REV-7 a decided one too, with both decisions (${language})`, async () => {
      const shown = { ...(await theLongest()), flags: [] };
      const standing = { kind: 'decided', final: 'x'.repeat(120) } as const;
      const text = plainText(review.case(shown, { standing, queue: null, now: NOW }));
      expect(text.length).to.be.at.most(CAPTION_MAX);
    });

    it(`REV-7 the money of a reversal is never cut off (${language})`, async () => {
      const shown = await theLongest();
      const money = rupiahs(1_000_000_000);
      const previews: readonly ReversalPreview[] = [
        { turns: 'approval', returned: money, feeReturned: money, shortfall: money },
        { turns: 'rejection', reward: money, fee: money },
      ];
      for (const preview of previews) {
        for (const text of [
          reversal.askReason(shown, preview),
          reversal.confirm(shown, preview, '😀'.repeat(500)),
        ]) {
          expect(plainText(text).length).to.be.at.most(CAPTION_MAX);
        }
      }
    });

    it(`PRF-4 seven proofs of a task's history fit into a message (${language})`, async () => {
      const shown = await theLongest();
      const cases = Array.from({ length: 7 }, () => shown);
      const text = plainText(review.taskHistory(cases, { of: shown, before: 90 }));
      expect(text.length).to.be.at.most(4_096);
    });
  }

  it('PRF-3 a short card shows its instructions whole', async () => {
    const { admin, anotherCampaign, more } = await aDesk(0);
    const instructions = 'Tonton sampai habis, lalu like. '.repeat(11).trim();
    await more(await anotherCampaign({ instructions }));
    expect((await admin.say('Review Bukti')).text).to.contain(instructions);
  });
});

describe('Telegram: flags of a case', () => {
  it('PRF-3 are told in words, with a way to the earlier case and back', async () => {
    const { admin, more, campaign, proofs } = await aDesk(0);
    await more(campaign, 'one picture');
    await more(campaign, 'one picture');
    await admin.say('Review Bukti');
    const card = await admin.tap('Setujui');
    expect(card.text).to.contain('⚠️ Gambar yang sama sudah pernah dikirim orang lain');
    const earlier = await admin.tap('Lihat bukti yang mirip');
    expect(earlier.text)
      .to.contain('Hanya untuk dibandingkan')
      .and.contain('“Worker0”')
      .and.contain('Sudah disetujui oleh “Ayu”');
    expect(earlier.labels).to.deep.equal(['🔗 Buka tautan', '⬅️ Kembali ke bukti ini']);
    const back = await admin.tap('Kembali ke bukti ini');
    expect(back.text).to.contain('“Worker1”');
    await admin.tap('✅ Setujui');
    expect(admin.answer()?.text).to.contain('✅ Disetujui');
    expect(nth(proofs, 1).status).to.equal('pending');
  });

  it('PRF-3 REV-6 comparing keeps the case, and skips', async () => {
    const { chat, admin, more, campaign } = await aDesk(1);
    await more(campaign, 'one picture');
    await more(campaign, 'one picture');
    await admin.say('Review Bukti');
    await admin.tap('Lewati');
    await admin.tap('Lewati');
    await admin.tap('Lihat bukti yang mirip');
    const second = await chat.admin({ firstName: 'Bagus' });
    expect((await second.say('Review Bukti')).text).to.contain('“Worker0”');
    expect((await second.tap('Lewati')).text).to.contain('“Worker1”');
    expect((await second.tap('Lewati')).text).to.contain('Tidak ada lagi bukti');
    await admin.tap('Kembali ke bukti ini');
    expect((await admin.tap('Lewati')).text).to.contain('Anda melewati 3 bukti');
  });
});
