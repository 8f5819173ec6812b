import { startOfWibDay, type Take, type TakeId, type UserId } from '../../core/index.ts';
import { demand } from './rule-broken.ts';
import type { ShadowCampaign, ShadowMarket, ShadowNeeds, ShadowTake } from './shadow-market.ts';

const wibDay = (at: number): number => startOfWibDay(new Date(at)).getTime();

const rejectionsOf = ({ rejections, proofs }: ShadowCampaign, worker: UserId): number =>
  rejections === 0
    ? 0
    : [...proofs.values()].filter(
        ({ take, verdict, isReversed }) =>
          take.worker === worker && verdict === 'rejected' && !isReversed,
      ).length;

/** TSK-2, TSK-3, TSK-4, TSK-6, CAM-6: what must hold where a take was given. */
const requireMayTake = (market: ShadowMarket, { settings }: ShadowNeeds, take: Take): void => {
  const campaign = market.campaignOf(take.campaignId);
  const { workerId: worker, taskId } = take;
  demand(campaign.status === 'active', 'CAM-6', () => `a take of a ${campaign.status} campaign`);
  demand(campaign.available > 0, 'TSK-3', () => `a slot too many of ${campaign.id}`);
  demand(!campaign.held.has(taskId), 'TSK-3', () => `slot ${taskId} given twice`);
  demand(campaign.client !== worker, 'TSK-2', () => `${worker} took their own`);
  const { takenAtOnceMax, proofsPerDayMax, rejectionsMax } = settings();
  const rejected = rejectionsOf(campaign, worker);
  demand(rejected < rejectionsMax, 'TSK-6', () => `${worker} was rejected ${rejected} times`);
  const { live, day, sent } = market.loadOf(worker);
  const taken = [...live.values()].filter(({ status }) => status === 'taken').length;
  demand(taken < takenAtOnceMax, 'TSK-4', () => `${worker} has ${taken} and took one more`);
  const today = taken + (day === wibDay(take.takenAt.getTime()) ? sent : 0);
  demand(today < proofsPerDayMax, 'TSK-4', () => `${worker} did ${today} today and took one more`);
};

const shadowOf = (market: ShadowMarket, take: Take): ShadowTake => ({
  id: take.id,
  taskId: take.taskId,
  campaign: market.campaignOf(take.campaignId),
  worker: take.workerId,
  takenAt: take.takenAt.getTime(),
  deadline: take.deadline.getTime(),
  status: 'taken',
  sentAt: 0,
});

/** What workers do, as the run believes it came out. */
export const createShadowWork = (market: ShadowMarket, needs: ShadowNeeds) => {
  const { audit, tally } = needs;
  const end = (take: ShadowTake, action: string): void => {
    take.campaign.taken -= 1;
    take.status = 'ended';
    take.campaign.held.delete(take.taskId);
    market.takenNow.delete(take.id);
    market.loadOf(take.worker).live.delete(take.id);
    audit.add(action);
    market.free(take.campaign);
  };
  return {
    took: (take: Take): void => {
      if (market.takes.has(take.id)) return;
      requireMayTake(market, needs, take);
      const known = shadowOf(market, take);
      const { campaign } = known;
      market.takes.set(take.id, known);
      market.takenNow.set(take.id, known);
      market.loadOf(take.workerId).live.set(take.id, known);
      campaign.takes.set(take.id, known);
      campaign.held.add(take.taskId);
      campaign.available -= 1;
      campaign.taken += 1;
      audit.add('take.take');
    },
    released: (id: TakeId): void => {
      const take = market.takes.get(id);
      if (take?.status === 'taken') end(take, 'take.release');
    },
    submitted: (id: TakeId, sentAt: number): void => {
      const take = market.takes.get(id);
      if (take?.status !== 'taken') return;
      demand(sentAt <= take.deadline, 'TSK-5', () => `proof of ${id} was late and accepted`);
      take.status = 'under review';
      take.sentAt = sentAt;
      market.takenNow.delete(id);
      take.campaign.taken -= 1;
      take.campaign.underReview += 1;
      const load = market.loadOf(take.worker);
      const day = wibDay(sentAt);
      if (load.day !== day) [load.day, load.sent] = [day, 0];
      load.sent += 1;
      audit.add('proof.submit');
    },
    /** Every task past its deadline came back, with the grace that the sweep gives. */
    expired: (until: number): void => {
      for (const take of market.takenNow.values()) {
        if (take.deadline >= until) continue;
        end(take, 'take.expired');
        tally.add('expired');
      }
    },
    /** A suspended worker's tasks came back (ACC-5). */
    withdrawnFrom: (worker: UserId): void => {
      for (const take of market.loadOf(worker).live.values()) {
        if (take.status === 'taken') end(take, 'take.suspended');
      }
    },
  };
};
