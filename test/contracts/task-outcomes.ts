import { expect } from 'chai';
import type { Campaign } from '../../core/campaigns/index.ts';
import type { Proof, ProofDecision } from '../../core/proofs/index.ts';
import type { OfferTerms, Take, TakeStatus } from '../../core/tasks/index.ts';
import type { User } from '../../core/users/index.ts';
import { escrowOf, REVENUE, walletOf } from '../../core/wallet/index.ts';
import { aTransaction, later, rupiahs } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import {
  enterCampaign,
  enterProof,
  enterRich,
  enterTake,
  enterUser,
  enterWorker,
} from './scenes.ts';
import { factsFor } from './task-wishes.ts';

/** What `TaskBoard` knows of tasks that have ended. */
export const outcomes = (stage: Stage): void => {
  closing(stage);
  past(stage);
};

type Judged = Pick<ProofDecision, 'verdict'> & {
  readonly order?: ProofDecision['order'];
  readonly reason?: string | null;
  readonly ends: TakeStatus;
  readonly atSecond?: number;
};

/** Judges a proof and ends its take; the slot is free again unless the take is approved. */
const judge = async (stage: Stage, proof: Proof, judged: Judged): Promise<Take> => {
  const at = later((judged.atSecond ?? 1) * 1_000);
  const by = (await enterUser(stage, { role: 'admin' })).id;
  const { verdict, order = 'first', reason = null } = judged;
  return stage.run(async (tx) => {
    const { takeId } = proof;
    await tx.proofs.decide({ proofId: proof.id, order, verdict, by, reason, takeId, at });
    const take = await tx.tasks.lock(takeId);
    if (!take) throw new Error('the take of this proof is stored');
    const ended: Take = { ...take, status: judged.ends, endedAt: at };
    const slot = judged.ends === 'approved' ? 'approved' : 'available';
    await tx.tasks.save(ended, judged.ends === 'reversed' ? 'closed' : slot);
    return ended;
  });
};

const closing = (stage: Stage): void => {
  const rejected = async (campaign: Campaign, { id: workerId }: User) => {
    const proof = await enterProof(stage, campaign, { take: { workerId } });
    await judge(stage, proof, { verdict: 'rejected', ends: 'rejected' });
    return proof;
  };
  const isOffered = (terms: OfferTerms, { id }: Campaign) =>
    stage.run(async (tx) => {
      const listed = await tx.taskBoard.offers(terms, { page: 0, size: 50 });
      const one = await tx.taskBoard.offer(terms, id);
      expect(listed.items.some(({ campaignId }) => campaignId === id)).to.equal(Boolean(one));
      return Boolean(one);
    });

  it('TSK-6 offers no campaign in which so many rejections of this worker stand', async () => {
    const [worker, other] = [await enterWorker(stage), await enterWorker(stage)];
    const dear = { pricePerTask: rupiahs(900_000) };
    const [campaign, second] = [await enterCampaign(stage, dear), await enterCampaign(stage, dear)];
    const terms = { worker: worker.id, rejectionsMax: 2 };
    await rejected(campaign, worker);
    await rejected(second, worker);
    await rejected(campaign, other);
    expect(await isOffered(terms, campaign)).to.equal(true);
    expect(await isOffered({ ...terms, rejectionsMax: 1 }, campaign)).to.equal(false);
    await rejected(campaign, worker);
    expect(await isOffered(terms, campaign)).to.equal(false);
    expect(await isOffered({ ...terms, rejectionsMax: 3 }, campaign)).to.equal(true);
    expect(await isOffered({ ...terms, rejectionsMax: 0 }, campaign)).to.equal(true);
    expect(await isOffered({ worker: other.id, rejectionsMax: 2 }, campaign)).to.equal(true);
    expect(await isOffered(terms, second)).to.equal(true);
  });

  it('TSK-6 neither an approval undone nor a rejection undone is a rejection', async () => {
    const worker = await enterWorker(stage);
    const campaign = await enterCampaign(stage, { pricePerTask: rupiahs(900_000), targetTotal: 9 });
    const { id: workerId } = worker;
    const approved = await enterProof(stage, campaign, { take: { workerId } });
    await judge(stage, approved, { verdict: 'approved', ends: 'approved' });
    await judge(stage, approved, { verdict: 'rejected', order: 'reversal', ends: 'reversed' });
    const undone = await rejected(campaign, worker);
    const by = (await enterUser(stage)).id;
    await stage.run((tx) =>
      tx.proofs.decide({
        proofId: undone.id,
        order: 'reversal',
        verdict: 'approved',
        by,
        reason: 'looked again',
        takeId: undone.takeId,
        at: later(9_000),
      }),
    );
    const terms = { worker: workerId, rejectionsMax: 1 };
    expect(await isOffered(terms, campaign)).to.equal(true);
    const standing = async () => (await factsFor(stage, workerId, campaign))?.rejectionsStanding;
    expect(await standing()).to.equal(0);
    await rejected(campaign, worker);
    expect(await standing()).to.equal(1);
    expect(await isOffered(terms, campaign)).to.equal(false);
  });
};

const past = (stage: Stage): void => {
  const read = ({ id }: User, page = { page: 0, size: 50 }) =>
    stage.run((tx) => tx.taskBoard.past(id, page));
  const end = (take: Take, status: TakeStatus, atSecond: number) =>
    stage.run(async (tx) => {
      const ended: Take = { ...take, status, endedAt: later(atSecond * 1_000) };
      await tx.tasks.save(ended, 'available');
      return ended;
    });

  it('TSK-1 lists what has ended, the newest end first, with its campaign', async () => {
    const worker = await enterWorker(stage);
    const { id: workerId } = worker;
    const campaign = await enterCampaign(stage);
    await enterTake(stage, campaign);
    const first = await end(await enterTake(stage, campaign, { workerId }), 'expired', 3);
    const second = await end(await enterTake(stage, campaign, { workerId }), 'released', 5);
    const third = await end(await enterTake(stage, campaign, { workerId }), 'suspended', 4);
    const twin = await end(await enterTake(stage, campaign, { workerId }), 'released', 4);
    await enterTake(stage, campaign, { workerId });
    const outcome = (take: Take) => ({ take, campaign, paid: null, reason: null });
    const all = [second, twin, third, first].map(outcome);
    expect(await read(worker)).to.deep.equal({ items: all, page: 0, pageCount: 1, total: 4 });
    const pages = [
      await read(worker, { page: 0, size: 3 }),
      await read(worker, { page: 1, size: 3 }),
    ];
    expect(pages.flatMap(({ items }) => items)).to.deep.equal(all);
    expect((await read(await enterWorker(stage))).items).to.deep.equal([]);
  });

  it('PRF-4 an approved one was paid, a rejected one has its reason', async () => {
    const worker = await enterWorker(stage);
    const take = { workerId: worker.id };
    const proven = async (judged: Judged) => {
      const proof = await enterProof(stage, await enterCampaign(stage), { take });
      return judge(stage, proof, judged);
    };
    await proven({ verdict: 'approved', ends: 'approved', atSecond: 1, reason: 'well done' });
    await proven({ verdict: 'rejected', ends: 'rejected', atSecond: 2, reason: 'blurred' });
    await proven({ verdict: 'rejected', ends: 'rejected', atSecond: 3 });
    const shown = (await read(worker)).items.map(({ paid, reason }) => [paid, reason]);
    expect(shown).to.deep.equal([
      [null, null],
      [null, 'blurred'],
      [500n, null],
    ]);
  });

  it('REV-7 of a reversed one stands what was not taken back', async () => {
    for (const [takenBack, paid] of [
      [0, 500n],
      [300, 200n],
      [500, null],
    ] as const) {
      const [worker, client] = [await enterRich(stage, 9_000), await enterRich(stage, 9_000)];
      const campaign = await enterCampaign(stage, { clientId: client.id });
      const proof = await enterProof(stage, campaign, { take: { workerId: worker.id } });
      await judge(stage, proof, { verdict: 'approved', ends: 'approved' });
      const [wallet, owner] = [walletOf(worker.id), walletOf(client.id)];
      const reference = { kind: 'proof', id: proof.id } as const;
      await stage.run(async (tx) => {
        const funded = { from: owner, to: escrowOf(campaign.id), amount: rupiahs(1_000) };
        const { id: userId } = client;
        await tx.wallets.post(
          aTransaction({ type: 'campaign_funding', userId, postings: [funded] }),
        );
        const fee = { from: escrowOf(campaign.id), to: REVENUE, amount: rupiahs(20) };
        await tx.wallets.post(
          aTransaction({ type: 'platform_fee', userId: null, postings: [fee] }),
        );
        const feeBack = { from: REVENUE, to: owner, amount: rupiahs(20) };
        const back = { from: wallet, to: owner, amount: rupiahs(takenBack) };
        const postings = takenBack > 0 ? [back, feeBack] : [feeBack];
        await tx.wallets.post(
          aTransaction({ type: 'reversal', userId: worker.id, reference, postings }),
        );
      });
      const reversed = { verdict: 'rejected', order: 'reversal', ends: 'reversed' } as const;
      const take = await judge(stage, proof, { ...reversed, reason: 'a copy' });
      expect((await read(worker)).items).to.deep.equal([
        { take, campaign, paid, reason: 'a copy' },
      ]);
    }
  });
};
