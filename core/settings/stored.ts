import type { Json } from '../kernel/index.ts';
import { rupiah } from '../kernel/index.ts';
import {
  REASON_MAX,
  SETTING_SPECS,
  type SettingKey,
  type SettingSpec,
  type SettingValue,
} from './catalog.ts';
import { isHost } from './read-setting.ts';
import type { ReadyReason, Settings } from './settings.ts';

/** A setting as the table keeps it: amounts as strings of digits. */
export const asStored = (value: SettingValue): Json => {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return value;
  if ('id' in value) return { id: value.id, en: value.en };
  return value.map((part: string | ReadyReason) =>
    typeof part === 'string' ? part : { id: part.id, en: part.en },
  );
};

/**
 * Defaults under what was stored. A key that this release does not know is another release's and
 * stays without effect; values of another kind or out of the catalogue's limits stop whoever asks, a
 * line each: money rules are never guessed.
 */
export const withStored = (
  defaults: Settings,
  stored: Iterable<readonly [key: string, value: Json]>,
): Settings => {
  const settings = new Map<string, SettingValue>(Object.entries(defaults));
  const mistakes: string[] = [];
  for (const [key, value] of stored) {
    if (!isSettingKey(key)) continue;
    const read = readStored(SETTING_SPECS[key], value);
    if (read === undefined) mistakes.push(mistakeOf(key, value));
    else settings.set(key, read);
  }
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return Object.fromEntries(settings) as unknown as Settings;
};

const SHOWN_MAX = 100;

const mistakeOf = (key: SettingKey, value: Json): string => {
  const { kind, min, max } = SETTING_SPECS[key];
  const shown = JSON.stringify(value).slice(0, SHOWN_MAX);
  const allowed = `${kind} from ${min} to ${max}`;
  return `table settings: ${key} cannot be ${shown}: ${allowed}; mend or delete that row`;
};

export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(SETTING_SPECS, key);

const readStored = ({ kind, min, max }: SettingSpec, value: Json): SettingValue | undefined => {
  const isWithin = (size: number): boolean => size >= min && size <= max;
  const isText = (text: unknown, longest = max): text is string =>
    typeof text === 'string' && text.trim() !== '' && Array.from(text).length <= longest;
  if (kind === 'rupiah') {
    const isAmount = typeof value === 'string' && /^[0-9]{1,15}$/.test(value);
    return isAmount && isWithin(Number(value)) ? rupiah(BigInt(value)) : undefined;
  }
  if (kind === 'text') return isText(value) ? value : undefined;
  if (kind === 'terms') return readBoth(value, isText);
  if (kind === 'hosts' || kind === 'reasons') {
    if (!Array.isArray(value) || !isWithin(value.length)) return undefined;
    const list: readonly Json[] = value;
    if (kind === 'hosts') return readAll(list, (one) => (isHostText(one) ? one : undefined));
    return readAll(list, (one) => readBoth(one, (text) => isText(text, REASON_MAX)));
  }
  return Number.isSafeInteger(value) && isWithin(Number(value)) ? Number(value) : undefined;
};

const isHostText = (value: Json): value is string => typeof value === 'string' && isHost(value);

/** Every one of them, or nothing. */
const readAll = <T>(
  list: readonly Json[],
  read: (one: Json) => T | undefined,
): readonly T[] | undefined => {
  const parts = list.map(read);
  return parts.every((part) => part !== undefined) ? parts : undefined;
};

/** A text in both languages. */
const readBoth = (value: Json, isText: (text: unknown) => boolean): ReadyReason | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { id, en } = value as Readonly<Record<string, Json>>;
  const isBoth = typeof id === 'string' && typeof en === 'string' && isText(id) && isText(en);
  return isBoth ? { id, en } : undefined;
};
