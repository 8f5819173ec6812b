import type { AuditLog } from '../../core/audit/index.ts';
import { actorName } from '../../core/kernel/index.ts';
import { asJson, type Sql } from './sql.ts';

/** The audit log: the database refuses every change of what was written (AUD-2). */
export const createAuditLog = (sql: Sql): AuditLog => ({
  append: async (entry) => {
    sql.later`
      insert into audit_logs (actor, action, subject, subject_id, "before", "after", at)
      values (${actorName(entry.actor)}, ${entry.action}, ${entry.subject}, ${entry.subjectId},
        ${asJson(entry.before)}, ${asJson(entry.after)}, ${entry.at})`;
  },
});
