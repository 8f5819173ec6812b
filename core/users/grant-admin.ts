import { actorName, type Actor, type Clock, type Ids, type UnitOfWork } from '../kernel/index.ts';
import { notify, type Stamps } from '../outbox/index.ts';
import { tellOwner } from '../owner/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser, requireOperator } from './access.ts';
import { areSame, PERMISSIONS, requireSome, type Permission } from './permission.ts';
import { tellRights } from './tell-rights.ts';
import { nothingOpen, refuseUser, type AdminGrant, type User } from './user.ts';

interface GrantPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface RevokeAdmin {
  readonly actor: Actor;
  readonly telegramId: number;
}

export interface GrantAdmin extends RevokeAdmin {
  /** What they may do; absent: everything (ADM-1). */
  readonly permissions?: readonly Permission[];
}

/**
 * `kept`: the word is remembered, and nobody's role changed: the id is not known yet and a grant
 * waits for its first /start, or who it names was no admin when it was revoked (ACC-4).
 */
export type GrantResult =
  { readonly outcome: 'granted' | 'revoked'; readonly user: User } | { readonly outcome: 'kept' };

/** The operator makes somebody an admin; refused while things of theirs are open (ACC-4). */
export const grantAdmin =
  (ports: GrantPorts) =>
  ({ actor, telegramId, permissions: asked = PERMISSIONS }: GrantAdmin): Promise<GrantResult> =>
    ports.unitOfWork.run(async (tx) => {
      requireOperator(actor);
      const permissions = requireSome(asked);
      const word = { actor, telegramId, state: 'granted', permissions } as const;
      const user = await rememberOf(tx, ports, word);
      if (!user) return { outcome: 'kept' };
      if (user.role === 'admin') throw refuseUser('user.already-admin');
      if (user.status === 'suspended') {
        throw refuseUser('user.suspended', { reason: user.suspension.reason });
      }
      const open = await tx.users.openThings(user.id);
      if (!nothingOpen(open)) throw refuseUser('user.things-open', open);
      return { outcome: 'granted', user: await makeAdmin(tx, ports, { user, actor, permissions }) };
    });

/**
 * The operator takes the right back; the former role returns, and the word is remembered, also when
 * there was nothing to take back yet (ACC-4).
 */
export const revokeAdmin =
  (ports: GrantPorts) =>
  ({ actor, telegramId }: RevokeAdmin): Promise<GrantResult> =>
    ports.unitOfWork.run(async (tx) => {
      requireOperator(actor);
      const word = { actor, telegramId, state: 'revoked', permissions: [] } as const;
      const user = await rememberOf(tx, ports, word);
      if (user?.role !== 'admin') return { outcome: 'kept' };
      const former: User = { ...user, role: user.formerRole, formerRole: null, permissions: [] };
      await tx.users.save(former);
      await auditRole(tx, ports, { actor, before: user, after: former });
      const news = { kind: 'admin-revoked', name: user.displayName, by: actorName(actor) } as const;
      await tellOwner(tx, ports, news);
      await notify(tx, ports, {
        to: user.id,
        notice: { kind: 'account.admin-revoked' },
        key: `role:${ports.ids.next()}`,
      });
      return { outcome: 'revoked', user: former };
    });

export interface ApplyConfiguredAdmins {
  readonly actor: Actor;
  readonly telegramIds: readonly number[];
}

/**
 * Applies ADMIN_TELEGRAM_IDS at start: each id once, ever; a revoke by the operator is remembered
 * and wins (ACC-4). Somebody with things open becomes an admin at their next message after closing
 * them.
 */
export const applyConfiguredAdmins =
  (ports: GrantPorts) =>
  ({ actor, telegramIds }: ApplyConfiguredAdmins): Promise<number> =>
    ports.unitOfWork.run(async (tx) => {
      requireOperator(actor);
      let applied = 0;
      for (const telegramId of telegramIds) {
        if (await tx.adminGrants.find(telegramId)) continue;
        const word = { actor, telegramId, state: 'granted', permissions: PERMISSIONS } as const;
        const user = await rememberOf(tx, ports, word);
        applied += 1;
        if (user) await applyGrant(tx, ports, { user, actor });
      }
      return applied;
    });

/** All active admins, oldest first, for the operator (ACC-4). */
export const listAdmins =
  ({ unitOfWork }: GrantPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<readonly User[]> =>
    unitOfWork.run((tx) => {
      requireOperator(actor);
      return tx.users.admins();
    });

/**
 * Makes an admin of somebody whom the operator has named, if that can be: under the person's lock,
 * still granted, not suspended, nothing open. Else the grant goes on waiting.
 */
export const applyGrant = async (
  tx: Tx,
  stamps: Stamps,
  { user: seen, actor }: { readonly user: User; readonly actor: Actor },
): Promise<User> => {
  const user = await lockUser(tx, seen.id);
  const grant = await tx.adminGrants.find(user.telegramId);
  const waits = user.role === 'admin' || user.status === 'suspended' || grant?.state !== 'granted';
  if (waits || !nothingOpen(await tx.users.openThings(user.id))) return user;
  return makeAdmin(tx, stamps, { user, actor, permissions: grant.permissions });
};

interface NewAdmin {
  readonly user: User;
  readonly actor: Actor;
  readonly permissions: readonly Permission[];
}

/** Gives the role, remembers the former one, tells and audits it. */
const makeAdmin = async (
  tx: Tx,
  stamps: Stamps,
  { user, actor, permissions }: NewAdmin,
): Promise<User> => {
  const formerRole = user.role === 'admin' ? user.formerRole : user.role;
  const admin: User = { ...user, role: 'admin', formerRole, permissions };
  await tx.users.save(admin);
  await auditRole(tx, stamps, { actor, before: user, after: admin });
  await tellRights(tx, stamps, { admin, actor, kind: 'account.admin-granted' });
  return admin;
};

type Word = Omit<AdminGrant, 'by' | 'at'> & { readonly actor: Actor };

/**
 * Keeps the word, and gives whom it is about, locked: the person first, as in the global order. Who
 * was not known is looked for again: they may have come meanwhile.
 */
const rememberOf = async (tx: Tx, stamps: Stamps, word: Word): Promise<User | undefined> => {
  const user = await lockNamed(tx, word.telegramId);
  await remember(tx, stamps, word);
  return user ?? lockNamed(tx, word.telegramId);
};

const lockNamed = async (tx: Tx, telegramId: number): Promise<User | undefined> => {
  const known = await tx.users.findByTelegramId(telegramId);
  return known && lockUser(tx, known.id);
};

/** The same word said again, as after a lost reply, is no change. */
const remember = async (tx: Tx, { clock }: Stamps, word: Word): Promise<void> => {
  const { telegramId, state, permissions } = word;
  const before = await tx.adminGrants.find(telegramId);
  if (before?.state === state && areSame(before.permissions, permissions)) return;
  const at = clock.now();
  await tx.adminGrants.save({ telegramId, state, permissions, by: actorName(word.actor), at });
  await tx.audit.append({
    actor: word.actor,
    action: `admin.${state === 'granted' ? 'grant' : 'revoke'}`,
    subject: 'user',
    subjectId: `telegram:${telegramId}`,
    before: before ? { state: before.state, permissions: before.permissions } : { state: null },
    after: { state, permissions },
    at,
  });
};

/** The role, and of an admin what they may do. */
const standing = ({ role, permissions }: User) =>
  role === 'admin' ? { role, permissions } : { role };

const auditRole = (
  tx: Tx,
  { clock }: Stamps,
  change: { readonly actor: Actor; readonly before: User; readonly after: User },
): Promise<void> =>
  tx.audit.append({
    actor: change.actor,
    action: 'user.role',
    subject: 'user',
    subjectId: change.after.id,
    before: standing(change.before),
    after: standing(change.after),
    at: clock.now(),
  });
