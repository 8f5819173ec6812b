import {
  DAY_MS,
  startOfWibDay,
  type DayFigures,
  type DeskTold,
  type Figures,
  type Notices,
} from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import { daysAgo, minutesAgo, NOW, theId } from './people.ts';
import type { CatalogueSamples, Some } from './samples.ts';

const nothing: Omit<DayFigures, 'day'> = {
  activeUsers: 0,
  newUsers: 0,
  submitted: 0,
  approved: 0,
  rejected: 0,
  flagged: 0,
  rewards: rupiahs(0),
  fees: rupiahs(0),
  deposits: rupiahs(0),
  withdrawals: rupiahs(0),
  reviewMinutes: null,
  liability: rupiahs(0),
};

/** Days with a little more of everything each. */
const someDay = (at: number): Omit<DayFigures, 'day'> => ({
  activeUsers: 300 + at,
  newUsers: at,
  submitted: 1_200 + at * 10,
  approved: 1_100 + at * 9,
  rejected: 90 - at,
  flagged: 12,
  rewards: rupiahs(1_100_000 + at * 9_000),
  fees: rupiahs(55_000),
  deposits: rupiahs(25_000_000),
  withdrawals: rupiahs(18_000_000 + at * 250_000),
  reviewMinutes: 42,
  liability: rupiahs(1_234_567_000 + at * 1_000_000),
});

const fortnight = (of: (at: number) => Omit<DayFigures, 'day'>): Figures['days'] =>
  Array.from({ length: 14 }, (_, at) => ({
    day: new Date(startOfWibDay(NOW).getTime() - (13 - at) * DAY_MS),
    ...of(at),
  }));

const idle = { count: 0, oldest: null };

const quiet: Figures = {
  at: NOW,
  activeUsers: 0,
  users: 1,
  runningCampaigns: 0,
  rewardsPaid: rupiahs(0),
  proofs: idle,
  deposits: idle,
  withdrawals: idle,
  days: fortnight(() => nothing),
};

const busy: Figures = {
  at: NOW,
  activeUsers: 2_345,
  users: 10_240,
  runningCampaigns: 87,
  rewardsPaid: rupiahs(3_456_789_000),
  proofs: { count: 1_234, oldest: daysAgo(3) },
  deposits: { count: 1, oldest: minutesAgo(12) },
  withdrawals: { count: 12, oldest: minutesAgo(125) },
  days: fortnight(someDay),
};

const toldQueue = ({ count, oldest }: Figures['proofs']): DeskTold => ({
  count,
  oldest: oldest?.toISOString() ?? null,
});

const dailyReport = ({ days, proofs, deposits, withdrawals }: Figures): Notices['report.daily'] => {
  const [before, yesterday] = days.slice(-3).map((one) => ({ ...one, day: one.day.toISOString() }));
  if (!before || !yesterday) throw new Error('there are fourteen days');
  return {
    yesterday,
    before,
    waiting: {
      proofs: toldQueue(proofs),
      deposits: toldQueue(deposits),
      withdrawals: toldQueue(withdrawals),
    },
  };
};

export const dailyReports: Some<Notices['report.daily']> = [dailyReport(busy), dailyReport(quiet)];

const captioned = <P>(picture: P): Some<[P, Figures]> => [
  [picture, quiet],
  [picture, busy],
];

export const figures: CatalogueSamples<'figures'> = {
  screen: [[quiet], [busy]],
  caption: {
    activity: captioned('activity'),
    proofs: captioned('proofs'),
    rejections: captioned('rejections'),
    reviewing: captioned('reviewing'),
    money: captioned('money'),
    liability: captioned('liability'),
  },
  chosen: [['📸 Bukti']],
  chartDay: [[daysAgo(90)]],
};

const held = {
  at: NOW,
  wallets: rupiahs(12_500_000),
  holds: rupiahs(250_000),
  escrows: rupiahs(4_000_000),
  revenue: rupiahs(750_000),
  cash: rupiahs(17_500_000),
};

export const liability: CatalogueSamples<'liability'> = {
  screen: [
    [
      {
        liability: { ...held, outside: rupiahs(-17_500_000), isSound: true },
        books: {
          freeze: null,
          recent: { at: NOW, broken: 0 },
          full: { at: daysAgo(1), broken: 0 },
        },
      },
    ],
    [
      {
        liability: { ...held, outside: rupiahs(-17_400_000), isSound: false },
        books: {
          freeze: {
            id: theId<never>(72),
            begunAt: daysAgo(1),
            findings: [],
            news: 1,
            ownerTold: 0,
            lifted: null,
          },
          recent: { at: NOW, broken: 1 },
          full: null,
        },
      },
    ],
  ],
};
