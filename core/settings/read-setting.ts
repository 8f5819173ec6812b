import { readAmount, requireText } from '../kernel/index.ts';
import {
  SETTING_SPECS,
  type SettingKey,
  type SettingKind,
  type SettingSpec,
  type SettingValue,
} from './catalog.ts';
import { DEFAULT_SETTINGS, refuseSettings } from './settings.ts';

/**
 * What an admin has typed for a setting (ADM-4): amounts as people spell them (WAL-1), numbers
 * `1000` or `1.000`, durations in the setting's own unit, with or without it, percent `2,5%` or basis
 * points `250`, sizes `10 MB` or bytes, a time `08:00` or `08.00 WIB`, hosts separated by commas. Refuses what
 * cannot be read or is out of the setting's range, with the range and an example; what is not typed
 * in one go reads "not found".
 */
export const readSetting = (key: SettingKey, text: string): SettingValue => {
  const spec: SettingSpec = SETTING_SPECS[key];
  if (spec.kind === 'text') return requireText(text, spec.max);
  const value = READERS[spec.kind]?.(text.trim().toLowerCase());
  if (value === undefined) throw refuseSettings('settings.unreadable', askedFor(key));
  const size = Array.isArray(value) ? value.length : Number(value);
  if (size < spec.min || size > spec.max) {
    throw refuseSettings('settings.out-of-range', askedFor(key));
  }
  return value;
};

/** What a setting takes, for whoever typed something else. */
const askedFor = (key: SettingKey) => {
  const { kind, min, max } = SETTING_SPECS[key];
  return { kind, min, max, example: exampleOf(key) };
};

const EXAMPLES = 2;

/** Where the default is nothing, which shows no spelling. */
const SPELLED: Partial<Readonly<Record<SettingKey, string>>> = {
  feeBasisPoints: '2,5%',
  withdrawFee: '2.500',
};

/** What might be typed for it; of a list some. */
export const exampleOf = (key: SettingKey): string => {
  const value: SettingValue = DEFAULT_SETTINGS[key];
  return SPELLED[key] ?? typedSetting(key, isHostList(value) ? value.slice(0, EXAMPLES) : value);
};

/** Whether it is the value of a setting of hosts. */
export const isHostList = (value: SettingValue): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A text that `readSetting` reads as this value; empty for what is not typed in one go. */
export const typedSetting = (key: SettingKey, value: SettingValue): string => {
  const { kind } = SETTING_SPECS[key];
  if (typeof value === 'bigint') return grouped(String(value));
  if (typeof value === 'number') return WRITERS[kind]?.(value) ?? grouped(String(value));
  if (typeof value === 'string') return value;
  return isHostList(value) ? value.join(', ') : '';
};

const MEBIBYTE = 1_048_576;

const grouped = (digits: string): string => digits.replaceAll(/\B(?=(?:\d{3})+$)/g, '.');

const readNumber = (text: string): number | undefined =>
  /^(?:\d{1,9}|\d{1,3}(?:\.\d{3}){1,3})$/.test(text) ? Number(text.replaceAll('.', '')) : undefined;

/** The number before the unit, which need not be there. */
const inUnits =
  (...units: readonly string[]) =>
  (text: string): number | undefined => {
    const unit = units.find((one) => text.endsWith(one)) ?? '';
    return readNumber(text.slice(0, text.length - unit.length).trimEnd());
  };

const readPercent = (text: string): number | undefined => {
  const [, whole, decimals = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?\s?%$/.exec(text) ?? [];
  return whole === undefined ? readNumber(text) : Number(whole + decimals.padEnd(2, '0'));
};

const writePercent = (basisPoints: number): string => {
  const [whole, decimals] = [Math.floor(basisPoints / 100), basisPoints % 100];
  const shown = String(decimals).padStart(2, '0').replace(/0+$/, '');
  return `${whole}${shown === '' ? '' : `,${shown}`}%`;
};

const readBytes = (text: string): number | undefined => {
  const [, mebibytes] = /^(\d{1,4})\s?mb$/.exec(text) ?? [];
  return mebibytes === undefined ? inUnits('bytes', 'byte')(text) : Number(mebibytes) * MEBIBYTE;
};

const readTimeOfDay = (text: string): number | undefined => {
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s?wib)?$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
};

const writeTimeOfDay = (minute: number): string =>
  `${[Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join('.')} WIB`;

const HOST = /^(?=.{3,100}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/** A host as links are compared with it: lower case, without www. */
export const isHost = (text: string): boolean => HOST.test(text) && !text.startsWith('www.');

const readHosts = (text: string): readonly string[] | undefined => {
  const hosts = text
    .split(/[\s,;]+/)
    .map((host) =>
      host
        .replace(/^https?:\/\//, '')
        .replace(/^www\./, '')
        .replace(/\/$/, ''),
    )
    .filter((host) => host !== '');
  return hosts.every(isHost) && hosts.length > 0 ? [...new Set(hosts)] : undefined;
};

const READERS: Partial<Readonly<Record<SettingKind, (text: string) => SettingValue | undefined>>> =
  {
    rupiah: readAmount,
    count: readNumber,
    minutes: inUnits('menit', 'minutes', 'minute', 'min'),
    seconds: inUnits('detik', 'seconds', 'second', 's'),
    milliseconds: inUnits('milidetik', 'milliseconds', 'millisecond', 'ms'),
    days: inUnits('hari', 'days', 'day'),
    bytes: readBytes,
    'basis-points': readPercent,
    'time-of-day': readTimeOfDay,
    hosts: readHosts,
  };

const WRITERS: Partial<Readonly<Record<SettingKind, (value: number) => string>>> = {
  bytes: (bytes) => (bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MB` : grouped(String(bytes))),
  'basis-points': writePercent,
  'time-of-day': writeTimeOfDay,
};
