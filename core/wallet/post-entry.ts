import {
  actorName,
  canonical,
  idempotencyKey,
  subtract,
  ZERO,
  type Actor,
  type Clock,
  type Digests,
  type Ids,
  type Rupiah,
  type TransactionId,
  type UserId,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { KeyedRequest } from './idempotency.ts';
import {
  refuseWallet,
  type Account,
  type NewTransaction,
  type Posting,
  type Reference,
  type TransactionType,
  type WalletTransaction,
} from './transaction.ts';

/** What making a ledger entry needs beside the transaction. */
export interface EntryPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly digests: Digests;
}

/**
 * A ledger entry; `request` is a key of its own where the fact has one by nature
 * (`proof:<id>:reward`).
 */
export interface Entry {
  /** Absent: a new one. */
  readonly id?: TransactionId;
  readonly type: TransactionType;
  readonly userId: UserId | null;
  /** Rupiah, > 0. */
  readonly amount: Rupiah;
  readonly reference: Reference;
  readonly request: KeyedRequest | string;
  readonly actor: Actor;
  readonly postings: readonly Posting[];
}

/**
 * Posts an entry once per key (WAL-7); the fingerprint of a natural key is the entry's own content.
 */
export const postEntry = (
  tx: Pick<Tx, 'wallets'>,
  ports: EntryPorts,
  entry: Entry,
): Promise<WalletTransaction> => tx.wallets.post(newTransaction(ports, entry));

/** An entry as it is posted. */
export const newTransaction = (
  { clock, ids, digests }: EntryPorts,
  entry: Entry,
): NewTransaction => {
  const { type, userId, amount, reference, postings } = entry;
  const request: KeyedRequest =
    typeof entry.request === 'string'
      ? {
          key: idempotencyKey(entry.request),
          fingerprint: digests.sha256(canonical({ type, userId, amount, reference, postings })),
        }
      : entry.request;
  return {
    id: entry.id ?? ids.next(),
    type,
    userId,
    amount,
    reference,
    ...request,
    createdBy: actorName(entry.actor),
    createdAt: clock.now(),
    postings,
  };
};

/**
 * What is charged is what was confirmed: refuses where a setting has changed since the summary
 * (CAM-5).
 */
export const requireAsShown = (total: Rupiah, shown: Rupiah | undefined): void => {
  if (shown !== undefined && shown !== total) throw refuseWallet('wallet.cost-changed', { total });
};

/**
 * Locks an account's balance and refuses when it cannot bear `amount`, saying what is missing
 * (CAM-4).
 */
export const requireFunds = async (
  tx: Pick<Tx, 'wallets'>,
  account: Account,
  amount: Rupiah,
): Promise<Rupiah> => {
  const [held = ZERO] = await tx.wallets.lockBalances([account]);
  requireHeld(held, amount);
  return held;
};

/** As above, of a balance that was locked together with other things. */
export const requireHeld = (held: Rupiah, amount: Rupiah): void => {
  if (held >= amount) return;
  throw refuseWallet('wallet.insufficient', { missing: subtract(amount, held), balance: held });
};
