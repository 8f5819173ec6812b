import {
  actorName,
  idempotencyKey,
  requireReason,
  requireWithin,
  rupiah,
  subtract,
  ZERO,
  type Actor,
  type Rupiah,
  type TransactionId,
  type UnitOfWork,
} from '../kernel/index.ts';
import { notifyAdmins } from '../outbox/index.ts';
import { tellOwner } from '../owner/index.ts';
import type { Tx } from '../ports.ts';
import { requireOperator } from '../users/index.ts';
import { requireRevenue } from './adjust-wallet.ts';
import { findReplay, fingerprintOf } from './idempotency.ts';
import { postEntry, type EntryPorts } from './post-entry.ts';
import { OUTSIDE, REVENUE, type WalletTransaction } from './transaction.ts';

export interface RevenuePorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  /** Refuses `freeze.in-force` while the books do not add up (WAL-13). */
  readonly requireNotFrozen: (tx: Pick<Tx, 'freezes'>) => Promise<void>;
}

/** What the platform has earned and not paid out, rupiah; for the operator (WAL-12). */
export const showRevenue =
  ({ unitOfWork }: Pick<RevenuePorts, 'unitOfWork'>) =>
  async ({ actor }: { readonly actor: Actor }): Promise<Rupiah> => {
    requireOperator(actor);
    return unitOfWork.run(lockRevenue);
  };

const lockRevenue = async (tx: Pick<Tx, 'wallets'>): Promise<Rupiah> => {
  const [revenue = ZERO] = await tx.wallets.lockBalances([REVENUE]);
  return revenue;
};

export interface PayOutRevenue {
  readonly actor: Actor;
  /** Rupiah, > 0. */
  readonly amount: Rupiah;
  /** Required; stands in the audit log for ever. */
  readonly reason: string;
  /** Names this one payout, whichever operator asks: the same again moves nothing (WAL-7). */
  readonly key: string;
}

/**
 * The operator takes what the platform has earned out of the books (WAL-12). Admins who see the
 * money hear of it, and the owner. Refused while payments are frozen (WAL-13). The same key again
 * gives the transaction made first.
 */
export const payOutRevenue =
  (ports: RevenuePorts) =>
  async ({ actor, amount, key, reason: given }: PayOutRevenue): Promise<WalletTransaction> => {
    requireOperator(actor);
    const reason = requireReason(given);
    return ports.unitOfWork.run(async (tx) => {
      const before = await lockRevenue(tx);
      const content = { use: 'revenue.payout', amount, reason };
      const request = {
        key: idempotencyKey(`revenue:payout:${key}`),
        fingerprint: fingerprintOf(ports.digests, content),
      };
      const earlier = await findReplay(tx, request);
      if (earlier) return earlier;
      await ports.requireNotFrozen(tx);
      const { amountMax } = await tx.settings.current();
      requireWithin(amount, { min: rupiah(1n), max: amountMax });
      requireRevenue(before, amount);
      const id = ports.ids.next<TransactionId>();
      const transaction = await postEntry(tx, ports, {
        id,
        type: 'revenue_payout',
        userId: null,
        amount,
        reference: { kind: 'transaction', id },
        request,
        actor,
        postings: [{ from: REVENUE, to: OUTSIDE, amount }],
      });
      await tell(tx, ports, { actor, transaction, before, reason });
      return transaction;
    });
  };

interface PaidOut {
  readonly actor: Actor;
  readonly transaction: WalletTransaction;
  readonly before: Rupiah;
  readonly reason: string;
}

const tell = async (tx: Tx, ports: RevenuePorts, paid: PaidOut): Promise<void> => {
  const { actor, transaction, before, reason } = paid;
  const { id, amount, createdAt: at } = transaction;
  const left = subtract(before, amount);
  await tx.audit.append({
    actor,
    action: 'revenue.payout',
    subject: 'transaction',
    subjectId: id,
    before: { revenue: before.toString() },
    after: { amount: amount.toString(), revenue: left.toString(), reason },
    at,
  });
  const by = actorName(actor);
  await notifyAdmins(tx, ports, {
    admins: 'all',
    permission: 'money',
    notice: { kind: 'revenue.paid-out', amount, left, by, reason },
    key: `transaction:${id}:paid-out`,
  });
  await tellOwner(tx, ports, { kind: 'revenue-paid-out', amount, left, by, reason });
};
