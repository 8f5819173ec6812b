import type { FreezeId } from '../kernel/index.ts';
import type { LedgerMark } from '../wallet/index.ts';
import type { Freeze } from './freeze.ts';

/** Freezes, the one in force and those that were lifted; none is ever removed. */
export interface FreezeRepo {
  /** The one in force; there is at most one. */
  current(): Promise<Freeze | undefined>;
  /** Adds one that is in force, untold. A second one in force is a defect. */
  begin(freeze: Freeze): Promise<void>;
  /**
   * Saves findings, news and lifting of the one in force. What is lifted stays as it is: saving it
   * is a defect.
   */
  save(freeze: Freeze): Promise<void>;
  /** How many were ever lifted. Whose clock is ahead or behind does not matter, here and below. */
  liftings(): Promise<number>;
  /** Those lifted after the first `count` liftings, in their order; all for 0. */
  liftedAfter(count: number): Promise<readonly Freeze[]>;
  /** Those with news that the owner was not told of, oldest first, ten at most. */
  untold(): Promise<readonly Freeze[]>;
  /** Notes up to which news the owner was told; never goes back. */
  markTold(id: FreezeId, news: number): Promise<void>;
}

/** How a check of the books went that came to its end. */
export interface CheckDone {
  readonly at: Date;
  /** Rows that break a rule, accepted ones included. */
  readonly broken: number;
}

/** Where the checks of the books stand, so that a restart goes on from there. */
export interface CheckProgress {
  readonly mark: LedgerMark | null;
  /** The last check of what is new, and of everything; null: none yet. */
  readonly recent: CheckDone | null;
  readonly full: CheckDone | null;
  /** Liftings before the last full check. */
  readonly seenLiftings: number;
  /** Before the last one that found nothing at all: what was accepted by them is mended. */
  readonly soundLiftings: number;
}

/** The one {@link CheckProgress} that there is. */
export interface CheckLog {
  read(): Promise<CheckProgress>;
  /** As above, locked until the transaction ends: checks are judged one after the other. */
  lock(): Promise<CheckProgress>;
  save(progress: CheckProgress): Promise<void>;
}
