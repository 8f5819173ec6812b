import {
  beginningOf,
  canonical,
  type Actor,
  type Clock,
  type Digests,
  type Json,
} from '../kernel/index.ts';
import { NEWS_TEXT_MAX } from '../owner/index.ts';
import type { Tx } from '../ports.ts';
import { SETTING_SPECS, type SettingKey, type SettingValue } from './catalog.ts';
import type { Settings } from './settings.ts';
import { typedSetting } from './read-setting.ts';
import { asStored } from './stored.ts';

interface Change {
  readonly actor: Actor;
  /** The admin's name, for the owner. */
  readonly by: string;
  readonly key: SettingKey;
  readonly before: Settings;
  readonly after: Settings;
}

export interface NotePorts {
  readonly clock: Clock;
  readonly digests: Digests;
  /** Has the owner hear of a change that moves money or trust, by the admin of this name. */
  readonly tellOwner: (
    tx: Tx,
    change: { readonly key: SettingKey; readonly value: string | null; readonly by: string },
  ) => Promise<void>;
}

/**
 * What was changed by whom (AUD-1), for the owner too where it moves money or trust (ADM-4); nothing
 * where nothing was.
 */
export const noteChange = async (
  tx: Tx,
  { clock, digests, tellOwner }: NotePorts,
  { actor, by, key, before, after }: Change,
): Promise<void> => {
  if (canonical(asStored(before[key])) === canonical(asStored(after[key]))) return;
  const noted = (settings: Settings) => ({
    value: brief(settings[key], digests),
    ...(key === 'termsText' && { version: settings.termsVersion }),
  });
  await tx.audit.append({
    actor,
    action: 'settings.change',
    subject: 'settings',
    subjectId: key,
    before: noted(before),
    after: noted(after),
    at: clock.now(),
  });
  if (SETTING_SPECS[key].isSensitive) {
    await tellOwner(tx, { key, value: shownOf(key, after[key]), by });
  }
};

/** How the owner is shown it: at once where top-ups would go; of a long list that it changed. */
const shownOf = (key: SettingKey, value: SettingValue): string | null => {
  const typed = typedSetting(key, value);
  const isWhole = typed !== '' && Array.from(typed).length <= NEWS_TEXT_MAX;
  if (isWhole) return typed;
  return typeof value === 'string' ? beginningOf(typed, NEWS_TEXT_MAX) : null;
};

/** A longer text is not repeated in the log: its fingerprint tells which one it was. */
const CHARACTERS_MAX = 200;

const brief = (value: SettingValue, digests: Digests): Json => {
  const shortened = (text: string): Json => {
    const { length } = Array.from(text);
    return length > CHARACTERS_MAX ? { length, sha256: digests.sha256(text) } : text;
  };
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'object' && 'id' in value) {
    return { id: shortened(value.id), en: shortened(value.en) };
  }
  return asStored(value);
};
