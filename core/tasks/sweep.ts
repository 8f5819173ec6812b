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

/** What a sweep looks for, and what it does with several at once. */
export interface SweepOfPieces<Due> extends Pick<Sweep<Due>, 'find'> {
  /** What is worked on together, in the order of the list. */
  readonly split: (found: readonly Due[]) => Iterable<readonly Due[]>;
  /** In a transaction of its own; how many of the piece had work. */
  readonly work: (tx: Tx, piece: readonly Due[]) => Promise<number>;
}

/** Works on one after the other, so that one fault stops no other. */
export const sweep = <Due>(
  unitOfWork: UnitOfWork<Tx>,
  request: SweepRequest<Due>,
  { find, work }: Sweep<Due>,
): Promise<Swept<Due>> =>
  sweepPieces<Due>(unitOfWork, request, {
    find,
    split: (found) => found.map((due) => [due]),
    work: async (tx, [due]) => (due !== undefined && (await work(tx, due)) ? 1 : 0),
  });

/**
 * Works on piece after piece. One that meets a fault is taken apart, so that it stops no other.
 * Where each one of a piece fails by itself this part ends behind it: the next ones may do no
 * better, and whoever asked should see it before they are tried.
 */
export const sweepPieces = async <Due>(
  unitOfWork: UnitOfWork<Tx>,
  { actor, limit, after }: SweepRequest<Due>,
  { find, split, work }: SweepOfPieces<Due>,
): Promise<Swept<Due>> => {
  requireJob(actor);
  const found = await unitOfWork.run((tx) => find(tx, { limit, after }));
  let done = 0;
  const faults: unknown[] = [];
  const workOn = async (piece: readonly Due[]): Promise<void> => {
    try {
      done += await unitOfWork.run((tx) => work(tx, piece));
    } catch (fault) {
      if (piece.length === 1) faults.push(fault);
      else for (const due of piece) await workOn([due]);
    }
  };
  for (const piece of split(found)) {
    const before = faults.length;
    await workOn(piece);
    const failed = faults.length - before;
    if (failed > 1 && failed === piece.length) {
      return { done, faults, next: piece.at(-1) ?? null };
    }
  }
  // As many as were asked for: more may wait, whatever came of these.
  const last = found.length < limit ? undefined : found.at(-1);
  return { done, faults, next: last ?? null };
};
