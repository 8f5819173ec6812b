import { canonical, type Json } from '../../core/kernel/index.ts';
import type { Settings, SettingsStore } from '../../core/settings/index.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

export const createSettingsTables = (journal: Journal) => ({
  /** What was saved, as a database keeps it. */
  savedSettings: createTable<keyof Settings, Json>('settings', journal),
});

/** What was saved over the defaults. */
export const settingsIn = (state: State, defaults: Settings): Settings => {
  const saved = [...state.savedSettings.entries()].map(([key, value]) => [
    key,
    typeof value === 'string' && typeof defaults[key] === 'bigint' ? BigInt(value) : value,
  ]);
  return { ...defaults, ...Object.fromEntries(saved) };
};

/** Settings in memory, as this transaction has found them. */
export const createSettingsStore = (state: State, found: () => Settings): SettingsStore => ({
  current: async () => found(),
  save: async (key, { from, to }) => {
    const stored = state.savedSettings.get(key);
    if (stored !== undefined && canonical(stored) !== canonical(from)) return false;
    state.savedSettings.set(key, to);
    return true;
  },
});
