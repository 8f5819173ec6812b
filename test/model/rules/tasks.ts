import { startOfWibDay, type CampaignId, type TakeId, type UserId } from '../../../core/index.ts';
import { TERMS, type Campaign, type Take, type TakeEnd, type World } from '../world.ts';
import { acting, done, refused, unless, type Rules } from './answer.ts';
import { refund } from './campaigns.ts';

export const campaignOf = (world: World, id: CampaignId): Campaign => {
  const campaign = world.campaigns.get(id);
  if (!campaign) throw new Error(`the model has lost campaign ${id}`);
  return campaign;
};

/** TSK-2: the same action on the same link, live or paid, in any campaign. */
export const hasDone = (world: World, worker: UserId, action: string): boolean =>
  [...world.takes.values()].some(
    (take) =>
      take.worker === worker &&
      ['taken', 'pending_review', 'approved'].includes(take.status) &&
      campaignOf(world, take.campaign).action === action,
  );

/** CAM-6, REV-5: a slot that comes free goes back to the pool, or closes and is refunded. */
export const endUnpaid = (
  world: World,
  take: Take,
  { from, as }: { readonly from: 'taken' | 'review'; readonly as: TakeEnd },
): void => {
  const campaign = campaignOf(world, take.campaign);
  take.status = as;
  campaign.slots[from] -= 1;
  if (campaign.status === 'deleted') refund(world, campaign, 1);
  else campaign.slots.available += 1;
};

/** ACC-5: only what is taken; what is under review stays. */
export const returnTakes = (world: World, worker: UserId): void => {
  for (const take of world.takes.values()) {
    if (take.worker !== worker || take.status !== 'taken') continue;
    endUnpaid(world, take, { from: 'taken', as: 'suspended' });
  }
};

/** TSK-4: the day of Jakarta. */
export const today = ({ now }: World): number => startOfWibDay(new Date(now)).getTime();

const sentToday = (world: World, worker: UserId): number =>
  [...world.proofs.values()].filter(
    ({ take, sentAt }) => world.takes.get(take)?.worker === worker && sentAt >= today(world),
  ).length;

/** TSK-6: rejections that nobody has turned round. */
const rejectedIn = (world: World, worker: UserId, campaign: CampaignId): number =>
  [...world.proofs.values()].filter(({ take: id, verdicts }) => {
    const take = world.takes.get(id);
    const stands = verdicts.length === 1 && verdicts[0]?.verdict === 'rejected';
    return stands && take?.worker === worker && take.campaign === campaign;
  }).length;

export const TASK_RULES: Pick<Rules, Extract<keyof Rules, `task.${string}`>> = {
  'task.take': (world, { by, id }, made) => {
    const who = acting(world, by, 'worker');
    if ('no' in who) return who.no;
    const worker = who.person.id;
    const campaign = world.campaigns.get(id);
    if (!campaign) return refused('not-found');
    const takenNow = [...world.takes.values()].filter(
      (take) => take.worker === worker && take.status === 'taken',
    );
    const underWay = takenNow.find((take) => take.campaign === id);
    if (underWay) return done('', underWay.id);
    const no = unless({
      'task.own-campaign': campaign.owner === worker,
      'task.gone': campaign.status !== 'active' || campaign.slots.available === 0,
      'task.already-done': hasDone(world, worker, campaign.action),
      'task.rejected-too-often': rejectedIn(world, worker, id) >= TERMS.rejectionsMax,
      'task.too-many-taken': takenNow.length >= TERMS.takenAtOnceMax,
      'task.daily-limit': sentToday(world, worker) + takenNow.length >= TERMS.proofsPerDayMax,
    });
    if (no) return no;
    campaign.slots.available -= 1;
    campaign.slots.taken += 1;
    const deadline = world.now + TERMS.holdMs;
    const take: Take = { id: made as TakeId, worker, campaign: id, deadline, status: 'taken' };
    world.takes.set(take.id, take);
    return done('', made);
  },
  'task.release': (world, { by, id }) => {
    const who = acting(world, by, 'worker');
    if ('no' in who) return who.no;
    const take = world.takes.get(id);
    if (take?.worker !== who.person.id) return refused('not-found');
    if (take.status !== 'taken') return refused('take.not-open');
    endUnpaid(world, take, { from: 'taken', as: 'released' });
    return done();
  },
  'task.expire': (world, { by }) => {
    if (by !== 'operator' && by !== 'job') return refused('user.operator-required');
    for (const take of world.takes.values()) {
      const isOver = take.deadline < world.now - TERMS.graceMs;
      if (take.status === 'taken' && isOver) {
        endUnpaid(world, take, { from: 'taken', as: 'expired' });
      }
    }
    return done();
  },
};
