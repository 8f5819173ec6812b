import type { Json } from '../../core/kernel/index.ts';
import type { Orm } from './orm.ts';
import { planNameOf } from './plan-names.ts';
import { aloneOn, type Session, type Statement } from './session.ts';

/**
 * Runs one statement where it is bound to: sql<Row>`select … where id = ${id}`. Values travel as
 * parameters beside the text, never inside it, and each text is planned once on a connection. Rows
 * are what the driver parsed: bigint as bigint, timestamptz as Date, json as data.
 */
export interface Sql {
  <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]>;
  /**
   * The same for a write that nobody needs the answer of: it travels with what comes next. See
   * `Session.sendLater`.
   */
  later(text: TemplateStringsArray, ...values: readonly unknown[]): void;
}

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

/** Statements that go where `session` leads. */
export const sqlOn = (session: Session): Sql =>
  Object.assign(
    async <Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]) =>
      session.send<Row>(statement(text, values.map(requirePlain))),
    {
      later: (text: TemplateStringsArray, ...values: readonly unknown[]) =>
        session.sendLater(statement(text, values.map(requirePlain))),
    },
  );

/** Statements whose text was put together before: `$1` in the text stands for `values[0]`. */
export const textOn =
  (session: Session) =>
  <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    session.send<Row>({ text, values });

/**
 * Runs SQL that a library wrote, each call on whichever connection is free: `$1` in the text stands
 * for `values[0]`. Without values the text may hold several statements: they stand or fall together,
 * and give no rows.
 */
export const plainSql = (orm: Orm) => {
  const session = aloneOn(orm);
  return async (text: string, values: readonly unknown[] = []): Promise<{ rows: PlainRow[] }> => {
    const rows = await session.send<PlainRow>(values.length === 0 ? { text } : { text, values });
    return { rows: rows ?? [] };
  };
};

type PlainRow = Record<string, unknown>;

/**
 * What the driver can put on the wire without fail. Where it failed there, the plan of the statement
 * would be lost, and its connection never run it again; nor would the COMMIT that travels with it be
 * refused, which the server alone sees to.
 */
const requirePlain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Fragment) return value;
  if (Array.isArray(value)) return value.map(requirePlain);
  throw new Error('an object is no parameter: give its JSON');
};

const texts = new WeakMap<TemplateStringsArray, string>();

const statement = (text: TemplateStringsArray, values: readonly unknown[]): Statement => {
  const isFixed = !values.some((value) => value instanceof Fragment);
  const whole = (isFixed && texts.get(text)) || written(text, values);
  if (isFixed) texts.set(text, whole);
  const parameters = isFixed ? values : values.filter((value) => !(value instanceof Fragment));
  return { name: planNameOf(whole), text: whole, values: parameters };
};

const written = (text: TemplateStringsArray, values: readonly unknown[]): string => {
  let parameters = 0;
  return text.reduce((before, part, place) => {
    const value = values[place - 1];
    if (value instanceof Fragment) return before + value.text + part;
    parameters += 1;
    return `${before}$${parameters}${part}`;
  });
};
