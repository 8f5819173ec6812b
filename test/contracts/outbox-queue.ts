import type {
  Claim,
  ClaimedMessage,
  ClaimRequest,
  DeliveryOutcome,
  OutboxMessage,
  Try,
} from '../../core/outbox/index.ts';
import type { User } from '../../core/users/index.ts';
import { aMessage, later, MONDAY } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import { NO_PACE } from '../support/unhurried.ts';

export const LEASE_MS = 10_000;
const MANY = 10_000;
const AFTER_ALL = new Date('2100-01-01T00:00:00.000Z');

/** One claim with what it says of the next one: as much as there is, without a pace. */
export const wholeClaim = (stage: Stage, change: Partial<ClaimRequest> = {}): Promise<Claim> =>
  stage.ports.outboxQueue.claim({
    now: MONDAY,
    limit: MANY,
    leaseMs: LEASE_MS,
    pace: NO_PACE,
    ...change,
  });

export const claim = async (
  stage: Stage,
  now = MONDAY,
  limit = MANY,
): Promise<readonly ClaimedMessage[]> => (await wholeClaim(stage, { now, limit })).messages;

/** Settles the first try, where no other is given. */
export const settle = (
  stage: Stage,
  { id, attempt = 1 }: Pick<Try, 'id'> & Partial<Try>,
  outcome: DeliveryOutcome,
  at = MONDAY,
): Promise<void> => stage.ports.outboxQueue.settle({ id, attempt }, outcome, at);

export const SENT: DeliveryOutcome = { outcome: 'sent' };

/** Claims and settles until nothing is left. */
export const drain = async (stage: Stage, now = AFTER_ALL): Promise<readonly ClaimedMessage[]> => {
  const drained: ClaimedMessage[] = [];
  for (;;) {
    const claimed = await claim(stage, now);
    if (claimed.length === 0) return drained;
    for (const message of claimed) await settle(stage, message, SENT, now);
    drained.push(...claimed);
  }
};

/** Adds messages in one transaction. */
export const send = (stage: Stage, ...messages: readonly OutboxMessage[]): Promise<void> =>
  stage.run(async (tx) => {
    for (const message of messages) await tx.outbox.add(message);
  });

export const ids = (messages: readonly OutboxMessage[]) => messages.map(({ id }) => id);

/** Two messages of one person, in the order of their making. */
export const twoFor = (user: User, change: Partial<OutboxMessage> = {}) =>
  [
    aMessage({ to: user.id, createdAt: later(-2_000), ...change }),
    aMessage({ to: user.id, createdAt: later(-1_000), ...change }),
  ] as const;
