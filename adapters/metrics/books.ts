import { Gauge, type Registry } from 'prom-client';

/** How the books stand (WAL-13), the audit log among them. */
export interface BooksState {
  /** Since when payments stand still; null where they do not. */
  readonly frozenSince: Date | null;
  /** The last check of each scope (`recent`, `all`) that came to its end. */
  readonly checks: readonly {
    readonly scope: string;
    /** Rows that break a rule. */
    readonly broken: number;
    readonly ageSeconds: number;
  }[];
  /** Age of the oldest row of the audit log that waits for its seal (AUD-2). */
  readonly unsealedSeconds: number;
}

/** Gauges of the books. Where they cannot be read they are absent, as those of the backlog. */
export const booksGauges = (registry: Registry): ((now: BooksState | undefined) => void) => {
  const registers = [registry];
  const frozen = new Gauge({
    name: 'upah_frozen',
    help: 'Whether payments stand still because the books do not add up: 1 or 0.',
    registers,
  });
  const violations = new Gauge({
    name: 'upah_ledger_violations',
    help: 'Rows that broke a rule at the last check of this scope.',
    labelNames: ['scope'],
    registers,
  });
  const age = new Gauge({
    name: 'upah_ledger_check_age_seconds',
    help: 'How long ago the last check of this scope came to its end.',
    labelNames: ['scope'],
    registers,
  });
  const unsealed = new Gauge({
    name: 'upah_audit_unsealed_seconds',
    help: 'Age of the oldest row of the audit log that waits for its seal; 0 where none does.',
    registers,
  });
  return (now) => {
    for (const gauge of [violations, age]) gauge.reset();
    if (!now) return [frozen, unsealed].forEach((gauge) => gauge.remove());
    frozen.set(now.frozenSince ? 1 : 0);
    unsealed.set(now.unsealedSeconds);
    for (const { scope, broken, ageSeconds } of now.checks) {
      violations.set({ scope }, broken);
      age.set({ scope }, ageSeconds);
    }
  };
};
