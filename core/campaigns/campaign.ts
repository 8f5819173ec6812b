import {
  add,
  refusing,
  requireWithin,
  shareRoundedUp,
  times,
  type CampaignId,
  type Rupiah,
  type TaskKind,
  type UserId,
} from '../kernel/index.ts';
import type { CampaignLabel } from '../outbox/index.ts';

/** A link as it is compared: normalised by the platform table of this version (CAM-2). */
export interface Link {
  /** What people open: https, cleaned. */
  readonly target: string;
  /** Equal for links to the same thing. */
  readonly key: string;
  readonly platform: string;
  /** Version of the table that made `key`. */
  readonly version: number;
}

export type PausedBy = 'owner' | 'admin' | 'suspension';

type Life =
  | { readonly status: 'active' }
  | {
      readonly status: 'paused';
      readonly pausedBy: PausedBy;
      /** An admin's reason, told to the owner; null where nobody had to give one. */
      readonly reason: string | null;
    }
  | { readonly status: 'completed' }
  | { readonly status: 'deleted'; readonly reason: string | null };

export type CampaignStatus = Life['status'];

/** A funded order for `targetTotal` tasks of one kind on one link (CAM-1). */
export type Campaign = Life & {
  readonly id: CampaignId;
  readonly clientId: UserId;
  readonly kind: TaskKind;
  readonly link: Link;
  readonly instructions: string | null;
  readonly pricePerTask: Rupiah;
  /** Fixed at creation (CAM-4). */
  readonly feePerTask: Rupiah;
  readonly targetTotal: number;
  readonly completedCount: number;
  /** Slots whose money went back. */
  readonly closedCount: number;
  readonly createdAt: Date;
};

export interface CampaignRefusals {
  'campaign.final': { readonly status: CampaignStatus };
  'campaign.already-paused': null;
  'campaign.not-paused': null;
  'campaign.paused-by-admin': null;
  /** The pause ends with the owner's suspension (ACC-5). */
  'campaign.owner-suspended': null;
  'campaign.price-too-low': { readonly min: Rupiah };
  'campaign.target-out-of-range': { readonly max: number };
  'link.unreadable': null;
  'link.not-https': null;
  'link.credentials': null;
  'link.port': null;
  'link.too-long': { readonly max: number };
  'link.shortener': { readonly host: string };
  'link.host-not-allowed': { readonly host: string; readonly allowed: readonly string[] };
  /** The start page of a platform is nothing that a task can be done on. */
  'link.no-content': { readonly host: string };
}
export const refuseCampaign = refusing<CampaignRefusals>();

/** What one slot keeps in escrow: price and fee. */
export const costPerTask = (campaign: Pick<Campaign, 'pricePerTask' | 'feePerTask'>): Rupiah =>
  add(campaign.pricePerTask, campaign.feePerTask);

/** What `count` tasks cost, fee included (CAM-4). */
export const totalCost = (
  campaign: Pick<Campaign, 'pricePerTask' | 'feePerTask'>,
  count: number,
): Rupiah => times(costPerTask(campaign), count);

/** What `count` tasks cost, refused above the largest amount that may move at once (WAL-1). */
export const requireTotal = (
  campaign: Pick<Campaign, 'pricePerTask' | 'feePerTask'>,
  count: number,
  max: Rupiah,
): Rupiah => requireWithin(totalCost(campaign, count), { min: costPerTask(campaign), max });

export const feeFor = (price: Rupiah, basisPoints: number): Rupiah =>
  shareRoundedUp(price, basisPoints);

/** Completed and deleted ones are final (CAM-6, CAM-7). */
export const isOpen = ({ status }: Pick<Campaign, 'status'>): boolean =>
  status === 'active' || status === 'paused';

const requireOpen = (campaign: Campaign): void => {
  if (!isOpen(campaign)) throw refuseCampaign('campaign.final', { status: campaign.status });
};

/** active → paused, with an admin's reason (CAM-6). */
export const pause = (campaign: Campaign, by: PausedBy, reason: string | null): Campaign => {
  requireOpen(campaign);
  if (campaign.status === 'paused' && (by !== 'admin' || campaign.pausedBy === 'admin')) {
    throw refuseCampaign('campaign.already-paused');
  }
  return { ...campaign, status: 'paused', pausedBy: by, reason };
};

/**
 * paused → active; an admin's pause is lifted only by an admin, a suspension's only by its end
 * (CAM-6, ACC-5).
 */
export const resume = (campaign: Campaign, by: PausedBy): Campaign => {
  requireOpen(campaign);
  if (campaign.status !== 'paused') throw refuseCampaign('campaign.not-paused');
  if (campaign.pausedBy === 'admin' && by === 'owner') {
    throw refuseCampaign('campaign.paused-by-admin');
  }
  if (campaign.pausedBy === 'suspension' && by !== 'suspension') {
    throw refuseCampaign('campaign.owner-suspended');
  }
  return { ...withoutPause(campaign), status: 'active' };
};

/** active | paused → deleted, final, with an admin's reason (CAM-6). */
export const remove = (campaign: Campaign, reason: string | null): Campaign => {
  requireOpen(campaign);
  return { ...withoutPause(campaign), status: 'deleted', reason };
};

/**
 * Every slot approved or closed: active | paused → completed, final (CAM-7). A deleted one stays
 * deleted.
 */
export const completeIfFull = (campaign: Campaign): Campaign => {
  const settled = campaign.completedCount + campaign.closedCount;
  if (!isOpen(campaign) || settled < campaign.targetTotal) return campaign;
  return { ...withoutPause(campaign), status: 'completed' };
};

/** The target after a raise by `more` slots, at the same price and fee (CAM-9). */
export const raise = (campaign: Campaign, more: number, targetMax: number): Campaign => {
  requireOpen(campaign);
  requireTarget(more, targetMax - campaign.targetTotal);
  return { ...campaign, targetTotal: campaign.targetTotal + more };
};

/** Refuses a target outside 1 … `max` (CAM-3). */
export const requireTarget = (target: number, max: number): number => {
  if (!Number.isSafeInteger(target) || target < 1 || target > max) {
    throw refuseCampaign('campaign.target-out-of-range', { max });
  }
  return target;
};

const withoutPause = (campaign: Campaign): Omit<Campaign, 'status'> => {
  if (campaign.status !== 'paused') return campaign;
  const { pausedBy: _lifted, reason: _told, ...rest } = campaign;
  return rest;
};

/** How notices and audit name a campaign. */
export const labelOf = (campaign: Pick<Campaign, 'kind' | 'link'>): CampaignLabel => ({
  taskKind: campaign.kind,
  link: campaign.link.target,
});
