import { expect } from 'chai';
import type { ApprovalScope } from '../../core/approvals/index.ts';
import type { Campaign } from '../../core/campaigns/index.ts';
import { ZERO } from '../../core/kernel/index.ts';
import type { Proof } from '../../core/proofs/index.ts';
import type { User } from '../../core/users/index.ts';
import { aProof, freshId, later, rupiahs } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import { enterCampaign, enterProof, enterTake, enterUser, enterWorker } from './scenes.ts';

export const inCampaign = ({ id: campaignId }: Campaign): ApprovalScope => ({
  kind: 'campaign',
  campaignId,
});

/** What an order could name. */
export const previewing = (stage: Stage): void => {
  judging(stage);
  naming(stage);
};

const candidates = (stage: Stage, scope: ApprovalScope, { id: admin }: User, limit = 50) =>
  stage.run((tx) => tx.approvalBatches.candidates(scope, { admin, now: later(0), limit }));

const judging = (stage: Stage): void => {
  it('REV-8 names what waits in a campaign, or of a worker, oldest first', async () => {
    const admin = await enterUser(stage, { role: 'admin' });
    const worker = await enterWorker(stage);
    const campaign = await enterCampaign(stage, {
      pricePerTask: rupiahs(700),
      feePerTask: rupiahs(7),
    });
    const second = await enterProof(stage, campaign, { submittedAt: later(2_000) });
    const first = await enterProof(stage, campaign, {
      submittedAt: later(1_000),
      take: { workerId: worker.id },
    });
    const elsewhere = await enterProof(stage, await enterCampaign(stage), {
      submittedAt: later(3_000),
      take: { workerId: worker.id },
    });
    const shown = await candidates(stage, inCampaign(campaign), admin);
    const one = { reward: 700n, fee: 7n };
    expect(shown).to.deep.equal({
      named: [
        { proofId: first.id, ...one },
        { proofId: second.id, ...one },
      ],
      count: { suitable: 2, own: 0, flagged: 0, claimed: 0 },
    });
    const { named } = await candidates(stage, { kind: 'worker', workerId: worker.id }, admin);
    expect(named.map(({ proofId }) => proofId)).to.deep.equal([first.id, elsewhere.id]);
    const short = await candidates(stage, inCampaign(campaign), admin, 1);
    expect(short.named.map(({ proofId }) => proofId)).to.deep.equal([first.id]);
    expect(short.count.suitable, 'all are counted').to.equal(2);
  });

  it('REV-8 counts a waiting proof once: own, else flagged, else open at another', async () => {
    const [admin, other] = [
      await enterUser(stage, { role: 'admin' }),
      await enterUser(stage, { role: 'admin' }),
    ];
    const campaign = await enterCampaign(stage, { targetTotal: 9 });
    const open = (by: User, { id }: Proof, until = later(1)) =>
      stage.run((tx) => tx.reviewDesk.claim(id, { admin: by.id, now: later(-1), until }));
    const plain = await enterProof(stage, campaign);
    await enterFlagged(stage, campaign, { like: plain });
    await enterFlagged(stage, campaign, { like: plain, workerId: admin.id });
    await open(other, await enterProof(stage, campaign));
    const mine = await enterProof(stage, campaign);
    await open(admin, mine);
    const third = await enterUser(stage, { role: 'admin' });
    const past = await enterProof(stage, campaign);
    await open(third, past, later(0));
    await decideIt(stage, await enterProof(stage, campaign), other);
    const { named, count } = await candidates(stage, inCampaign(campaign), admin);
    expect(count).to.deep.equal({ suitable: 3, own: 1, flagged: 1, claimed: 1 });
    expect(named.map(({ proofId }) => proofId)).to.have.members([plain.id, mine.id, past.id]);
  });

  it('ACC-7 REV-8 counts a campaign of one’s own as own', async () => {
    const admin = await enterUser(stage, { role: 'admin' });
    const campaign = await enterCampaign(stage, { clientId: admin.id });
    await enterProof(stage, campaign);
    const { named, count } = await candidates(stage, inCampaign(campaign), admin);
    expect({ named, own: count.own }).to.deep.equal({ named: [], own: 1 });
  });
};

const enterFlagged = async (
  stage: Stage,
  campaign: Campaign,
  { like, workerId }: { readonly like: Proof; readonly workerId?: User['id'] },
): Promise<void> => {
  const take = await enterTake(stage, campaign, {
    status: 'pending_review',
    ...(workerId && { workerId }),
  });
  const proof = aProof(take, { id: stage.ids.next() });
  const flag = { kind: 'same-file', earlierProofId: like.id, distance: 0 } as const;
  await stage.run((tx) => tx.proofs.add(proof, [flag]));
};

const decideIt = (stage: Stage, { id: proofId, takeId }: Proof, { id: by }: User) =>
  stage.run((tx) =>
    tx.proofs.decide({
      proofId,
      order: 'first',
      verdict: 'rejected',
      by,
      reason: null,
      takeId,
      at: later(1),
    }),
  );

const naming = (stage: Stage): void => {
  it('REV-8 sums up those of a list that belong to the scope', async () => {
    const campaign = await enterCampaign(stage, { pricePerTask: rupiahs(700) });
    const proofs = [await enterProof(stage, campaign), await enterProof(stage, campaign)];
    const strange = await enterProof(stage, await enterCampaign(stage));
    const ids = [...proofs, strange].map(({ id }) => id);
    const sum = (scope: ApprovalScope) =>
      stage.run((tx) => tx.approvalBatches.sum(scope, [...ids, freshId()]));
    expect(await sum(inCampaign(campaign))).to.deep.equal({ proofs: 2, rewards: 1_400n });
    const { workerId } = strange;
    expect((await sum({ kind: 'worker', workerId })).proofs).to.equal(1);
    const nobody = { kind: 'worker', workerId: freshId<User['id']>() } as const;
    expect(await sum(nobody)).to.deep.equal({ proofs: 0, rewards: ZERO });
  });
};
