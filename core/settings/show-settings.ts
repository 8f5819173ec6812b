import { canonical, type Actor, type Json, type UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import {
  SETTING_KEYS,
  SETTING_SPECS,
  type SettingKey,
  type SettingSpec,
  type SettingValue,
} from './catalog.ts';
import type { NotePorts } from './note-change.ts';
import type { Settings } from './settings.ts';
import { asStored } from './stored.ts';

export interface SettingsPorts extends NotePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  /** Refuses whoever is no admin with the right to change settings (ACC-6, ADM-1). */
  readonly requireAdmin: (tx: Tx, actor: Actor) => Promise<{ readonly displayName: string }>;
}

/** Every *cfg* as it stands now. */
export const currentSettings =
  ({ unitOfWork }: Pick<SettingsPorts, 'unitOfWork'>) =>
  (): Promise<Settings> =>
    unitOfWork.run((tx) => tx.settings.current());

/** A setting as admins see it (ADM-4). */
export interface SettingView extends SettingSpec {
  readonly key: SettingKey;
  readonly value: SettingValue;
  /** What it goes back to: the environment's. */
  readonly default: SettingValue;
  readonly isDefault: boolean;
  /** The value as the table keeps it: what a change says it has seen. */
  readonly seen: Json;
}

export const viewSetting = (
  key: SettingKey,
  settings: Settings,
  defaults: Settings,
): SettingView => {
  const seen = asStored(settings[key]);
  return {
    ...SETTING_SPECS[key],
    key,
    value: settings[key],
    default: defaults[key],
    isDefault: canonical(seen) === canonical(asStored(defaults[key])),
    seen,
  };
};

export interface ListSettings {
  readonly actor: Actor;
}

/** Every setting with its default, in the catalogue's order, for admins who may change them. */
export const listSettings =
  ({ unitOfWork, requireAdmin }: SettingsPorts) =>
  ({ actor }: ListSettings): Promise<readonly SettingView[]> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const settings = await tx.settings.current();
      return SETTING_KEYS.map((key) => viewSetting(key, settings, tx.settings.defaults()));
    });
