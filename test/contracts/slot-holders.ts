import { expect } from 'chai';
import type { CampaignId } from '../../core/kernel/index.ts';
import { freshId, later } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import { enterCampaign, enterTake, enterWorker } from './scenes.ts';

/** `TaskBoard.holders`. */
export const holders = (stage: Stage): void => {
  const list = (campaign: CampaignId, page = 0) =>
    stage.run((tx) => tx.taskBoard.holders(campaign, { page, size: 2 }));

  it('TSK-1 lists who holds a slot: taken by deadline, then under review by age', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 9 });
    const hold = async (status: 'taken' | 'pending_review', takenAt: Date, deadline: Date) => {
      const worker = await enterWorker(stage);
      const change = { workerId: worker.id, status, takenAt, deadline };
      return { take: await enterTake(stage, campaign, change), worker };
    };
    const young = await hold('pending_review', later(2), later(5));
    const old = await hold('pending_review', later(1), later(9));
    const last = await hold('taken', later(3), later(8));
    const next = await hold('taken', later(4), later(7));
    await enterTake(stage, await enterCampaign(stage));
    const first = await list(campaign.id);
    expect(first).to.deep.equal({ items: [next, last], page: 0, pageCount: 2, total: 4 });
    expect((await list(campaign.id, 1)).items).to.deep.equal([old, young]);
  });

  it('TSK-1 who gave up, was decided or ran out of time holds no slot', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 9 });
    const endings = [
      ['released', 'available'],
      ['expired', 'available'],
      ['rejected', 'available'],
      ['approved', 'approved'],
    ] as const;
    for (const [status, slot] of endings) {
      const take = await enterTake(stage, campaign);
      await stage.run((tx) => tx.tasks.save({ ...take, status, endedAt: later(1) }, slot));
    }
    expect((await list(campaign.id)).total).to.equal(0);
    expect((await list(freshId())).items).to.deep.equal([]);
  });
};
