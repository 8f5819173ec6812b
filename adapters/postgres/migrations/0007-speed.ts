import { growth } from './0007/growth.ts';
import { queues } from './0007/queues.ts';
import { settle } from './0007/settle.ts';
import { takes } from './0007/takes.ts';
import { walls } from './0007/walls.ts';
import type { SqlMigration } from './format.ts';

/** The same rules at a fraction of the cost: walls, decisions, takes, queues, indexes. */
export const speed: SqlMigration = {
  name: '0007-speed',
  sql: [walls, settle, takes, queues, growth].join('\n'),
};
