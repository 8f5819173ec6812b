import type {
  CheckDone,
  CheckLog,
  CheckProgress,
  Finding,
  Freeze,
  FreezeRepo,
} from '../../core/freeze/index.ts';
import { invariant, type FreezeId, type Json } from '../../core/kernel/index.ts';
import type { LedgerMark } from '../../core/wallet/index.ts';
import { asJson, type Sql } from './sql.ts';

const UNTOLD_AT_MOST = 10;

interface FreezeRow {
  readonly id: FreezeId;
  readonly begun_at: Date;
  readonly findings: readonly Finding[];
  readonly news: number;
  readonly owner_told: number;
  readonly lifted_at: Date | null;
  readonly lifted_by: string | null;
  readonly lift_reason: string | null;
}

/** Freezes; the database refuses payments while one is in force, whatever is asked here (WAL-13). */
export const createFreezeRepo = (sql: Sql): FreezeRepo => ({
  current: async () => {
    const [row] = await sql<FreezeRow>`select * from freezes where lifted_at is null`;
    return row && toFreeze(row);
  },
  begin: async ({ id, begunAt, findings }) => {
    await sql`insert into freezes (id, begun_at, findings)
      values (${id}, ${begunAt}, ${jsonOf(findings)})`;
  },
  save: async ({ id, findings, news, lifted }) => {
    const saved = await sql`update freezes set findings = ${jsonOf(findings)}, news = ${news},
        lifted_at = ${lifted?.at ?? null}, lifted_by = ${lifted?.by ?? null},
        lift_reason = ${lifted?.reason ?? null}
      where id = ${id} and lifted_at is null returning id`;
    invariant(saved.length === 1, `freeze ${id} is in force`);
  },
  liftings: async () => {
    const [row] = await sql<{ liftings: number }>`
      select coalesce(max(lifting), 0) as liftings from freezes`;
    return row?.liftings ?? 0;
  },
  liftedAfter: async (count) => {
    const rows = await sql<FreezeRow>`
      select * from freezes where lifting > ${count} order by lifting`;
    return rows.map(toFreeze);
  },
  untold: async () => {
    const rows = await sql<FreezeRow>`select * from freezes where owner_told < news
      order by begun_at, id limit ${UNTOLD_AT_MOST}`;
    return rows.map(toFreeze);
  },
  markTold: async (id, news) => {
    await sql`update freezes set owner_told = ${news} where id = ${id} and owner_told < ${news}`;
  },
});

const jsonOf = (findings: readonly Finding[]): string | null => asJson(findings as unknown as Json);

const toFreeze = (row: FreezeRow): Freeze => ({
  id: row.id,
  begunAt: row.begun_at,
  findings: row.findings.map(({ check, broken, violations }) => ({
    check,
    broken,
    violations: violations.map(({ rule, row: of, what }) => ({ rule, row: of, what })),
  })),
  news: row.news,
  ownerTold: row.owner_told,
  lifted:
    row.lifted_at === null
      ? null
      : { at: row.lifted_at, by: row.lifted_by ?? '', reason: row.lift_reason ?? '' },
});

interface CheckRow {
  readonly mark: LedgerMark | null;
  readonly recent_at: Date | null;
  readonly recent_broken: number | null;
  readonly full_at: Date | null;
  readonly full_broken: number | null;
  readonly seen_liftings: number;
  readonly sound_liftings: number;
}

/** Where the checks stand, in one row that a check locks while it is judged. */
export const createCheckLog = (sql: Sql): CheckLog => ({
  read: async () => toProgress(await sql<CheckRow>`select * from ledger_checks`),
  lock: async () => toProgress(await sql<CheckRow>`select * from ledger_checks for no key update`),
  save: async ({ mark, recent, full, seenLiftings, soundLiftings }) => {
    await sql`update ledger_checks set mark = ${mark},
      recent_at = ${recent?.at ?? null}, recent_broken = ${recent?.broken ?? null},
      full_at = ${full?.at ?? null}, full_broken = ${full?.broken ?? null},
      seen_liftings = ${seenLiftings}, sound_liftings = ${soundLiftings}`;
  },
});

const toProgress = ([row]: readonly CheckRow[]): CheckProgress => {
  invariant(row, 'the migration entered the one row');
  return {
    mark: row.mark,
    recent: doneOf(row.recent_at, row.recent_broken),
    full: doneOf(row.full_at, row.full_broken),
    seenLiftings: row.seen_liftings,
    soundLiftings: row.sound_liftings,
  };
};

const doneOf = (at: Date | null, broken: number | null): CheckDone | null =>
  at === null ? null : { at, broken: broken ?? 0 };
