import { invariant, rupiah } from '../../core/kernel/index.ts';
import type {
  LedgerReader,
  TrialBalance,
  VerificationProgress,
  VerificationStep,
  Violation,
} from '../../core/wallet/index.ts';
import {
  ADDING_UP,
  fallenWalls,
  LEDGER_CHECKS,
  LOOKING_UP,
  TALLIES,
  TOTAL,
  WALLS_STANDING,
  type CheckedTable,
  type LedgerCheck,
  type Within,
} from './ledger-checks/index.ts';
import { readExcerpt } from './ledger-excerpt.ts';
import { recentKeys, startOf, markAt } from './ledger-recent.ts';
import type { Orm } from './orm.ts';
import { aloneOn, beginOn, inTransaction, ONE_SNAPSHOT } from './session.ts';
import { sqlOn, textOn, type Sql } from './sql.ts';
import { apart, withoutHaste } from './transactions.ts';

const NAMED_AT_MOST = 10;

export interface LedgerReaderOptions {
  /** Rows examined by one statement: many enough to be quick, few enough for a bar to move. */
  readonly page?: number;
}

const PAGE = 50_000;

/** Shows and proves the ledger on one snapshot, without stopping anybody: WAL-8 but for the audit. */
export const createLedgerReader = (
  orm: Orm,
  { page = PAGE }: LedgerReaderOptions = {},
): LedgerReader => ({
  trialBalance: () => apart(() => trialBalance(sqlOn(aloneOn(orm)))),
  excerpt: (size) =>
    apart(() => inTransaction(orm, ONE_SNAPSHOT, (snapshot) => readExcerpt(sqlOn(snapshot), size))),
  verify: async function* verify(onProgress) {
    const snapshot = await apart(() => beginOn(orm, ONE_SNAPSHOT));
    try {
      withoutHaste(sqlOn(snapshot));
      const run: Run = textOn(snapshot);
      yield* proveAll({ run, page }, onProgress);
    } finally {
      await snapshot.rollback();
    }
  },
  verifyRecent: (since) =>
    apart(() =>
      inTransaction(orm, ONE_SNAPSHOT, async (snapshot) => {
        const sql = sqlOn(snapshot);
        withoutHaste(sql);
        const mark = await markAt(sql);
        const keys = await recentKeys(sql, await startOf(sql, since));
        const steps: VerificationStep[] = [await proveWalls(textOn(snapshot))];
        await textOn(snapshot)(LOOKING_UP);
        for (const check of Object.values(LEDGER_CHECKS)) {
          steps.push(
            await proveSome(
              { run: textOn(snapshot), page },
              check,
              keys[check.table as CheckedTable],
            ),
          );
        }
        return { steps, mark };
      }),
    ),
});

type Run = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** How statements are run, and how many rows each examines. */
interface Reading {
  readonly run: Run;
  readonly page: number;
}

async function* proveAll(
  reading: Reading,
  onProgress?: (progress: VerificationProgress) => void,
): AsyncGenerator<VerificationStep> {
  const { run } = reading;
  const checks: readonly LedgerCheck[] = Object.values(LEDGER_CHECKS);
  const total = await estimate(run, checks);
  await run(LOOKING_UP);
  let before = 0;
  for (const check of checks) {
    const tell = (rows: number): void => {
      const done = before + rows;
      onProgress?.({ name: check.name, done, total: Math.max(done, total) });
    };
    tell(0);
    const step = await proveTable(reading, check, tell);
    before += step.rows;
    yield step;
  }
  await run(ADDING_UP);
  yield await proveTotal(run);
  yield await proveWalls(run);
  onProgress?.({ name: 'done', done: before, total: before });
}

/** As the planner knows them: counting the rows would take as long as many a check. */
const estimate = async (run: Run, checks: readonly LedgerCheck[]): Promise<number> => {
  const [row] = await run<{ rows: number }>(
    `select coalesce(sum(greatest(reltuples, 0)), 0)::float8 as rows from pg_class
      where oid = any($1::text[]::regclass[])`,
    [checks.map(({ table }) => table)],
  );
  return row?.rows ?? 0;
};

/** Goes through the whole table in the order of its key. */
const proveTable = async (
  { run, page: size }: Reading,
  check: LedgerCheck,
  tell: (rows: number) => void,
): Promise<VerificationStep> => {
  const { table, key } = check;
  const step = emptyStep(check.name);
  let from = key === 'uuid' ? '00000000-0000-0000-0000-000000000000' : String(-(2n ** 63n));
  for (;;) {
    const [page] = await run<{ next: string }>(
      `select id::text as next from ${table} where id >= $1::${key} order by id
        offset ${size} limit 1`,
      [from],
    );
    const inPage: Within = (column) => {
      const low = `${column} >= $1::${key}`;
      return page ? `${low} and ${column} < $2::${key}` : low;
    };
    const keys = page ? [from, page.next] : [from];
    add(step, check.table, await run<Found>(named(check.violations(inPage)), keys));
    step.rows += page ? size : await count(run, check, from);
    tell(step.rows);
    if (!page) return step;
    from = page.next;
  }
};

const count = async (run: Run, { table, key }: LedgerCheck, from: string): Promise<number> => {
  const [row] = await run<{ rows: number }>(
    `select count(*)::int as rows from ${table} where id >= $1::${key}`,
    [from],
  );
  return row?.rows ?? 0;
};

/** Looks only at rows with these keys. */
const proveSome = async (
  { run, page }: Reading,
  check: LedgerCheck,
  keys: readonly string[],
): Promise<VerificationStep> => {
  const step = emptyStep(check.name);
  const among: Within = (column) => `${column} = any($1::${check.key}[])`;
  for (let start = 0; start < keys.length; start += page) {
    const some = keys.slice(start, start + page);
    add(step, check.table, await run<Found>(named(check.violations(among)), [some]));
    step.rows += some.length;
  }
  return step;
};

const proveTotal = async (run: Run): Promise<VerificationStep> => {
  const step = emptyStep('all balances together are zero');
  const [accounts] = await run<{ rows: number }>(`select count(*)::int as rows from accounts`);
  step.rows = accounts?.rows ?? 0;
  add(step, 'accounts', await run<Found>(named(TOTAL)));
  add(step, 'tallies', await run<Found>(named(TALLIES)));
  return step;
};

const proveWalls = async (run: Run): Promise<VerificationStep> => {
  const step = emptyStep('the walls stand');
  const [walls] = await run<{ rows: number }>(WALLS_STANDING);
  step.rows = walls?.rows ?? 0;
  for (const catalog of ['pg_trigger', 'pg_constraint'] as const) {
    add(step, catalog, await run<Found>(named(fallenWalls(catalog))));
  }
  return step;
};

interface Found {
  readonly rule: string;
  readonly id: string;
  readonly what: string;
  readonly broken: number;
}

const named = (violations: string): string => `
  with v as materialized (${violations})
  select rule, id::text as id, what, (select count(distinct id) from v)::int as broken
  from v order by v.id limit ${NAMED_AT_MOST}`;

const emptyStep = (name: string) => ({ name, rows: 0, broken: 0, violations: [] as Violation[] });

const add = (step: ReturnType<typeof emptyStep>, table: string, found: readonly Found[]): void => {
  step.broken += found[0]?.broken ?? 0;
  for (const { rule, id, what } of found.slice(0, NAMED_AT_MOST - step.violations.length)) {
    step.violations.push({ rule, row: `${table} ${id}`, what });
  }
};

const trialBalance = async (sql: Sql): Promise<TrialBalance> => {
  const [sums] = await sql<Record<keyof TrialBalance, bigint>>`
    select
      coalesce(sum(balance) filter (where kind = 'wallet'), 0)::bigint as wallets,
      coalesce(sum(balance) filter (where kind = 'hold'), 0)::bigint as holds,
      coalesce(sum(balance) filter (where kind = 'escrow'), 0)::bigint as escrows,
      coalesce(sum(posted(id)) filter (where kind = 'revenue'), 0)::bigint as revenue,
      coalesce(sum(posted(id)) filter (where kind = 'outside'), 0)::bigint as outside
    from accounts`;
  invariant(sums, 'an aggregate is always one row');
  return {
    wallets: rupiah(sums.wallets),
    holds: rupiah(sums.holds),
    escrows: rupiah(sums.escrows),
    revenue: rupiah(sums.revenue),
    outside: rupiah(sums.outside),
  };
};
