import type {
  IdempotencyKey,
  Page,
  PageRequest,
  Rupiah,
  TransactionId,
  UserId,
  VerificationProgress,
  Violation,
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

export type { VerificationProgress, Violation } from '../kernel/index.ts';

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

/** What rewards brought on one day of Jakarta, less what reversals took back, rupiah. */
export interface EarningsDay {
  /** When the day began. */
  readonly day: Date;
  readonly earned: Rupiah;
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
   * wallet, hold or escrow would fall below zero, and `freeze.in-force` where it pays while a freeze
   * is in force (WAL-13), and posts nothing.
   */
  post(transaction: NewTransaction): Promise<WalletTransaction>;
  /**
   * Posts several of one actor and moment as `post` does, in one go, all of them or none; resolves to
   * them in their order. Balances are locked in the one global order, so those who cross each other
   * wait, and do not deadlock.
   */
  postAll(transactions: readonly NewTransaction[]): Promise<readonly WalletTransaction[]>;
  /**
   * Takes a pending transaction out of `pending`, with its closing postings, exactly once; refuses
   * `wallet.already-decided`, and `freeze.in-force` as above.
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
  /** Whether a transaction stands in this user's history. */
  isInHistory(user: UserId, id: TransactionId): Promise<boolean>;
  earnings(user: UserId): Promise<Earnings>;
  /**
   * Rewards received and what reversals took back, by the day of Jakarta on which it happened,
   * since the beginning of the given one, oldest first; days without any are left out.
   */
  earningsByDay(user: UserId, since: Date): Promise<readonly EarningsDay[]>;
}

/** Sums by kind of account; their total is always 0 (WAL-2). */
export interface TrialBalance {
  readonly wallets: Rupiah;
  readonly holds: Rupiah;
  readonly escrows: Rupiah;
  readonly revenue: Rupiah;
  readonly outside: Rupiah;
}

export interface VerificationStep {
  readonly name: string;
  /** Rows examined. */
  readonly rows: number;
  /** How many rows break the rule. */
  readonly broken: number;
  /** The first of them, 10 at most. */
  readonly violations: readonly Violation[];
}

/** Up to where the ledger was checked: opaque text, for `verifyRecent` only. */
export type LedgerMark = string & { readonly [markBrand]: true };
declare const markBrand: unique symbol;

/** What was checked of the ledger's newest part, and where the next time begins. */
export interface RecentVerification {
  readonly steps: readonly VerificationStep[];
  readonly mark: LedgerMark;
}

/** An account with what people know it by. */
export interface NamedAccount {
  readonly account: Account;
  /** The display name of whoever owns the wallet or hold; null for other accounts. */
  readonly owner: string | null;
  /** Whose escrow it is; null for other accounts. */
  readonly campaign: CampaignLabel | null;
}

/** What an account holds, rupiah; below zero only for the outside world. */
export interface AccountBalance extends NamedAccount {
  readonly balance: Rupiah;
}

/** One posting with what it was for. */
export interface PostingLine {
  /** Opaque, unique. */
  readonly id: string;
  readonly type: TransactionType;
  readonly from: NamedAccount;
  readonly to: NamedAccount;
  /** Rupiah, > 0. */
  readonly amount: Rupiah;
  readonly at: Date;
}

/** How much of the ledger to show. */
export interface ExcerptSize {
  /** Beside revenue and the outside world, which are always there. */
  readonly accounts: number;
  readonly postings: number;
}

/** The part of the ledger that a person can take in, all of it as it stood at one moment. */
export interface LedgerExcerpt {
  readonly accounts: readonly AccountBalance[];
  /** Of all accounts, those not shown included: 0 in sound books (WAL-2). */
  readonly sum: Rupiah;
  /** The newest first. */
  readonly postings: readonly PostingLine[];
}

/** Reads the ledger to show and to prove it (WAL-2, WAL-8). */
export interface LedgerReader {
  trialBalance(): Promise<TrialBalance>;
  /**
   * Outside world and revenue first, then the accounts with the most money; those without any are
   * left out, wallets apart. Reads of postings only the ones shown and what the sums of outside
   * world and revenue need.
   */
  excerpt(size: ExcerptSize): Promise<LedgerExcerpt>;
  /**
   * Runs every check over the whole history, one after the other on one consistent snapshot, in
   * constant memory; yields each as it ends.
   */
  verify(onProgress?: (progress: VerificationProgress) => void): AsyncIterable<VerificationStep>;
  /**
   * Runs the same checks on all that was written since the mark and on what it belongs to: whole
   * accounts, transactions, campaigns, proofs. What was written while the last check ran is not
   * missed. No mark: the last day.
   */
  verifyRecent(since: LedgerMark | null): Promise<RecentVerification>;
}
