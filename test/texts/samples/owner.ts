import type { Freeze, OwnerNews, OwnerNotice, Trouble, Wellbeing } from '../../../core/index.ts';
import { freshId, rupiahs } from '../../support/builders.ts';
import { LONG_TEXT, minutesAgo, NOW } from './people.ts';
import type { CatalogueSamples } from './samples.ts';

const by = 'Citra';
const reason = 'Top-up hari Selasa tercatat kurang.';

const about = (news: OwnerNews): [OwnerNotice] => [{ id: freshId(), news, at: minutesAgo(1) }];

const adjusted = {
  kind: 'wallet-adjusted',
  name: 'Budi Santoso',
  amount: rupiahs(25_000),
  side: 'cash',
  by,
  reason,
} as const;

/** What admins and operators did that the owner should know of. */
export const ownerNews: CatalogueSamples<'owner'>['news'] = [
  about({
    kind: 'revenue-paid-out',
    amount: rupiahs(250_000),
    left: rupiahs(18_500),
    by: 'operator:budi',
    reason: 'Pendapatan bulan Mei.',
  }),
  about(adjusted),
  about({ ...adjusted, amount: rupiahs(-5_000), side: 'revenue', reason: LONG_TEXT }),
  about({
    kind: 'admin-granted',
    name: 'Sari',
    permissions: ['review', 'money'],
    by: 'operator:budi',
  }),
  about({ kind: 'admin-revoked', name: 'Sari', by: 'operator:budi' }),
  about({ kind: 'setting-changed', key: 'withdrawFee', value: '2.500', by }),
  about({ kind: 'setting-changed', key: 'reversalDays', value: '7', by }),
  about({ kind: 'setting-changed', key: 'termsText', value: null, by }),
  about({
    kind: 'setting-changed',
    key: 'depositInstructions',
    value: 'BCA 123 456 7890\na.n. PT Upah & <Rekan>',
    by,
  }),
  about({
    kind: 'broadcast-started',
    audience: 'workers',
    recipients: 1_204,
    text: 'Besok bot dalam pemeliharaan selama satu jam, mulai pukul 01.00 WIB.\nTerima kasih.',
    by,
  }),
  about({
    kind: 'broadcast-started',
    audience: 'all',
    recipients: 1,
    text: LONG_TEXT,
    by,
  }),
];

const hoursAgo = (hours: number): Date => minutesAgo(60 * hours);

const sound = (at: Date) => ({ at, broken: 0 });

const well: Wellbeing = {
  at: NOW,
  day: hoursAgo(8),
  books: { freeze: null, recent: sound(minutesAgo(1)), full: sound(hoursAgo(5)) },
  audit: {
    head: {
      number: 412,
      hash: 'c0ffee15'.repeat(8),
      total: 18_204,
      sealedAt: `${minutesAgo(1).getTime()}000`,
    },
    unsealedSince: null,
  },
  desks: {
    proofs: { count: 12, oldest: hoursAgo(2) },
    deposits: { count: 1, oldest: minutesAgo(20) },
    withdrawals: { count: 0, oldest: null },
  },
  inbox: { waiting: 0, oldestReceivedAt: null, parked: 0 },
  outbox: { waiting: 3, oldestDue: NOW, failed: 1, struggling: 0 },
  money: {
    wallets: rupiahs(8_250_000),
    holds: rupiahs(500_000),
    escrows: rupiahs(3_750_000),
    revenue: rupiahs(268_500),
    outside: rupiahs(-12_768_500),
  },
  cash: rupiahs(12_768_500),
  troubles: [],
};

const freeze: Freeze = {
  id: freshId(),
  begunAt: hoursAgo(3),
  findings: [{ check: 'balances', broken: 3, violations: [] }],
  news: 1,
  ownerTold: 1,
  lifted: null,
};

const troubles: readonly Trouble[] = [
  { kind: 'frozen', since: hoursAgo(3), broken: 3 },
  { kind: 'out-of-balance', by: rupiahs(5_000) },
  { kind: 'not-mended', broken: 2 },
  { kind: 'recent-check-late', since: hoursAgo(2) },
  { kind: 'full-check-late', since: null },
  { kind: 'sealing-late', since: hoursAgo(1) },
  { kind: 'inbox-late', since: hoursAgo(1), waiting: 41 },
  { kind: 'outbox-late', since: hoursAgo(1), waiting: 1_204 },
  { kind: 'desk-late', desk: 'withdrawals', since: hoursAgo(50) },
];

/** How everything stands: well, on the first day, and as bad as it can be. */
export const standings: CatalogueSamples<'owner'>['wellbeing'] = [
  [well],
  [
    {
      ...well,
      books: { freeze: null, recent: null, full: null },
      audit: { head: null, unsealedSince: null },
    },
  ],
  [{ ...well, books: { ...well.books, freeze, full: { at: hoursAgo(5), broken: 2 } }, troubles }],
];
