import { DAY_MS, plusMs, type Actor, type Clock } from '../kernel/index.ts';
import { requireJob } from '../users/index.ts';
import type { Inbox } from './ports.ts';

/**
 * How long an update that has ended is remembered, so that it is not handled twice. Telegram
 * delivers it again for a day at most. After a week without updates it goes on with random numbers:
 * what came before is forgotten by then, so that no new update is taken for an old one.
 */
export const INBOX_KEPT_MS = 6 * DAY_MS;

export interface PruneInbox {
  readonly actor: Actor;
  /** At most so many at once. */
  readonly limit: number;
}

/** Forgets updates that ended long ago. Resolves to how many. */
export const pruneInbox =
  ({ inbox, clock }: { readonly inbox: Inbox; readonly clock: Clock }) =>
  async ({ actor, limit }: PruneInbox): Promise<number> => {
    requireJob(actor);
    return inbox.prune(plusMs(clock.now(), -INBOX_KEPT_MS), limit);
  };
