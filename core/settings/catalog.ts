import type { Rupiah } from '../kernel/index.ts';
import type { ReadyReason, Settings } from './settings.ts';

export type SettingKey = keyof Settings;
export type SettingValue = Settings[SettingKey];

/** Under which heading a setting stands. */
export type SettingGroup =
  | 'campaigns'
  | 'tasks'
  | 'review'
  | 'deposits'
  | 'withdrawals'
  | 'team'
  | 'limits'
  | 'reports'
  | 'texts';

type NumberKind =
  | 'count'
  | 'minutes'
  | 'seconds'
  | 'milliseconds'
  | 'days'
  | 'bytes'
  | 'basis-points'
  /** A time of day of Jakarta, `08:00`, kept as minutes since midnight. */
  | 'time-of-day'
  /** Counts up by itself; nobody types it. */
  | 'version';

/** What an admin types for it, and how it is shown. */
export type SettingKind =
  | NumberKind
  | 'rupiah'
  | 'text'
  | 'hosts'
  /** Edited on screens of their own. */
  | 'reasons'
  | 'terms';

type KindOf<Value> = Value extends Rupiah
  ? 'rupiah'
  : Value extends number
    ? NumberKind
    : Value extends string
      ? 'text'
      : Value extends readonly string[]
        ? 'hosts'
        : Value extends readonly ReadyReason[]
          ? 'reasons'
          : 'terms';

/** What a setting is and may be (ADM-4): the one place of its limits, for the environment too. */
export interface SettingSpec<Kind extends SettingKind = SettingKind> {
  readonly group: SettingGroup;
  readonly kind: Kind;
  /**
   * Of numbers and amounts, in the setting's own unit; of texts: characters; of lists: how many.
   * Inclusive.
   */
  readonly min: number;
  readonly max: number;
  /** Moves money or trust: the owner hears of a change. */
  readonly isSensitive: boolean;
}

/** No amount of a setting may be larger, whatever the largest single amount is (WAL-1). */
const RUPIAH_MAX = 1_000_000_000;
/** Characters of a ready-made reason, in either language. */
export const REASON_MAX = 200;
/** How many ready-made reasons there may be. */
export const REASONS_MAX = 10;

/** A setting without an entry does not compile. */
export const SETTING_SPECS: { readonly [K in SettingKey]: SettingSpec<KindOf<Settings[K]>> } = {
  linkHosts: { group: 'campaigns', kind: 'hosts', min: 1, max: 50, isSensitive: true },
  pricePerTaskMin: {
    group: 'campaigns',
    kind: 'rupiah',
    min: 1,
    max: RUPIAH_MAX,
    isSensitive: false,
  },
  targetMax: { group: 'campaigns', kind: 'count', min: 1, max: 1_000_000, isSensitive: false },
  feeBasisPoints: {
    group: 'campaigns',
    kind: 'basis-points',
    min: 0,
    max: 10_000,
    isSensitive: true,
  },
  holdMinutes: { group: 'tasks', kind: 'minutes', min: 1, max: 10_080, isSensitive: false },
  takenAtOnceMax: { group: 'tasks', kind: 'count', min: 1, max: 100, isSensitive: false },
  rejectionsMax: { group: 'tasks', kind: 'count', min: 0, max: 100, isSensitive: false },
  proofsPerDayMax: { group: 'tasks', kind: 'count', min: 1, max: 10_000, isSensitive: false },
  reviewClaimMinutes: { group: 'review', kind: 'minutes', min: 1, max: 1_440, isSensitive: false },
  reversalDays: { group: 'review', kind: 'days', min: 0, max: 3_650, isSensitive: true },
  decisionPauseMs: {
    group: 'review',
    kind: 'milliseconds',
    min: 0,
    max: 10_000,
    isSensitive: false,
  },
  rejectReasons: { group: 'review', kind: 'reasons', min: 1, max: REASONS_MAX, isSensitive: false },
  depositMin: { group: 'deposits', kind: 'rupiah', min: 1, max: RUPIAH_MAX, isSensitive: true },
  depositMax: { group: 'deposits', kind: 'rupiah', min: 1, max: RUPIAH_MAX, isSensitive: true },
  depositsPendingMax: { group: 'deposits', kind: 'count', min: 1, max: 100, isSensitive: false },
  depositInstructions: { group: 'deposits', kind: 'text', min: 1, max: 1_500, isSensitive: true },
  withdrawMin: { group: 'withdrawals', kind: 'rupiah', min: 1, max: RUPIAH_MAX, isSensitive: true },
  withdrawFee: { group: 'withdrawals', kind: 'rupiah', min: 0, max: RUPIAH_MAX, isSensitive: true },
  withdrawalsPendingMax: {
    group: 'withdrawals',
    kind: 'count',
    min: 1,
    max: 100,
    isSensitive: false,
  },
  withdrawPerDayMax: {
    group: 'withdrawals',
    kind: 'rupiah',
    min: 1,
    max: RUPIAH_MAX,
    isSensitive: true,
  },
  secondAdminAbove: { group: 'team', kind: 'rupiah', min: 0, max: RUPIAH_MAX, isSensitive: true },
  deskNoticeSeconds: { group: 'team', kind: 'seconds', min: 0, max: 86_400, isSensitive: false },
  auditSealSeconds: { group: 'team', kind: 'seconds', min: 60, max: 240, isSensitive: true },
  amountMax: { group: 'limits', kind: 'rupiah', min: 1, max: RUPIAH_MAX, isSensitive: true },
  proofBytesMax: {
    group: 'limits',
    kind: 'bytes',
    min: 100_000,
    max: 20_000_000,
    isSensitive: false,
  },
  actionsPerSecond: { group: 'limits', kind: 'count', min: 0, max: 1_000, isSensitive: false },
  actionsBurst: { group: 'limits', kind: 'count', min: 1, max: 1_000, isSensitive: false },
  reportAtMinute: {
    group: 'reports',
    kind: 'time-of-day',
    min: 0,
    // An hour of the day is left for a minute that was busy: a day has one report, or none.
    max: 1_380,
    isSensitive: false,
  },
  inactiveDays: { group: 'reports', kind: 'days', min: 1, max: 3_650, isSensitive: false },
  termsText: { group: 'texts', kind: 'terms', min: 1, max: 3_000, isSensitive: true },
  termsVersion: {
    group: 'texts',
    kind: 'version',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    isSensitive: true,
  },
};

/** Every setting, in the order in which they are shown. */
export const SETTING_KEYS = Object.keys(SETTING_SPECS) as readonly SettingKey[];

/** The groups, in the order in which they are shown. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  ...new Set(SETTING_KEYS.map((key) => SETTING_SPECS[key].group)),
];

/** Of which pair of amounts the first may not be above the second. */
const RELATIONS = [
  ['depositMin', 'depositMax'],
  ['withdrawMin', 'withdrawPerDayMax'],
  ['pricePerTaskMin', 'amountMax'],
  ['depositMin', 'amountMax'],
  ['withdrawMin', 'amountMax'],
] as const;

/** `low` is above `high`, which leaves no amount that both allow. */
export interface Contradiction {
  readonly low: SettingKey;
  readonly high: SettingKey;
}

/** What in these settings contradicts each other. */
export const contradictionsIn = (settings: Settings): readonly Contradiction[] =>
  RELATIONS.filter(([low, high]) => settings[low] > settings[high]).map(([low, high]) => ({
    low,
    high,
  }));
