import type { EntityManager, Kysely } from '@mikro-orm/postgresql';
import type { Json } from '../../core/kernel/index.ts';
import type { Orm } from './orm.ts';

/**
 * Runs one statement on the transaction it is bound to: sql<Row>`select … where id = ${id}`. Values
 * travel as parameters beside the text, never inside it (em.execute() writes them into the text).
 * Rows are what the driver parsed: bigint as bigint, timestamptz as Date, json as data.
 */
export type Sql = <Row extends object>(
  text: TemplateStringsArray,
  ...values: readonly unknown[]
) => Promise<Row[]>;

type Statement = Parameters<Kysely<unknown>['executeQuery']>[0];

/** SQL that is part of our own source: a list of columns, a condition. */
class Fragment {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Marks a constant of ours as part of the statement's text. Never give it anything from outside.
 */
export const fragment = (text: string): Fragment => new Fragment(text);

/** JSON goes as text, so that an array is not taken for one of PostgreSQL's; null stays NULL. */
export const asJson = (value: Json): string | null =>
  value === null ? null : JSON.stringify(value);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * An id as it may be looked up: what is no UUID was never stored, and PostgreSQL would only
 * complain.
 */
export const known = (id: string): string | null => (UUID.test(id) ? id : null);

/** Statements on the transaction (or connection) that `em` is in. */
export const sqlOn =
  (em: EntityManager): Sql =>
  async <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]) => {
    const result = await em.getKysely<unknown>().executeQuery<Row>(statement(text, values));
    return result.rows;
  };

/**
 * Statements whose text was put together before, on the transaction (or connection) that `em` is
 * in: `$1` in the text stands for `values[0]`.
 */
export const textOn =
  (em: EntityManager) =>
  async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await em.getKysely<unknown>().executeQuery<Row>(compiled(text, values))).rows;

/**
 * Runs SQL that a library wrote, each call on whichever connection is free: `$1` in the text stands
 * for `values[0]`. Without values the text may hold several statements: they stand or fall together,
 * and give no rows.
 */
export const plainSql =
  (orm: Orm) =>
  async (text: string, values: readonly unknown[] = []): Promise<{ rows: PlainRow[] }> => {
    const kysely = orm.em.fork().getKysely<unknown>();
    const { rows } = await kysely.executeQuery<PlainRow>(compiled(text, values));
    return { rows };
  };

type PlainRow = Record<string, unknown>;

const statement = (text: TemplateStringsArray, values: readonly unknown[]): Statement => {
  const parameters: unknown[] = [];
  const sql = text.reduce((before, part, place) => {
    const value = values[place - 1];
    if (value instanceof Fragment) return before + value.text + part;
    return `${before}$${parameters.push(value)}${part}`;
  });
  return compiled(sql, parameters);
};

const compiled = (sql: string, parameters: readonly unknown[]): Statement =>
  ({
    sql,
    parameters,
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: 'upah' },
  }) as Statement;
