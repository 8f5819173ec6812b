import {
  moneyFromJson,
  moneyToJson,
  type ApprovalBatchId,
  type BroadcastId,
  type CampaignId,
  type Json,
  type Permission,
  type Rupiah,
  type TakeId,
  type TaskKind,
} from '../kernel/index.ts';

/** How a notice names a campaign: what is to be done, on which link. */
export interface CampaignLabel {
  readonly taskKind: TaskKind;
  readonly link: string;
}

/** The desks where admins decide. */
export type Desk = 'proofs' | 'deposits' | 'withdrawals';

/** What came to pass on one day of Jakarta, as the daily report tells it; money in rupiah (RPT-1). */
export interface DayTold {
  /** When the day began, as ISO 8601. */
  readonly day: string;
  /** People who did something in the bot. */
  readonly activeUsers: number;
  readonly newUsers: number;
  /** Proofs sent. */
  readonly submitted: number;
  /** First decisions. */
  readonly approved: number;
  readonly rejected: number;
  /** Of the proofs sent: with a sign of PRF-3. */
  readonly flagged: number;
  /** Rewards paid, less what reversals took back of them. */
  readonly rewards: Rupiah;
  /** Fees received, less those given back. */
  readonly fees: Rupiah;
  /** Top-ups credited, and withdrawals paid (without fees). */
  readonly deposits: Rupiah;
  readonly withdrawals: Rupiah;
  /** Whole minutes from proof to first decision: the middle one of those decided; null: none was. */
  readonly reviewMinutes: number | null;
}

/** What waits on a desk; `oldest` is when it came as ISO 8601, null where none waits. */
export interface DeskTold {
  readonly count: number;
  readonly oldest: string | null;
}

/**
 * What a person is told about a change of state (NTF-1). It states what is so ("the balance is now
 * …"), so that hearing it twice does no harm (NTF-2).
 */
export interface Notices {
  'proof.approved': {
    readonly campaign: CampaignLabel;
    readonly reward: Rupiah;
    readonly balance: Rupiah;
  };
  'proof.rejected': { readonly campaign: CampaignLabel; readonly reason: string | null };
  'proof.unapproved': {
    readonly campaign: CampaignLabel;
    readonly reason: string;
    readonly taken: Rupiah;
    readonly balance: Rupiah;
  };
  /** For the client: an approval was undone, what could be got back is in the wallet (REV-7). */
  'campaign.approval-undone': {
    readonly campaign: CampaignLabel;
    readonly returned: Rupiah;
    readonly balance: Rupiah;
  };
  /** A few minutes before the deadline, given as ISO 8601 (TSK-5). */
  'task.reminder': {
    readonly takeId: TakeId;
    readonly campaign: CampaignLabel;
    readonly deadline: string;
  };
  'task.expired': { readonly campaign: CampaignLabel };
  'task.withdrawn': { readonly campaign: CampaignLabel };
  'campaign.started': { readonly campaign: CampaignLabel; readonly target: number };
  'campaign.half': {
    readonly campaignId: CampaignId;
    readonly campaign: CampaignLabel;
    readonly completed: number;
    readonly target: number;
  };
  'campaign.completed': { readonly campaign: CampaignLabel; readonly completed: number };
  'campaign.paused-by-admin': { readonly campaign: CampaignLabel; readonly reason: string };
  'campaign.resumed-by-admin': { readonly campaign: CampaignLabel; readonly reason: string };
  'campaign.deleted-by-admin': {
    readonly campaign: CampaignLabel;
    readonly reason: string;
    readonly refunded: Rupiah;
    readonly balance: Rupiah;
  };
  'campaign.slot-refunded': {
    readonly campaign: CampaignLabel;
    readonly refunded: Rupiah;
    readonly balance: Rupiah;
  };
  'deposit.approved': {
    readonly claimed: Rupiah;
    readonly credited: Rupiah;
    readonly reason: string | null;
    readonly balance: Rupiah;
  };
  'deposit.rejected': { readonly claimed: Rupiah; readonly reason: string };
  /** An admin moved money by hand; below zero it was taken (WAL-10). */
  'wallet.adjusted': {
    readonly amount: Rupiah;
    readonly reason: string;
    readonly balance: Rupiah;
  };
  /** For admins who see the money: the operator took this of what the platform earned (WAL-12). */
  'revenue.paid-out': {
    readonly amount: Rupiah;
    readonly left: Rupiah;
    /** As `actorName` writes it. */
    readonly by: string;
    readonly reason: string;
  };
  'withdrawal.processing': { readonly amount: Rupiah };
  /**
   * For the admin whose claim another admin took: stop, and say whether money has gone out (WDR-2).
   */
  'withdrawal.taken-over': {
    readonly amount: Rupiah;
    readonly maskedNumber: string;
    readonly by: string;
  };
  'withdrawal.paid': {
    readonly amount: Rupiah;
    readonly maskedNumber: string;
    readonly reference: string | null;
    /** Stored path of the receipt picture or PDF, where the admin attached one. */
    readonly receipt: string | null;
    readonly balance: Rupiah;
  };
  'withdrawal.rejected': {
    readonly amount: Rupiah;
    readonly reason: string;
    readonly balance: Rupiah;
  };
  'account.suspended': { readonly reason: string };
  'account.unsuspended': Record<never, never>;
  'account.admin-granted': { readonly permissions: readonly Permission[] };
  /** An admin may do this now, and nothing else (ADM-1). */
  'account.permissions': { readonly permissions: readonly Permission[] };
  /** An admin gave the person this role (ADM-3). */
  'account.role': { readonly role: 'client' | 'worker' };
  'account.admin-revoked': Record<never, never>;
  /**
   * For somebody who can be reached again: how much could not be told meanwhile, and the newest of
   * it, newest first (NTF-2).
   */
  'account.missed': { readonly total: number; readonly newest: readonly Notice[] };
  /** For somebody whose word could not be handled: an apology. */
  'update.failed': Record<never, never>;
  /** For admins: a person's word could not be handled and was given up. */
  'update.parked': { readonly updateId: number };
  /** For admins: the books do not add up, and nothing is paid. `since` is ISO 8601 (WAL-13). */
  'payments.frozen': { readonly since: string; readonly broken: number };
  /** For admins: an operator let payments go on (WAL-13). */
  'payments.resumed': Record<never, never>;
  /** For admins: the newest seal of the audit log, for them to keep (AUD-2); `at` as ISO 8601. */
  'audit.head': {
    readonly number: number;
    readonly rows: number;
    readonly hash: string;
    readonly at: string;
  };
  /** For the admin who ordered many approvals at once: what came of them (REV-8). */
  'approvals.done': {
    readonly batchId: ApprovalBatchId;
    readonly approved: number;
    readonly paid: Rupiah;
    readonly skipped: number;
  };
  /** For the admin who ordered a broadcast, and who steered it last: what came of it (ADM-5). */
  'broadcast.done': {
    readonly broadcastId: BroadcastId;
    readonly sent: number;
    readonly blocked: number;
    readonly failed: number;
    readonly canceled: number;
  };
  /** For admins, each morning: what yesterday came to, the day before, and what waits (RPT-2). */
  'report.daily': {
    readonly yesterday: DayTold;
    readonly before: DayTold;
    readonly waiting: Readonly<Record<Desk, DeskTold>>;
  };
  /** For admins: something new waits on a desk. A newer one replaces one that was not sent yet. */
  'desk.waiting': { readonly desk: Desk; readonly waiting: number };
}

export type NoticeKind = keyof Notices;
export type Notice = { [K in NoticeKind]: { readonly kind: K } & Notices[K] }[NoticeKind];

/** A notice as JSON: amounts become `{ "rupiah": "12500" }`. */
export const noticeToJson = (notice: Notice): Json => moneyToJson(notice);

/** Reads what `noticeToJson` wrote. */
export const noticeFromJson = (json: Json): Notice => moneyFromJson(json) as Notice;
