import { expect } from 'chai';
import type { Campaign, Progress } from '../../core/campaigns/index.ts';
import { escrowOf } from '../../core/wallet/index.ts';
import { aCampaign, freshId, later, rupiahs } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  onStage,
  race,
  RACERS,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterCampaign, enterProof, enterTake, enterUser, enterWorker } from './scenes.ts';

/** What every store of campaigns and their slots promises. */
export const campaignsContract = (name: string, open: OpenHarness) =>
  describe(`campaigns and slots: ${name}`, () => {
    const stage = onStage(open);
    storing(stage);
    settling(stage);
    listing(stage);
    slots(stage);
    closing(stage);
  });

const NOTHING: Progress = {
  available: 0,
  taken: 0,
  underReview: 0,
  approved: 0,
  closed: 0,
  rejections: 0,
};

const find = (stage: Stage, { id }: Pick<Campaign, 'id'>) =>
  stage.run((tx) => tx.campaigns.find(id));

const progressOf = (stage: Stage, { id }: Pick<Campaign, 'id'>) =>
  stage.run((tx) => tx.slots.progress(id));

const storing = (stage: Stage): void => {
  it('CAM-1 stores a campaign with an empty escrow', async () => {
    const { id: clientId } = await enterUser(stage);
    const campaign = aCampaign({
      clientId,
      kind: 'comment',
      instructions: 'Say something nice',
      pricePerTask: rupiahs(1_500),
      feePerTask: rupiahs(75),
      status: 'paused',
      pausedBy: 'admin',
      reason: 'The link is broken',
    });
    await stage.run((tx) => tx.campaigns.add(campaign));
    const found = await stage.run(async (tx) => [
      await tx.campaigns.find(campaign.id),
      await tx.campaigns.lock(campaign.id, 'change'),
      await tx.campaigns.lock(campaign.id, 'share'),
    ]);
    expect(found).to.deep.equal([campaign, campaign, campaign]);
    const held = await stage.run((tx) => tx.wallets.lockBalances([escrowOf(campaign.id)]));
    expect(held).to.deep.equal([0n]);
  });

  it('knows no campaign that was never stored', async () => {
    const id = freshId<Campaign['id']>();
    expect(await find(stage, { id })).to.equal(undefined);
    expect(await stage.run((tx) => tx.campaigns.lock(id, 'change'))).to.equal(undefined);
    expect(await stage.run((tx) => tx.campaigns.lock(id, 'share'))).to.equal(undefined);
  });

  it('CAM-6 saves status, who paused, why, and the target', async () => {
    const { status: _active, ...campaign } = await enterCampaign(stage);
    const states: readonly Campaign[] = [
      { ...campaign, status: 'paused', pausedBy: 'owner', reason: null, targetTotal: 9 },
      { ...campaign, status: 'paused', pausedBy: 'admin', reason: 'The link is broken' },
      { ...campaign, status: 'active', targetTotal: 9 },
      { ...campaign, status: 'deleted', reason: 'The link is broken' },
    ];
    for (const state of states) {
      await stage.run((tx) => tx.campaigns.save(state));
      expect(await find(stage, campaign)).to.deep.equal(state);
    }
  });

  it('CAM-6 an owner gives no reason for deleting', async () => {
    const { status: _active, ...campaign } = await enterCampaign(stage);
    const deleted: Campaign = { ...campaign, status: 'deleted', reason: null };
    await stage.run((tx) => tx.campaigns.save(deleted));
    expect(await find(stage, campaign)).to.deep.equal(deleted);
  });

  it('CAM-4 saves nothing else: terms are fixed, counters move by settling', async () => {
    const campaign = await enterCampaign(stage);
    await stage.run((tx) => tx.campaigns.settle(campaign.id, { completed: 1, closed: 1 }));
    await stage.run((tx) =>
      tx.campaigns.save({ ...campaign, pricePerTask: rupiahs(1), feePerTask: rupiahs(1) }),
    );
    const after = { ...campaign, completedCount: 1, closedCount: 1 };
    expect(await find(stage, campaign)).to.deep.equal(after);
  });

  it('keeps no campaign of a run or savepoint that throws', async () => {
    const { id: clientId } = await enterUser(stage);
    const [one, other] = [aCampaign({ clientId }), aCampaign({ clientId })];
    await abandoned(stage, (tx) => tx.campaigns.add(one));
    await stage.run((tx) => abandonedStep(tx, (step) => step.campaigns.add(other)));
    expect(await find(stage, one)).to.equal(undefined);
    expect(await find(stage, other)).to.equal(undefined);
  });
};

const settling = (stage: Stage): void => {
  it('REV-3 settles in the row itself and shows the row after it', async () => {
    const campaign = await enterCampaign(stage);
    const settle = (completed: number, closed: number) =>
      stage.run((tx) => tx.campaigns.settle(campaign.id, { completed, closed }));
    expect(await settle(2, 0)).to.deep.equal({ ...campaign, completedCount: 2 });
    const after = { ...campaign, completedCount: 1, closedCount: 1 };
    expect(await settle(-1, 1)).to.deep.equal(after);
    expect(await find(stage, campaign)).to.deep.equal(after);
  });

  it('REV-3 loses none of twenty settlements at the same time', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: RACERS });
    const { won, lost } = await race(() =>
      stage.run((tx) => tx.campaigns.settle(campaign.id, { completed: 1, closed: 0 })),
    );
    expect(lost).to.deep.equal([]);
    expect((await find(stage, campaign))?.completedCount).to.equal(RACERS);
    const counts = won.map(({ completedCount }) => completedCount);
    expect(new Set(counts).size, 'everybody saw a number of their own').to.equal(RACERS);
  });

  it('REV-3 takes a settlement back with its run', async () => {
    const campaign = await enterCampaign(stage);
    await abandoned(stage, (tx) => tx.campaigns.settle(campaign.id, { completed: 1, closed: 0 }));
    expect(await find(stage, campaign)).to.deep.equal(campaign);
  });
};

const listing = (stage: Stage): void => {
  it('CAM-8 lists a client’s own campaigns with their progress, newest first', async () => {
    const { id: clientId } = await enterUser(stage);
    const make = (second: number) =>
      enterCampaign(stage, { clientId, createdAt: later(second * 1_000), targetTotal: second });
    const [two, one, three] = [await make(2), await make(1), await make(3)];
    await enterCampaign(stage);
    const list = (page: number) =>
      stage.run((tx) => tx.campaigns.listOf(clientId, { page, size: 2 }));
    const first = await list(0);
    expect(first).to.include({ total: 3, pageCount: 2, page: 0 });
    expect(first.items).to.deep.equal([
      { campaign: three, progress: { ...NOTHING, available: 3 } },
      { campaign: two, progress: { ...NOTHING, available: 2 } },
    ]);
    expect((await list(1)).items.map(({ campaign }) => campaign)).to.deep.equal([one]);
  });

  it('ACC-5 locks a client’s active and paused campaigns, and no others', async () => {
    const { id: clientId } = await enterUser(stage);
    const make = (change: Partial<Campaign>) => enterCampaign(stage, { clientId, ...change });
    const active = await make({});
    const paused = await make({ status: 'paused', pausedBy: 'admin', reason: 'Broken' });
    await make({ status: 'deleted' });
    await make({ status: 'completed' });
    await enterCampaign(stage);
    const open = await stage.run((tx) => tx.campaigns.lockOpenOf(clientId));
    const byId = [active, paused].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(open).to.deep.equal(byId);
  });
};

const slots = (stage: Stage): void => {
  it('CAM-3 opens as many slots as asked for, and more later', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 3 });
    expect(await progressOf(stage, campaign)).to.deep.equal({ ...NOTHING, available: 3 });
    await stage.run((tx) => tx.slots.open(campaign, 2));
    expect(await progressOf(stage, campaign)).to.deep.equal({ ...NOTHING, available: 5 });
  });

  it('CAM-8 counts slots by state, and rejections', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 8 });
    await enterTake(stage, campaign);
    await enterProof(stage, campaign);
    const approved = await enterTake(stage, campaign, { status: 'pending_review' });
    const rejected = await enterProof(stage, campaign);
    const { id: by } = await enterUser(stage, { role: 'admin' });
    await stage.run(async (tx) => {
      const at = later(1);
      await tx.tasks.save({ ...approved, status: 'approved', endedAt: at }, 'approved');
      const take = await tx.tasks.lock(rejected.takeId);
      if (!take) throw new Error('the take is gone');
      await tx.tasks.save({ ...take, status: 'rejected', endedAt: at }, 'available');
      const verdict = { order: 'first', verdict: 'rejected', by, reason: null, at } as const;
      await tx.proofs.decide({ proofId: rejected.id, takeId: rejected.takeId, ...verdict });
    });
    expect(await progressOf(stage, campaign)).to.deep.equal({
      available: 5,
      taken: 1,
      underReview: 1,
      approved: 1,
      closed: 0,
      rejections: 1,
    });
  });

  it('CAM-3 opens no slot in a run or savepoint that throws', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 3 });
    await abandoned(stage, (tx) => tx.slots.open(campaign, 2));
    await stage.run((tx) => abandonedStep(tx, (step) => step.slots.open(campaign, 2)));
    expect(await progressOf(stage, campaign)).to.deep.equal({ ...NOTHING, available: 3 });
  });
};

const closing = (stage: Stage): void => {
  const close = (campaign: Campaign) => stage.run((tx) => tx.slots.closeAvailable(campaign.id));

  it('CAM-6 closes the available slots only, and says how many', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 4 });
    await enterTake(stage, campaign);
    expect(await close(campaign)).to.equal(3);
    expect(await close(campaign)).to.equal(0);
    const progress = await progressOf(stage, campaign);
    expect(progress).to.deep.equal({ ...NOTHING, taken: 1, closed: 3 });
  });

  it('CAM-6 twenty who close at the same time close every slot once', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 7 });
    const { won, lost } = await race(() => close(campaign));
    expect(lost).to.deep.equal([]);
    expect(won.toSorted((a, b) => b - a)).to.deep.equal([7, ...Array(RACERS - 1).fill(0)]);
  });

  it('CAM-6 a slot is either taken or closed, however close the race', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 5 });
    const workers = await Promise.all(Array.from({ length: RACERS }, () => enterWorker(stage)));
    const closed: number[] = [];
    const { won, lost } = await race(async (index) => {
      const worker = workers[index];
      if (index === 10 || worker === undefined) return closed.push(await close(campaign)) > 0;
      return enterTake(stage, campaign, { workerId: worker.id }).catch(() => false);
    });
    expect(lost).to.deep.equal([]);
    const taken = won.filter((result) => typeof result === 'object').length;
    const progress = await progressOf(stage, campaign);
    expect(progress).to.deep.equal({ ...NOTHING, taken, closed: closed[0] ?? -1 });
    expect(progress.available + progress.taken + progress.closed).to.equal(5);
  });

  it('CAM-6 opens closed slots again with a run that throws', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 3 });
    await abandoned(stage, (tx) => tx.slots.closeAvailable(campaign.id));
    expect(await progressOf(stage, campaign)).to.deep.equal({ ...NOTHING, available: 3 });
    await enterTake(stage, campaign);
  });
};
