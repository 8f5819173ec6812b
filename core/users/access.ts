import { askTogether, invariant, refuseCommon, type Actor, type UserId } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { anyOf, type Needed } from './permission.ts';
import { isAdmin, refuseUser, type Role, type User } from './user.ts';

type AccessTx = Pick<Tx, 'users' | 'settings'>;

/** The person behind the actor, whatever their standing. */
export const getUser = async (tx: Pick<Tx, 'users'>, id: UserId): Promise<User> => {
  const user = await tx.users.find(id);
  if (!user) throw refuseCommon('not-found', { what: 'user' });
  return user;
};

/** As above, locked until the transaction ends: what limits and open things are counted under. */
export const lockUser = async (tx: Pick<Tx, 'users'>, id: UserId): Promise<User> => {
  const user = await tx.users.lock(id);
  if (!user) throw refuseCommon('not-found', { what: 'user' });
  return user;
};

/** Not suspended (ACC-5), and the terms accepted in the current version (ACC-8). */
export const requireFit = async (tx: AccessTx, user: User): Promise<void> => {
  if (user.status === 'suspended') {
    throw refuseUser('user.suspended', { reason: user.suspension.reason });
  }
  const { termsVersion } = await tx.settings.current();
  if (user.termsVersion !== termsVersion) throw refuseUser('user.terms-not-accepted');
};

const requireHolds = (user: User, role: Role | undefined): void => {
  if (user.role === null) throw refuseUser('user.role-missing');
  if (role && user.role !== role) throw refuseUser('user.role-required', { role });
};

/** Whose doing it is, where only people can do it. */
export const personOf = (actor: Actor): UserId => {
  invariant(actor.kind === 'user', 'this use case is for a person, not for a job or an operator');
  return actor.id;
};

/**
 * The acting person, fit to act: known, not suspended (ACC-5), terms accepted in the current
 * version (ACC-8), in the role asked for (ACC-6).
 */
export const requireActor = async (tx: AccessTx, actor: Actor, role?: Role): Promise<User> => {
  const [user] = await askTogether([getUser(tx, personOf(actor)), tx.settings.current()]);
  await requireFit(tx, user);
  requireHolds(user, role);
  return user;
};

/** As `requireActor`, with the person's row locked: for what is limited per person. */
export const lockActor = async (tx: AccessTx, actor: Actor, role?: Role): Promise<User> => {
  const [user] = await askTogether([lockUser(tx, personOf(actor)), tx.settings.current()]);
  await requireFit(tx, user);
  requireHolds(user, role);
  return user;
};

export const requireAdmin = (tx: AccessTx, actor: Actor): Promise<User> =>
  requireActor(tx, actor, 'admin');

/** An admin to whom the operator gave this permission, or one of these (ADM-1). */
export const requirePermission = async (
  tx: AccessTx,
  actor: Actor,
  needed: Needed,
): Promise<User> => {
  const [admin] = await askTogether([tx.users.find(personOf(actor)), tx.settings.current()]);
  return requirePermitted(tx, admin, needed);
};

/** As `requirePermission`, of a person who was read already; undefined: there is none. */
export const requirePermitted = async (
  tx: AccessTx,
  admin: User | undefined,
  needed: Needed,
): Promise<User> => {
  if (!admin) throw refuseCommon('not-found', { what: 'user' });
  await requireFit(tx, admin);
  requireHolds(admin, 'admin');
  requireMay(admin, needed);
  return admin;
};

/** Whether somebody was given this permission, or one of these (ADM-1). */
export const isPermitted = ({ permissions }: Pick<User, 'permissions'>, needed: Needed): boolean =>
  anyOf(needed).some((permission) => permissions.includes(permission));

/** As `requirePermission`, of an admin who is known already. */
export const requireMay = (admin: User, needed: Needed): void => {
  if (!isPermitted(admin, needed)) {
    throw refuseUser('user.permission-required', { oneOf: anyOf(needed) });
  }
};

/** Nobody decides what is theirs (ACC-7). */
export const requireNotOwn = (actor: Actor, userId: UserId): void => {
  if (actor.kind === 'user' && actor.id === userId) throw refuseUser('user.own');
};

/**
 * The owner themselves or an admin; anybody else reads "not found", as for what does not exist
 * (SEC-2).
 */
export const requireOwnerOrAdmin = async (
  tx: AccessTx,
  actor: Actor,
  { owner, what }: { readonly owner: UserId; readonly what: string },
): Promise<User> => {
  const user = await requireActor(tx, actor);
  if (user.id !== owner && !isAdmin(user)) throw refuseCommon('not-found', { what });
  return user;
};

/** Commands that only the operator has (ACC-4). */
export const requireOperator = (actor: Actor): void => {
  if (actor.kind !== 'operator') throw refuseUser('user.operator-required');
};

/** What jobs do by themselves and the operator may do by hand, but nobody else (ACC-6). */
export const requireJob = (actor: Actor): void => {
  if (actor.kind === 'user') throw refuseUser('user.operator-required');
};
