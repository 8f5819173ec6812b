import { actorName, type Actor } from '../kernel/index.ts';
import { notify, type Stamps } from '../outbox/index.ts';
import { tellOwner } from '../owner/index.ts';
import type { Tx } from '../ports.ts';
import type { User } from './user.ts';

interface Given {
  /** With the rights they have now. */
  readonly admin: User;
  readonly actor: Actor;
  readonly kind: 'account.admin-granted' | 'account.permissions';
}

/** The admin and the owner hear what the admin may do from now on (ADM-1). */
export const tellRights = async (
  tx: Tx,
  stamps: Stamps,
  { admin, actor, kind }: Given,
): Promise<void> => {
  const { displayName: name, permissions } = admin;
  const by = actorName(actor);
  await tellOwner(tx, stamps, { kind: 'admin-granted', name, permissions, by });
  const notice = { kind, permissions };
  await notify(tx, stamps, { to: admin.id, notice, key: `role:${stamps.ids.next()}` });
};
