import type { Actor, Json } from '../kernel/index.ts';

/** What a record can be about. */
export const AUDIT_SUBJECTS = [
  'user',
  'campaign',
  'take',
  'proof',
  'approvals',
  'deposit',
  'withdrawal',
  'transaction',
  'freeze',
  'settings',
  'broadcast',
  /** The log itself: that it was taken out of the bot (AUD-3). */
  'audit',
] as const;

/** What a record is about. */
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

/**
 * One line of the audit log (AUD-1): who did what to what. `before` and `after` hold ids, states,
 * amounts (as text) and admins' reasons, never personal data. `action` is `subject.verb`, e.g.
 * `proof.approve`.
 */
export interface AuditEntry {
  readonly actor: Actor;
  readonly action: string;
  readonly subject: AuditSubject;
  readonly subjectId: string;
  readonly before: Readonly<Record<string, Json>> | null;
  readonly after: Readonly<Record<string, Json>> | null;
  readonly at: Date;
}

/** Append-only: nothing is ever changed or removed (AUD-2). */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
}
