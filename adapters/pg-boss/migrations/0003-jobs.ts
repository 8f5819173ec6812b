import { grants } from './0003-jobs/grants.ts';
import { schema } from './0003-jobs/schema.ts';

/**
 * The queue through which pg-boss itself passes what is due. It would make it at its start, with a
 * week of rows kept and a quarter of an hour until what died with its process goes on.
 */
const forwarding = `
select pgboss.create_queue('__pgboss__send-it', '{
  "policy": "standard",
  "expireInSeconds": 60,
  "heartbeatSeconds": 15,
  "deleteAfterSeconds": 3600
}');
`;

/** The schema of pg-boss, and what the bot may do in it. One step of the owner's migration. */
export const jobsMigration = {
  name: '0003-jobs',
  sql: [schema, forwarding, grants].join('\n'),
} as const;
