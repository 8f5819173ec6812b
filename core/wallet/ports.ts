import type {
  IdempotencyKey,
  Page,
  PageRequest,
  Rupiah,
  TransactionId,
  UserId,
} from '../kernel/index.ts';
import type { CampaignLabel } from '../outbox/index.ts';
import type {
  Account,
  Decision,
  NewTransaction,
  Posting,
  Reference,
  TransactionStatus,
  TransactionType,
  WalletTransaction,
} from './transaction.ts';

/** What one user owns (WAL-9), rupiah. */
export interface Balances {
  readonly wallet: Rupiah;
  /** Reserved for withdrawals that wait. */
  readonly hold: Rupiah;
}

/** One line of a user's history: a transaction as it changed their wallet (WAL-9). */
export interface HistoryLine {
  readonly transactionId: TransactionId;
  readonly type: TransactionType;
  readonly status: TransactionStatus;
  /** Signed effect on the wallet; for a pending or refused deposit the amount asked for. */
  readonly amount: Rupiah;
  readonly reference: Reference;
  /** The campaign that the reference names or belongs to; null where it is about none. */
  readonly campaign: CampaignLabel | null;
  readonly at: Date;
}

/** How a pending transaction ends. */
export interface Closing {
  readonly id: TransactionId;
  readonly decision: Decision;
  readonly postings: readonly Posting[];
  readonly at: Date;
}

/** Sums over a user's whole history, rupiah. */
export interface Earnings {
  /** Rewards received, less what reversals took back. */
  readonly earned: Rupiah;
  /** Withdrawn or waiting to be, fees included. */
  readonly withdrawn: Rupiah;
}

/**
 * Double entry. Every balance is the sum of its postings (WAL-3); adapters enforce WAL-2 … WAL-6
 * themselves too.
 */
export interface WalletRepo {
  findByKey(key: IdempotencyKey): Promise<WalletTransaction | undefined>;
  /**
   * Posts a transaction once per key. Same key and fingerprint: the first one again, nothing moves;
   * same key, other fingerprint: refuses `wallet.key-reused`. Refuses `wallet.overdrawn` where a
   * wallet, hold or escrow would fall below zero, and posts nothing.
   */
  post(transaction: NewTransaction): Promise<WalletTransaction>;
  /**
   * Takes a pending transaction out of `pending`, with its closing postings, exactly once; refuses
   * `wallet.already-decided`.
   */
  decide(closing: Closing): Promise<void>;
  /**
   * Locks the balances of wallets, holds, escrows or revenue, in one global order, and reads them
   * in the order asked.
   */
  lockBalances(accounts: readonly Account[]): Promise<readonly Rupiah[]>;
  balances(user: UserId): Promise<Balances>;
  /** Newest first. */
  history(user: UserId, page: PageRequest): Promise<Page<HistoryLine>>;
  earnings(user: UserId): Promise<Earnings>;
}

/** Sums by kind of account; their total is always 0 (WAL-2). */
export interface TrialBalance {
  readonly wallets: Rupiah;
  readonly holds: Rupiah;
  readonly escrows: Rupiah;
  readonly revenue: Rupiah;
  readonly outside: Rupiah;
}

/** One row that breaks a rule of the ledger. */
export interface Violation {
  /** Which rule, e.g. `WAL-3`. */
  readonly rule: string;
  /** Which row, e.g. `accounts 0198…`. */
  readonly row: string;
  readonly what: string;
}

export interface VerificationStep {
  readonly name: string;
  /** Rows examined. */
  readonly rows: number;
  readonly violations: readonly Violation[];
}

/** Reads the whole ledger to prove it (WAL-8). At most 10 violations are named per step. */
export interface LedgerReader {
  trialBalance(): Promise<TrialBalance>;
  /** Runs every check, one after the other on one consistent snapshot; yields each as it ends. */
  verify(): AsyncIterable<VerificationStep>;
}
