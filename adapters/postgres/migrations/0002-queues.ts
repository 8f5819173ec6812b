import { health } from './0002/health.ts';
import { inbox } from './0002/inbox.ts';
import { outbox } from './0002/outbox.ts';
import { reminders } from './0002/reminders.ts';
import type { SqlMigration } from './format.ts';

/** What taking updates in and sending messages out need to lose nothing. */
export const queues: SqlMigration = {
  name: '0002-queues',
  sql: [inbox, outbox, reminders, health].join('\n'),
};
