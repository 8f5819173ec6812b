import {
  totalCost,
  type Campaign,
  type CampaignDetails,
  type Progress,
} from '../../../../core/index.ts';
import { bar, count, money } from '../../format.ts';
import { html, lines, type Html } from '../../html.ts';

const BAR_CELLS = 10;
const blank = html``;

const rejectionRate = ({ approved, rejections }: Progress): Html =>
  approved + rejections === 0
    ? html`none yet`
    : html`${Math.round((rejections / (approved + rejections)) * 100)}%`;

const percent = ({ completedCount, targetTotal }: Campaign): number =>
  Math.floor((completedCount / targetTotal) * 100);

/** How far a campaign is and what of its money is left: the same to its owner and to admins (CAM-8). */
export const figures = ({ campaign, progress, escrow }: CampaignDetails): Html =>
  lines(
    html`${bar(campaign.completedCount, campaign.targetTotal, BAR_CELLS)} ${percent(campaign)}%`,
    blank,
    html`Completed: <b>${count(progress.approved)}</b> of ${count(campaign.targetTotal)}`,
    html`Under review: ${count(progress.underReview)} · Taken: ${count(progress.taken)} · Available:
      ${count(progress.available)}`,
    progress.closed > 0 && html`Closed: ${count(progress.closed)}`,
    html`Rejection rate: ${rejectionRate(progress)}`,
    blank,
    campaign.feePerTask > 0n
      ? html`Reward ${money(campaign.pricePerTask)} + fee ${money(campaign.feePerTask)} per task`
      : html`Reward ${money(campaign.pricePerTask)} per task`,
    html`Spent: <b>${money(totalCost(campaign, campaign.completedCount))}</b>`,
    html`Campaign funds left: <b>${money(escrow)}</b>`,
  );
