import {
  refusing,
  type Rupiah,
  type Sealed,
  type TransactionId,
  type UserId,
  type WithdrawalId,
} from '../kernel/index.ts';
import type { StoredFile } from '../files/index.ts';
import { isAdmin, type User } from '../users/index.ts';

interface Claim {
  readonly by: UserId;
  readonly at: Date;
}

type Life =
  | { readonly status: 'pending'; readonly claim: Claim | null }
  | { readonly status: 'canceled'; readonly decidedAt: Date }
  | {
      readonly status: 'paid';
      readonly claim: Claim;
      readonly decidedAt: Date;
      readonly decidedBy: UserId;
      readonly reference: string | null;
      readonly receipt: StoredFile | null;
    }
  | {
      readonly status: 'rejected';
      /** Null where it waited for a second admin (ADM-2). */
      readonly claim: Claim | null;
      readonly decidedAt: Date;
      readonly decidedBy: UserId;
      readonly reason: string;
    };

/**
 * Money on its way out: `amount + fee` stands in the hold until an admin has transferred it (WDR-1,
 * WDR-2).
 */
export type Withdrawal = Life & {
  readonly id: WithdrawalId;
  readonly userId: UserId;
  readonly transactionId: TransactionId;
  readonly amount: Rupiah;
  readonly fee: Rupiah;
  /** The DANA number in E.164, sealed with context `withdrawal:<id>` (WDR-3). */
  readonly number: Sealed;
  /** Equal for equal numbers. */
  readonly numberIndex: string;
  /** `+62 ••• ••• •890`: what everybody but the owner and the claiming admin sees. */
  readonly maskedNumber: string;
  readonly flags: WithdrawalFlags;
  /** As it was asked for: too much for one admin, or of "uang top-up" (ADM-2). */
  readonly needsSecond: boolean;
  /** The first admin's word, where it needs two; stands as it is once claimed. */
  readonly endorsement: Endorsement | null;
  readonly createdAt: Date;
};

interface Endorsement {
  readonly by: UserId;
  readonly at: Date;
}

export interface WithdrawalFlags {
  /** First use of this number by this person (WDR-4). */
  readonly newNumber: boolean;
  /** More than what rewards brought: "uang top-up" (WDR-1). */
  readonly toppedUp: boolean;
}

export type WithdrawalStatus = Life['status'];

/** A withdrawal as admins see it; the whole number only to the admin who claimed it (WDR-3). */
export interface WithdrawalCase {
  readonly withdrawal: Withdrawal;
  readonly user: User;
  readonly claimedBy: User | null;
  /** Whose word stands first, where it needs two admins (ADM-2). */
  readonly endorsedBy: User | null;
  /** Who paid or rejected it; null while it waits, and where its owner canceled. */
  readonly decidedBy: User | null;
  /** Nothing was paid out to this person before it was decided, or until now where it waits. */
  readonly isFirst: boolean;
  /**
   * How many other people have ever asked for money to the same number, whatever came of it: who
   * canceled knew the number too.
   */
  readonly othersWithNumber: number;
}

/** What deciding came to; `by` is null where the owner canceled. */
export type WithdrawalResult =
  | { readonly outcome: 'paid' }
  | { readonly outcome: 'rejected' }
  | {
      readonly outcome: 'already-decided';
      readonly status: Exclude<WithdrawalStatus, 'pending'>;
      readonly by: User | null;
      readonly at: Date;
    };

export interface WithdrawalRefusals {
  'withdrawal.number-unreadable': { readonly example: string };
  'withdrawal.too-many-pending': { readonly max: number };
  'withdrawal.daily-limit': { readonly max: Rupiah; readonly left: Rupiah; readonly freesAt: Date };
  /** ACC-7. */
  'withdrawal.own': null;
  'withdrawal.not-pending': { readonly status: WithdrawalStatus };
  /** The owner cannot cancel what an admin has begun to transfer (WDR-2). */
  'withdrawal.being-processed': null;
  'withdrawal.not-claimed': null;
  'withdrawal.claimed-by-other': { readonly by: string; readonly at: Date };
  /** Another admin has to endorse it first; `others`: how many there are who may (ADM-2). */
  'withdrawal.second-admin-required': { readonly others: number };
  /** Another admin has to process it; `others`: how many there are who may (ADM-2). */
  'withdrawal.endorsed-by-you': { readonly others: number };
  'withdrawal.endorsed-by-other': { readonly by: string; readonly at: Date };
  /** One admin is enough for it. */
  'withdrawal.no-second-needed': null;
  /** There is no word of this admin to take back. */
  'withdrawal.not-endorsed': null;
}
export const refuseWithdrawal = refusing<WithdrawalRefusals>();

export type PendingWithdrawal = Extract<Withdrawal, { status: 'pending' }>;

export const requirePendingWithdrawal = (withdrawal: Withdrawal): PendingWithdrawal => {
  if (withdrawal.status !== 'pending') {
    throw refuseWithdrawal('withdrawal.not-pending', { status: withdrawal.status });
  }
  return withdrawal;
};

/** Whether this person's word counts among the admins of money now (ADM-1, ADM-2). */
export const mayHandleMoney = (user: User): boolean =>
  isAdmin(user) && user.status === 'active' && user.permissions.includes('money');

/**
 * Nobody can process it before an admin has endorsed it: none has, or who has may not any more
 * (ADM-2).
 */
export const lacksSecond = ({
  withdrawal,
  endorsedBy,
}: Pick<WithdrawalCase, 'withdrawal' | 'endorsedBy'>): boolean =>
  withdrawal.needsSecond && (endorsedBy === null || !mayHandleMoney(endorsedBy));

const MOBILE = /^(?:\+62|62|0)?(8[1-9][0-9]{7,10})$/;

/**
 * An Indonesian mobile number in any usual spelling as E.164 (`+628…`), the rule of the national
 * plan: after +62 an 8, then 8 to 11 more digits (WDR-1). Numbers copied from a phone's contacts
 * may stand between bidirectional marks.
 */
export const readMobileNumber = (text: string): string => {
  const digits = text.length > 40 ? '' : text.replaceAll(/[\s().\u202a-\u202e\u2066-\u2069-]/g, '');
  const [, national] = MOBILE.exec(digits) ?? [];
  if (national === undefined) {
    throw refuseWithdrawal('withdrawal.number-unreadable', { example: '0812 3456 7890' });
  }
  return `+62${national}`;
};

/** Shows the last three digits only (WDR-3). */
export const maskNumber = (e164: string): string =>
  `+62 ${'•'.repeat(e164.length - 6)}${e164.slice(-3)}`;
