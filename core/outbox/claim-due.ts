import { plusMs, type Clock } from '../kernel/index.ts';
import type { Claim, ClaimRequest, DeliveryOutcome, OutboxQueue, Try } from './ports.ts';

interface ClaimPorts {
  readonly outboxQueue: OutboxQueue;
  readonly clock: Clock;
}

/** As {@link ClaimRequest}, at this moment. */
export type ClaimDue = Omit<ClaimRequest, 'now'>;

/**
 * Takes messages that are due, for this caller alone, until their lease ends: answers first, then
 * the oldest; never two of one person, never faster than the pace (NTF-3).
 */
export const claimDue =
  ({ outboxQueue, clock }: ClaimPorts) =>
  (request: ClaimDue): Promise<Claim> =>
    outboxQueue.claim({ ...request, now: clock.now() });

export interface RenewTries {
  /** What is still being sent. */
  readonly tries: readonly Try[];
  readonly leaseMs: number;
}

/**
 * Keeps messages that take long for their sender. So leases can be short, and what a process that
 * died was sending is due again soon (NTF-2).
 */
export const renew =
  ({ outboxQueue, clock }: ClaimPorts) =>
  ({ tries, leaseMs }: RenewTries): Promise<void> =>
    outboxQueue.renew(tries, plusMs(clock.now(), leaseMs));

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
  ({ outboxQueue, clock }: ClaimPorts) =>
  ({ tried, outcome }: SettleTry): Promise<void> =>
    outboxQueue.settle(tried, outcome, clock.now());
