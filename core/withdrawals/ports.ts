import type { Page, PageRequest, Rupiah, UserId, WithdrawalId } from '../kernel/index.ts';
import type { Withdrawal, WithdrawalCase } from './withdrawal.ts';

/** What a user has asked for, for the limits of WDR-4 (canceled and rejected not counted). */
export interface WithdrawalLoad {
  readonly pending: number;
  /** Sum of amounts asked for since the given moment. */
  readonly askedSince: Rupiah;
}

export interface WithdrawalRepo {
  add(withdrawal: Withdrawal): Promise<void>;
  find(id: WithdrawalId): Promise<Withdrawal | undefined>;
  /** Locks and reads a withdrawal. */
  lock(id: WithdrawalId): Promise<Withdrawal | undefined>;
  /** Replaces status, claim, endorsement, decision, reference and receipt. */
  save(withdrawal: Withdrawal): Promise<void>;
  load(user: UserId, since: Date): Promise<WithdrawalLoad>;
  /** Whether money of this person went to this number before, or waits to go (blind index). */
  hasUsed(user: UserId, numberIndex: string): Promise<boolean>;
  pendingOf(user: UserId): Promise<readonly Withdrawal[]>;
}

export interface WithdrawalDesk {
  /** Pending ones, claimed or not. */
  count(): Promise<number>;
  /** When the oldest of them was asked for; null where there is none. */
  oldest(): Promise<Date | null>;
  /**
   * Pending ones that nobody or this admin has claimed: this admin's own claims first, then oldest
   * first (WDR-2).
   */
  waiting(admin: UserId, page: PageRequest): Promise<Page<WithdrawalCase>>;
  /**
   * The first that waits for this admin, in the order of `waiting`, that neither is their own nor
   * among those skipped; never one that they have endorsed (ADM-2).
   */
  next(admin: UserId, skipped: readonly WithdrawalId[]): Promise<WithdrawalCase | undefined>;
  /** Pending ones that other admins have claimed, oldest claim first. */
  claimedByOthers(admin: UserId, page: PageRequest): Promise<Page<WithdrawalCase>>;
  case(id: WithdrawalId): Promise<WithdrawalCase | undefined>;
}
