import { refuseFreeze } from '../../core/freeze/index.ts';
import {
  invariant,
  rupiah,
  type IdempotencyKey,
  type Rupiah,
  type TaskKind,
  type TransactionId,
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
  type HistoryLine,
  type NewTransaction,
  type Posting,
  type Reference,
  type TransactionStatus,
  type TransactionType,
  type WalletRepo,
  type WalletTransaction,
} from '../../core/wallet/index.ts';
import { readPage } from './paging.ts';
import { fragment, known, type Sql } from './sql.ts';

/**
 * What `post_transaction` and `decide_transaction` came to; see `migrations/0001/procedures.ts`.
 */
type Posted = 'posted' | 'known';
type Decided = 'decided' | TransactionStatus;

/** The ledger: the rules stand in the database too, which alone writes balances (WAL-3). */
export const createWalletRepo = (sql: Sql): WalletRepo => ({
  findByKey: (key) => findByKey(sql, key),
  post: async (made) => {
    const outcome = await post(sql, made);
    const stored = await storedAs(sql, made, outcome);
    if (stored.fingerprint === made.fingerprint) return stored;
    throw refuseWallet('wallet.key-reused', { key: made.key });
  },
  decide: async (closing) => {
    const outcome = await decide(sql, closing);
    invariant(outcome, `transaction ${closing.id} is not stored`);
    if (outcome !== 'decided') throw refuseWallet('wallet.already-decided', { status: outcome });
  },
  lockBalances: (accounts) => lockBalances(sql, accounts),
  balances: (user) => balances(sql, user),
  history: (user, page) =>
    readPage(page, {
      count: () => countHistory(sql, user),
      items: async (limit, offset) => (await history(sql, user, limit, offset)).map(toLine),
    }),
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

const findByKey = async (sql: Sql, key: IdempotencyKey): Promise<WalletTransaction | undefined> => {
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
const refuseAtTheWall = (error: unknown): never => {
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

const countHistory = (sql: Sql, user: UserId) => sql<{ total: number }>`
  select count(*)::int as total from (
    select transaction_id from postings p join wallets w on w.wallet_account_id = p.from_account_id
      where w.user_id = ${known(user)}
    union
    select transaction_id from postings p join wallets w on w.wallet_account_id = p.to_account_id
      where w.user_id = ${known(user)}
    union
    select id from wallet_transactions
      where user_id = ${known(user)} and type = 'deposit' and status <> 'approved') line`;

/**
 * What a transaction's postings did to the wallet together; a top-up that moved nothing shows what
 * was claimed, a withdrawal that was given back minus what was asked for. Everything but a top-up
 * moves the wallet in the moment when it is made: only what is shown is looked up.
 */
const history = (sql: Sql, user: UserId, limit: number, offset: number) => sql<HistoryRow>`
  with moved as (
    select p.id, sum(p.effect)::bigint as effect, min(p.at) as at from (
      select transaction_id as id, amount as effect, created_at as at from postings
        join wallets on wallet_account_id = to_account_id where user_id = ${known(user)}
      union all
      select transaction_id, -amount, created_at from postings
        join wallets on wallet_account_id = from_account_id where user_id = ${known(user)}
      union all
      select id, case status when 'approved' then 0 else amount end, created_at
        from wallet_transactions where user_id = ${known(user)} and type = 'deposit') p
    group by p.id order by at desc, p.id desc limit ${limit} offset ${offset}
  ), line as (
    select t.id, t.type, t.status, t.reference_kind, t.reference_id, t.created_at,
      case when t.type = 'withdraw' and t.status in ('rejected', 'canceled') then -t.amount
        else moved.effect end as amount
    from moved join wallet_transactions t on t.id = moved.id
  )
  select line.*, c.kind as task_kind, c.link_target as link from line
  left join tasks k on line.reference_kind = 'task' and k.id = line.reference_id
  left join task_proofs p on line.reference_kind = 'proof' and p.id = line.reference_id
  left join campaigns c on c.id = case line.reference_kind
    when 'campaign' then line.reference_id else coalesce(k.campaign_id, p.campaign_id) end
  order by line.created_at desc, line.id desc`;

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

interface LineRow {
  readonly id: TransactionId;
  readonly type: TransactionType;
  readonly status: TransactionStatus;
  readonly reference_kind: Reference['kind'];
  readonly reference_id: string;
  readonly created_at: Date;
  readonly amount: bigint;
}

/** A line with its campaign's label, both parts or neither. */
interface HistoryRow extends LineRow {
  readonly task_kind: TaskKind | null;
  readonly link: string | null;
}

const toLine = ({ task_kind: taskKind, link, ...row }: HistoryRow): HistoryLine => ({
  transactionId: row.id,
  type: row.type,
  status: row.status,
  amount: rupiah(row.amount),
  reference: { kind: row.reference_kind, id: row.reference_id },
  campaign: taskKind === null || link === null ? null : { taskKind, link },
  at: row.created_at,
});

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
