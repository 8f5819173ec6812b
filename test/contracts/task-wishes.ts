import { expect } from 'chai';
import type { Campaign } from '../../core/campaigns/index.ts';
import type { UserId } from '../../core/kernel/index.ts';
import type { Take, WishFacts } from '../../core/tasks/index.ts';
import type { Tx } from '../../core/index.ts';
import { aLink, aTake, freshId, later, MONDAY } from '../support/builders.ts';
import { abandoned, codesOf, race, RACERS, refusalOf, type Stage } from './harness.ts';
import { enterCampaign, enterProof, enterTake, enterWorker } from './scenes.ts';

/** What decides about a worker's wish for a slot, and its fulfilment. */
export const wishes = (stage: Stage): void => {
  facts(stage);
  taking(stage);
  racing(stage);
};

/** As read for a wish; proofs count since `MONDAY`. */
export const factsFor = (stage: Stage, worker: UserId, campaign: Pick<Campaign, 'id'>) =>
  stage.run((tx) => tx.tasks.factsFor({ worker, campaign: campaign.id, sentSince: MONDAY }));

const wantedOf = (campaign: Campaign, workerId: UserId): Omit<Take, 'taskId'> => {
  const { taskId: _none, ...wanted } = aTake(campaign, { workerId, taskId: freshId() });
  return wanted;
};

const takeSlot = (tx: Tx, campaign: Campaign, workerId: UserId) =>
  tx.tasks.takeSlot(wantedOf(campaign, workerId), ['active']);

const facts = (stage: Stage): void => {
  it('TSK-3 nothing speaks against a new worker, and no campaign is no wish', async () => {
    const [campaign, worker] = [await enterCampaign(stage), await enterWorker(stage)];
    const nothing: WishFacts = {
      campaign,
      underWay: undefined,
      load: { takenNow: 0, sentSince: 0, firstDeadline: null },
      hasDone: false,
      rejectionsStanding: 0,
    };
    expect(await factsFor(stage, worker.id, campaign)).to.deep.equal(nothing);
    expect(await factsFor(stage, worker.id, { id: freshId() })).to.equal(undefined);
  });

  it('TSK-4 counts what is taken and what was sent, and knows the take of this campaign', async () => {
    const { id: workerId } = await enterWorker(stage);
    const [here, there] = [await enterCampaign(stage), await enterCampaign(stage)];
    const mine = await enterTake(stage, here, { workerId, deadline: later(9_000) });
    await enterTake(stage, there, { workerId, deadline: later(5_000) });
    for (const submittedAt of [later(-1), MONDAY]) {
      await enterProof(stage, await enterCampaign(stage), { take: { workerId }, submittedAt });
    }
    await enterTake(stage, here);
    const found = await factsFor(stage, workerId, here);
    expect(found?.load).to.deep.equal({
      takenNow: 2,
      sentSince: 1,
      firstDeadline: later(5_000),
    });
    expect(found?.underWay).to.equal(mine.id);
    expect(found?.hasDone).to.equal(true);
    const other = await factsFor(stage, workerId, await enterCampaign(stage));
    expect(other).to.include({ underWay: undefined, hasDone: false });
  });

  it('TSK-2 an action is done on its link in whatever campaign, until it ends unpaid', async () => {
    const link = aLink();
    const { id: workerId } = await enterWorker(stage);
    const [one, other] = [
      await enterCampaign(stage, { link }),
      await enterCampaign(stage, { link }),
    ];
    const another = await enterCampaign(stage, { link, kind: 'share' });
    const take = await enterTake(stage, one, { workerId, status: 'pending_review' });
    const done = async (campaign: Campaign) => (await factsFor(stage, workerId, campaign))?.hasDone;
    expect(await done(other)).to.equal(true);
    expect(await done(another)).to.equal(false);
    expect((await factsFor(stage, workerId, one))?.underWay).to.equal(undefined);
    await stage.run((tx) =>
      tx.tasks.save({ ...take, status: 'released', endedAt: later(1) }, 'available'),
    );
    expect(await done(other)).to.equal(false);
  });

  it('TSK-6 counts the rejections of this worker that stand in this campaign', async () => {
    const { id: workerId } = await enterWorker(stage);
    const [here, there] = [await enterCampaign(stage), await enterCampaign(stage)];
    for (const campaign of [here, here, there]) await enterRejection(stage, campaign, workerId);
    await enterRejection(stage, here, (await enterWorker(stage)).id);
    expect(await factsFor(stage, workerId, here)).to.include({ rejectionsStanding: 2 });
  });
};

/** A proof that was sent and rejected, whose slot is free again. */
const enterRejection = async (
  stage: Stage,
  campaign: Campaign,
  workerId: UserId,
): Promise<void> => {
  const { id: by } = await enterWorker(stage, { role: 'admin' });
  const proof = await enterProof(stage, campaign, { take: { workerId } });
  await stage.run(async (tx) => {
    const take = await tx.tasks.lock(proof.takeId);
    if (!take) throw new Error('the take is gone');
    const at = later(10);
    await tx.tasks.save({ ...take, status: 'rejected', endedAt: at }, 'available');
    await tx.proofs.decide({
      proofId: proof.id,
      order: 'first',
      verdict: 'rejected',
      by,
      reason: null,
      takeId: proof.takeId,
      at,
    });
  });
};

const taking = (stage: Stage): void => {
  it('TSK-3 takes a free slot of a campaign with the right status only', async () => {
    const { id: workerId } = await enterWorker(stage);
    const active = await enterCampaign(stage);
    const paused = await enterCampaign(stage, {
      status: 'paused',
      pausedBy: 'owner',
      reason: null,
    });
    expect(await stage.run((tx) => takeSlot(tx, paused, workerId))).to.equal(undefined);
    const wanted = wantedOf(active, workerId);
    const taskId = await stage.run((tx) => tx.tasks.takeSlot(wanted, ['active']));
    expect(await stage.run((tx) => tx.tasks.find(wanted.id))).to.deep.equal({ ...wanted, taskId });
    const progress = await stage.run((tx) => tx.slots.progress(active.id));
    expect(progress).to.include({ available: 2, taken: 1 });
    expect(
      await stage.run((tx) => tx.tasks.takeSlot(wantedOf(paused, workerId), ['active', 'paused'])),
    ).to.be.a('string');
  });

  it('TSK-3 finds every free slot, wherever among the taken ones it stands', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 12 });
    const takes = [];
    for (let slot = 0; slot < 12; slot += 1) takes.push(await enterTake(stage, campaign));
    for (const take of takes) {
      const { id: workerId } = await enterWorker(stage);
      expect(await stage.run((tx) => takeSlot(tx, campaign, workerId))).to.equal(undefined);
      await stage.run((tx) =>
        tx.tasks.save({ ...take, status: 'released', endedAt: later(1) }, 'available'),
      );
      expect(await stage.run((tx) => takeSlot(tx, campaign, workerId))).to.equal(take.taskId);
    }
  });

  it('TSK-2 refuses a second live take of one action, which holds no slot', async () => {
    const link = aLink();
    const { id: workerId } = await enterWorker(stage);
    const other = await enterCampaign(stage, { link });
    await enterTake(stage, await enterCampaign(stage, { link }), { workerId });
    const again = () => stage.run((tx) => takeSlot(tx, other, workerId));
    expect((await refusalOf(again())).code).to.equal('task.already-done');
    const progress = await stage.run((tx) => tx.slots.progress(other.id));
    expect(progress).to.include({ available: 3, taken: 0 });
  });

  it('TSK-1 keeps nothing of a run that throws; its slot is free', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 1 });
    const { id: workerId } = await enterWorker(stage);
    await abandoned(stage, (tx) => takeSlot(tx, campaign, workerId));
    expect(await stage.run((tx) => takeSlot(tx, campaign, workerId))).to.be.a('string');
  });
};

const racing = (stage: Stage): void => {
  for (const slots of [1, 5]) {
    it(`TSK-3 of twenty workers taking ${slots} slots at once ${slots} win`, async () => {
      const campaign = await enterCampaign(stage, { targetTotal: slots });
      const workers = await Promise.all(Array.from({ length: RACERS }, () => enterWorker(stage)));
      const { won, lost } = await race((index) =>
        stage.run((tx) => takeSlot(tx, campaign, (workers[index] as { id: UserId }).id)),
      );
      expect(lost).to.deep.equal([]);
      const taken = won.filter((taskId) => taskId !== undefined);
      expect(taken).to.have.length(slots);
      expect(new Set(taken).size).to.equal(slots);
      const progress = await stage.run((tx) => tx.slots.progress(campaign.id));
      expect(progress).to.include({ available: 0, taken: slots });
    });
  }

  it('TSK-2 of one worker taking the same action twenty times at once one wins', async () => {
    const link = aLink();
    const { id: workerId } = await enterWorker(stage);
    const campaigns = await Promise.all(
      Array.from({ length: RACERS }, () => enterCampaign(stage, { link })),
    );
    const { won, lost } = await race((index) =>
      stage.run((tx) => takeSlot(tx, campaigns[index] as Campaign, workerId)),
    );
    expect(won).to.have.length(1);
    expect(codesOf(lost)).to.deep.equal(['task.already-done']);
  });
};
