import type { Mutant } from './mutant.ts';

const ENDORSE = 'core/withdrawals/endorse-withdrawal.ts';
const TIMELINE = 'core/reports/timeline.ts';
const TRAIL = 'core/audit/browse-trail.ts';
const test = (name: string): readonly string[] => [`test/core/${name}.test.ts`];

/** Bugs in who among the admins may do what, and in what they look at. */
export const IN_ADMINS: readonly Mutant[] = [
  {
    name: 'admins: any right will do',
    edits: [
      {
        file: 'core/users/access.ts',
        find: 'anyOf(needed).some((permission) => permissions.includes(permission))',
        replace: 'anyOf(needed).length > 0 && permissions.length > 0',
      },
    ],
    tests: test('rights'),
    grep: 'ADM-1',
  },
  {
    name: 'admins: whoever adjusts money finds nobody',
    edits: [
      {
        file: 'core/users/permission.ts',
        find: "readonly Permission[] = ['users', 'money'];",
        replace: "readonly Permission[] = ['users'];",
      },
    ],
    tests: ['test/adapters/telegram/people/adjust.test.ts'],
    grep: 'ADM-1',
  },
  {
    name: 'admins: rights that the operator changes hold from the next grant on',
    edits: [
      {
        file: 'core/users/set-permissions.ts',
        find: '      await tx.users.save(changed);\n',
        replace: '',
      },
    ],
    tests: test('permissions'),
    grep: 'ADM-1',
  },
  {
    name: 'admins: top-up money leaves by one admin',
    edits: [
      {
        file: 'core/withdrawals/request-withdrawal.ts',
        find: 'needsSecond: flags.toppedUp || amount >',
        replace: 'needsSecond: amount >',
      },
    ],
    tests: test('second-admin'),
    grep: 'ADM-2',
  },
  {
    name: 'admins: one who has lost the right still counts as the first of two',
    edits: [
      {
        file: 'core/withdrawals/withdrawal.ts',
        find: "isAdmin(user) && user.status === 'active' && user.permissions.includes('money')",
        replace: "isAdmin(user) && user.status === 'active'",
      },
    ],
    tests: test('second-admin'),
    grep: 'ADM-2',
  },
  {
    name: 'admins: a word is taken back while another admin transfers',
    edits: [{ file: ENDORSE, find: '      if (pending.claim) {', replace: '      if (!admin) {' }],
    tests: test('second-admin'),
    grep: 'ADM-2',
  },
  {
    name: 'admins: events of one moment stand in no order',
    edits: [
      {
        file: 'adapters/memory/timeline.ts',
        find: '  TIMELINE_SOURCES.indexOf(a.source) - TIMELINE_SOURCES.indexOf(b.source) ||\n',
        replace: '',
      },
    ],
    tests: ['test/adapters/memory/contracts.test.ts', ...test('timeline')],
    grep: 'ADM-3',
  },
  {
    name: 'admins: the newest part of a timeline is what is newer than the one before',
    edits: [{ file: TIMELINE, find: "(towards === 'newer' ? size : 1)", replace: '1' }],
    tests: test('timeline'),
    grep: 'ADM-3',
  },
  {
    name: 'admins: a day is closed while it lasts',
    edits: [
      {
        file: 'core/reports/close-days.ts',
        find: 'plusMs(now, -AFTERMATH_MS)',
        replace: 'plusMs(now, DAY_MS)',
      },
    ],
    tests: test('figures'),
    grep: 'RPT-1',
  },
  {
    name: 'admins: what is held or in escrow needs no cash',
    edits: [
      {
        file: 'core/wallet/trial-balance.ts',
        find: 'sum([wallets, holds, escrows, revenue])',
        replace: 'sum([wallets, revenue].concat(holds < 0n ? [holds, escrows] : []))',
      },
    ],
    tests: test('figures'),
    grep: 'WAL-11',
  },
  {
    name: 'admins: each replica tells the day',
    edits: [
      {
        file: 'core/reports/daily-report.ts',
        find: '!(await tx.dayBook.tellOnce(today, now))',
        replace: '(await tx.dayBook.tellOnce(today, now), false)',
      },
    ],
    tests: test('daily-report'),
    grep: 'RPT-2',
  },
  {
    name: 'admins: a record of the day before is shown with the day',
    edits: [
      {
        file: 'adapters/memory/audit-trail.ts',
        find: 'at.getTime() >= begins &&',
        replace: 'at.getTime() >= begins - DAY_MS &&',
      },
    ],
    tests: test('audit-trail'),
    grep: 'AUD-3',
  },
  {
    name: 'admins: records are taken out without a trace',
    edits: [
      {
        file: TRAIL,
        find: "      await tx.audit.append({\n        actor,\n        action: 'audit.export',",
        replace: "      void ({\n        actor,\n        action: 'audit.export',",
      },
    ],
    tests: test('audit-trail'),
    grep: 'AUD-3',
  },
  {
    name: 'admins: a cell of an export begins with a sign',
    edits: [{ file: 'core/audit/csv.ts', find: '\\s*[=+\\-@＝＋－＠]', replace: '\\s*[=@＝＠]' }],
    tests: test('audit-csv'),
    grep: 'AUD-3',
  },
];
