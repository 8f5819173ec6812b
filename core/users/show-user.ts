import type { Actor, UnitOfWork, UserId } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, requirePermission } from './access.ts';
import { TO_SEE_PEOPLE } from './permission.ts';
import type { User } from './user.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ShowUser {
  readonly actor: Actor;
  readonly userId: UserId;
}

/** Who somebody is, without what they did, for admins of users or of money (ADM-3). */
export const showUser =
  ({ unitOfWork }: ShowPorts) =>
  (asked: ShowUser): Promise<User> =>
    unitOfWork.run((tx) => seenBy(tx, asked));

/** The same, within a transaction. */
export const seenBy = async (tx: Tx, { actor, userId }: ShowUser): Promise<User> => {
  await requirePermission(tx, actor, TO_SEE_PEOPLE);
  return getUser(tx, userId);
};
