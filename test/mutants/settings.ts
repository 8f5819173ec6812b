import type { Mutant } from './mutant.ts';

const CHANGE = 'core/settings/change-setting.ts';
const STORED = 'adapters/postgres/settings.ts';
const CORE: readonly string[] = [
  'test/core/change-settings.test.ts',
  'test/core/read-setting.test.ts',
];
const RECORDS: readonly string[] = ['test/adapters/postgres/records.test.ts'];

/** Bugs in changing what the marketplace is set to. */
export const IN_SETTINGS: readonly Mutant[] = [
  {
    name: 'settings: a value above its range is taken',
    edits: [
      {
        file: 'core/settings/read-setting.ts',
        find: 'if (size < spec.min || size > spec.max)',
        replace: 'if (size < spec.min)',
      },
    ],
    tests: CORE,
    grep: 'ADM-4',
  },
  {
    name: 'settings: a reset may contradict another setting',
    edits: [{ file: CHANGE, find: '      refuseContradiction(after, own);\n', replace: '' }],
    tests: CORE,
    grep: 'ADM-4',
  },
  {
    name: 'settings: new terms ask nobody',
    edits: [
      {
        file: CHANGE,
        find: 'return withNextVersion(tx, { ...settings, termsText });',
        replace: 'return { ...settings, termsText };',
      },
    ],
    tests: CORE,
    grep: 'ACC-8',
  },
  {
    name: 'settings: the owner hears of nothing',
    edits: [
      {
        file: 'core/settings/note-change.ts',
        find: 'if (SETTING_SPECS[key].isSensitive)',
        replace: 'if (!SETTING_SPECS[key].isSensitive && by === "")',
      },
    ],
    tests: CORE,
    grep: 'ADM-4',
  },
  {
    name: 'settings: what is out of its range is read from the table',
    edits: [
      {
        file: 'core/settings/stored.ts',
        find: 'Number.isSafeInteger(value) && isWithin(Number(value))',
        replace: 'Number.isSafeInteger(value)',
      },
    ],
    tests: RECORDS,
    grep: 'ADM-4',
  },
  {
    name: 'settings: a change from before a reset is stored over it',
    edits: [
      {
        file: STORED,
        find: 'const saved = isDefault(key, from)',
        replace: 'const saved = isDefault(key, from) || from !== null',
      },
    ],
    tests: RECORDS,
    grep: 'ADM-4',
  },
];
