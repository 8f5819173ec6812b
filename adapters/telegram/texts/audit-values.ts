import type { AuditLine, Json } from '../../../core/index.ts';
import { money } from '../format.ts';
import { user, type Html } from '../html.ts';

/** Fields of a record that are amounts, the one that says most of it first. */
const AMOUNTS = [
  'reward',
  'credited',
  'amount',
  'funded',
  'refunded',
  'paid',
  'claimed',
  'total',
  'returned',
  'fee',
  'price',
  'balance',
  'shortfall',
  'revenue',
] as const;
const ARE_AMOUNTS: ReadonlySet<string> = new Set(AMOUNTS);

const isAmount = (value: Json | undefined): value is string =>
  typeof value === 'string' && /^-?\d{1,18}$/.test(value);

/** The amount of a record that a list shows; null where it names none. */
export const amountOf = ({ after }: Pick<AuditLine, 'after'>): Html | null => {
  const name = AMOUNTS.find((one) => isAmount(after?.[one]));
  const value = name && after?.[name];
  return isAmount(value) ? money(BigInt(value)) : null;
};

interface Shown {
  readonly max: number;
  /** Values that have a word of their own. */
  readonly words: Readonly<Record<string, string>>;
}

/** A value of a record as it is read, in one line; a dash where there is none. */
const valueOf = (name: string, value: Json | undefined, { max, words }: Shown): Html => {
  if (typeof value === 'string' && Object.hasOwn(words, value)) return user(words[value] ?? value);
  if (value === undefined || value === null || value === '') return user('–');
  if (ARE_AMOUNTS.has(name) && isAmount(value)) return money(BigInt(value));
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (isList) return user(value.map((one) => words[one] ?? one).join(', '), max);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return user(text.replaceAll(/\s+/g, ' '), max);
};

/** More than any record has: what is longer is in the CSV. */
const FIELDS_MAX = 16;
/** For all fields of a card together, beside what else stands on it. */
const FIELDS_ROOM = 3_400;
/** A label with its signs, and the longest value that anybody reads. */
const [LABEL_MAX, VALUE_MAX] = [70, 600];

/** What a record says, field by field; the more there are, the less of each is shown. */
export const fieldsOf = (
  { before, after }: Pick<AuditLine, 'before' | 'after'>,
  words: Shown['words'],
) => {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const shown = names.slice(0, FIELDS_MAX);
  const room = Math.floor((FIELDS_ROOM / shown.length - LABEL_MAX) / 2);
  const as = { max: Math.min(VALUE_MAX, room), words };
  return shown.map((name) => ({
    name,
    before: before?.[name] === undefined ? null : valueOf(name, before[name], as),
    after: valueOf(name, after?.[name], as),
  }));
};

/** The operator's or a job's name as `actorName` wrote it; null for a person. */
export const namedActor = (actor: string) => {
  const [, kind, name = ''] = /^(operator|system):(.*)$/s.exec(actor) ?? [];
  return kind === undefined ? null : { isOperator: kind === 'operator', name };
};
