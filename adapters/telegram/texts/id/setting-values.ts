import {
  isHostList,
  type SettingKind,
  type SettingSpec,
  type SettingValue,
} from '../../../../core/index.ts';
import { count, money } from '../../format.ts';

const MEBIBYTE = 1_048_576;

const two = (part: number): string => String(part).padStart(2, '0');

const NUMBERS: Partial<Readonly<Record<SettingKind, (value: number) => string>>> = {
  minutes: (value) => `${count(value)} menit`,
  seconds: (value) => `${count(value)} detik`,
  milliseconds: (value) => `${count(value)} milidetik`,
  days: (value) => `${count(value)} hari`,
  bytes: (value) =>
    value % MEBIBYTE === 0 ? `${count(value / MEBIBYTE)} MB` : `${count(value)} byte`,
  'basis-points': (value) => `${(value / 100).toLocaleString('id-ID')}%`,
  'time-of-day': (value) => `${two(Math.floor(value / 60))}.${two(value % 60)} WIB`,
  version: (value) => `versi ${count(value)}`,
};

/** A setting's value in one line of plain text. */
export const settingValue = (kind: SettingKind, value: SettingValue): string => {
  if (typeof value === 'bigint') return money(value);
  if (typeof value === 'number') return NUMBERS[kind]?.(value) ?? count(value);
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ');
  if ('id' in value) return value.id.replaceAll(/\s+/g, ' ');
  return isHostList(value) ? value.join(', ') : `${count(value.length)} alasan`;
};

/** What it may be. */
export const settingRange = ({
  kind,
  min,
  max,
}: Pick<SettingSpec, 'kind' | 'min' | 'max'>): string => {
  if (kind === 'text') return `maksimal ${count(max)} karakter`;
  if (kind === 'terms') return `maksimal ${count(max)} karakter per bahasa`;
  if (kind === 'hosts') return `${count(min)} sampai ${count(max)} situs`;
  if (kind === 'reasons') return `${count(min)} sampai ${count(max)} alasan`;
  if (kind === 'rupiah') return `${money(BigInt(min))} sampai ${money(BigInt(max))}`;
  return `${settingValue(kind, min)} sampai ${settingValue(kind, max)}`;
};
