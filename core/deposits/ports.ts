import type { DepositId, Page, PageRequest, UserId } from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import type { Deposit, DepositCase } from './deposit.ts';

export interface DepositRepo {
  add(deposit: Deposit): Promise<void>;
  find(id: DepositId): Promise<Deposit | undefined>;
  /** Locks and reads a deposit. */
  lock(id: DepositId): Promise<Deposit | undefined>;
  /** Replaces the status with its time, decider, amount and reason. */
  save(deposit: Deposit): Promise<void>;
  pendingOf(user: UserId): Promise<readonly Deposit[]>;
  /**
   * Whether this person has sent this file before, for a deposit that they did not cancel (equal
   * bytes or equal channel id; DEP-3).
   */
  hasSent(user: UserId, file: ReceivedFile): Promise<boolean>;
}

export interface DepositDesk {
  /** Pending ones. */
  count(): Promise<number>;
  /** Oldest first. */
  waiting(page: PageRequest): Promise<Page<DepositCase>>;
  /** The oldest pending one of anybody but this admin (ACC-7), not among `skipped`. */
  next(admin: UserId, skipped: readonly DepositId[]): Promise<DepositCase | undefined>;
  case(id: DepositId): Promise<DepositCase | undefined>;
}
