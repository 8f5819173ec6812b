import { z } from 'zod';
import {
  contradictionsIn,
  DEFAULT_SETTINGS,
  isHost,
  rupiah,
  SETTING_KEYS,
  SETTING_SPECS,
  type SettingKey,
  type SettingKind,
  type SettingSpec,
  type Settings,
} from '../core/index.ts';

/** A whole number in digits. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`);

const amount = ({ min, max }: SettingSpec) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be whole rupiah in digits, such as 10000')
    .transform((text) => rupiah(BigInt(text)))
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`);

const text = ({ max }: SettingSpec) =>
  z
    .string()
    .transform((value) => value.replaceAll(String.raw`\n`, '\n'))
    .refine((value) => value.trim() !== '', 'must not be blank')
    .refine((value) => Array.from(value).length <= max, `must have at most ${max} characters`);

const hosts = ({ max }: SettingSpec) =>
  z
    .string()
    .transform((list) => list.split(',').map((host) => host.trim()))
    .refine(
      (list) => list.every(isHost),
      'must be hosts separated by commas, in lower case, without www',
    )
    .refine((list) => list.length <= max, `must be at most ${max} hosts`);

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

const timeOfDay = (min: number, max: number) =>
  z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day in Jakarta, such as 08:00')
    .transform((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
    .refine((n) => n >= min && n <= max, `must be between ${clock(min)} and ${clock(max)}`);

/** Only changed in the bot: texts in two languages, and what counts by itself. */
const WITHOUT_VARIABLE: ReadonlySet<SettingKind> = new Set(['reasons', 'terms', 'version']);

const valueOf = (spec: SettingSpec): z.ZodType => {
  if (spec.kind === 'rupiah') return amount(spec);
  if (spec.kind === 'text') return text(spec);
  if (spec.kind === 'hosts') return hosts(spec);
  return spec.kind === 'time-of-day' ? timeOfDay(spec.min, spec.max) : whole(spec.min, spec.max);
};

/** The variable that sets this setting's default; null: there is none. */
export const variableOf = (key: SettingKey): string | null => {
  if (WITHOUT_VARIABLE.has(SETTING_SPECS[key].kind)) return null;
  if (key === 'reportAtMinute') return 'REPORT_AT';
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
};

const BY_VARIABLE: ReadonlyMap<string, SettingKey> = new Map(
  SETTING_KEYS.map((key) => [variableOf(key), key] as const).filter(
    (entry): entry is [string, SettingKey] => entry[0] !== null,
  ),
);

/** Defaults of the marketplace's settings, in the catalogue's limits; the table wins over them. */
export const settingsSchema = z.object(
  Object.fromEntries(
    [...BY_VARIABLE].map(([name, key]) => [name, valueOf(SETTING_SPECS[key]).optional()]),
  ),
);

/** What the environment says over what is so for everybody. */
export const settingsFrom = (
  given: z.infer<typeof settingsSchema>,
  defaults: Partial<Settings>,
): Settings => ({
  ...DEFAULT_SETTINGS,
  ...defaults,
  ...Object.fromEntries(
    Object.entries(given).map(([name, value]) => [BY_VARIABLE.get(name) ?? name, value]),
  ),
});

/** Variables that contradict each other, a line each. */
export const contradictionLines = (settings: Settings): readonly string[] =>
  contradictionsIn(settings).map(
    ({ low, high }) => `${variableOf(low)} must not be above ${variableOf(high)}`,
  );
