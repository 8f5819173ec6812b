import type { Settings, SettingsStore } from '../../core/settings/index.ts';
import type { Json } from '../../core/kernel/index.ts';
import { attempts, type Attempt } from './attempt.ts';
import { asJson, type Sql } from './sql.ts';

interface SettingRow {
  readonly key: string;
  readonly value: Json;
}

/** What a transaction has read once holds until it ends, in its savepoints too. */
const readIn = new WeakMap<Attempt, Settings>();

/**
 * Defaults under the table `settings`, read once in the transaction that uses them. Amounts stand
 * there as strings of digits. A row that does not fit stops whoever asks: money rules are never
 * guessed.
 */
export const createSettingsStore = (sql: Sql, defaults: Settings): SettingsStore => ({
  current: async () => {
    const attempt = attempts.getStore();
    const before = attempt && readIn.get(attempt);
    if (before) return before;
    const rows = await sql<SettingRow>`select key, value from settings`;
    const settings = rows.length === 0 ? defaults : overlaid(defaults, rows);
    if (attempt) readIn.set(attempt, settings);
    return settings;
  },
  save: async (key, { from, to }) => {
    const saved = await sql`
      insert into settings (key, value) values (${key}, ${asJson(to)}::jsonb)
      on conflict (key) do update set value = excluded.value
        where settings.value = ${asJson(from)}::jsonb
      returning key`;
    return saved.length === 1;
  },
});

/** A key that this release does not know is another release's and stays without effect. */
const overlaid = (defaults: Settings, rows: readonly SettingRow[]): Settings => {
  const settings = new Map<string, unknown>(Object.entries(defaults));
  for (const { key, value } of rows) {
    if (!settings.has(key)) continue;
    const read = readAs(settings.get(key), value);
    if (read === undefined) {
      throw new Error(`table settings: ${key} cannot be ${JSON.stringify(value)}`);
    }
    settings.set(key, read);
  }
  return Object.fromEntries(settings) as unknown as Settings;
};

/** Reads a stored value as the default's kind of value; undefined where it is none. */
const readAs = (example: unknown, value: Json): unknown => {
  if (typeof example === 'bigint') {
    return typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? BigInt(value) : undefined;
  }
  if (typeof example === 'number') {
    return Number.isSafeInteger(value) && Number(value) >= 0 ? value : undefined;
  }
  if (typeof example === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (typeof example === 'string') return isText(value) ? value : undefined;
  return readObject(example, value);
};

/** Of one kind throughout, that of the default's first; of texts where the default has none. */
const readList = (example: unknown, value: Json): unknown => {
  if (!Array.isArray(example) || !Array.isArray(value)) return undefined;
  const sample: unknown = example[0] ?? '';
  const parts = value.map((part: Json) => readAs(sample, part));
  return parts.every((part) => part !== undefined) ? parts : undefined;
};

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const readObject = (example: unknown, value: Json): unknown => {
  if (typeof example !== 'object' || example === null) return undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(example) || Array.isArray(value)) return readList(example, value);
  const given = new Map<string, Json>(Object.entries(value));
  const parts = Object.entries(example).map(([key, part]: [string, unknown]) => {
    const found = given.get(key);
    return [key, found === undefined ? undefined : readAs(part, found)] as const;
  });
  return parts.every(([, part]) => part !== undefined) ? Object.fromEntries(parts) : undefined;
};
