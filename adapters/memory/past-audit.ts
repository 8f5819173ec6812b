import type { AuditEntry, AuditSubject } from '../../core/audit/index.ts';
import { actorName } from '../../core/kernel/index.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

/** What rows of the audit log said of an action: how often, by whom, and the last word. */
export interface ToldBefore {
  readonly times: number;
  /** The name of the one who did it every time; null where it was not one alone. */
  readonly by: string | null;
  readonly last: AuditEntry['after'];
}

/** What the forgotten part of the audit log said of something that is still there. */
export interface PastAudit {
  readonly subject: AuditSubject;
  readonly subjectId: string;
  readonly told: ReadonlyMap<string, ToldBefore>;
}

export const createPastTables = (journal: Journal) => ({
  pastAudit: createTable<string, PastAudit>('past audit', journal),
  /** The moment that was forgotten last. */
  forgottenBefore: createTable<'all', Date>('forgotten before', journal),
});

/** What is known of an action once this row was read too. */
export const toldAlso = (
  past: ToldBefore | undefined,
  { actor, after }: AuditEntry,
): ToldBefore => {
  const by = actorName(actor);
  return {
    times: (past?.times ?? 0) + 1,
    by: past === undefined || past.by === by ? by : null,
    last: after,
  };
};

/** Folds a row into what is known of its subject; nothing is kept of what is not there. */
export const carryForward = (state: State, entry: AuditEntry): void => {
  const { subject, subjectId, action } = entry;
  const tables: Partial<Record<AuditSubject, { get(id: never): unknown }>> = {
    user: state.users,
    campaign: state.campaigns,
    proof: state.proofs,
    deposit: state.deposits,
    withdrawal: state.withdrawals,
    transaction: state.entries,
  };
  if (tables[subject]?.get(subjectId as never) === undefined) return;
  const past = state.pastAudit.get(subjectId)?.told;
  const told = new Map(past).set(action, toldAlso(past?.get(action), entry));
  state.pastAudit.set(subjectId, { subject, subjectId, told });
};
