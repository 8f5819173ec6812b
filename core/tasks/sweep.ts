import type { TakeId } from '../kernel/index.ts';
import type { DueTake } from './ports.ts';

/** What a sweep is asked for. */
export interface SweepRequest {
  /** How many takes to look at, at most. */
  readonly limit: number;
  /** Where the sweep before ended: only what comes after it. */
  readonly after?: DueTake | undefined;
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

export interface Sweep {
  readonly found: readonly DueTake[];
  /** How many were asked for: as many found means that more may wait, whatever came of them. */
  readonly limit: number;
  /** In a transaction of its own; false where there turned out to be nothing to do. */
  readonly work: (id: TakeId) => Promise<boolean>;
}

/** Works on one take after the other, so that one fault stops no other. */
export const sweep = async ({ found, limit, work }: Sweep): Promise<Swept> => {
  let done = 0;
  const faults: unknown[] = [];
  for (const { id } of found) {
    try {
      if (await work(id)) done += 1;
    } catch (fault) {
      faults.push(fault);
    }
  }
  const last = found.length < limit ? undefined : found.at(-1);
  return { done, faults, next: last ?? null };
};
