import type { Actor, TakeId, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';
import type { DuePage, DueTake } from './ports.ts';

/** A part of a sweep; `after` is where the part before ended. */
export interface SweepRequest extends DuePage {
  /** A job, or the operator. */
  readonly actor: Actor;
}

/** How far a sweep came. */
export interface Swept {
  /** How many takes had work, and it was done. */
  readonly done: number;
  /** What single takes met with; each stopped no other, and is found again by a later run. */
  readonly faults: readonly unknown[];
  /** Where to go on; null where no more waits. */
  readonly next: DueTake | null;
}

/** What a sweep looks for, and what it does with each. */
export interface Sweep {
  readonly find: (tx: Tx, page: DuePage) => Promise<readonly DueTake[]>;
  /** In a transaction of its own; false where there turned out to be nothing to do. */
  readonly work: (tx: Tx, id: TakeId) => Promise<boolean>;
}

/** Works on one take after the other, so that one fault stops no other. */
export const sweep = async (
  unitOfWork: UnitOfWork<Tx>,
  { actor, limit, after }: SweepRequest,
  { find, work }: Sweep,
): Promise<Swept> => {
  requireJob(actor);
  const found = await unitOfWork.run((tx) => find(tx, { limit, after }));
  let done = 0;
  const faults: unknown[] = [];
  for (const { id } of found) {
    try {
      if (await unitOfWork.run((tx) => work(tx, id))) done += 1;
    } catch (fault) {
      faults.push(fault);
    }
  }
  // As many as were asked for: more may wait, whatever came of these.
  const last = found.length < limit ? undefined : found.at(-1);
  return { done, faults, next: last ?? null };
};
