import {
  refusing,
  type CampaignId,
  type Rupiah,
  type TakeId,
  type TaskId,
  type TaskKind,
  type UserId,
} from '../kernel/index.ts';
import type { Campaign, Link } from '../campaigns/index.ts';
import type { User } from '../users/index.ts';

/** A task is one slot of a campaign (TSK-1). */
export type TaskStatus = 'available' | 'taken' | 'pending_review' | 'approved' | 'closed';

/**
 * How a take stands: live (`taken`, `pending_review`), `approved`, or ended without pay. Kept for
 * ever.
 * `reversed`: approved once, then un-approved (REV-7).
 */
export type TakeStatus =
  | 'taken'
  | 'pending_review'
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'released'
  | 'suspended'
  | 'reversed';

/** One worker's hold on one slot (TSK-1). Buttons and proofs carry the take, never the slot. */
export interface Take {
  readonly id: TakeId;
  readonly taskId: TaskId;
  readonly campaignId: CampaignId;
  readonly workerId: UserId;
  /**
   * Of the campaign, kept here for "one live or approved take per worker, kind and link" (TSK-2).
   */
  readonly kind: TaskKind;
  readonly linkKey: string;
  readonly status: TakeStatus;
  readonly takenAt: Date;
  readonly deadline: Date;
  readonly endedAt: Date | null;
}

/** A take with what its worker needs to do it (TSK-5). */
export interface TakeView {
  readonly take: Take;
  readonly campaign: Campaign;
}

/** Who holds a slot of a campaign now: taken until its deadline, or under review. */
export interface SlotHolder {
  readonly take: Take;
  readonly worker: User;
}

/** A take that has ended, with what came of it (TSK-1, PRF-4). */
export interface PastTask extends TakeView {
  /**
   * What was paid for this take and still stands, rupiah > 0: of a reversed one what was no longer
   * in the wallet (REV-7). Null where nothing is. A rejection undone is paid by the take that was
   * made for it.
   */
  readonly paid: Rupiah | null;
  /**
   * The reason of the last decision about its proof, where it went against the worker and one was
   * given.
   */
  readonly reason: string | null;
}

/** What a worker can choose from (TSK-2). */
export interface Offer {
  readonly campaignId: CampaignId;
  readonly kind: TaskKind;
  readonly link: Link;
  readonly campaign: Campaign;
  readonly slotsLeft: number;
}

export interface TaskRefusals {
  'task.gone': null;
  'task.own-campaign': null;
  'task.already-done': null;
  'task.too-many-taken': { readonly max: number; readonly freesAt: Date };
  /** So many rejections of this campaign's tasks that it is closed to the worker (TSK-6). */
  'task.rejected-too-often': { readonly max: number };
  'task.daily-limit': { readonly max: number; readonly freesAt: Date };
  /** The take is no longer the worker's to act on: ended, or under review. */
  'take.not-open': { readonly status: TakeStatus };
  'take.late': { readonly deadline: Date };
}
export const refuseTask = refusing<TaskRefusals>();

const requireTaken = (take: Take): void => {
  if (take.status !== 'taken') throw refuseTask('take.not-open', { status: take.status });
};

/** taken → pending_review, when the proof was sent in time (TSK-5). */
export const submitted = (take: Take, sentAt: Date): Take => {
  requireTaken(take);
  if (sentAt.getTime() > take.deadline.getTime()) {
    throw refuseTask('take.late', { deadline: take.deadline });
  }
  return { ...take, status: 'pending_review' };
};

/** taken → released | expired | suspended: the slot goes back to the pool. */
export const givenBack = (take: Take, as: 'released' | 'expired' | 'suspended', at: Date): Take => {
  requireTaken(take);
  return { ...take, status: as, endedAt: at };
};

/** pending_review → approved | rejected (REV-3, REV-5). */
export const decided = (take: Take, as: 'approved' | 'rejected', at: Date): Take => {
  if (take.status !== 'pending_review') {
    throw refuseTask('take.not-open', { status: take.status });
  }
  return { ...take, status: as, endedAt: at };
};

/** approved → reversed (REV-7). */
export const reversed = (take: Take, at: Date): Take => {
  if (take.status !== 'approved') throw refuseTask('take.not-open', { status: take.status });
  return { ...take, status: 'reversed', endedAt: at };
};
