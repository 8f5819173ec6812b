import {
  refusing,
  type ApprovalBatchId,
  type CampaignId,
  type ProofId,
  type Rupiah,
  type UserId,
} from '../kernel/index.ts';

/** Whose waiting proofs are approved together (REV-8). */
export type ApprovalScope =
  | { readonly kind: 'worker'; readonly workerId: UserId }
  | { readonly kind: 'campaign'; readonly campaignId: CampaignId };

/** Why a proof of the list was left alone. */
export type SkipReason =
  /** Somebody decided it meanwhile. */
  | 'decided'
  /** Another admin has it open (REV-6). */
  | 'claimed'
  /** It has a flag, and wants to be looked at (PRF-3). */
  | 'flagged'
  /** It is the admin's own, or of a campaign of theirs (ACC-7). */
  | 'own'
  /** Payments stand still (WAL-13). */
  | 'frozen'
  /** The admin may not approve any more. */
  | 'no-right';

export type Skipped = Readonly<Record<SkipReason, number>>;

export const isSameScope = (a: ApprovalScope, b: ApprovalScope): boolean =>
  a.kind === 'worker'
    ? b.kind === 'worker' && a.workerId === b.workerId
    : b.kind === 'campaign' && a.campaignId === b.campaignId;

/** What would be approved: exactly these, for exactly this much (REV-8). */
export interface ApprovalPreview {
  readonly scope: ApprovalScope;
  /** Oldest first, at most {@link APPROVALS_MAX}. */
  readonly proofIds: readonly ProofId[];
  /** Rewards of them together, rupiah. */
  readonly total: Rupiah;
  /** Fees of them together, rupiah. */
  readonly fees: Rupiah;
  /** Waiting ones that are left out already. */
  readonly skipped: Pick<Skipped, 'claimed' | 'flagged' | 'own'>;
  /** Suitable ones beyond the list. */
  readonly beyond: number;
}

/** How many proofs one order may name. */
export const APPROVALS_MAX = 500;

/** An order to approve many proofs, worked off piece by piece (REV-8). */
export interface ApprovalBatch {
  readonly id: ApprovalBatchId;
  readonly adminId: UserId;
  readonly scope: ApprovalScope;
  readonly createdAt: Date;
  /** Null while it is worked on. */
  readonly doneAt: Date | null;
}

/** How far an order is, and what came of it. */
export interface ApprovalReport {
  readonly batch: ApprovalBatch;
  readonly listed: number;
  readonly approved: number;
  /** Rewards paid, rupiah. */
  readonly paid: Rupiah;
  readonly skipped: Skipped;
}

/** How many of an order were left alone, for whatever reason. */
export const skippedIn = ({ skipped }: Pick<ApprovalReport, 'skipped'>): number =>
  Object.values(skipped).reduce((total, count) => total + count, 0);

export interface ApprovalRefusals {
  /** Nothing on the list can be approved. */
  'approvals.nothing': null;
  'approvals.too-many': { readonly max: number };
}
export const refuseApprovals = refusing<ApprovalRefusals>();
