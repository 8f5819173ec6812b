import {
  invariant,
  MINUTE_MS,
  plusMs,
  type Clock,
  type Ids,
  type TakeId,
  type UnitOfWork,
} from '../kernel/index.ts';
import { labelOf } from '../campaigns/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { sweep, type Swept, type SweepRequest } from './sweep.ts';

interface RemindPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** How long before the deadline a worker is reminded of a task (TSK-5). */
export const REMINDER_MS = 5 * MINUTE_MS;

/**
 * Reminds workers of tasks whose deadline is near, once per take and not where the whole time was
 * no longer than that; each in a transaction of its own, so that one fault stops no other (TSK-5).
 */
export const remindDue =
  (ports: RemindPorts) =>
  (request: SweepRequest): Promise<Swept> =>
    sweep(ports.unitOfWork, request, {
      find: (tx, page) => {
        const now = ports.clock.now();
        return tx.taskBoard.dueSoon(now, plusMs(now, REMINDER_MS), page);
      },
      work: (tx, { id }) => remind(tx, ports, id),
    });

/** Noting it comes first: it locks the take, and of two sweeps at once one finds it noted. */
const remind = async (tx: Tx, ports: RemindPorts, id: TakeId): Promise<boolean> => {
  if (!(await tx.tasks.noteReminded(id, ports.clock.now()))) return false;
  const view = await tx.taskBoard.view(id);
  invariant(view, 'takes are never removed');
  const { take, campaign } = view;
  await notify(tx, ports, {
    to: take.workerId,
    notice: {
      kind: 'task.reminder',
      takeId: take.id,
      campaign: labelOf(campaign),
      deadline: take.deadline.toISOString(),
    },
    key: `take:${take.id}:reminder`,
  });
  return true;
};
