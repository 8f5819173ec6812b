import type { Actor, Clock, Ids, UnitOfWork, UserId } from '../kernel/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser, requireNotOwn, requirePermission } from './access.ts';
import { auditedRole } from './choose-role.ts';
import type { OwnRole, User } from './user.ts';

interface RolePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface ChangeRole {
  readonly actor: Actor;
  readonly userId: UserId;
  readonly role: OwnRole;
}

/**
 * An admin makes somebody client or worker, as they could themselves: while nothing of theirs is
 * open, and no admin (ADM-3, ACC-3, ACC-4). The person hears of it; the role that they have changes
 * nothing.
 */
export const changeRole =
  ({ unitOfWork, clock, ids }: RolePorts) =>
  ({ actor, userId, role }: ChangeRole): Promise<User> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'users');
      requireNotOwn(actor, userId);
      const user = await lockUser(tx, userId);
      const changed = await auditedRole(tx, { actor, user, role, at: clock.now() });
      if (changed !== user) {
        await notify(
          tx,
          { clock, ids },
          { to: user.id, notice: { kind: 'account.role', role }, key: `role:${ids.next()}` },
        );
      }
      return changed;
    });
