import { refuseCommon, type Actor, type TakeId, type UnitOfWork } from '../kernel/index.ts';
import { labelOf } from '../campaigns/index.ts';
import { notify, type Notice } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { requireActor, type User } from '../users/index.ts';
import type { EntryPorts } from '../wallet/index.ts';
import { freeSlot, lockTakeWithCampaign, type FreedSlot } from './free-slot.ts';
import { auditTake } from './take-task.ts';
import { givenBack, type Take } from './task.ts';

export interface EndPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ReleaseTask {
  readonly actor: Actor;
  readonly takeId: TakeId;
}

/** The worker gives a taken task up; its slot goes back to the pool at once (TSK-5). */
export const releaseTask =
  (ports: EndPorts) =>
  ({ actor, takeId }: ReleaseTask): Promise<Take> =>
    ports.unitOfWork.run(async (tx) => {
      const worker = await requireActor(tx, actor, 'worker');
      const { take, campaign } = await lockTakeWithCampaign(tx, takeId);
      if (take.workerId !== worker.id) throw refuseCommon('not-found', { what: 'take' });
      const released = givenBack(take, 'released', ports.clock.now());
      await freeSlot(tx, ports, { take: released, campaign, actor });
      await auditTake(tx, { actor, take: released, action: 'take.release', before: take.status });
      return released;
    });

/** A suspended worker's taken tasks go back to the pool; proofs under review stay (ACC-5). */
export const returnForSuspension =
  (ports: EntryPorts) =>
  async (tx: Tx, worker: User, actor: Actor): Promise<void> => {
    for (const { take: live } of await tx.taskBoard.liveOf(worker.id)) {
      if (live.status !== 'taken') continue;
      const { take, campaign } = await lockTakeWithCampaign(tx, live.id);
      if (take.status !== 'taken') continue;
      const ended = givenBack(take, 'suspended', ports.clock.now());
      await endTake(tx, ports, { take: ended, campaign, actor, notice: 'task.withdrawn' });
    }
  };

/** Stores how a take ended, frees its slot, and tells its worker. */
export const endTake = async (
  tx: Tx,
  ports: EntryPorts,
  ended: FreedSlot & {
    readonly notice: Extract<Notice['kind'], 'task.expired' | 'task.withdrawn'>;
  },
): Promise<void> => {
  const { take, campaign, actor, notice } = ended;
  await freeSlot(tx, ports, { take, campaign, actor });
  await auditTake(tx, { actor, take, action: `take.${take.status}`, before: 'taken' });
  await notify(tx, ports, {
    to: take.workerId,
    notice: { kind: notice, campaign: labelOf(campaign) },
    key: `take:${take.id}:ended`,
  });
};
