import { grants } from './0001/grants.ts';
import { procedures } from './0001/procedures.ts';
import { tables } from './0001/tables.ts';
import { walls } from './0001/walls.ts';
import type { SqlMigration } from './format.ts';

/** Everything the first release stores, with the walls that keep the ledger true. */
export const marketplace: SqlMigration = {
  name: '0001-marketplace',
  sql: [tables, walls, procedures, grants].join('\n'),
};
