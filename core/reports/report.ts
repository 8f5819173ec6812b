import type {
  CampaignId,
  DepositId,
  ProofId,
  Rupiah,
  Slice,
  TakeId,
  TransactionId,
  WithdrawalId,
} from '../kernel/index.ts';
import type { CampaignLabel, DayTold } from '../outbox/index.ts';
import type { OpenThings, User } from '../users/index.ts';
import type { Balances, TransactionType, TrialBalance } from '../wallet/index.ts';

/** What waits on one desk. */
export interface DeskQueue {
  readonly count: number;
  /** When the oldest came; null where none waits. */
  readonly oldest: Date | null;
}

/** What came to pass on one day of Jakarta (RPT-1); money in rupiah. */
export interface DayFigures extends Omit<DayTold, 'day'> {
  /** When the day began. */
  readonly day: Date;
  /**
   * Cash that had to exist at the end of the day, of today: now (WAL-11); null for an admin without
   * the right to money (ADM-1).
   */
  readonly liability: Rupiah | null;
}

/** The marketplace at one moment (RPT-1). */
export interface Figures {
  readonly at: Date;
  /** Acted within the last 7 days of Jakarta, today included. */
  readonly activeUsers: number;
  readonly users: number;
  readonly runningCampaigns: number;
  /** Rewards paid since the beginning, less what reversals took back. */
  readonly rewardsPaid: Rupiah;
  readonly proofs: DeskQueue;
  readonly deposits: DeskQueue;
  readonly withdrawals: DeskQueue;
  /** Fourteen days up to today, oldest first; today is the last, yesterday the one before. */
  readonly days: readonly DayFigures[];
}

/** Cash that must exist, by kind: wallets + holds + escrows + revenue = −outside (WAL-11). */
export interface Liability extends TrialBalance {
  readonly at: Date;
  /** wallets + holds + escrows + revenue. */
  readonly cash: Rupiah;
  /** `cash` is what came in from the outside world less what went out. */
  readonly isSound: boolean;
}

/** How a worker's proofs were judged. */
export interface WorkRecord {
  readonly approved: number;
  readonly rejected: number;
  readonly waiting: number;
}

/** A person as admins see them (ADM-3). */
export interface Profile {
  readonly user: User;
  readonly balances: Balances;
  readonly open: OpenThings;
  readonly work: WorkRecord;
  /** Rewards received less what was taken back, top-ups credited, withdrawals paid: all time. */
  readonly earned: Rupiah;
  readonly toppedUp: Rupiah;
  readonly withdrawn: Rupiah;
  /** Campaigns ever made, and what stands in escrow for them. */
  readonly campaigns: number;
  readonly inEscrow: Rupiah;
  /** When they last did something, to the day; null: not since this is noted. */
  readonly lastActive: Date | null;
  /** The admin who suspended them; null: nobody did, or the operator. */
  readonly suspendedBy: User | null;
}

/** Part of what happened to a person, and who that is. */
export interface Timeline extends Slice<TimelineEvent> {
  readonly user: User;
}

/** One thing that happened to a person, or that they did (ADM-3). */
export type TimelineEvent = { readonly at: Date } & (
  | { readonly kind: 'registered' }
  | { readonly kind: 'role'; readonly from: string | null; readonly to: string | null }
  /** `by` is the admin's display name, or as `actorName` writes it. */
  | { readonly kind: 'suspended'; readonly by: string }
  | { readonly kind: 'unsuspended'; readonly by: string }
  | {
      readonly kind: 'money';
      readonly transactionId: TransactionId;
      readonly type: TransactionType;
      /** Signed, as it changed the wallet. */
      readonly amount: Rupiah;
      readonly campaign: CampaignLabel | null;
    }
  | {
      readonly kind: 'campaign-made';
      readonly campaignId: CampaignId;
      readonly campaign: CampaignLabel;
      /** (price + fee) × target, raises included. */
      readonly total: Rupiah;
    }
  | { readonly kind: 'task-taken'; readonly takeId: TakeId; readonly campaign: CampaignLabel }
  | {
      readonly kind: 'task-lost';
      readonly takeId: TakeId;
      readonly campaign: CampaignLabel;
      readonly how: 'expired' | 'released' | 'suspended';
    }
  | { readonly kind: 'proof-sent'; readonly proofId: ProofId; readonly campaign: CampaignLabel }
  | {
      readonly kind: 'proof-decided';
      readonly proofId: ProofId;
      readonly campaign: CampaignLabel;
      readonly verdict: 'approved' | 'rejected';
      readonly isReversal: boolean;
      readonly reason: string | null;
    }
  | { readonly kind: 'deposit-asked'; readonly depositId: DepositId; readonly amount: Rupiah }
  | {
      readonly kind: 'deposit-decided';
      readonly depositId: DepositId;
      readonly amount: Rupiah;
      readonly status: 'approved' | 'rejected' | 'canceled';
    }
  | {
      readonly kind: 'withdrawal-asked';
      readonly withdrawalId: WithdrawalId;
      readonly amount: Rupiah;
    }
  | {
      readonly kind: 'withdrawal-decided';
      readonly withdrawalId: WithdrawalId;
      readonly amount: Rupiah;
      readonly status: 'paid' | 'rejected' | 'canceled';
    }
);
