import type { CampaignHistory, CampaignId, Chart } from '../../../../core/index.ts';
import { press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';

/** A campaign's progress over time, as a picture once something was approved (CAM-8). */
export const showCampaignPicture = async (turn: Turn, id: CampaignId): Promise<void> => {
  const { core, actor, texts } = turn;
  const history = await core.campaigns.days({ actor, campaignId: id });
  turn.show({
    text: texts.campaigns.pictureCaption(history),
    ...(history.progress.approved > 0 && {
      attachment: { chart: progressChart(texts, history) },
    }),
    keyboard: [
      [press(texts.labels.back, CODES.campaign, shortId(id)), press(texts.labels.home, CODES.home)],
    ],
  });
};

/** What was approved day by day, and how it adds up towards the target. */
const progressChart = (
  { campaigns }: Texts,
  { campaign, progress, days, before }: CampaignHistory,
): Chart => ({
  ...campaigns.chartTitles(campaign),
  labels: days.map(({ day }) => campaigns.chartDay(day)),
  series: [
    { name: campaigns.chartPerDay, as: 'bars', values: days.map(({ approved }) => approved) },
    { name: campaigns.chartSoFar, as: 'line', values: soFar(days, before) },
  ],
  unit: 'count',
  goal:
    campaign.targetTotal > progress.approved * IN_SIGHT
      ? null
      : { label: campaigns.chartGoal, value: campaign.targetTotal },
});

/** A target so many times higher than what is done would press all else flat on the ground. */
const IN_SIGHT = 10;

const soFar = (days: CampaignHistory['days'], before: number): readonly number[] => {
  let total = before;
  return days.map(({ approved }) => (total += approved));
};
