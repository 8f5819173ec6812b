import { auditChain } from './0004/audit-chain.ts';
import { freezes } from './0004/freezes.ts';
import { walls } from './0004/walls.ts';
import type { SqlMigration } from './format.ts';

/** Walls around the ledger, the chain of audit seals, the freeze when a check fails. */
export const verification: SqlMigration = {
  name: '0004-verification',
  sql: [walls, auditChain, freezes].join('\n'),
};
