import {
  rupiah,
  type Page,
  type PageRequest,
  type TaskKind,
  type TransactionId,
  type UserId,
} from '../../core/kernel/index.ts';
import type {
  HistoryLine,
  Reference,
  TransactionStatus,
  TransactionType,
} from '../../core/wallet/index.ts';
import { atLeast, readPage } from './paging.ts';
import { known, type Sql } from './sql.ts';

/** WAL-9: a page of what moved a person's wallet, in time that does not grow with its length. */
export const historyPage = (
  sql: Sql,
  user: UserId,
  page: PageRequest,
): Promise<Page<HistoryLine>> =>
  readPage(page, {
    count: () => countHistory(sql, user),
    items: async (limit, offset) => (await history(sql, user, limit, offset)).map(toLine),
  });

/**
 * Counted in the order of the indexes, and from them alone. A withdrawal that was given back went out
 * and came in again: one line.
 */
const countHistory = (sql: Sql, user: UserId) => sql<{ total: number }>`
  select (
      (select count(*) from (
        select distinct created_at, transaction_id from postings
        where to_account_id = w.wallet_account_id) came)
      + (select count(*) from (
        select distinct created_at, transaction_id from postings
        where from_account_id = w.wallet_account_id) went)
      - (select count(*) from wallet_transactions where user_id = w.user_id and type = 'withdraw'
        and status in ('rejected', 'canceled'))
      + (select count(*) from wallet_transactions where user_id = w.user_id and type = 'deposit'
        and status <> 'approved'))::int as total
  from wallets w where w.user_id = ${known(user)}`;

/**
 * What a transaction's postings did to the wallet together; a top-up that moved nothing shows what
 * was claimed, a withdrawal that was given back minus what was asked for. A line stands where its
 * transaction first touched the wallet, or asked to: of each source the newest are read that could be
 * on the page, a transaction with two postings counted twice. The page is an array, of which the
 * planner thinks as of few, and what is read for it is a number in the text: so this is planned once.
 */
const history = (sql: Sql, user: UserId, limit: number, offset: number) => {
  const reach = atLeast(2 * (limit + offset));
  return sql<HistoryRow>`
  with w as materialized (
    select wallet_account_id as wallet from wallets where user_id = ${known(user)}
  ), line as (
    select t.id, t.type, t.status, t.reference_kind, t.reference_id, t.created_at,
      case when t.type = 'withdraw' and t.status in ('rejected', 'canceled') then -t.amount
        when t.type = 'deposit' and t.status <> 'approved' then t.amount
        else (
          select sum(case p.to_account_id when w.wallet then p.amount else -p.amount end)::bigint
          from postings p
          where p.transaction_id = t.id and w.wallet in (p.from_account_id, p.to_account_id))
        end as amount
    from w cross join wallet_transactions t
    where t.id = any(array(
      select newest.id from (
        (select p.transaction_id as id, p.created_at as at
          from postings p join wallet_transactions m on m.id = p.transaction_id
          where p.to_account_id = (select wallet from w) and m.type not in ('deposit', 'withdraw')
          order by p.created_at desc, p.transaction_id desc limit ${reach})
        union
        (select transaction_id, created_at from postings
          where from_account_id = (select wallet from w)
          order by created_at desc, transaction_id desc limit ${reach})
        union
        (select id, created_at from wallet_transactions
          where user_id = ${known(user)} and type = 'deposit'
          order by created_at desc, id desc limit ${reach})
      ) newest order by newest.at desc, newest.id desc limit ${limit} offset ${offset}))
  )
  select line.*, c.kind as task_kind, c.link_target as link from line
  left join tasks k on line.reference_kind = 'task' and k.id = line.reference_id
  left join task_proofs p on line.reference_kind = 'proof' and p.id = line.reference_id
  left join campaigns c on c.id = case line.reference_kind
    when 'campaign' then line.reference_id else coalesce(k.campaign_id, p.campaign_id) end
  order by line.created_at desc, line.id desc`;
};

/** What a transaction and a line of a history have in common. */
export interface LineRow {
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
