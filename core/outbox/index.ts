import { claimDue, renew, settle } from './claim-due.ts';
import { pruneOutbox } from './prune-outbox.ts';

export * from './notice.ts';
export * from './notify.ts';
export * from './ports.ts';
export { OUTBOX_KEPT_MS } from './prune-outbox.ts';
export type { ClaimDue, RenewTries, SettleTry } from './claim-due.ts';
export type { PruneOutbox } from './prune-outbox.ts';

type OutboxPorts = Parameters<typeof settle>[0] & Parameters<typeof pruneOutbox>[0];

/** Messages that the bot owes people. */
export const createOutbox = (ports: OutboxPorts) => ({
  claimDue: claimDue(ports),
  renew: renew(ports),
  settle: settle(ports),
  prune: pruneOutbox(ports),
});
