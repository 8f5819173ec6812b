import type { Clock } from '../kernel/index.ts';
import type { DeliveryOutcome, OutboxQueue, Try } from './ports.ts';

interface SettlePorts {
  readonly outboxQueue: OutboxQueue;
  readonly clock: Clock;
}

export interface SettleTry {
  readonly tried: Try;
  readonly outcome: DeliveryOutcome;
}

/**
 * Records how the delivery of a claimed message ended: at least once, never lost (NTF-2). Where
 * this throws, ask again: a second record changes nothing. Without any the message is due again
 * when its lease ends, and may be sent twice.
 */
export const settle =
  ({ outboxQueue, clock }: SettlePorts) =>
  ({ tried, outcome }: SettleTry): Promise<void> =>
    outboxQueue.settle(tried, outcome, clock.now());
