import { parkUpdate } from './park-update.ts';
import { pruneInbox } from './prune-inbox.ts';

export * from './ports.ts';
export * from './tempo.ts';
export { INBOX_KEPT_MS, type PruneInbox } from './prune-inbox.ts';
export type { ParkUpdate, UpdateParked } from './park-update.ts';

/** Updates that came in, after they have been handled or given up. */
export const createChannel = (
  ports: Parameters<typeof parkUpdate>[0] & Parameters<typeof pruneInbox>[0],
) => ({
  park: parkUpdate(ports),
  prune: pruneInbox(ports),
});
