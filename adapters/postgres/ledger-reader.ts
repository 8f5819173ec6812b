import { invariant, rupiah } from '../../core/kernel/index.ts';
import type { LedgerReader, TrialBalance, VerificationStep } from '../../core/wallet/index.ts';
import { LEDGER_CHECKS, type LedgerCheck } from './ledger-checks.ts';
import type { Orm } from './orm.ts';
import { sqlOn, type Sql } from './sql.ts';
import { apart } from './transactions.ts';

const NAMED_AT_MOST = 10;

/** Proves the ledger on one snapshot, without stopping anybody: WAL-8 except the audit chain. */
export const createLedgerReader = (orm: Orm): LedgerReader => ({
  trialBalance: () => apart(() => trialBalance(sqlOn(orm.em.fork()))),
  verify: async function* verify() {
    const em = orm.em.fork();
    await apart(() => em.begin({ isolationLevel: 'repeatable read', readOnly: true }));
    try {
      for (const check of LEDGER_CHECKS) yield await apart(() => run(sqlOn(em), check));
    } finally {
      await apart(() => em.rollback());
    }
  },
});

const run = async (sql: Sql, check: LedgerCheck): Promise<VerificationStep> => {
  const [examined] = await sql<{ total: number }>`${check.rows}`;
  const broken = await sql<{ table: string; id: string; what: string }>`
    ${check.violations} limit ${NAMED_AT_MOST}`;
  return {
    name: check.name,
    rows: examined?.total ?? 0,
    violations: broken.map(({ table, id, what }) => ({
      rule: check.rule,
      row: `${table} ${id}`,
      what,
    })),
  };
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
