import {
  askTogether,
  DAY_MS,
  invariant,
  plusMinutes,
  plusMs,
  refuseCommon,
  startOfWibDay,
  type Actor,
  type CampaignId,
  type Clock,
  type Ids,
  type TakeId,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { Settings } from '../settings/index.ts';
import { lockActor, personOf, type User } from '../users/index.ts';
import type { WishFacts, WorkerLoad } from './ports.ts';
import { refuseTask, type Take, type TakeView } from './task.ts';

export interface TaskPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface TakeTask {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
}

/**
 * A worker takes one slot of a campaign, atomically: never a slot too many (TSK-3). Refused: own
 * campaign, an action on the link done or under way (TSK-2), too many rejections there (TSK-6), too
 * many at once or today (TSK-4). Asking again while one is taken gives the same take.
 */
export const takeTask =
  ({ unitOfWork, clock, ids }: TaskPorts) =>
  ({ actor, campaignId }: TakeTask): Promise<TakeView> =>
    unitOfWork.run(async (tx) => {
      const now = clock.now();
      const today = startOfWibDay(now);
      const [worker, facts, settings] = await askTogether([
        lockActor(tx, actor, 'worker'),
        tx.tasks.factsFor({ worker: personOf(actor), campaign: campaignId, sentSince: today }),
        tx.settings.current(),
      ]);
      if (!facts) throw refuseCommon('not-found', { what: 'campaign' });
      if (facts.underWay !== undefined) return viewOf(tx, facts.underWay);
      requireMayTake(worker, facts, settings);
      requireRoom(facts.load, settings, { now, today });
      const { campaign } = facts;
      const wanted: Omit<Take, 'taskId'> = {
        id: ids.next<TakeId>(),
        campaignId,
        workerId: worker.id,
        kind: campaign.kind,
        linkKey: campaign.link.key,
        status: 'taken',
        takenAt: now,
        deadline: plusMinutes(now, settings.holdMinutes),
        endedAt: null,
      };
      const taskId = await tx.tasks.takeSlot(wanted, ['active']);
      if (!taskId) throw refuseTask('task.gone');
      const take: Take = { ...wanted, taskId };
      await auditTake(tx, { actor, take, action: 'take.take', before: null });
      return { take, campaign };
    });

const viewOf = async (tx: Tx, id: TakeId): Promise<TakeView> => {
  const view = await tx.taskBoard.view(id);
  invariant(view, 'takes are never removed');
  return view;
};

const requireMayTake = (
  worker: User,
  { campaign, hasDone, rejectionsStanding }: WishFacts,
  { rejectionsMax: max }: Settings,
): void => {
  if (campaign.clientId === worker.id) throw refuseTask('task.own-campaign');
  if (campaign.status !== 'active') throw refuseTask('task.gone');
  if (hasDone) throw refuseTask('task.already-done');
  if (max > 0 && rejectionsStanding >= max) throw refuseTask('task.rejected-too-often', { max });
};

/** Counted under the worker's lock; says when there is room again (TSK-4). */
const requireRoom = (
  load: WorkerLoad,
  settings: Settings,
  { now, today }: { readonly now: Date; readonly today: Date },
): void => {
  if (load.takenNow >= settings.takenAtOnceMax) {
    throw refuseTask('task.too-many-taken', {
      max: settings.takenAtOnceMax,
      freesAt: load.firstDeadline ?? now,
    });
  }
  if (load.sentSince + load.takenNow >= settings.proofsPerDayMax) {
    throw refuseTask('task.daily-limit', {
      max: settings.proofsPerDayMax,
      freesAt: plusMs(today, DAY_MS),
    });
  }
};

/** Records a change of a take (AUD-1). */
export const auditTake = (
  tx: Pick<Tx, 'audit'>,
  change: {
    readonly actor: Actor;
    readonly take: Take;
    readonly action: string;
    readonly before: Take['status'] | null;
  },
): Promise<void> =>
  tx.audit.append({
    actor: change.actor,
    action: change.action,
    subject: 'take',
    subjectId: change.take.id,
    before: change.before === null ? null : { status: change.before },
    after: {
      status: change.take.status,
      task: change.take.taskId,
      campaign: change.take.campaignId,
      worker: change.take.workerId,
    },
    at: change.take.endedAt ?? change.take.takenAt,
  });
