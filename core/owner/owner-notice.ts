import type { Audience, OwnerNoticeId, Rupiah } from '../kernel/index.ts';
import type { Permission } from '../users/index.ts';

/**
 * What the owner hears of beside the admins, since it is in the admins' and operators' hands (ADM-1,
 * ADM-4, ADM-5, WAL-10, WAL-12). States, not orders: hearing one twice does no harm.
 */
export type OwnerNews =
  | {
      readonly kind: 'revenue-paid-out';
      readonly amount: Rupiah;
      readonly left: Rupiah;
      readonly by: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'admin-granted';
      readonly name: string;
      readonly permissions: readonly Permission[];
      readonly by: string;
    }
  | { readonly kind: 'admin-revoked'; readonly name: string; readonly by: string }
  /** Signed: below zero it was taken. */
  | {
      readonly kind: 'wallet-adjusted';
      readonly name: string;
      readonly amount: Rupiah;
      readonly side: 'cash' | 'revenue';
      readonly by: string;
      readonly reason: string;
    }
  /** A setting that moves money or trust: where top-ups go, fees, limits, the terms. */
  | {
      readonly kind: 'setting-changed';
      readonly key: string;
      /** As it could be typed, cut; null: it is too long for that, or not typed in one go. */
      readonly value: string | null;
      readonly by: string;
    }
  /** Whoever may write to everybody could name an account of their own to pay into. */
  | {
      readonly kind: 'broadcast-started';
      readonly audience: Audience;
      readonly recipients: number;
      /** How it begins. */
      readonly text: string;
      readonly by: string;
    };

/** Characters of a text that the owner is shown. */
export const NEWS_TEXT_MAX = 300;

/** A chat that nobody could write to over a long weekend still hears of it. */
export const NEWS_DAYS = 7;

export interface OwnerNotice {
  readonly id: OwnerNoticeId;
  readonly news: OwnerNews;
  readonly at: Date;
}

/** What the owner is yet to hear, written in the transaction of what it tells of. */
export interface OwnerNotices {
  add(notice: OwnerNotice): Promise<void>;
  /** Not told yet and not older than `NEWS_DAYS`, oldest first. */
  untold(now: Date, limit: number): Promise<readonly OwnerNotice[]>;
  /** Once; what was told before, or is not there, stays as it is. */
  markTold(id: OwnerNoticeId, at: Date): Promise<void>;
  /** The newest day of Jakarta up to this one of which the daily report was told; null: none was. */
  lastReport(upTo: Date): Promise<Date | null>;
  /** Notes that the daily report of this day was told; again changes nothing. */
  noteReport(day: Date, at: Date): Promise<void>;
}
