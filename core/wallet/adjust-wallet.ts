import {
  askTogether,
  requireReason,
  requireWithin,
  add,
  refuseCommon,
  rupiah,
  subtract,
  ZERO,
  type Actor,
  type Rupiah,
  type TransactionId,
  type UnitOfWork,
  type UserId,
} from '../kernel/index.ts';
import { notify } from '../outbox/index.ts';
import { tellOwner } from '../owner/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, lockUser, refuseUser, requirePermission, type User } from '../users/index.ts';
import { fingerprintOf, ownKey, replayOf } from './idempotency.ts';
import { postEntry, type EntryPorts } from './post-entry.ts';
import {
  OUTSIDE,
  refuseWallet,
  REVENUE,
  walletOf,
  type Posting,
  type WalletTransaction,
} from './transaction.ts';

export interface AdjustPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface QuoteAdjustment {
  readonly actor: Actor;
  /** Whose wallet; never the actor's own (ACC-7). */
  readonly userId: UserId;
  /** `plus`: into the wallet. */
  readonly direction: 'plus' | 'minus';
  /** Rupiah, > 0. */
  readonly amount: Rupiah;
  /** `cash`: money really came or went; `revenue`: the platform gives or takes. */
  readonly side: 'cash' | 'revenue';
}

export interface AdjustmentQuote {
  readonly balance: Rupiah;
  readonly balanceAfter: Rupiah;
  /** What the platform has now; null where it has no part in it. */
  readonly revenue: Rupiah | null;
}

/** What an adjustment would leave; refuses as the adjustment would (WAL-10). */
export const quoteAdjustment =
  ({ unitOfWork }: Pick<AdjustPorts, 'unitOfWork'>) =>
  (asked: QuoteAdjustment): Promise<AdjustmentQuote> =>
    unitOfWork.run(async (tx) => {
      const admin = await requireAdjuster(tx, asked);
      const user = await getUser(tx, asked.userId);
      requireOthers(admin, user);
      return requireBearable(tx, asked);
    });

export interface AdjustWallet extends QuoteAdjustment {
  /** Required, told to the person (WAL-10). */
  readonly reason: string;
  /** The transaction that it mends: one of this user's history; null: none. */
  readonly mends: TransactionId | null;
  /** Made when the summary was shown (WAL-7). */
  readonly key: string;
}

/**
 * An admin with the permission `money` moves money into or out of somebody's wallet, whatever their
 * standing (WAL-10). It goes on while payments are frozen: it is what mends the books (WAL-13). The
 * same key again gives the transaction made first.
 */
export const adjustWallet =
  (ports: AdjustPorts) =>
  (asked: AdjustWallet): Promise<WalletTransaction> =>
    ports.unitOfWork.run(async (tx) => {
      const { actor, key, ...given } = asked;
      const ownedKey = ownKey(actor, key);
      const [admin, user, known] = await askTogether([
        requireAdjuster(tx, asked),
        lockUser(tx, asked.userId),
        tx.wallets.findByKey(ownedKey),
      ]);
      requireOthers(admin, user);
      const adjustment = { ...given, reason: requireReason(given.reason) };
      const content = { use: 'wallet.adjust', ...adjustment };
      const request = { key: ownedKey, fingerprint: fingerprintOf(ports.digests, content) };
      const earlier = replayOf(request, known);
      if (earlier) return earlier;
      const { amount, mends } = adjustment;
      const [{ balance: before, balanceAfter }] = await askTogether([
        requireBearable(tx, asked),
        requireTheirs(tx, user, mends),
      ]);
      const id = ports.ids.next<TransactionId>();
      const transaction = await postEntry(tx, ports, {
        id,
        type: 'adjustment',
        userId: user.id,
        amount,
        reference: { kind: 'transaction', id: mends ?? id },
        request,
        actor,
        postings: [postingOf(adjustment)],
      });
      await tell(tx, ports, { admin, user, adjustment, transaction, before, balanceAfter });
      return transaction;
    });

const requireAdjuster = (tx: Tx, { actor }: QuoteAdjustment): Promise<User> =>
  requirePermission(tx, actor, 'money');

const requireOthers = (admin: User, { id }: User): void => {
  if (id === admin.id) throw refuseUser('user.own');
};

/** What is mended stands in this user's own history. */
const requireTheirs = async (tx: Tx, user: User, mends: TransactionId | null): Promise<void> => {
  if (mends === null || (await tx.wallets.isInHistory(user.id, mends))) return;
  throw refuseCommon('not-found', { what: 'transaction' });
};

/** Locks what has to bear it, wallet and revenue at once (WAL-4). */
const requireBearable = async (tx: Tx, asked: QuoteAdjustment): Promise<AdjustmentQuote> => {
  const { userId, direction, amount, side } = asked;
  const { amountMax } = await tx.settings.current();
  requireWithin(amount, { min: rupiah(1n), max: amountMax });
  const wallet = walletOf(userId);
  const [balance = ZERO, revenue = null] = await tx.wallets.lockBalances(
    side === 'revenue' ? [wallet, REVENUE] : [wallet],
  );
  if (direction === 'minus' && balance < amount) {
    throw refuseWallet('wallet.user-insufficient', {
      missing: subtract(amount, balance),
      balance,
    });
  }
  if (direction === 'plus' && revenue !== null) requireRevenue(revenue, amount);
  const balanceAfter = (direction === 'plus' ? add : subtract)(balance, amount);
  return { balance, balanceAfter, revenue };
};

/** Refuses where the platform has less than `amount`; to be asked under the lock of its account. */
export const requireRevenue = (revenue: Rupiah, amount: Rupiah): void => {
  if (revenue >= amount) return;
  throw refuseWallet('wallet.revenue-insufficient', { missing: subtract(amount, revenue) });
};

const postingOf = ({
  userId,
  direction,
  amount,
  side,
}: Omit<QuoteAdjustment, 'actor'>): Posting => {
  const [wallet, other] = [walletOf(userId), side === 'cash' ? OUTSIDE : REVENUE];
  return direction === 'plus'
    ? { from: other, to: wallet, amount }
    : { from: wallet, to: other, amount };
};

interface Adjusted {
  readonly admin: User;
  readonly user: User;
  readonly adjustment: Omit<AdjustWallet, 'actor' | 'key'>;
  readonly transaction: WalletTransaction;
  readonly before: Rupiah;
  readonly balanceAfter: Rupiah;
}

/** The log says who moved it and why, the person and the owner hear of it. */
const tell = async (tx: Tx, ports: AdjustPorts, adjusted: Adjusted): Promise<void> => {
  const { admin, user, transaction, before, balanceAfter: balance } = adjusted;
  const { amount, direction, side, reason, mends } = adjusted.adjustment;
  await tx.audit.append({
    actor: { kind: 'user', id: admin.id },
    action: 'wallet.adjust',
    subject: 'transaction',
    subjectId: transaction.id,
    before: { balance: before.toString() },
    after: {
      userId: user.id,
      amount: amount.toString(),
      direction,
      side,
      reason,
      mends,
      balance: balance.toString(),
    },
    at: transaction.createdAt,
  });
  const signed = subtract(balance, before);
  await notify(tx, ports, {
    to: user.id,
    notice: { kind: 'wallet.adjusted', amount: signed, reason, balance },
    key: `transaction:${transaction.id}:adjusted`,
  });
  await tellOwner(tx, ports, {
    kind: 'wallet-adjusted',
    name: user.displayName,
    amount: signed,
    side,
    by: admin.displayName,
    reason,
  });
};
