import { DAY_MS, plusMs, type Actor, type Clock } from '../kernel/index.ts';
import type { OutboxQueue } from './ports.ts';

interface PrunePorts {
  readonly outboxQueue: OutboxQueue;
  readonly clock: Clock;
  /** Refuses whoever is neither a job nor the operator (ACC-6). */
  readonly requireJob: (actor: Actor) => void;
}

export interface PruneOutbox {
  /** A job, or the operator. */
  readonly actor: Actor;
  /** How many to remove at most. */
  readonly limit: number;
}

/** How long a settled message is kept: its key, and what somebody missed meanwhile. */
export const OUTBOX_KEPT_MS = 14 * DAY_MS;

/** Removes what was settled long ago. Resolves to how many messages. */
export const pruneOutbox =
  ({ outboxQueue, clock, requireJob }: PrunePorts) =>
  async ({ actor, limit }: PruneOutbox): Promise<number> => {
    requireJob(actor);
    return outboxQueue.prune(plusMs(clock.now(), -OUTBOX_KEPT_MS), limit);
  };
