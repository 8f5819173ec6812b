import type { Chart, EarningsView } from '../../../../core/index.ts';
import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { requireRole } from '../../route.ts';
import type { Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';
import { homeButton } from './task-screens.ts';

/** `Penghasilan`: what rewards brought today, in seven days and in all, with a picture (WAL-9). */
export const showEarnings = async (turn: Turn): Promise<void> => {
  requireRole(turn, 'worker');
  const { core, actor, texts } = turn;
  const earnings = await core.wallet.earnings({ actor });
  const moved = earnings.days.some(({ earned }) => earned !== 0n);
  turn.show({
    text: texts.earnings.screen(earnings),
    ...(moved && { attachment: { chart: earningsChart(texts, earnings) } }),
    keyboard: [
      [press(texts.labels.pastTasks, CODES.pastTasks), press(texts.labels.balance, CODES.balance)],
      [homeButton(texts)],
    ],
  });
};

/** What each day brought. */
const earningsChart = ({ earnings }: Texts, { days }: EarningsView): Chart => ({
  title: earnings.chartTitle,
  subtitle: earnings.chartSubtitle(days.length),
  labels: days.map(({ day }) => earnings.chartDay(day)),
  series: [
    { name: earnings.chartPerDay, as: 'bars', values: days.map(({ earned }) => Number(earned)) },
  ],
  unit: 'rupiah',
  scaleWords: earnings.chartScale,
  goal: null,
});
