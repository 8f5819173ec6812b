import type { AuditRow, Head, Seal, Waiting } from './chain.ts';

/** A seal as it is stored, and the rows that it names as they are now. */
export interface Block {
  readonly seal: Seal;
  /** As long as `seal.rows` and in its order; undefined where the row is gone. */
  readonly rows: readonly (AuditRow | undefined)[];
}

/** How many rows have no seal yet. */
export interface Unsealed {
  /** Rows that wait for one. */
  readonly waiting: number;
  /** Rows that are said to wait, and are gone. */
  readonly lost: number;
}

/** Log and seals as they stood at one moment, whatever is written meanwhile. */
export interface ChainSnapshot {
  /** Rows of the audit log. */
  size(): Promise<number>;
  unsealed(): Promise<Unsealed>;
  /**
   * The chain by number, some blocks at a time, beginning after seal number `after`; memory does not
   * grow with the log.
   */
  blocks(after: number): AsyncIterable<readonly Block[]>;
  /** The first rows that no seal names and that are not said to wait for one. */
  strays(limit: number): Promise<readonly string[]>;
  /** The first rows that are said to wait, and are gone. */
  lost(limit: number): Promise<readonly string[]>;
}

/**
 * The seals over the audit log (AUD-2). A row waits for its seal from the commit that it came with,
 * however long its transaction took; it leaves that list only by being named in a seal.
 */
export interface AuditChain {
  /** The newest seal; null before the first. */
  head(): Promise<Head | null>;
  /** When the first row was written that waits for a seal and is still there; null: none waits. */
  oldestUnsealed(): Promise<Date | null>;
  /**
   * Alone among all that seal, all or nothing: stores the seals that `make` gives for the first
   * `limit` rows that wait. `make` has no effects, it may run twice. Resolves to how many rows were
   * sealed.
   */
  extend(limit: number, make: (waiting: Waiting) => readonly Seal[]): Promise<number>;
  /** Reads all on one consistent snapshot, in nobody's way. */
  read<T>(work: (snapshot: ChainSnapshot) => Promise<T>): Promise<T>;
}
