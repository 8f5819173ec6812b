import { actorName, type Actor, type Clock, type Ids, type UnitOfWork } from '../kernel/index.ts';
import { notify, type Stamps } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser, requireOperator } from './access.ts';
import { nothingOpen, refuseUser, type User } from './user.ts';

interface GrantPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface GrantAdmin {
  readonly actor: Actor;
  readonly telegramId: number;
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
  ({ actor, telegramId }: GrantAdmin): Promise<GrantResult> =>
    ports.unitOfWork.run(async (tx) => {
      requireOperator(actor);
      await remember(tx, ports, { actor, telegramId, state: 'granted' });
      const known = await tx.users.findByTelegramId(telegramId);
      if (!known) return { outcome: 'kept' };
      const user = (await tx.users.lock(known.id)) ?? known;
      if (user.role === 'admin') throw refuseUser('user.already-admin');
      if (user.status === 'suspended') {
        throw refuseUser('user.suspended', { reason: user.suspension.reason });
      }
      const open = await tx.users.openThings(user.id);
      if (!nothingOpen(open)) throw refuseUser('user.things-open', open);
      return { outcome: 'granted', user: await makeAdmin(tx, ports, { user, actor }) };
    });

/**
 * The operator takes the right back; the former role returns, and the word is remembered, also when
 * there was nothing to take back yet (ACC-4).
 */
export const revokeAdmin =
  (ports: GrantPorts) =>
  ({ actor, telegramId }: GrantAdmin): Promise<GrantResult> =>
    ports.unitOfWork.run(async (tx) => {
      requireOperator(actor);
      await remember(tx, ports, { actor, telegramId, state: 'revoked' });
      const known = await tx.users.findByTelegramId(telegramId);
      if (!known) return { outcome: 'kept' };
      const user = (await tx.users.lock(known.id)) ?? known;
      if (user.role !== 'admin') return { outcome: 'kept' };
      const former: User = { ...user, role: user.formerRole, formerRole: null };
      await tx.users.save(former);
      await auditRole(tx, ports, { actor, before: user, after: former });
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
        await remember(tx, ports, { actor, telegramId, state: 'granted' });
        applied += 1;
        const user = await tx.users.findByTelegramId(telegramId);
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
  return makeAdmin(tx, stamps, { user, actor });
};

/** Gives the role, remembers the former one, tells and audits it. */
const makeAdmin = async (
  tx: Tx,
  stamps: Stamps,
  { user, actor }: { readonly user: User; readonly actor: Actor },
): Promise<User> => {
  const formerRole = user.role === 'admin' ? user.formerRole : user.role;
  const admin: User = { ...user, role: 'admin', formerRole };
  await tx.users.save(admin);
  await auditRole(tx, stamps, { actor, before: user, after: admin });
  await notify(tx, stamps, {
    to: user.id,
    notice: { kind: 'account.admin-granted' },
    key: `role:${stamps.ids.next()}`,
  });
  return admin;
};

/** The same word said again, as after a lost reply, is no change. */
const remember = async (
  tx: Tx,
  { clock }: Stamps,
  word: GrantAdmin & { readonly state: 'granted' | 'revoked' },
): Promise<void> => {
  const { telegramId, state } = word;
  const before = await tx.adminGrants.find(telegramId);
  if (before?.state === state) return;
  const at = clock.now();
  await tx.adminGrants.save({ telegramId, state, by: actorName(word.actor), at });
  await tx.audit.append({
    actor: word.actor,
    action: `admin.${state === 'granted' ? 'grant' : 'revoke'}`,
    subject: 'user',
    subjectId: `telegram:${telegramId}`,
    before: { state: before?.state ?? null },
    after: { state },
    at,
  });
};

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
    before: { role: change.before.role },
    after: { role: change.after.role },
    at: clock.now(),
  });
