import type { CampaignId, Page, PageRequest, UserId } from '../kernel/index.ts';
import type { User } from '../users/index.ts';
import type { Campaign, CampaignStatus } from './campaign.ts';

/** Numbers of a campaign's slots by state, and of its rejections (CAM-8). */
export interface Progress {
  readonly available: number;
  readonly taken: number;
  readonly underReview: number;
  readonly approved: number;
  readonly closed: number;
  readonly rejections: number;
}

export interface CampaignWithProgress {
  readonly campaign: Campaign;
  readonly progress: Progress;
}

/** A campaign as admins see it in a list. */
export interface OwnedCampaign extends CampaignWithProgress {
  readonly owner: User;
}

/** Which campaigns an admin looks at; what is absent does not matter. */
export interface CampaignFilter {
  readonly status?: CampaignStatus | undefined;
  readonly owner?: UserId | undefined;
  /** By approved tasks: none yet; some, but less than half of the target; half or more. */
  readonly progress?: 'none' | 'under-half' | 'half-or-more' | undefined;
}

/** What happened in a campaign on one day of Jakarta. */
export interface CampaignDay {
  /** When the day began. */
  readonly day: Date;
  readonly submitted: number;
  readonly approved: number;
  readonly rejected: number;
}

/** Campaigns as lists and pictures show them. */
export interface CampaignBoard {
  /** Newest first. */
  all(filter: CampaignFilter, page: PageRequest): Promise<Page<OwnedCampaign>>;
  /**
   * Numbers by day of Jakarta since the given beginning of one, oldest first, days without any left
   * out. Approved and rejected count what stands so, on the day of its last decision.
   */
  days(id: CampaignId, since: Date): Promise<readonly CampaignDay[]>;
}

export interface CampaignRepo {
  /** Stores a campaign and its escrow account (balance 0). */
  add(campaign: Campaign): Promise<void>;
  find(id: CampaignId): Promise<Campaign | undefined>;
  /**
   * Locks the row: `change` for who alters status or target, `share` for who must not have it
   * deleted meanwhile (a slot coming free). Take it before slots.
   */
  lock(id: CampaignId, mode: 'change' | 'share'): Promise<Campaign | undefined>;
  /** Replaces status, pausedBy, reason and targetTotal. */
  save(campaign: Campaign): Promise<void>;
  /** Adds to completedCount and closedCount in the row itself. Resolves to the row after it. */
  settle(id: CampaignId, change: { completed: number; closed: number }): Promise<Campaign>;
  /** Newest first. */
  listOf(client: UserId, page: PageRequest): Promise<Page<CampaignWithProgress>>;
  /** Locks (`change`, by id) and reads a client's active and paused campaigns. */
  lockOpenOf(client: UserId): Promise<readonly Campaign[]>;
}

/** The slots of campaigns, in bulk. */
export interface SlotRepo {
  /** Makes `count` available slots in one statement, numbered after the existing ones (CAM-3). */
  open(campaign: Campaign, count: number): Promise<void>;
  /** Closes every available slot in one statement; resolves to how many (CAM-6). */
  closeAvailable(id: CampaignId): Promise<number>;
  /** All at 0 where there is no such campaign. */
  progress(id: CampaignId): Promise<Progress>;
}
