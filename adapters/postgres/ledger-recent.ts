import { DAY_MS, invariant } from '../../core/kernel/index.ts';
import type { LedgerMark } from '../../core/wallet/index.ts';
import type { CheckedTable } from './ledger-checks/index.ts';
import type { Sql } from './sql.ts';

/**
 * How far a check looks back behind the last one. Rows get their time before they are seen: from
 * our clock when something is decided, from the database's when it is posted. What was open at the
 * last check is looked for by the start of the oldest open transaction; the roles of others do not
 * show theirs, and clocks differ: for these the overlap.
 */
const OVERLAP_MS = 120_000;

/** Where the next check begins, seen from the transaction under way. */
export const markAt = async (sql: Sql): Promise<LedgerMark> => {
  const [row] = await sql<{ at: Date }>`
    select least(now(), min(xact_start)) as at from pg_stat_activity
    where datname = current_database()`;
  invariant(row, 'an aggregate is always one row');
  return new Date(row.at.getTime() - OVERLAP_MS).toISOString() as LedgerMark;
};

/** The moment that a mark names, by the database's clock; without one, a day ago. */
export const startOf = async (sql: Sql, mark: LedgerMark | null): Promise<Date> => {
  const at = new Date(mark ?? Number.NaN);
  if (!Number.isNaN(at.getTime())) return at;
  const [row] = await sql<{ now: Date }>`select now() as now`;
  invariant(row, 'there is always a now');
  return new Date(row.now.getTime() - DAY_MS);
};

/** The first id that uuidv7() can give in this millisecond. */
const firstIdOf = (at: Date): string => {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
};

/**
 * The keys of what was posted, decided or logged since then, and of what it belongs to. Postings are
 * found by their ids, which the database makes. Of revenue, which everything is paid into, the whole
 * sum is looked at only after it paid.
 */
export const recentKeys = async (
  sql: Sql,
  since: Date,
): Promise<Readonly<Record<CheckedTable, readonly string[]>>> => {
  const [last] = await sql<{ id: bigint }>`
    select id from audit_logs where at < ${since} order by id desc limit 1`;
  const [keys] = await sql<Record<CheckedTable, string[]>>`
    with fresh as materialized (
      select id, transaction_id, from_account_id, to_account_id from postings
      where id >= ${firstIdOf(since)}::uuid
    ), told as materialized (
      select id, subject, case when pg_input_is_valid(subject_id, 'uuid') then subject_id::uuid end
        as subject_id
      from audit_logs where id > ${last?.id ?? 0n}
    ), about as materialized (
      select id, reference_kind, reference_id from wallet_transactions
      where id = any(array(select transaction_id from fresh))
    ), accounts_touched as materialized (
      select from_account_id as id from fresh
      union select to_account_id from fresh
        where to_account_id <> '00000000-0000-0000-0000-000000000001'
    ), proofs as (
      select subject_id as id from told where subject = 'proof'
      union select reference_id from about where reference_kind = 'proof'
      union select proof_id from proof_decisions where decided_at >= ${since}
    ), topped_up as (
      select subject_id as id from told where subject = 'deposit'
      union select reference_id from about where reference_kind = 'deposit'
      union select id from deposits where decided_at >= ${since}
      union select id from deposits where status = 'pending' and created_at >= ${since}
    ), withdrawn as (
      select subject_id as id from told where subject = 'withdrawal'
      union select reference_id from about where reference_kind = 'withdrawal'
      union select id from withdrawals where decided_at >= ${since}
    ), worked_for as (
      select subject_id as id from told where subject = 'campaign'
      union select owner_id from accounts
        where kind = 'escrow' and id = any(array(select id from accounts_touched))
      union select campaign_id from task_proofs where id = any(array(select id from proofs))
    )
    select
      array(select id::text from fresh) as postings,
      array(select id::text from accounts_touched
        where id <> '00000000-0000-0000-0000-000000000002') as accounts,
      array(select id::text from about
        union select subject_id::text from told where subject = 'transaction'
        union select transaction_id::text from deposits
          where id = any(array(select id from topped_up))
        union select transaction_id::text from withdrawals
          where id = any(array(select id from withdrawn))) as wallet_transactions,
      array(select id::text from worked_for where id is not null) as campaigns,
      array(select id::text from proofs where id is not null) as task_proofs,
      array(select id::text from topped_up where id is not null) as deposits,
      array(select id::text from withdrawn where id is not null) as withdrawals,
      array(select distinct subject_id::text from told
        where subject = 'user' and subject_id is not null) as users,
      array(select distinct subject_id::text from told
        where subject = 'freeze' and subject_id is not null) as freezes,
      array(select id::text from told) as audit_logs`;
  invariant(keys, 'a row of arrays is always one row');
  return keys;
};
