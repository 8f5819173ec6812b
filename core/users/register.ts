import {
  asSystem,
  oneLine,
  startOfWibDay,
  type Clock,
  type Ids,
  type UnitOfWork,
  type UserId,
} from '../kernel/index.ts';
import type { Stamps } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { applyGrant } from './grant-admin.ts';
import { tellMissed } from './note-reach.ts';
import { languageOf, type User } from './user.ts';

interface RegisterPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What the channel says of the person. */
export interface Register {
  readonly telegramId: number;
  readonly username: string | null;
  readonly displayName: string;
  readonly languageCode: string | undefined;
}

export interface Registered {
  readonly user: User;
  readonly isNew: boolean;
  /** The person has still to accept the terms in their current version (ACC-8). */
  readonly termsDue: boolean;
}

/**
 * Makes an unknown person a user, and follows the name of a known one (ACC-1, ACC-2). A kept grant
 * makes an admin of them. Somebody who writes is reachable again and hears of what was dropped
 * meanwhile (NTF-2).
 */
export const register =
  ({ unitOfWork, clock, ids }: RegisterPorts) =>
  (person: Register): Promise<Registered> =>
    unitOfWork.run(async (tx) => {
      const stamps = { clock, ids };
      const known = await tx.users.findByTelegramId(person.telegramId);
      const { stored, isNew } = known
        ? { stored: known, isNew: false }
        : await addUser(tx, stamps, person);
      const user = await granted(tx, stamps, await followed(tx, stamps, { user: stored, person }));
      const acted = await noteActive(tx, user, clock.now());
      const { termsVersion } = await tx.settings.current();
      return { user: acted, isNew, termsDue: user.termsVersion !== termsVersion };
    });

/** What is known of somebody when they write. */
export interface Known {
  readonly user: User;
  /** The operator wants them to be an admin, and they are none yet. */
  readonly isGranted: boolean;
}

/** The moment, and the terms that count at it. */
export interface Today {
  readonly now: Date;
  readonly termsVersion: number;
}

/** As `register` resolves for somebody of whom it would write nothing; else undefined. */
export const recognize = (
  { user, isGranted }: Known,
  person: Register,
  { now, termsVersion }: Today,
): Registered | undefined =>
  isGranted || !isFollowed(user, person) || !hasActed(user, now)
    ? undefined
    : { user, isNew: false, termsDue: user.termsVersion !== termsVersion };

const namesOf = ({ username, displayName }: Register) => ({
  username: username === null ? null : oneLine(username, 32),
  displayName: oneLine(displayName, 64) || 'Tanpa nama',
});

/** Of two first messages at once the second finds the user whom the first one made. */
const addUser = async (
  tx: Tx,
  { clock, ids }: Stamps,
  person: Register,
): Promise<{ readonly stored: User; readonly isNew: boolean }> => {
  const id = ids.next<UserId>();
  const stored = await tx.users.add({
    id,
    telegramId: person.telegramId,
    ...namesOf(person),
    language: languageOf(person.languageCode),
    role: null,
    formerRole: null,
    permissions: [],
    termsVersion: null,
    status: 'active',
    createdAt: clock.now(),
    actedAt: null,
    unreachableSince: null,
  });
  if (stored.id !== id) return { stored, isNew: false };
  await tx.audit.append({
    actor: asSystem('register'),
    action: 'user.register',
    subject: 'user',
    subjectId: id,
    before: null,
    after: { status: stored.status },
    at: clock.now(),
  });
  return { stored, isNew: true };
};

const hasActed = ({ actedAt }: User, at: Date): boolean =>
  actedAt !== null && actedAt >= startOfWibDay(at);

/** Once a day of Jakarta, so that most updates cost nothing (RPT-1). */
const noteActive = async (tx: Tx, user: User, at: Date): Promise<User> => {
  if (hasActed(user, at)) return user;
  await tx.dayBook.noteActive(user.id, at);
  return { ...user, actedAt: at };
};

/** Whether they can be reached, under the names that we have. */
const isFollowed = (user: User, person: Register): boolean => {
  const { username, displayName } = namesOf(person);
  const same = user.username === username && user.displayName === displayName;
  return same && user.unreachableSince === null;
};

const followed = async (
  tx: Tx,
  stamps: Stamps,
  { user, person }: { readonly user: User; readonly person: Register },
): Promise<User> => {
  if (isFollowed(user, person)) return user;
  const names = namesOf(person);
  const locked = (await tx.users.lock(user.id)) ?? user;
  const current = { ...locked, ...names, unreachableSince: null };
  await tx.users.save(current);
  await tellMissed(tx, stamps, locked);
  return current;
};

/**
 * The operator's word, given before the person was known or while things of theirs were open
 * (ACC-4).
 */
const granted = async (tx: Tx, stamps: Stamps, user: User): Promise<User> => {
  if (user.role === 'admin') return user;
  const grant = await tx.adminGrants.find(user.telegramId);
  if (grant?.state !== 'granted') return user;
  return applyGrant(tx, stamps, { user, actor: asSystem('admin-grant') });
};
