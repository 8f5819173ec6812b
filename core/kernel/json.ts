/** What a port can store and return unchanged: no bigint, no Date, no undefined. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Text that is equal exactly when the content is: keys sorted, bigint and dates as text. */
export const canonical = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return `"${value}"`;
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return isRecord(value) ? canonicalRecord(value) : JSON.stringify(value);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object';

const canonicalRecord = (record: Readonly<Record<string, unknown>>): string => {
  let text = '';
  for (const key of Object.keys(record).toSorted()) {
    const value = record[key];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(value)}`;
  }
  return `{${text}}`;
};

/** What holds amounts as JSON: they become `{ "rupiah": "12500" }`. */
export const moneyToJson = (value: Json | bigint | object): Json => {
  if (typeof value === 'bigint') return { rupiah: value.toString() };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(moneyToJson);
  const json: Record<string, Json> = {};
  for (const [key, part] of Object.entries(value)) json[key] = moneyToJson(part);
  return json;
};

const isMoney = (value: unknown): value is { readonly rupiah: string } =>
  typeof value === 'object' && value !== null && 'rupiah' in value;

/** Reads what `moneyToJson` wrote. */
export const moneyFromJson = (json: Json): unknown =>
  JSON.parse(JSON.stringify(json), (_key, value: unknown) =>
    isMoney(value) ? BigInt(value.rupiah) : value,
  );
