import { marketplace } from './0001-marketplace.ts';
import { queues } from './0002-queues.ts';
import { verification } from './0004-verification.ts';
import { desks } from './0005-desks.ts';
import { running } from './0006-running.ts';
import { speed } from './0007-speed.ts';
import type { SqlMigration } from './format.ts';

export { BOT_ROLE, forBotRole, type SqlMigration } from './format.ts';

/** All migrations, oldest first. */
export const migrations: readonly SqlMigration[] = [
  marketplace,
  queues,
  verification,
  desks,
  running,
  speed,
];
