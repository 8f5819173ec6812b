import {
  refuseCommon,
  type Actor,
  type Page,
  type PageRequest,
  type ProofId,
  type TaskId,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireAdmin } from '../users/index.ts';
import type { ReviewCase, ReviewQueue } from './proof.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

/** How many proofs wait and since when (REV-1). */
export const showQueue =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<ReviewQueue> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      return tx.reviewDesk.queue();
    });

export interface NextCase {
  readonly actor: Actor;
  /** What this admin has put aside for now (REV-2). */
  readonly skipped: readonly ProofId[];
}

/**
 * The oldest case that this admin may decide and has not skipped; null when nothing waits (REV-1,
 * ACC-7).
 */
export const nextCase =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, skipped }: NextCase): Promise<ReviewCase | null> =>
    unitOfWork.run(async (tx) => {
      const admin = await requireAdmin(tx, actor);
      const next = await tx.reviewDesk.next(admin.id, skipped);
      return next ? ((await tx.reviewDesk.case(next)) ?? null) : null;
    });

export interface ShowCase {
  readonly actor: Actor;
  readonly proofId: ProofId;
}

/** One case with its decisions, whatever its state (PRF-4). */
export const showCase =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, proofId }: ShowCase): Promise<ReviewCase> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const found = await tx.reviewDesk.case(proofId);
      if (!found) throw refuseCommon('not-found', { what: 'proof' });
      return found;
    });

export interface ListCases {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** Waiting cases, oldest first, paged (REV-1). */
export const listCases =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, page }: ListCases): Promise<Page<ReviewCase>> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      return tx.reviewDesk.waiting(page);
    });

export interface ShowTaskHistory {
  readonly actor: Actor;
  readonly taskId: TaskId;
}

/** Every proof ever sent for a task with its decisions, oldest first (PRF-4). */
export const showTaskHistory =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, taskId }: ShowTaskHistory): Promise<readonly ReviewCase[]> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      return tx.reviewDesk.historyOf(taskId);
    });
