import {
  DEFAULT_SETTINGS,
  exampleOf,
  SETTING_GROUPS,
  SETTING_KEYS,
  viewSetting,
  type SettingKey,
  type SettingView,
} from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import { daysAgo, LONG_TEXT, longNamed } from './people.ts';
import type { CatalogueSamples, Some } from './samples.ts';

const changed = {
  ...DEFAULT_SETTINGS,
  feeBasisPoints: 250,
  depositMin: rupiahs(20_000),
  depositInstructions: 'Transfer ke BCA 1234567890 a.n. Upah Indonesia.',
  termsVersion: 2,
};
const fullest = {
  ...DEFAULT_SETTINGS,
  linkHosts: Array.from({ length: 50 }, (_, at) => `${'situs'.repeat(18)}${at}.com`),
  depositInstructions: LONG_TEXT.repeat(3).slice(0, 1_500),
  termsText: { id: LONG_TEXT.repeat(6).slice(0, 3_000), en: LONG_TEXT.repeat(6).slice(0, 3_000) },
};

const view = (key: SettingKey, settings = changed): SettingView =>
  viewSetting(key, settings, DEFAULT_SETTINGS);

const full = (key: SettingKey): SettingView => view(key, fullest);

const some = <T, U>([first, ...others]: readonly T[], make: (one: T) => U): Some<U> => {
  if (first === undefined) throw new Error('there is none');
  return [make(first), ...others.map(make)];
};

export const marketSettings: CatalogueSamples<'marketSettings'> = {
  overview: [[0], [3]],
  groupButton: [
    [0, 'deposits'],
    [2, 'deposits'],
  ],
  group: some(SETTING_GROUPS, (group) => [
    SETTING_KEYS.map((key) => view(key)).filter((one) => one.group === group),
    group,
  ]),
  one: [
    [view('holdMinutes'), null],
    [view('feeBasisPoints'), { by: 'Dewi', at: daysAgo(2) }],
    [view('depositInstructions'), { by: 'Dewi', at: daysAgo(2) }],
    [view('termsVersion'), null],
    [full('linkHosts'), { by: longNamed.displayName, at: daysAgo(2) }],
    [full('depositInstructions'), null],
    [full('termsText'), null],
  ],
  ask: [
    [view('depositMin'), exampleOf('depositMin')],
    [view('reportAtMinute'), exampleOf('reportAtMinute')],
    [full('linkHosts'), exampleOf('linkHosts')],
    [full('depositInstructions'), ''],
  ],
  pick: [
    [30, 'minutes'],
    [7, 'days'],
  ],
  confirm: [
    [view('holdMinutes'), 45],
    [view('feeBasisPoints'), 500],
    [view('depositInstructions'), 'Transfer ke Mandiri 9876543210 a.n. Upah Indonesia.'],
    [full('linkHosts'), fullest.linkHosts],
    [full('depositInstructions'), fullest.depositInstructions],
  ],
  confirmReset: [[view('feeBasisPoints')], [full('depositInstructions')], [full('termsText')]],
  askIndonesian: [[3_000]],
  askEnglish: [[DEFAULT_SETTINGS.termsText.id], [fullest.termsText.id]],
  confirmTerms: [
    [DEFAULT_SETTINGS.termsText.en, 2],
    [fullest.termsText.en, 1_000],
  ],
};
