import type { Clock, Ids, Permission, UserId } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { noticeToJson, type Desk, type Notice } from './notice.ts';
import type { OutboxMessage } from './ports.ts';

/** What writing into the outbox needs beside the transaction. */
export interface Stamps {
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface Notification {
  readonly to: UserId;
  readonly notice: Notice;
  /** Names the change, so that the change is told once: `proof:<id>:approved`. */
  readonly key: string;
  readonly topic?: string;
  /** Absent: at once. */
  readonly notBefore?: Date;
}

/**
 * Writes a notice in the transaction of the change it tells of; it is sent after the commit
 * (NTF-2).
 */
export const notify = (
  tx: Pick<Tx, 'outbox'>,
  stamps: Stamps,
  notification: Notification,
): Promise<void> => tx.outbox.add(noticeMessage(stamps, notification));

/** A notice as the outbox owes it. */
export const noticeMessage = (
  { clock, ids }: Stamps,
  { to, notice, key, topic, notBefore }: Notification,
): OutboxMessage => {
  const createdAt = clock.now();
  return {
    id: ids.next(),
    to,
    kind: 'notice',
    payload: noticeToJson(notice),
    dedupeKey: `${key}:${to}`,
    topic: topic ?? null,
    priority: 'notice',
    notBefore: notBefore ?? createdAt,
    createdAt,
  };
};

export interface Announcement extends Omit<Notification, 'to'> {
  /** Only those who may do this (ADM-1); absent: whoever is an admin. */
  readonly permission?: Permission;
  /** Who knows already. */
  readonly except?: UserId | undefined;
  /**
   * Whom it is for: `all` is also kept for admins who cannot be reached, and told when they come
   * back (NTF-2).
   */
  readonly admins: 'all' | 'reachable';
}

/** Writes a notice for admins, each of them. Resolves to how many. */
export const notifyAdmins = async (
  tx: Pick<Tx, 'outbox' | 'users'>,
  stamps: Stamps,
  { admins, permission, except, ...told }: Announcement,
): Promise<number> => {
  const found = await adminsFor(tx, { admins, permission, except });
  for (const to of found) await notify(tx, stamps, { ...told, to });
  return found.length;
};

interface Whom {
  readonly admins: Announcement['admins'];
  readonly permission: Permission | undefined;
  readonly except?: UserId | undefined;
}

const adminsFor = async (
  tx: Pick<Tx, 'users'>,
  { admins, permission, except }: Whom,
): Promise<readonly UserId[]> =>
  (await tx.users.admins())
    .filter(
      ({ id, unreachableSince, permissions }) =>
        id !== except &&
        (admins === 'all' || unreachableSince === null) &&
        (permission === undefined || permissions.includes(permission)),
    )
    .map(({ id }) => id);

interface DeskNews {
  readonly desk: Desk;
  /** From `crewOf`. */
  readonly crew: readonly UserId[];
  readonly waiting: number;
  /** Names the thing that is new. */
  readonly key: string;
  /** Whose doing it is. */
  readonly except?: UserId;
}

/** Who may decide on a desk (ADM-1). */
export const DESK_PERMISSIONS: Readonly<Record<Desk, Permission>> = {
  proofs: 'review',
  deposits: 'money',
  withdrawals: 'money',
};

/**
 * Who is to hear of new work on a desk, to be asked together with what else is read before it: an
 * admin who cannot be reached sees it on the home screen when they come back.
 */
export const crewOf = (tx: Pick<Tx, 'users'>, desk: Desk): Promise<readonly UserId[]> =>
  adminsFor(tx, { admins: 'reachable', permission: DESK_PERMISSIONS[desk] });

/**
 * Tells every admin of a desk how much waits on it. Told at the next full multiple of *cfg* seconds,
 * so that what comes in between is told together (NTF-1).
 */
export const notifyDesk = async (
  tx: Pick<Tx, 'outbox' | 'settings'>,
  stamps: Stamps,
  { desk, crew, waiting, key, except }: DeskNews,
): Promise<void> => {
  const { deskNoticeSeconds } = await tx.settings.current();
  const notBefore = nextFull(stamps.clock.now(), deskNoticeSeconds * 1_000);
  const notice: Notice = { kind: 'desk.waiting', desk, waiting };
  for (const to of crew) {
    if (to === except) continue;
    await notify(tx, stamps, { to, notice, key, topic: `desk:${desk}`, notBefore });
  }
};

/** The first multiple of `ms` after this moment; the moment itself where `ms` is 0. */
const nextFull = (now: Date, ms: number): Date =>
  ms === 0 ? now : new Date((Math.floor(now.getTime() / ms) + 1) * ms);
