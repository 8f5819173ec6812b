import {
  isHostList,
  type SettingKind,
  type SettingSpec,
  type SettingValue,
} from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { plural } from './plural.ts';

const MEBIBYTE = 1_048_576;

const two = (part: number): string => String(part).padStart(2, '0');

const NUMBERS: Partial<Readonly<Record<SettingKind, (value: number) => string>>> = {
  minutes: (value) => plural(value, 'minute'),
  seconds: (value) => plural(value, 'second'),
  milliseconds: (value) => plural(value, 'millisecond'),
  days: (value) => plural(value, 'day'),
  bytes: (value) =>
    value % MEBIBYTE === 0 ? `${count(value / MEBIBYTE)} MB` : plural(value, 'byte'),
  'basis-points': (value) => `${(value / 100).toLocaleString('id-ID')}%`,
  'time-of-day': (value) => `${two(Math.floor(value / 60))}.${two(value % 60)} WIB`,
  version: (value) => `version ${count(value)}`,
};

/** A setting's value in one line of plain text. */
export const settingValue = (kind: SettingKind, value: SettingValue): string => {
  if (typeof value === 'bigint') return money(value);
  if (typeof value === 'number') return NUMBERS[kind]?.(value) ?? count(value);
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ');
  if ('id' in value) return value.en.replaceAll(/\s+/g, ' ');
  return isHostList(value) ? value.join(', ') : plural(value.length, 'reason');
};

/** What it may be. */
export const settingRange = ({
  kind,
  min,
  max,
}: Pick<SettingSpec, 'kind' | 'min' | 'max'>): string => {
  if (kind === 'text') return `at most ${count(max)} characters`;
  if (kind === 'terms') return `at most ${count(max)} characters in each language`;
  if (kind === 'hosts') return `${count(min)} to ${count(max)} sites`;
  if (kind === 'reasons') return `${count(min)} to ${count(max)} reasons`;
  if (kind === 'rupiah') return `${money(BigInt(min))} to ${money(BigInt(max))}`;
  return `${settingValue(kind, min)} to ${settingValue(kind, max)}`;
};
