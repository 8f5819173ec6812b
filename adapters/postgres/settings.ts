import type { Json } from '../../core/kernel/index.ts';
import { canonical } from '../../core/kernel/index.ts';
import {
  asStored,
  withStored,
  type Settings,
  type SettingsStore,
} from '../../core/settings/index.ts';
import { attempts, type Attempt } from './attempt.ts';
import { asJson, type Sql } from './sql.ts';

interface SettingRow {
  readonly key: string;
  readonly value: Json;
}

/** What a transaction has read once holds until it ends, in its savepoints too. */
const readIn = new WeakMap<Attempt, Promise<Settings>>();

/** As they were read last, by their defaults: the same text means the same settings. */
const lastRead = new WeakMap<Settings, { readonly text: string; readonly settings: Settings }>();

/**
 * Gives the transaction under way what was read with something else: the rows of the table as one
 * text, null where there are none. What cannot be read is left to whoever asks for it.
 */
export const giveSettings =
  (defaults: Settings) =>
  (text: string | null): void => {
    const attempt = attempts.getStore();
    if (!attempt || readIn.has(attempt)) return;
    try {
      readIn.set(attempt, Promise.resolve(text === null ? defaults : parsed(defaults, text)));
    } catch {
      return;
    }
  };

const parsed = (defaults: Settings, text: string): Settings => {
  const last = lastRead.get(defaults);
  if (last?.text === text) return last.settings;
  const stored = Object.entries(JSON.parse(text) as Readonly<Record<string, Json>>);
  const settings = withStored(defaults, stored);
  lastRead.set(defaults, { text, settings });
  return settings;
};

/**
 * Defaults under the table `settings`, read once in the transaction that uses them. Amounts stand
 * there as strings of digits.
 */
export const createSettingsStore = (sql: Sql, defaults: Settings): SettingsStore => {
  const isDefault = (key: keyof Settings, value: Json): boolean =>
    canonical(asStored(defaults[key])) === canonical(value);
  const read = async (): Promise<Settings> => {
    const rows = await sql<SettingRow>`select key, value from settings`;
    const stored = rows.map(({ key, value }) => [key, value] as const);
    return rows.length === 0 ? defaults : withStored(defaults, stored);
  };
  return {
    current: () => {
      const attempt = attempts.getStore();
      const before = attempt && readIn.get(attempt);
      if (before) return before;
      const reading = read();
      if (attempt) {
        readIn.set(attempt, reading);
        // asked again behind the savepoint that a failure ends
        reading.catch(() => readIn.delete(attempt));
      }
      return reading;
    },
    defaults: () => defaults,
    // a row that another transaction takes out meanwhile is inserted again only over the default
    save: async (key, { from, to }) => {
      const saved = isDefault(key, from)
        ? await sql`
            insert into settings (key, value) values (${key}, ${asJson(to)}::jsonb)
            on conflict (key) do update set value = excluded.value
              where settings.value = ${asJson(from)}::jsonb
            returning key`
        : await sql`
            update settings set value = ${asJson(to)}::jsonb
            where key = ${key} and value = ${asJson(from)}::jsonb
            returning key`;
      return saved.length === 1;
    },
    reset: async (key, from) => {
      const removed = await sql`
        delete from settings where key = ${key} and value = ${asJson(from)}::jsonb
        returning key`;
      if (removed.length === 1) return true;
      const others = await sql`select key from settings where key = ${key}`;
      return others.length === 0 && isDefault(key, from);
    },
  };
};
