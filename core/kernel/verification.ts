/** One row that breaks a rule. */
export interface Violation {
  /** Which rule, e.g. `WAL-3`. */
  readonly rule: string;
  /** Which row, e.g. `accounts 0198…`. */
  readonly row: string;
  readonly what: string;
}

/** How far a verification is. */
export interface VerificationProgress {
  /** The check that runs. */
  readonly name: string;
  /** Rows examined, by all checks so far, and rows that all of them will examine (an estimate). */
  readonly done: number;
  readonly total: number;
}
