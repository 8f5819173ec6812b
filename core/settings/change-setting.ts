import { canonical, refuseCommon, requireText, type Actor, type Json } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { noteChange } from './note-change.ts';
import {
  contradictionsIn,
  SETTING_SPECS,
  type SettingKey,
  type SettingKind,
  type SettingValue,
} from './catalog.ts';
import { readSetting } from './read-setting.ts';
import { refuseSettings, type Settings } from './settings.ts';
import { viewSetting, type SettingsPorts, type SettingView } from './show-settings.ts';
import { asStored, isSettingKey } from './stored.ts';

export interface ReadSetting {
  readonly actor: Actor;
  readonly key: string;
  /** As it was typed. */
  readonly text: string;
}

/** What a typed text would set it to; refuses what `changeSetting` refuses, and changes nothing. */
export const previewSetting =
  ({ unitOfWork, requireAdmin }: SettingsPorts) =>
  ({ actor, key, text }: ReadSetting): Promise<SettingValue> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      return valueFor(await tx.settings.current(), requireTyped(key), text);
    });

export interface ChangeSetting extends ReadSetting {
  /** As `SettingView.seen` was when it was shown. */
  readonly seen: Json;
}

/**
 * An admin changes one setting (ADM-4), for the next transaction of every replica; the same value
 * again changes nothing. What is no longer as it was seen is left alone (`settings.changed`).
 */
export const changeSetting =
  (ports: SettingsPorts) =>
  ({ actor, key, text, seen }: ChangeSetting): Promise<SettingView> =>
    asSeen(ports, { actor, key, seen }, async (tx, settings) => {
      const typed = requireTyped(key);
      const value = valueFor(settings, typed, text);
      const isStored = await tx.settings.save(typed, { from: seen, to: asStored(value) });
      return isStored && { ...settings, [typed]: value };
    });

export interface ResetSetting {
  readonly actor: Actor;
  readonly key: string;
  readonly seen: Json;
}

/**
 * An admin puts one setting back to what the environment says (ADM-4), whatever that is from then
 * on. The terms' version goes on counting: everybody is asked again (ACC-8).
 */
export const resetSetting =
  (ports: SettingsPorts) =>
  ({ actor, key, seen }: ResetSetting): Promise<SettingView> =>
    asSeen(ports, { actor, key, seen }, async (tx, settings) => {
      const own = requireChangeable(key);
      const after = { ...settings, [own]: tx.settings.defaults()[own] };
      refuseContradiction(after, own);
      if (!(await tx.settings.reset(own, seen))) return false;
      return own === 'termsText' ? withNextVersion(tx, after) : after;
    });

export interface SetTerms {
  readonly actor: Actor;
  /** 1 … 3.000 characters each. */
  readonly id: string;
  readonly en: string;
  /** As `SettingView.seen` of `termsText` was when it was shown. */
  readonly seen: Json;
}

/** An admin rewrites the terms; a new text is a new version, and everybody is asked again (ACC-8). */
export const setTerms =
  (ports: SettingsPorts) =>
  ({ actor, id, en, seen }: SetTerms): Promise<SettingView> =>
    asSeen(ports, { actor, key: 'termsText', seen }, async (tx, settings) => {
      const { max } = SETTING_SPECS.termsText;
      const termsText = { id: requireText(id, max), en: requireText(en, max) };
      const to = asStored(termsText);
      if (canonical(to) === canonical(seen)) return settings;
      if (!(await tx.settings.save('termsText', { from: seen, to }))) return false;
      return withNextVersion(tx, { ...settings, termsText });
    });

/** Stores it; gives how the settings are from then on, or false where somebody else was faster. */
type Store = (tx: Tx, settings: Settings) => Promise<Settings | false>;

/** A change of what is still as it was seen; audited where it changed something. */
const asSeen = (
  ports: SettingsPorts,
  { actor, key: name, seen }: ResetSetting,
  store: Store,
): Promise<SettingView> =>
  ports.unitOfWork.run(async (tx) => {
    const { displayName: by } = await ports.requireAdmin(tx, actor);
    const key = requireChangeable(name);
    const settings = await tx.settings.current();
    if (canonical(asStored(settings[key])) !== canonical(seen)) {
      throw refuseSettings('settings.changed');
    }
    const after = await store(tx, settings);
    if (after === false) throw refuseSettings('settings.changed');
    await noteChange(tx, ports, { actor, by, key, before: settings, after });
    return viewSetting(key, after, tx.settings.defaults());
  });

const withNextVersion = async (tx: Tx, settings: Settings): Promise<Settings | false> => {
  const termsVersion = settings.termsVersion + 1;
  const change = { from: settings.termsVersion, to: termsVersion };
  return (await tx.settings.save('termsVersion', change)) && { ...settings, termsVersion };
};

const valueFor = (settings: Settings, key: SettingKey, text: string): SettingValue => {
  const value = readSetting(key, text);
  refuseContradiction({ ...settings, [key]: value }, key);
  return value;
};

/** What this setting, as it would be, has to do with others. */
const refuseContradiction = (settings: Settings, key: SettingKey): void => {
  const found = contradictionsIn(settings).find(({ low, high }) => low === key || high === key);
  if (!found) return;
  const bound = found.low === key ? 'at-most' : 'at-least';
  const other = found.low === key ? found.high : found.low;
  throw refuseSettings('settings.contradicts', { bound, other, limit: settings[other] });
};

const SCREENS_OF_THEIR_OWN: ReadonlySet<SettingKind> = new Set(['reasons', 'terms', 'version']);

/** Whether it is typed in one go; the others have editors of their own, the version has none. */
export const isTyped = (key: SettingKey): boolean =>
  !SCREENS_OF_THEIR_OWN.has(SETTING_SPECS[key].kind);

const requireTyped = (key: string): SettingKey => {
  const known = requireChangeable(key);
  if (!isTyped(known)) throw refuseCommon('not-found', { what: 'setting' });
  return known;
};

/** One that may be changed at all. */
const requireChangeable = (key: string): SettingKey => {
  if (!isSettingKey(key) || SETTING_SPECS[key].kind === 'version') {
    throw refuseCommon('not-found', { what: 'setting' });
  }
  return key;
};
