import { canonical, type Json } from '../../core/kernel/index.ts';
import {
  asStored,
  withStored,
  type Settings,
  type SettingsStore,
} from '../../core/settings/index.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

export const createSettingsTables = (journal: Journal) => ({
  /** What was saved, as a database keeps it. */
  savedSettings: createTable<keyof Settings, Json>('settings', journal),
});

/** What was saved over the defaults. */
export const settingsIn = (state: State, defaults: Settings): Settings =>
  state.savedSettings.size() === 0 ? defaults : withStored(defaults, state.savedSettings.entries());

export interface ReadSettings {
  /** As this transaction has found them. */
  readonly found: () => Settings;
  readonly defaults: () => Settings;
}

/** Settings in memory. */
export const createSettingsStore = (
  state: State,
  { found, defaults }: ReadSettings,
): SettingsStore => {
  const isStill = (key: keyof Settings, from: Json): boolean =>
    canonical(state.savedSettings.get(key) ?? asStored(defaults()[key])) === canonical(from);
  return {
    current: async () => found(),
    defaults,
    save: async (key, { from, to }) => {
      if (!isStill(key, from)) return false;
      state.savedSettings.set(key, to);
      return true;
    },
    reset: async (key, from) => {
      if (!isStill(key, from)) return false;
      if (state.savedSettings.get(key) !== undefined) state.savedSettings.remove(key);
      return true;
    },
  };
};
