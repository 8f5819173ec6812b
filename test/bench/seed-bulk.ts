import { withSql } from '../../adapters/postgres/orm.ts';

/** The id of the n-th thing of a kind: in the order of time, from 2020 on. Becomes part of its query. */
export const ID_OF = `
  create function pg_temp.id(kind int, n bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(1600000000000 + n), 12, '0') || '70008000'
      || lpad(to_hex(kind), 12, '0'))::uuid
  $$`;

/** Every stored balance, from the postings. */
export const STORED_BALANCES = `
  update accounts a set balance = n.net from (
      select account_id, sum(change) as net from (
        select to_account_id as account_id, amount as change from postings
        union all select from_account_id, -amount from postings) moves group by account_id) n
    where n.account_id = a.id and a.kind not in ('revenue', 'outside')
      and a.balance is distinct from n.net`;

/** What is kept as a sum, counted once. */
export const KEPT_SUMS: readonly string[] = [
  'delete from tallies',
  `insert into tallies (wallets, holds, escrows, revenue, outside, proofs_waiting, proofs_decided)
    select coalesce(sum(balance) filter (where kind = 'wallet'), 0),
      coalesce(sum(balance) filter (where kind = 'hold'), 0),
      coalesce(sum(balance) filter (where kind = 'escrow'), 0),
      sum(posted(id)) filter (where kind = 'revenue'),
      sum(posted(id)) filter (where kind = 'outside'),
      (select count(*) from task_proofs where status = 'pending'),
      (select count(*) from task_proofs where status <> 'pending')
    from accounts`,
];

const SESSION: readonly string[] = [
  `set session_replication_role = 'replica'`,
  'set synchronous_commit = off',
  `set work_mem = '256MB'`,
  `set maintenance_work_mem = '1GB'`,
  'set max_parallel_maintenance_workers = 2',
];

/** Of the whole server of this run: it ends with one vacuum, and stops for no checkpoint before. */
const MEANWHILE: readonly string[] = ['autovacuum = off', `max_wal_size = '8GB'`];

/** Statements that run one after the other, beside those of other streams. */
export interface Streams {
  readonly streams: readonly (readonly string[])[];
  /** Afterwards, when all streams have ended. */
  readonly after: readonly string[];
}

/**
 * Runs these while triggers and foreign keys sleep, a connection for each stream; indexes that are no
 * constraints are made afterwards, from what is there. Ends with everything known to the planner and
 * on the disk.
 */
export const inBulk = (url: string, { streams, after }: Streams): Promise<void> =>
  withSql(url, async (run) => {
    const indexes = await run(`
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'public'::regnamespace
        and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
      order by pg_get_indexdef(i.indexrelid)`);
    for (const { name } of indexes) await run(`drop index ${String(name)}`);
    for (const setting of MEANWHILE) await run(`alter system set ${setting}`);
    await run('select pg_reload_conf()');
    await Promise.all(streams.map((statements) => session(url, statements)));
    await session(url, after);
    const definitions = indexes.map(({ definition }) => String(definition));
    await Promise.all(
      streams.map((_, at) =>
        session(
          url,
          definitions.filter((_definition, place) => place % streams.length === at),
        ),
      ),
    );
    await run('vacuum analyze');
    await run('checkpoint');
    await run('alter system reset all');
    await run('select pg_reload_conf()');
  });

const session = (url: string, statements: readonly string[]): Promise<void> =>
  withSql(url, async (run) => {
    for (const statement of [...SESSION, ID_OF, ...statements]) await run(statement);
  });
