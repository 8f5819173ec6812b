import type { Actor, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';
import type { DueTake } from './ports.ts';

/** A part of a sweep's list; `after` is the last of the part before. */
interface Part<Due> {
  readonly limit: number;
  readonly after?: Due | undefined;
}

/** A part of a sweep; `after` is where the part before ended. */
export interface SweepRequest<Due = DueTake> extends Part<Due> {
  /** A job, or the operator. */
  readonly actor: Actor;
}

/** How far a sweep came. */
export interface Swept<Due = DueTake> {
  /** How many had work, and it was done. */
  readonly done: number;
  /** What single ones met with; each stopped no other, and is found again by a later run. */
  readonly faults: readonly unknown[];
  /** Where to go on; null where no more waits. */
  readonly next: Due | null;
}

/** What a sweep looks for, and what it does with each. */
export interface Sweep<Due> {
  readonly find: (tx: Tx, page: Part<Due>) => Promise<readonly Due[]>;
  /** In a transaction of its own; false where there turned out to be nothing to do. */
  readonly work: (tx: Tx, due: Due) => Promise<boolean>;
}

/** Works on one after the other, so that one fault stops no other. */
export const sweep = async <Due>(
  unitOfWork: UnitOfWork<Tx>,
  { actor, limit, after }: SweepRequest<Due>,
  { find, work }: Sweep<Due>,
): Promise<Swept<Due>> => {
  requireJob(actor);
  const found = await unitOfWork.run((tx) => find(tx, { limit, after }));
  let done = 0;
  const faults: unknown[] = [];
  for (const due of found) {
    try {
      if (await unitOfWork.run((tx) => work(tx, due))) done += 1;
    } catch (fault) {
      faults.push(fault);
    }
  }
  // As many as were asked for: more may wait, whatever came of these.
  const last = found.length < limit ? undefined : found.at(-1);
  return { done, faults, next: last ?? null };
};
