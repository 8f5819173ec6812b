import { plusMs, type Actor, type TakeId } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { endTake, type EndPorts } from './end-take.ts';
import { lockTakeWithCampaign } from './free-slot.ts';
import { sweep, type Swept, type SweepRequest } from './sweep.ts';
import { givenBack } from './task.ts';

/**
 * A proof sent in the last moment counts by when its update was stored, and storing takes a moment:
 * so long a task is left alone after its deadline. A late proof is refused by its own time all the
 * same.
 */
export const INTAKE_GRACE_MS = 5_000;

/**
 * Returns overdue tasks to the pool and tells their workers; each in a transaction of its own, so
 * that one fault stops no other (TSK-5). Deadlines are compared with the clock again under the
 * lock: a late sweep changes nothing but the moment of the message.
 */
export const expireDue =
  (ports: EndPorts) =>
  (request: SweepRequest): Promise<Swept> =>
    sweep(ports.unitOfWork, request, {
      find: (tx, page) => tx.taskBoard.overdue(plusMs(ports.clock.now(), -INTAKE_GRACE_MS), page),
      work: (tx, { id }) => expire(tx, ports, { actor: request.actor, id }),
    });

const expire = async (
  tx: Tx,
  ports: EndPorts,
  { actor, id }: { readonly actor: Actor; readonly id: TakeId },
): Promise<boolean> => {
  const { take, campaign } = await lockTakeWithCampaign(tx, id);
  const now = ports.clock.now();
  const over = take.deadline.getTime() < now.getTime() - INTAKE_GRACE_MS;
  if (take.status !== 'taken' || !over) return false;
  await endTake(tx, ports, {
    take: givenBack(take, 'expired', now),
    campaign,
    actor,
    notice: 'task.expired',
  });
  return true;
};
