import type { Clock, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { ClaimedMessage, DeliveryOutcome, Notifier, OutboxQueue } from './ports.ts';

interface DeliverPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly outboxQueue: OutboxQueue;
  readonly clock: Clock;
}

export interface DeliverDue {
  /** Carries them. Given here, not among the ports: it may itself ask the core. */
  readonly notifier: Notifier;
  /** How many messages to take at most, each of another person. */
  readonly limit: number;
  /** Ms after which a message that was claimed and never settled is due again. */
  readonly leaseMs: number;
}

/**
 * Sends what is due and records how each went: at least once, never lost (NTF-2). Resolves to how
 * many were tried. What could not be recorded is due again when its lease ends; all such faults are
 * thrown together, after every message has had its turn.
 */
export const deliverDue =
  (ports: DeliverPorts) =>
  async ({ notifier, limit, leaseMs }: DeliverDue): Promise<number> => {
    const claimed = await ports.outboxQueue.claim(ports.clock.now(), limit, leaseMs);
    const settled = await Promise.allSettled(
      claimed.map((message) => deliver(ports, notifier, message)),
    );
    const faults = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    if (faults.length > 0) throw new AggregateError(faults, 'some deliveries were not recorded');
    return claimed.length;
  };

const deliver = async (
  ports: DeliverPorts,
  notifier: Notifier,
  message: ClaimedMessage,
): Promise<void> => {
  const outcome: DeliveryOutcome = await notifier.deliver(message);
  const at = ports.clock.now();
  await ports.outboxQueue.settle(message.id, outcome, at);
  if (outcome.outcome === 'unreachable') await markUnreachable(ports, message, at);
};

/** Settling dropped what waited for them; their home screen shows what they missed (NTF-2). */
const markUnreachable = ({ unitOfWork }: DeliverPorts, message: ClaimedMessage, at: Date) =>
  unitOfWork.run(async (tx) => {
    const user = await tx.users.lock(message.to);
    if (!user || user.unreachableSince) return;
    await tx.users.save({ ...user, unreachableSince: at });
  });
