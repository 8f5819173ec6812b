import { refuseFreeze } from '../../core/freeze/index.ts';
import {
  invariant,
  rupiah,
  type IdempotencyKey,
  type Rupiah,
  type UserId,
} from '../../core/kernel/index.ts';
import {
  bornPending,
  refuseWallet,
  type Account,
  type Balances,
  type Closing,
  type Earnings,
  type EarningsDay,
  type NewTransaction,
  type Posting,
  type TransactionStatus,
  type WalletRepo,
  type WalletTransaction,
} from '../../core/wallet/index.ts';
import { fragment, known, type Sql } from './sql.ts';
import { historyPage, type LineRow } from './wallet-history.ts';

/**
 * What `post_transaction` and `decide_transaction` came to; see `migrations/0001/procedures.ts`.
 */
export type Posted = 'posted' | 'known';
type Decided = 'decided' | TransactionStatus;

/** The ledger: the rules stand in the database too, which alone writes balances (WAL-3). */
export const createWalletRepo = (sql: Sql): WalletRepo => ({
  findByKey: (key) => findByKey(sql, key),
  post: async (made) => {
    const outcome = await post(sql, made);
    return requireSame(made, await storedAs(sql, made, outcome));
  },
  postAll: async (all) => {
    if (all.length === 0) return [];
    const entries = entriesOf(all);
    const [row] = await sql<{ outcomes: readonly Posted[] }>`
      select post_transactions(${entries.ids}, ${entries.types}, ${entries.users},
        ${entries.amounts}, ${entries.referenceKinds}, ${entries.referenceIds}, ${entries.keys},
        ${entries.fingerprints}, ${entries.createdBy}, ${entries.createdAt}, ${entries.postingOf},
        ${entries.fromKinds}, ${entries.fromOwners}, ${entries.toKinds}, ${entries.toOwners},
        ${entries.posted}) as outcomes`.catch(refuseAtTheWall);
    const stored: WalletTransaction[] = [];
    for (const [place, made] of all.entries()) {
      stored.push(requireSame(made, await storedAs(sql, made, row?.outcomes[place] ?? 'known')));
    }
    return stored;
  },
  decide: async (closing) => {
    const outcome = await decide(sql, closing);
    invariant(outcome, `transaction ${closing.id} is not stored`);
    if (outcome !== 'decided') throw refuseWallet('wallet.already-decided', { status: outcome });
  },
  lockBalances: (accounts) => lockBalances(sql, accounts),
  balances: (user) => balances(sql, user),
  history: (user, page) => historyPage(sql, user, page),
  isInHistory: async (user, id) => {
    const [row] = await sql<{ found: boolean }>`select exists (
        select from postings p
          join wallets w on w.wallet_account_id in (p.from_account_id, p.to_account_id)
        where p.transaction_id = ${known(id)} and w.user_id = ${known(user)}
      ) or exists (
        select from wallet_transactions
        where id = ${known(id)} and user_id = ${known(user)} and type = 'deposit'
      ) as found`;
    return row?.found ?? false;
  },
  earnings: (user) => earnings(sql, user),
  earningsByDay: (user, since) => earningsByDay(sql, user, since),
});

export const findByKey = async (
  sql: Sql,
  key: IdempotencyKey,
): Promise<WalletTransaction | undefined> => {
  const [row] = await sql<TransactionRow>`
    select * from wallet_transactions where idempotency_key = ${key}`;
  return row && toTransaction(row);
};

const post = async (sql: Sql, made: NewTransaction): Promise<Posted> => {
  const ends = endsOf(made.postings);
  const [row] = await sql<{ outcome: Posted }>`
    select post_transaction(${made.id}, ${made.type}, ${made.userId}, ${made.amount},
      ${made.reference.kind}, ${made.reference.id}, ${made.key}, ${made.fingerprint},
      ${made.createdBy}, ${made.createdAt}, ${ends.fromKinds}, ${ends.fromOwners},
      ${ends.toKinds}, ${ends.toOwners}, ${ends.amounts}) as outcome`.catch(refuseAtTheWall);
  invariant(row, 'a function call is one row');
  return row.outcome;
};

const decide = async (sql: Sql, closing: Closing): Promise<Decided | null> => {
  const ends = endsOf(closing.postings);
  const [row] = await sql<{ outcome: Decided | null }>`
    select decide_transaction(${closing.id}, ${closing.decision}, ${closing.at},
      ${ends.fromKinds}, ${ends.fromOwners}, ${ends.toKinds}, ${ends.toOwners},
      ${ends.amounts}) as outcome`.catch(refuseAtTheWall);
  return row?.outcome ?? null;
};

const NEVER_NEGATIVE = /^accounts_(balance|revenue)_never_negative$/;

/**
 * The database's own walls (WAL-4, WAL-13). After one nothing more can be done in this transaction,
 * or in this savepoint: the refusal has to leave it, as refusals do.
 */
export const refuseAtTheWall = (error: unknown): never => {
  const constraint =
    error instanceof Error && 'constraint' in error ? String(error.constraint) : '';
  if (NEVER_NEGATIVE.test(constraint)) throw refuseWallet('wallet.overdrawn');
  if (constraint === 'postings_stop_when_frozen') {
    const since = new Date(String(Reflect.get(Object(error), 'detail')));
    throw refuseFreeze('freeze.in-force', { since });
  }
  throw error;
};

/** What was posted needs no second look: the database added only the status. */
const storedAs = async (
  sql: Sql,
  made: NewTransaction,
  outcome: Posted,
): Promise<WalletTransaction> => {
  if (outcome === 'known') {
    const first = await findByKey(sql, made.key);
    invariant(first, `the key ${made.key} was used before`);
    return first;
  }
  const { postings: _moved, ...content } = made;
  return bornPending(made.type)
    ? { ...content, status: 'pending', decidedAt: null }
    : { ...content, status: 'approved', decidedAt: made.createdAt };
};

/** What was posted before under this key was the very same (WAL-7). */
export const requireSame = (
  { key, fingerprint }: NewTransaction,
  stored: WalletTransaction | undefined,
): WalletTransaction => {
  if (stored?.fingerprint === fingerprint) return stored;
  throw refuseWallet('wallet.key-reused', { key });
};

/** What `post_transactions` is given, and answers in this order. */
export const entriesOf = (all: readonly NewTransaction[]) => {
  const [first] = all;
  invariant(first, 'there is something to post');
  const { createdBy, createdAt } = first;
  const isOfOne = (one: NewTransaction): boolean =>
    one.createdBy === createdBy && one.createdAt.getTime() === createdAt.getTime();
  invariant(all.every(isOfOne), 'what is posted in one go is of one actor and moment');
  const { amounts: posted, ...ends } = endsOf(all.flatMap(({ postings }) => postings));
  return {
    ids: all.map(({ id }) => id),
    types: all.map(({ type }) => type),
    users: all.map(({ userId }) => userId),
    amounts: all.map(({ amount }) => amount),
    referenceKinds: all.map(({ reference }) => reference.kind),
    referenceIds: all.map(({ reference }) => reference.id),
    keys: all.map(({ key }) => key),
    fingerprints: all.map(({ fingerprint }) => fingerprint),
    createdBy,
    createdAt,
    postingOf: all.flatMap(({ id, postings }) => postings.map(() => id)),
    ...ends,
    posted,
  };
};

const ownerOf = (account: Account): string | null => {
  if ('userId' in account) return account.userId;
  return account.kind === 'escrow' ? account.campaignId : null;
};

const endsOf = (postings: readonly Posting[]) => ({
  fromKinds: postings.map(({ from }) => from.kind),
  fromOwners: postings.map(({ from }) => ownerOf(from)),
  toKinds: postings.map(({ to }) => to.kind),
  toOwners: postings.map(({ to }) => ownerOf(to)),
  amounts: postings.map(({ amount }) => amount),
});

const lockBalances = async (sql: Sql, accounts: readonly Account[]): Promise<readonly Rupiah[]> => {
  const rows = await sql<{ balance: bigint }>`
    select balance from lock_balances(${accounts.map(({ kind }) => kind)},
      ${accounts.map(ownerOf)}) order by place`;
  return rows.map(({ balance }) => rupiah(balance));
};

const balances = async (sql: Sql, user: UserId): Promise<Balances> => {
  const [row] = await sql<{ wallet: bigint; hold: bigint }>`
    select w.balance as wallet, h.balance as hold from wallets
    join accounts w on w.id = wallet_account_id join accounts h on h.id = hold_account_id
    where user_id = ${known(user)}`;
  invariant(row, `user ${user} has no wallet`);
  return { wallet: rupiah(row.wallet), hold: rupiah(row.hold) };
};

/** What a transaction `t` did to the wallet `w`. */
const EFFECT = `(
  select coalesce(sum(case p.to_account_id when w.wallet_account_id then p.amount
      else -p.amount end), 0)
    from postings p where p.transaction_id = t.id
      and w.wallet_account_id in (p.from_account_id, p.to_account_id))`;
/** A reward moves what it says; there are many of them. */
const EARNED = fragment(`
  select coalesce(sum(case t.type when 'task_reward' then t.amount else ${EFFECT} end), 0)::bigint
    from wallet_transactions t
    where t.user_id = w.user_id and t.type in ('task_reward', 'reversal')`);
const WITHDRAWN = fragment(`
  select coalesce(sum(${EFFECT}), 0)::bigint from wallet_transactions t
    where t.user_id = w.user_id and t.type = 'withdraw'`);

/** Rewards less what reversals took back; withdrawals pending or paid, with their fees (WDR-1). */
const earnings = async (sql: Sql, user: UserId): Promise<Earnings> => {
  const [row] = await sql<{ earned: bigint; withdrawn: bigint }>`
    select (${EARNED}) as earned, -(${WITHDRAWN}) as withdrawn
    from wallets w where w.user_id = ${known(user)}`;
  invariant(row, `user ${user} has no wallet`);
  return { earned: rupiah(row.earned), withdrawn: rupiah(row.withdrawn) };
};

/** A day of Jakarta is one of UTC, seven hours later: no daylight saving there. */
const earningsByDay = async (sql: Sql, user: UserId, since: Date): Promise<EarningsDay[]> => {
  const rows = await sql<{ day: Date; earned: bigint }>`
    select date_bin('1 day', t.created_at, '2000-01-01 00:00+07') as day,
      sum(case p.to_account_id when w.wallet_account_id then p.amount else -p.amount end)::bigint
        as earned
    from wallets w
    join wallet_transactions t on t.user_id = w.user_id
      and t.type in ('task_reward', 'reversal') and t.created_at >= ${since}
    join postings p on p.transaction_id = t.id
      and w.wallet_account_id in (p.from_account_id, p.to_account_id)
    where w.user_id = ${known(user)} group by day order by day`;
  return rows.map(({ day, earned }) => ({ day, earned: rupiah(earned) }));
};

interface TransactionRow extends LineRow {
  readonly user_id: UserId | null;
  readonly idempotency_key: IdempotencyKey;
  readonly fingerprint: string;
  readonly created_by: string;
  readonly decided_at: Date | null;
}

const toTransaction = (row: TransactionRow): WalletTransaction => ({
  id: row.id,
  type: row.type,
  status: row.status,
  userId: row.user_id,
  amount: rupiah(row.amount),
  reference: { kind: row.reference_kind, id: row.reference_id },
  key: row.idempotency_key,
  fingerprint: row.fingerprint,
  createdBy: row.created_by,
  createdAt: row.created_at,
  decidedAt: row.decided_at,
});
