import {
  askTogether,
  refuseCommon,
  type Actor,
  type Clock,
  type Page,
  type PageRequest,
  type ProofId,
  type TaskId,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission } from '../users/index.ts';
import type { ReviewCase, ReviewQueue } from './proof.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

/** How many proofs wait and since when (REV-1). */
export const showQueue =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<ReviewQueue> =>
    unitOfWork.run(async (tx) => {
      const [, queue] = await askTogether([
        requirePermission(tx, actor, 'review'),
        tx.reviewDesk.queue(),
      ]);
      return queue;
    });

export interface ShowCase {
  readonly actor: Actor;
  readonly proofId: ProofId;
}

/** One case with its decisions, whatever its state; it is not claimed (PRF-4). */
export const showCase =
  ({ unitOfWork, clock }: ShowPorts) =>
  ({ actor, proofId }: ShowCase): Promise<ReviewCase> =>
    unitOfWork.run(async (tx) => {
      const [, found] = await askTogether([
        requirePermission(tx, actor, 'review'),
        tx.reviewDesk.case(proofId, clock.now()),
      ]);
      if (!found) throw refuseCommon('not-found', { what: 'proof' });
      return found;
    });

export interface ListCases {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** Waiting cases, oldest first, paged; those that others have open stand there too (REV-1). */
export const listCases =
  ({ unitOfWork, clock }: ShowPorts) =>
  ({ actor, page }: ListCases): Promise<Page<ReviewCase>> =>
    unitOfWork.run(async (tx) => {
      const [, waiting] = await askTogether([
        requirePermission(tx, actor, 'review'),
        tx.reviewDesk.waiting(page, clock.now()),
      ]);
      return waiting;
    });

/** Decided cases, what was decided last comes first, paged: the way to a reversal (REV-7). */
export const listDecided =
  ({ unitOfWork, clock }: ShowPorts) =>
  ({ actor, page }: ListCases): Promise<Page<ReviewCase>> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'review');
      return tx.reviewDesk.decided(page, clock.now());
    });

export interface ShowTaskHistory {
  readonly actor: Actor;
  readonly taskId: TaskId;
}

/** Every proof ever sent for a task with its decisions, oldest first (PRF-4). */
export const showTaskHistory =
  ({ unitOfWork, clock }: ShowPorts) =>
  ({ actor, taskId }: ShowTaskHistory): Promise<readonly ReviewCase[]> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'review');
      return tx.reviewDesk.historyOf(taskId, clock.now());
    });
