import type { Backlog } from '../../adapters/metrics/index.ts';
import type { Ports } from '../../core/index.ts';
import { within } from '../within.ts';

const ANSWER_MS_MAX = 2_000;

type Queues = Pick<Ports, 'inbox' | 'outboxQueue' | 'clock'>;

/** What waits to be handled and to be sent; undefined where the database does not say. */
export const readBacklog = async (ports: Queues, botId: number): Promise<Backlog | undefined> => {
  const { inbox, outboxQueue, clock } = ports;
  const now = clock.now();
  const secondsSince = (then: Date | null): number =>
    then === null ? 0 : Math.max(0, (now.getTime() - then.getTime()) / 1_000);
  const depths = await within(
    ANSWER_MS_MAX,
    Promise.all([inbox.depth(botId), outboxQueue.depth(now)]),
  );
  if (!depths) return undefined;
  const [updates, messages] = depths;
  return {
    inbox: {
      waiting: updates.waiting,
      oldestSeconds: secondsSince(updates.oldestReceivedAt),
      parked: updates.parked,
    },
    outbox: {
      waiting: messages.waiting,
      oldestDueSeconds: secondsSince(messages.oldestDue),
      failed: messages.failed,
      struggling: messages.struggling,
    },
  };
};
