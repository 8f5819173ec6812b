import {
  actorName,
  refuseCommon,
  type Actor,
  type Clock,
  type Ids,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser, requireOperator } from './access.ts';
import { areSame, requireSome, type Permission } from './permission.ts';
import { tellRights } from './tell-rights.ts';
import { refuseUser, type User } from './user.ts';

interface PermissionPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface SetPermissions {
  readonly actor: Actor;
  readonly telegramId: number;
  /** All that the admin may do from now on; at least one. */
  readonly permissions: readonly Permission[];
}

/**
 * The operator says what an admin may do (ADM-1): told to the admin and the owner, and asked for in
 * each of their actions from the commit on. What they may do already changes nothing.
 */
export const setPermissions =
  (ports: PermissionPorts) =>
  ({ actor, telegramId, permissions: asked }: SetPermissions): Promise<User> =>
    ports.unitOfWork.run(async (tx) => {
      requireOperator(actor);
      const permissions = requireSome(asked);
      const admin = await lockAdmin(tx, telegramId);
      if (areSame(admin.permissions, permissions)) return admin;
      const changed: User = { ...admin, permissions };
      const at = ports.clock.now();
      await tx.users.save(changed);
      const grant = await tx.adminGrants.find(telegramId);
      if (grant) await tx.adminGrants.save({ ...grant, permissions, by: actorName(actor), at });
      await tx.audit.append({
        actor,
        action: 'admin.permissions',
        subject: 'user',
        subjectId: admin.id,
        before: { permissions: admin.permissions },
        after: { permissions },
        at,
      });
      await tellRights(tx, ports, { admin: changed, actor, kind: 'account.permissions' });
      return changed;
    });

const lockAdmin = async (tx: Tx, telegramId: number): Promise<User> => {
  const known = await tx.users.findByTelegramId(telegramId);
  if (!known) throw refuseCommon('not-found', { what: 'user' });
  const user = await lockUser(tx, known.id);
  if (user.role !== 'admin') throw refuseUser('user.not-admin');
  return user;
};
