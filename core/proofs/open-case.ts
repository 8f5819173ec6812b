import {
  plusMinutes,
  refuseCommon,
  type Actor,
  type Clock,
  type ProofId,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission } from '../users/index.ts';
import type { Claiming } from './ports.ts';
import type { ReviewCase } from './proof.ts';

interface OpenPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

/**
 * Opening is a courtesy between admins, no lock: who still has an old card may decide all the same,
 * and the second to decide is told so (REV-4, REV-6).
 */
const claiming = async (tx: Tx, clock: Clock, actor: Actor): Promise<Claiming> => {
  const admin = await requirePermission(tx, actor, 'review');
  const { reviewClaimMinutes } = await tx.settings.current();
  const now = clock.now();
  return { admin: admin.id, now, until: plusMinutes(now, reviewClaimMinutes) };
};

export interface NextCase {
  readonly actor: Actor;
  /** What this admin has put aside for now (REV-2). */
  readonly skipped: readonly ProofId[];
}

/**
 * The oldest case that this admin may decide, has not skipped, and nobody else has open; it is theirs
 * for the minutes of the settings, and what they had open before is free. Null when nothing waits
 * for them (REV-1, REV-6, ACC-7).
 */
export const nextCase =
  ({ unitOfWork, clock }: OpenPorts) =>
  ({ actor, skipped }: NextCase): Promise<ReviewCase | null> =>
    unitOfWork.run(async (tx) => {
      const claim = await claiming(tx, clock, actor);
      const next = await tx.reviewDesk.claimNext({ ...claim, skipped });
      return next ? ((await tx.reviewDesk.case(next, claim.now)) ?? null) : null;
    });

export interface OpenCase {
  readonly actor: Actor;
  readonly proofId: ProofId;
}

/**
 * One case, whatever its state, out of a list. Where it waits and is free, it is this admin's as by
 * `nextCase`; else it is shown as it is, and its `claim` tells who has it (REV-6). One's own is shown
 * and never claimed (ACC-7).
 */
export const openCase =
  ({ unitOfWork, clock }: OpenPorts) =>
  ({ actor, proofId }: OpenCase): Promise<ReviewCase> =>
    unitOfWork.run(async (tx) => {
      const claim = await claiming(tx, clock, actor);
      await tx.reviewDesk.claim(proofId, claim);
      const found = await tx.reviewDesk.case(proofId, claim.now);
      if (!found) throw refuseCommon('not-found', { what: 'proof' });
      return found;
    });

/** The admin leaves the desk: what they have open is free for others at once (REV-6). */
export const releaseCases =
  ({ unitOfWork }: Pick<OpenPorts, 'unitOfWork'>) =>
  ({ actor }: { readonly actor: Actor }): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const admin = await requirePermission(tx, actor, 'review');
      await tx.reviewDesk.release(admin.id);
    });
