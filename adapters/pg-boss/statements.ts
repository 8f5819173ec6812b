/** Runs SQL that pg-boss wrote, each call on whichever connection is free. */
export interface SchedulerDatabase {
  /**
   * `$1` in the text stands for `values[0]`. Without values the text may hold several statements,
   * which then stand or fall together; their rows are not needed.
   */
  executeSql(text: string, values: readonly unknown[]): Promise<{ readonly rows: Row[] }>;
}

type Row = Record<string, unknown>;

/** Hears how the database does. */
export interface StatementEvents {
  readonly onAnswer: () => void;
}

/**
 * pg-boss puts BEGIN and COMMIT around several statements and sends them as one text. When one of
 * them fails the COMMIT is never read, and the connection goes back to the pool within a broken
 * transaction, for whoever comes next. PostgreSQL makes one transaction of such a text by itself,
 * and ends it in either case.
 */
const WRAPPED = /^\s*BEGIN;([\s\S]*)COMMIT;\s*$/;

/** The database as pg-boss wants it. */
export const statementsOf = (db: SchedulerDatabase, { onAnswer }: StatementEvents) => ({
  async executeSql(text: string, values: unknown[] = []): Promise<{ rows: Row[] }> {
    const { rows } = await db.executeSql(WRAPPED.exec(text)?.[1] ?? text, values);
    onAnswer();
    return { rows: rows.map(withoutBigints) };
  },
});

/** pg-boss reads bigint as the driver gives it by default: as text. */
const withoutBigints = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? String(value) : value,
    ]),
  );
