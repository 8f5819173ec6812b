import { refusing, type Language, type OwnRole, type Role, type UserId } from '../kernel/index.ts';
import type { Permission } from './permission.ts';

export type { Language, OwnRole, Role } from '../kernel/index.ts';

export type Standing =
  | { readonly status: 'active' }
  | {
      readonly status: 'suspended';
      readonly suspension: { readonly reason: string; readonly by: string; readonly at: Date };
    };

export type User = Standing & {
  readonly id: UserId;
  /** Telegram's number for the person; unique. */
  readonly telegramId: number;
  /** Without @; follows what Telegram says (ACC-2). */
  readonly username: string | null;
  readonly displayName: string;
  readonly language: Language;
  /** Unset until the person chooses (ACC-1). */
  readonly role: Role | null;
  /** What an admin was before the grant, restored by a revoke (ACC-4). */
  readonly formerRole: OwnRole | null;
  /** What an admin may do, in the order of `PERMISSIONS`; empty for everybody else (ADM-1). */
  readonly permissions: readonly Permission[];
  /** The version of the terms accepted last (ACC-8). */
  readonly termsVersion: number | null;
  readonly createdAt: Date;
  /** When they first did something on the last day of Jakarta on which they did; null: unknown. */
  readonly actedAt: Date | null;
  /** Set while Telegram says that messages cannot reach the person (NTF-2). */
  readonly unreachableSince: Date | null;
};

/** What stands in the way of a change of role: numbers of things still open (ACC-3). */
export interface OpenThings {
  readonly campaigns: number;
  readonly takenTasks: number;
  readonly proofsUnderReview: number;
  readonly deposits: number;
  readonly withdrawals: number;
}

export const nothingOpen = (open: OpenThings): boolean =>
  Object.values(open).every((count) => count === 0);

/** The operator's word on one Telegram id: the newest one wins over ADMIN_TELEGRAM_IDS (ACC-4). */
export interface AdminGrant {
  readonly telegramId: number;
  readonly state: 'granted' | 'revoked';
  /** What the admin may do; of a revoke: empty (ADM-1). */
  readonly permissions: readonly Permission[];
  readonly by: string;
  readonly at: Date;
}

export interface UserRefusals {
  'user.suspended': { readonly reason: string };
  'user.terms-not-accepted': null;
  'user.terms-outdated': null;
  'user.role-missing': null;
  'user.role-required': { readonly role: Role };
  'user.things-open': OpenThings;
  'user.already-admin': null;
  'user.admin-cannot-be-suspended': null;
  'user.already-suspended': null;
  'user.not-suspended': null;
  /** An admin, but without any of these rights; the operator gives them (ADM-1). */
  'user.permission-required': { readonly oneOf: readonly Permission[] };
  /** An admin without any right would be none: `admin revoke` is for that (ADM-1). */
  'user.no-permission-named': null;
  /** Nobody decides what is theirs (ACC-7). */
  'user.own': null;
  /** Rights are given to admins only (ADM-1). */
  'user.not-admin': null;
  /** The operator alone may do this (ACC-4). */
  'user.operator-required': null;
}
export const refuseUser = refusing<UserRefusals>();

export const isAdmin = (user: User): boolean => user.role === 'admin';

/** The languages we have: Indonesian unless the person's Telegram starts with `en` (ACC-1). */
export const languageOf = (code: string | undefined): Language =>
  code?.toLowerCase().startsWith('en') ? 'en' : 'id';
