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
    ? html`belum ada`
    : html`${Math.round((rejections / (approved + rejections)) * 100)}%`;

const percent = ({ completedCount, targetTotal }: Campaign): number =>
  Math.floor((completedCount / targetTotal) * 100);

/** How far a campaign is and what of its money is left: the same to its owner and to admins (CAM-8). */
export const figures = ({ campaign, progress, escrow }: CampaignDetails): Html =>
  lines(
    html`${bar(campaign.completedCount, campaign.targetTotal, BAR_CELLS)} ${percent(campaign)}%`,
    blank,
    html`Selesai: <b>${count(progress.approved)}</b> dari ${count(campaign.targetTotal)}`,
    html`Diperiksa: ${count(progress.underReview)} · Dikerjakan: ${count(progress.taken)} ·
      Tersedia: ${count(progress.available)}`,
    progress.closed > 0 && html`Ditutup: ${count(progress.closed)}`,
    html`Tingkat penolakan: ${rejectionRate(progress)}`,
    blank,
    campaign.feePerTask > 0n
      ? html`Upah ${money(campaign.pricePerTask)} + biaya ${money(campaign.feePerTask)} per tugas`
      : html`Upah ${money(campaign.pricePerTask)} per tugas`,
    html`Terpakai: <b>${money(totalCost(campaign, campaign.completedCount))}</b>`,
    html`Sisa dana campaign: <b>${money(escrow)}</b>`,
  );
