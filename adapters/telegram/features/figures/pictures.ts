import { overDays, type Chart, type ChartSeries, type DayFigures } from '../../../../core/index.ts';
import type { Texts } from '../../texts/index.ts';

export type Picture = keyof Texts['figures']['pictures'];

/** In the order of their buttons. */
export const PICTURES: readonly Picture[] = [
  'activity',
  'proofs',
  'rejections',
  'reviewing',
  'money',
  'liability',
];

/** The picture that a button names; undefined for anything that a forged one may say (SEC-2). */
export const readPicture = (argument: string | undefined): Picture | undefined =>
  PICTURES.find((one) => one === argument);

/** Fourteen days of one kind of figures (RPT-1). */
export const chartOf = (texts: Texts, picture: Picture, days: readonly DayFigures[]): Chart => {
  const { charts, chartDay, chartScale } = texts.figures;
  const { title, subtitle } = charts[picture];
  return {
    title,
    subtitle,
    labels: days.map(({ day }) => chartDay(day)),
    series: series[picture](texts, days),
    unit: UNITS[picture],
    scaleWords: chartScale,
    goal: null,
  };
};

const UNITS: Readonly<Record<Picture, Chart['unit']>> = {
  activity: 'count',
  proofs: 'count',
  rejections: 'percent',
  reviewing: 'count',
  money: 'rupiah',
  liability: 'rupiah',
};

type Days = readonly DayFigures[];
type Reading = (day: DayFigures) => number | bigint | null;

const valuesOf = (days: Days, read: Reading): ChartSeries['values'] =>
  days.map((day) => {
    const value = read(day);
    return value === null ? null : Number(value);
  });

const series: Readonly<Record<Picture, (texts: Texts, days: Days) => readonly ChartSeries[]>> = {
  activity: ({ figures: { charts } }, days) => {
    const { active, new: joined } = charts.activity.series;
    return [
      { name: active, as: 'line', values: valuesOf(days, (day) => day.activeUsers) },
      { name: joined, as: 'bars', values: valuesOf(days, (day) => day.newUsers) },
    ];
  },
  proofs: ({ figures: { charts } }, days) => {
    const { submitted, approved, rejected } = charts.proofs.series;
    return [
      { name: submitted, as: 'line', values: valuesOf(days, (day) => day.submitted) },
      { name: approved, as: 'bars', values: valuesOf(days, (day) => day.approved) },
      { name: rejected, as: 'bars', values: valuesOf(days, (day) => day.rejected) },
    ];
  },
  rejections: ({ figures: { charts } }, days) => [
    {
      name: charts.rejections.series.rate,
      as: 'line',
      values: valuesOf(days, (day) => overDays([day]).rejectionRate),
    },
  ],
  reviewing: ({ figures: { charts } }, days) => [
    {
      name: charts.reviewing.series.minutes,
      as: 'bars',
      values: valuesOf(days, (day) => day.reviewMinutes),
    },
  ],
  money: ({ figures: { charts } }, days) => {
    const { rewards, deposits, withdrawals } = charts.money.series;
    return [
      { name: rewards, as: 'bars', values: valuesOf(days, (day) => day.rewards) },
      { name: deposits, as: 'bars', values: valuesOf(days, (day) => day.deposits) },
      { name: withdrawals, as: 'bars', values: valuesOf(days, (day) => day.withdrawals) },
    ];
  },
  liability: ({ figures: { charts } }, days) => [
    {
      name: charts.liability.series.liability,
      as: 'line',
      values: valuesOf(days, (day) => day.liability),
    },
  ],
};
