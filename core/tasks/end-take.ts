import { plusMs, refuseCommon, type Actor, type TakeId, type UnitOfWork } from '../kernel/index.ts';
import { labelOf } from '../campaigns/index.ts';
import { notify, type Notice } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { requireActor, requireJob, type User } from '../users/index.ts';
import type { EntryPorts } from '../wallet/index.ts';
import { freeSlot, lockTakeWithCampaign, type FreedSlot } from './free-slot.ts';
import { auditTake } from './take-task.ts';
import { givenBack, type Take } from './task.ts';

interface EndPorts extends EntryPorts {
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

export interface ExpireDue {
  /** A job, or the operator. */
  readonly actor: Actor;
  /** How many to expire at most. */
  readonly limit: number;
}

/**
 * A proof sent in the last moment counts by when its update was stored, and storing takes a moment: so
 * long a task is left alone after its deadline. A late proof is refused by its own time all the same.
 */
export const INTAKE_GRACE_MS = 5_000;

/**
 * Returns overdue tasks to the pool and tells their workers; each in a transaction of its own, so that
 * one fault stops no other (TSK-5). Deadlines are compared with the clock again under the lock: a late
 * sweep changes nothing but the moment of the message. Resolves to how many expired; faults of single
 * tasks are thrown together, after all were tried.
 */
export const expireDue =
  (ports: EndPorts) =>
  async ({ actor, limit }: ExpireDue): Promise<number> => {
    requireJob(actor);
    const overdue = await ports.unitOfWork.run((tx) =>
      tx.taskBoard.overdue(plusMs(ports.clock.now(), -INTAKE_GRACE_MS), limit),
    );
    let expired = 0;
    const faults: unknown[] = [];
    for (const id of overdue) {
      try {
        if (await ports.unitOfWork.run((tx) => expire(tx, ports, { actor, id }))) expired += 1;
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'some overdue tasks did not expire');
    return expired;
  };

const expire = async (
  tx: Tx,
  ports: EndPorts,
  { actor, id }: { readonly actor: Actor; readonly id: TakeId },
): Promise<boolean> => {
  const { take, campaign } = await lockTakeWithCampaign(tx, id);
  const now = ports.clock.now();
  const over = take.deadline.getTime() < now.getTime() - INTAKE_GRACE_MS;
  if (take.status !== 'taken' || !over) return false;
  await end(tx, ports, {
    take: givenBack(take, 'expired', now),
    campaign,
    actor,
    notice: 'task.expired',
  });
  return true;
};

/** A suspended worker's taken tasks go back to the pool; proofs under review stay (ACC-5). */
export const returnForSuspension =
  (ports: EntryPorts) =>
  async (tx: Tx, worker: User, actor: Actor): Promise<void> => {
    for (const { take: live } of await tx.taskBoard.liveOf(worker.id)) {
      if (live.status !== 'taken') continue;
      const { take, campaign } = await lockTakeWithCampaign(tx, live.id);
      if (take.status !== 'taken') continue;
      const ended = givenBack(take, 'suspended', ports.clock.now());
      await end(tx, ports, { take: ended, campaign, actor, notice: 'task.withdrawn' });
    }
  };

const end = async (
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
