import { invariant, rupiah, type Rupiah } from '../kernel/index.ts';
import type { DayFigures, Figures } from './report.ts';

type Counted = 'newUsers' | 'submitted' | 'approved' | 'rejected' | 'flagged';
type Moved = 'rewards' | 'fees' | 'deposits' | 'withdrawals';

/** What several days come to (RPT-1). */
export interface PeriodFigures
  extends Readonly<Record<Counted, number>>, Readonly<Record<Moved, Rupiah>> {
  readonly days: number;
  /** Percent of the first decisions that rejected, not rounded; null: nothing was decided. */
  readonly rejectionRate: number | null;
  /** Percent of the proofs sent that have a sign of PRF-3, not rounded; null: none was sent. */
  readonly flaggedShare: number | null;
}

/** Adds days up; people who were active are not added, since many were on several days. */
export const overDays = (days: readonly Omit<DayFigures, 'day' | 'liability'>[]): PeriodFigures => {
  const count = (of: Counted): number => days.reduce((sum, day) => sum + day[of], 0);
  const money = (of: Moved): Rupiah => rupiah(days.reduce((sum, day) => sum + day[of], 0n));
  const [submitted, approved, rejected, flagged] = [
    count('submitted'),
    count('approved'),
    count('rejected'),
    count('flagged'),
  ];
  return {
    days: days.length,
    newUsers: count('newUsers'),
    submitted,
    approved,
    rejected,
    flagged,
    rewards: money('rewards'),
    fees: money('fees'),
    deposits: money('deposits'),
    withdrawals: money('withdrawals'),
    rejectionRate: percent(rejected, approved + rejected),
    flaggedShare: percent(flagged, submitted),
  };
};

const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : (part / whole) * 100;

/** The newest day of the figures and the one before it: there are always fourteen (RPT-1). */
export const lastTwo = ({
  days,
}: Pick<Figures, 'days'>): { readonly today: DayFigures; readonly yesterday: DayFigures } => {
  const [yesterday, today] = days.slice(-2);
  invariant(yesterday && today, 'figures have fourteen days');
  return { today, yesterday };
};
