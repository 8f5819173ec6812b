import {
  DAY_MS,
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
import type { Campaign } from '../campaigns/index.ts';
import type { Tx } from '../ports.ts';
import type { Settings } from '../settings/index.ts';
import { lockActor, type User } from '../users/index.ts';
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
      const worker = await lockActor(tx, actor, 'worker');
      const campaign = await tx.campaigns.find(campaignId);
      if (!campaign) throw refuseCommon('not-found', { what: 'campaign' });
      const underWay = (await tx.taskBoard.liveOf(worker.id)).find(
        ({ take }) => take.campaignId === campaignId && take.status === 'taken',
      );
      if (underWay) return underWay;
      await requireMayTake(tx, worker, campaign);
      const settings = await tx.settings.current();
      const now = clock.now();
      await requireRoom(tx, worker, { settings, now });
      const taskId = await tx.tasks.claimSlot(campaignId, ['active']);
      if (!taskId) throw refuseTask('task.gone');
      const take: Take = {
        id: ids.next<TakeId>(),
        taskId,
        campaignId,
        workerId: worker.id,
        kind: campaign.kind,
        linkKey: campaign.link.key,
        status: 'taken',
        takenAt: now,
        deadline: plusMinutes(now, settings.holdMinutes),
        endedAt: null,
      };
      await tx.tasks.addTake(take, 'taken');
      await auditTake(tx, { actor, take, action: 'take.take', before: null });
      return { take, campaign };
    });

const requireMayTake = async (tx: Tx, worker: User, campaign: Campaign): Promise<void> => {
  if (campaign.clientId === worker.id) throw refuseTask('task.own-campaign');
  if (campaign.status !== 'active') throw refuseTask('task.gone');
  if (await tx.tasks.hasDone(worker.id, campaign.kind, campaign.link.key)) {
    throw refuseTask('task.already-done');
  }
  const { rejectionsMax: max } = await tx.settings.current();
  if (max > 0 && (await tx.proofs.rejectionsStanding(worker.id, campaign.id)) >= max) {
    throw refuseTask('task.rejected-too-often', { max });
  }
};

/** Counted under the worker's lock; says when there is room again (TSK-4). */
const requireRoom = async (
  tx: Tx,
  worker: User,
  { settings, now }: { readonly settings: Settings; readonly now: Date },
): Promise<void> => {
  const today = startOfWibDay(now);
  const load = await tx.tasks.load(worker.id, today);
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
