import { expect } from 'chai';
import type { Campaign } from '../../core/campaigns/index.ts';
import type { Take } from '../../core/tasks/index.ts';
import { aLink, aTake, freshId, later, MONDAY } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  codesOf,
  onStage,
  race,
  RACERS,
  refusalOf,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterCampaign, enterProof, enterTake, enterWorker } from './scenes.ts';
import { board } from './task-board.ts';
import { reminding } from './task-reminders.ts';
import { factsFor, wishes } from './task-wishes.ts';

/** What every store of tasks and takes promises, and every board of them. */
export const tasksContract = (name: string, open: OpenHarness) =>
  describe(`tasks: ${name}`, () => {
    const stage = onStage(open);
    claiming(stage);
    taking(stage);
    once(stage);
    loads(stage);
    wishes(stage);
    board(stage);
    reminding(stage);
  });

const claim = (stage: Stage, { id }: Campaign, statuses: readonly ('active' | 'paused')[]) =>
  stage.run((tx) => tx.tasks.claimSlot(id, statuses));

const claiming = (stage: Stage): void => {
  it('TSK-3 claims a slot of a campaign with the right status only', async () => {
    const active = await enterCampaign(stage);
    const paused = await enterCampaign(stage, {
      status: 'paused',
      pausedBy: 'owner',
      reason: null,
    });
    const deleted = await enterCampaign(stage, { status: 'deleted' });
    expect(await claim(stage, active, ['active'])).to.be.a('string');
    expect(await claim(stage, active, ['paused'])).to.equal(undefined);
    expect(await claim(stage, paused, ['active'])).to.equal(undefined);
    expect(await claim(stage, paused, ['active', 'paused'])).to.be.a('string');
    expect(await claim(stage, deleted, ['active', 'paused'])).to.equal(undefined);
  });

  it('TSK-3 claims nothing where no slot is left or no campaign is', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 1 });
    await enterTake(stage, campaign);
    expect(await claim(stage, campaign, ['active'])).to.equal(undefined);
    const unknown = { ...campaign, id: freshId<Campaign['id']>() };
    expect(await claim(stage, unknown, ['active'])).to.equal(undefined);
  });

  for (const slots of [1, 5]) {
    it(`TSK-3 of twenty workers racing for ${slots} slots ${slots} win`, async () => {
      const campaign = await enterCampaign(stage, { targetTotal: slots });
      const workers = await Promise.all(Array.from({ length: RACERS }, () => enterWorker(stage)));
      const { won, lost } = await race((index) =>
        stage.run(async (tx) => {
          const worker = workers[index];
          const taskId = await tx.tasks.claimSlot(campaign.id, ['active']);
          if (worker === undefined || taskId === undefined) return undefined;
          await tx.tasks.addTake(aTake(campaign, { workerId: worker.id, taskId }), 'taken');
          return taskId;
        }),
      );
      expect(lost).to.deep.equal([]);
      const taken = won.filter((taskId) => taskId !== undefined);
      expect(taken).to.have.length(slots);
      expect(new Set(taken).size).to.equal(slots);
      const progress = await stage.run((tx) => tx.slots.progress(campaign.id));
      expect(progress).to.include({ available: 0, taken: slots });
    });
  }
};

const taking = (stage: Stage): void => {
  const find = (take: Pick<Take, 'id'>) => stage.run((tx) => tx.tasks.find(take.id));

  it('TSK-1 stores a take and moves its slot along', async () => {
    const campaign = await enterCampaign(stage);
    const take = await enterTake(stage, campaign);
    expect(await find(take)).to.deep.equal(take);
    expect(await stage.run((tx) => tx.tasks.lock(take.id))).to.deep.equal(take);
    const progress = await stage.run((tx) => tx.slots.progress(campaign.id));
    expect(progress).to.include({ available: 2, taken: 1 });
  });

  it('TSK-1 knows no take that was never stored', async () => {
    const id = freshId<Take['id']>();
    expect(await find({ id })).to.equal(undefined);
    expect(await stage.run((tx) => tx.tasks.lock(id))).to.equal(undefined);
  });

  it('TSK-1 saves status and end of a take, and nothing else of it', async () => {
    const campaign = await enterCampaign(stage);
    const take = await enterTake(stage, campaign);
    const released: Take = { ...take, status: 'released', endedAt: later(9_000) };
    await stage.run((tx) =>
      tx.tasks.save({ ...released, takenAt: later(1), deadline: later(2) }, 'available'),
    );
    expect(await find(take)).to.deep.equal(released);
    const progress = await stage.run((tx) => tx.slots.progress(campaign.id));
    expect(progress).to.include({ available: 3, taken: 0 });
  });

  it('TSK-1 a slot that came back can be taken again; the old take stays as it ended', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 1 });
    const first = await enterTake(stage, campaign);
    const ended: Take = { ...first, status: 'expired', endedAt: later(9_000) };
    await stage.run((tx) => tx.tasks.save(ended, 'available'));
    const second = await enterTake(stage, campaign);
    expect(second.taskId).to.equal(first.taskId);
    expect(await find(first)).to.deep.equal(ended);
  });

  it('TSK-1 keeps no take of a run or savepoint that throws; its slot is free', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 1 });
    const worker = await enterWorker(stage);
    const takeIt = async (tx: Parameters<Parameters<Stage['run']>[0]>[0]) => {
      const taskId = await tx.tasks.claimSlot(campaign.id, ['active']);
      if (taskId === undefined) throw new Error('no slot');
      await tx.tasks.addTake(aTake(campaign, { workerId: worker.id, taskId }), 'taken');
    };
    await abandoned(stage, takeIt);
    await stage.run((tx) => abandonedStep(tx, takeIt));
    expect(await stage.run((tx) => tx.taskBoard.liveOf(worker.id))).to.deep.equal([]);
    await enterTake(stage, campaign, { workerId: worker.id });
  });
};

const once = (stage: Stage): void => {
  it('TSK-2 refuses a second live or approved take of the same kind and link', async () => {
    const link = aLink();
    const { id: workerId } = await enterWorker(stage);
    const [one, other] = [
      await enterCampaign(stage, { link }),
      await enterCampaign(stage, { link }),
    ];
    const take = await enterTake(stage, one, { workerId });
    const again = () => enterTake(stage, other, { workerId });
    const ended = { endedAt: later(9_000) };
    expect((await refusalOf(again())).code).to.equal('task.already-done');
    await stage.run((tx) => tx.tasks.save({ ...take, status: 'pending_review' }, 'pending_review'));
    expect((await refusalOf(again())).code).to.equal('task.already-done');
    await stage.run((tx) => tx.tasks.save({ ...take, status: 'approved', ...ended }, 'approved'));
    expect((await refusalOf(again())).code).to.equal('task.already-done');
    const progress = await stage.run((tx) => tx.slots.progress(other.id));
    expect(progress, 'refused takes hold no slot').to.include({ available: 3, taken: 0 });
    await stage.run((tx) => tx.tasks.save({ ...take, status: 'reversed', ...ended }, 'closed'));
    await again();
  });

  it('TSK-2 another kind, another link or another worker is another action', async () => {
    const link = aLink();
    const { id: workerId } = await enterWorker(stage);
    await enterTake(stage, await enterCampaign(stage, { link, kind: 'like' }), { workerId });
    await enterTake(stage, await enterCampaign(stage, { link, kind: 'share' }), { workerId });
    await enterTake(stage, await enterCampaign(stage, { kind: 'like' }), { workerId });
    await enterTake(stage, await enterCampaign(stage, { link, kind: 'like' }));
  });

  it('TSK-2 says whether a worker has done it', async () => {
    const campaign = await enterCampaign(stage);
    const take = await enterTake(stage, campaign);
    const done = (kind: Campaign['kind'], key: string) =>
      stage.run((tx) => tx.tasks.hasDone(take.workerId, kind, key));
    expect(await done('like', campaign.link.key)).to.equal(true);
    expect(await done('share', campaign.link.key)).to.equal(false);
    expect(await done('like', `${campaign.link.key}/x`)).to.equal(false);
    await stage.run((tx) =>
      tx.tasks.save({ ...take, status: 'rejected', endedAt: later(1) }, 'available'),
    );
    expect(await done('like', campaign.link.key)).to.equal(false);
  });

  it('TSK-2 of one worker’s twenty takes of one action at the same time one wins', async () => {
    const link = aLink();
    const { id: workerId } = await enterWorker(stage);
    const campaigns = await Promise.all(
      Array.from({ length: RACERS }, () => enterCampaign(stage, { link })),
    );
    const { won, lost } = await race((index) =>
      enterTake(stage, campaigns[index] as Campaign, { workerId }),
    );
    expect(won).to.have.length(1);
    expect(codesOf(lost)).to.deep.equal(['task.already-done']);
  });
};

const loads = (stage: Stage): void => {
  it('TSK-4 a new worker has nothing on their hands', async () => {
    const { id } = await enterWorker(stage);
    const found = await factsFor(stage, id, await enterCampaign(stage));
    expect(found?.load).to.deep.equal({ takenNow: 0, sentSince: 0, firstDeadline: null });
  });

  it('TSK-4 counts what is taken now and sent since, rejected proofs included', async () => {
    const { id: workerId } = await enterWorker(stage);
    for (const deadline of [later(9_000), later(5_000), later(7_000)]) {
      await enterTake(stage, await enterCampaign(stage), { workerId, deadline });
    }
    for (const submittedAt of [later(-1), MONDAY, later(1)]) {
      const take = { workerId, deadline: later(1_000) };
      const proof = await enterProof(stage, await enterCampaign(stage), { take, submittedAt });
      await reject(stage, proof.takeId, proof.id);
    }
    const found = await factsFor(stage, workerId, await enterCampaign(stage));
    expect(found?.load).to.deep.equal({ takenNow: 3, sentSince: 2, firstDeadline: later(5_000) });
  });
};

const reject = async (stage: Stage, takeId: Take['id'], proofId: string): Promise<void> => {
  const { id: by } = await enterWorker(stage, { role: 'admin' });
  await stage.run(async (tx) => {
    const take = await tx.tasks.lock(takeId);
    if (!take) throw new Error('the take is gone');
    const at = later(10);
    await tx.tasks.save({ ...take, status: 'rejected', endedAt: at }, 'available');
    await tx.proofs.decide({
      proofId: proofId as Parameters<typeof tx.proofs.decisions>[0],
      order: 'first',
      verdict: 'rejected',
      by,
      reason: null,
      takeId,
      at,
    });
  });
};
