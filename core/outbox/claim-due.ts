import { plusMs, type Clock } from '../kernel/index.ts';
import type { Claim, ClaimRequest, OutboxQueue, Try } from './ports.ts';

interface ClaimPorts {
  readonly outboxQueue: OutboxQueue;
  readonly clock: Clock;
}

export type ClaimDue = Omit<ClaimRequest, 'now'>;

/**
 * Takes messages that are due, for this caller alone, until their lease ends: answers first, then
 * the oldest; never two of one person, never faster than the pace (NTF-3).
 */
export const claimDue =
  ({ outboxQueue, clock }: ClaimPorts) =>
  (request: ClaimDue): Promise<Claim> =>
    outboxQueue.claim({ ...request, now: clock.now() });

export interface Renew {
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
  ({ tries, leaseMs }: Renew): Promise<void> =>
    outboxQueue.renew(tries, plusMs(clock.now(), leaseMs));
