import {
  refusing,
  type DepositId,
  type Rupiah,
  type TransactionId,
  type UserId,
} from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import type { User } from '../users/index.ts';

type Life =
  | { readonly status: 'pending' }
  | { readonly status: 'canceled'; readonly decidedAt: Date }
  | {
      readonly status: 'approved';
      readonly decidedAt: Date;
      readonly decidedBy: UserId;
      /** What really arrived, rupiah; differs from `claimed` only with a reason (DEP-2). */
      readonly credited: Rupiah;
      readonly reason: string | null;
    }
  | {
      readonly status: 'rejected';
      readonly decidedAt: Date;
      readonly decidedBy: UserId;
      readonly reason: string;
    };

/** A top-up by hand: the row exists once the transfer proof is there (DEP-1). */
export type Deposit = Life & {
  readonly id: DepositId;
  readonly userId: UserId;
  readonly transactionId: TransactionId;
  /** What the client says was transferred, rupiah. */
  readonly claimed: Rupiah;
  readonly file: ReceivedFile;
  readonly createdAt: Date;
};

export type DepositStatus = Life['status'];
type PendingDeposit = Extract<Deposit, { status: 'pending' }>;

/** An earlier deposit with the same proof file (DEP-3). */
export interface EarlierDeposit {
  readonly deposit: Deposit;
  readonly user: User;
}

/** A deposit as admins see it. */
export interface DepositCase {
  readonly deposit: Deposit;
  readonly user: User;
  /** Who approved or rejected it; null while it waits, and where its client canceled. */
  readonly decidedBy: User | null;
  /** Earlier deposits with the same file, of anybody (DEP-3). */
  readonly sameFile: number;
  /** Of these the newest first, at most three. */
  readonly earlier: readonly EarlierDeposit[];
}

/** What deciding came to; `by` is null where the client canceled. */
export type DepositResult =
  | { readonly outcome: 'approved'; readonly credited: Rupiah; readonly balance: Rupiah }
  | { readonly outcome: 'rejected' }
  | {
      readonly outcome: 'already-decided';
      readonly status: Exclude<DepositStatus, 'pending'>;
      readonly by: User | null;
      readonly at: Date;
    };

export interface DepositRefusals {
  'deposit.too-many-pending': { readonly max: number };
  'deposit.same-file': null;
  /** ACC-7. */
  'deposit.own': null;
  'deposit.not-pending': { readonly status: DepositStatus };
}
export const refuseDeposit = refusing<DepositRefusals>();

export const requirePendingDeposit = (deposit: Deposit): PendingDeposit => {
  if (deposit.status !== 'pending') {
    throw refuseDeposit('deposit.not-pending', { status: deposit.status });
  }
  return deposit;
};
