import { invariant, type Actor, type Clock, type UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser, requireFit } from './access.ts';
import { nothingOpen, refuseUser, type OwnRole, type User } from './user.ts';

interface RolePorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

export interface ChooseRole {
  readonly actor: Actor;
  readonly role: OwnRole;
}

/**
 * A person becomes client or worker, or changes between them while nothing of theirs is open; an
 * admin cannot (ACC-3, ACC-4). Choosing the role one has changes nothing.
 */
export const chooseRole =
  ({ unitOfWork, clock }: RolePorts) =>
  ({ actor, role }: ChooseRole): Promise<User> =>
    unitOfWork.run(async (tx) => {
      invariant(actor.kind === 'user', 'a role is chosen by a person');
      const user = await lockUser(tx, actor.id);
      await requireFit(tx, user);
      return auditedRole(tx, { actor, user, role, at: clock.now() });
    });

/**
 * Gives the locked person the role; refused to admins and while things of theirs are open. The role
 * that they have gives back the very same user.
 */
export const auditedRole = async (
  tx: Tx,
  change: {
    readonly actor: Actor;
    readonly user: User;
    readonly role: OwnRole;
    readonly at: Date;
  },
): Promise<User> => {
  const { actor, user, role, at } = change;
  if (user.role === 'admin') throw refuseUser('user.already-admin');
  if (user.role === role) return user;
  const open = await tx.users.openThings(user.id);
  if (!nothingOpen(open)) throw refuseUser('user.things-open', open);
  const changed: User = { ...user, role };
  await tx.users.save(changed);
  await tx.audit.append({
    actor,
    action: 'user.role',
    subject: 'user',
    subjectId: user.id,
    before: { role: user.role },
    after: { role },
    at,
  });
  return changed;
};
