import type { Chart } from '../../core/figures/index.ts';
import { percentage, shortRupiah, wholeNumber } from './words.ts';

/** A value of this chart in words, short enough for its axis. */
export const spoken = ({ unit, scaleWords }: Chart, value: number): string => {
  if (unit === 'percent') return percentage(value);
  return unit === 'rupiah' ? shortRupiah(value, scaleWords) : wholeNumber(value);
};

/** Where it says nothing: of shares none at all, since a share of nothing is a figure. */
export const isEmpty = ({ series, goal, unit }: Chart): boolean =>
  goal === null &&
  series.every(({ values }) =>
    values.every((value) => value === null || (value === 0 && unit !== 'percent')),
  );

/** Room above the highest value, for what is written there. */
const AIR = 1.08;
const PARTS = 4;
/** Steps between two lines that are said in a few digits, times any power of ten. */
const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
/** What an axis spans at least, so that little does not look like much. */
const LEAST: Readonly<Record<Chart['unit'], number>> = { count: PARTS, rupiah: 1_000, percent: 20 };

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Round numbers around everything shown; it begins at zero unless something is below (TSK-6). */
export const scaleOf = ({ series, goal, unit }: Chart): Scale => {
  const values = series.flatMap((one) => one.values).map((value) => value ?? 0);
  const top = Math.max(0, goal?.value ?? 0, ...values);
  const highest = unit === 'percent' && top <= 100 ? Math.min(100, top * AIR) : top * AIR;
  const lowest = Math.min(0, ...values);
  const least = LEAST[unit];
  const interval = roundStep(Math.max(highest - lowest, least) / PARTS, unit !== 'rupiah');
  return {
    min: Math.floor(lowest / interval) * interval,
    max: Math.ceil(Math.max(highest, least + lowest) / interval) * interval,
    interval,
  };
};

const roundStep = (atLeast: number, isWhole: boolean): number => {
  const size = 10 ** Math.floor(Math.log10(atLeast));
  const steps = ROUND.map((factor) => factor * size).filter((step) => step >= atLeast);
  return steps.find((step) => !isWhole || Number.isInteger(step)) ?? size * 10;
};
