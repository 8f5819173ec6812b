import {
  refusing,
  type IdempotencyKey,
  type Rupiah,
  type TransactionId,
  type UserId,
  type CampaignId,
} from '../kernel/index.ts';

/**
 * An account of the ledger, by what it is for. Wallets, holds and escrows keep a balance that can
 * never go below zero; revenue and the outside world have postings only (WAL-2, WAL-4).
 */
export type Account =
  | { readonly kind: 'wallet'; readonly userId: UserId }
  | { readonly kind: 'hold'; readonly userId: UserId }
  | { readonly kind: 'escrow'; readonly campaignId: CampaignId }
  | { readonly kind: 'revenue' }
  | { readonly kind: 'outside' };

export const walletOf = (userId: UserId): Account => ({ kind: 'wallet', userId });
export const holdOf = (userId: UserId): Account => ({ kind: 'hold', userId });
export const escrowOf = (campaignId: CampaignId): Account => ({ kind: 'escrow', campaignId });
export const REVENUE: Account = { kind: 'revenue' };
export const OUTSIDE: Account = { kind: 'outside' };

/** Moves `amount` > 0 from one account to another: the sum of all balances stays 0 (WAL-2). */
export interface Posting {
  readonly from: Account;
  readonly to: Account;
  readonly amount: Rupiah;
}

/**
 * What a transaction is (WAL-6). `adjustment` and `revenue_payout` are for nothing but themselves:
 * whoever posts one appends in the same unit of work exactly one audit row with subject
 * `transaction`, its id and the action `wallet.adjust` or `revenue.payout` (AUD-1).
 */
export type TransactionType =
  | 'deposit'
  | 'task_reward'
  | 'platform_fee'
  | 'campaign_funding'
  | 'campaign_refund'
  | 'withdraw'
  | 'adjustment'
  | 'reversal'
  | 'revenue_payout';

export type TransactionStatus = 'pending' | 'approved' | 'rejected' | 'canceled';
export type Decision = Exclude<TransactionStatus, 'pending'>;

/** What a transaction was for. */
export interface Reference {
  readonly kind: 'deposit' | 'withdrawal' | 'campaign' | 'proof' | 'task' | 'transaction';
  readonly id: string;
}

/**
 * The business fact that owns postings. Its content never changes; its status leaves `pending` once
 * (WAL-5, WAL-6).
 */
export interface WalletTransaction {
  readonly id: TransactionId;
  readonly type: TransactionType;
  readonly status: TransactionStatus;
  /** Whose fact it is: the one in whose history it stands first; null for revenue. */
  readonly userId: UserId | null;
  /** What the fact is about, in rupiah; for a withdrawal without the fee. */
  readonly amount: Rupiah;
  readonly reference: Reference;
  readonly key: IdempotencyKey;
  /** SHA-256 of the request's content: the same key with another fingerprint is refused (WAL-7). */
  readonly fingerprint: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

/**
 * A transaction to be made. Born pending: deposit (no postings) and withdraw; all others approved.
 */
export interface NewTransaction extends Omit<WalletTransaction, 'status' | 'decidedAt'> {
  readonly postings: readonly Posting[];
}

/** Whether a transaction of this type waits for somebody's decision when it is made (WAL-6). */
export const bornPending = (type: TransactionType): boolean =>
  type === 'deposit' || type === 'withdraw';

export interface WalletRefusals {
  'wallet.insufficient': { readonly missing: Rupiah; readonly balance: Rupiah };
  /** The same of somebody else's wallet, for the admin who would take from it (WAL-10). */
  'wallet.user-insufficient': { readonly missing: Rupiah; readonly balance: Rupiah };
  /**
   * The database's own wall against a negative balance; a use case should have refused before it.
   */
  'wallet.overdrawn': null;
  'wallet.key-reused': { readonly key: string };
  /** The summary that was confirmed showed another total (a setting has changed meanwhile). */
  'wallet.cost-changed': { readonly total: Rupiah };
  'wallet.already-decided': { readonly status: TransactionStatus };
  'wallet.revenue-insufficient': { readonly missing: Rupiah };
}
export const refuseWallet = refusing<WalletRefusals>();
