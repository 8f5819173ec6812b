import { claimDue, renew } from './claim-due.ts';
import { prune } from './prune.ts';
import { settle } from './settle.ts';

export * from './notice.ts';
export * from './notify.ts';
export * from './ports.ts';
export { OUTBOX_KEPT_MS } from './prune.ts';
export type { ClaimDue, Renew } from './claim-due.ts';
export type { PruneOutbox } from './prune.ts';
export type { SettleTry } from './settle.ts';

type OutboxPorts = Parameters<typeof settle>[0] & Parameters<typeof prune>[0];

/** Messages that the bot owes people. */
export const createOutbox = (ports: OutboxPorts) => ({
  claimDue: claimDue(ports),
  renew: renew(ports),
  settle: settle(ports),
  prune: prune(ports),
});
