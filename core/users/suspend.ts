import {
  actorName,
  invariant,
  requireReason,
  type Actor,
  type Clock,
  type Ids,
  type UnitOfWork,
  type UserId,
} from '../kernel/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser, requireNotOwn, requirePermission } from './access.ts';
import { isAdmin, refuseUser, type User } from './user.ts';

/** What a suspension does elsewhere, brought by the features that own it (ACC-5). */
export interface SuspensionEffects {
  /** Taken tasks go back to the pool, running campaigns pause. */
  begin(tx: Tx, user: User, actor: Actor): Promise<void>;
  /** Lifts only the pauses that the suspension made. */
  end(tx: Tx, user: User, actor: Actor): Promise<void>;
}

interface SuspendPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly suspensionEffects: SuspensionEffects;
}

export interface Suspend {
  readonly actor: Actor;
  readonly userId: UserId;
  /** Required, told to the person (ACC-5). */
  readonly reason: string;
}

const requireMaySuspend = async (tx: Tx, actor: Actor): Promise<void> => {
  invariant(actor.kind !== 'system', 'no job suspends people');
  if (actor.kind === 'user') await requirePermission(tx, actor, 'users');
};

/**
 * Stops somebody: taken tasks return to the pool and campaigns pause, pending proofs, deposits and
 * withdrawals stay for a decision. An admin cannot be suspended (ACC-5), and nobody suspends
 * themselves (ACC-7).
 */
export const suspend =
  ({ unitOfWork, clock, ids, suspensionEffects }: SuspendPorts) =>
  ({ actor, userId, reason }: Suspend): Promise<User> =>
    unitOfWork.run(async (tx) => {
      await requireMaySuspend(tx, actor);
      requireNotOwn(actor, userId);
      const why = requireReason(reason);
      const user = await lockUser(tx, userId);
      if (isAdmin(user)) throw refuseUser('user.admin-cannot-be-suspended');
      if (user.status === 'suspended') throw refuseUser('user.already-suspended');
      const at = clock.now();
      const suspension = { reason: why, by: actorName(actor), at };
      const suspended: User = { ...user, status: 'suspended', suspension };
      await tx.users.save(suspended);
      await suspensionEffects.begin(tx, suspended, actor);
      await auditStatus(tx, { actor, user: suspended, before: user.status, at });
      await notify(
        tx,
        { clock, ids },
        {
          to: user.id,
          notice: { kind: 'account.suspended', reason: why },
          key: `suspension:${ids.next()}`,
        },
      );
      return suspended;
    });

export type Unsuspend = Omit<Suspend, 'reason'>;

/** Lets somebody act again, and lifts only the pauses that the suspension made (ACC-5). */
export const unsuspend =
  ({ unitOfWork, clock, ids, suspensionEffects }: SuspendPorts) =>
  ({ actor, userId }: Unsuspend): Promise<User> =>
    unitOfWork.run(async (tx) => {
      await requireMaySuspend(tx, actor);
      const user = await lockUser(tx, userId);
      if (user.status !== 'suspended') throw refuseUser('user.not-suspended');
      const { suspension: _lifted, ...rest } = user;
      const active: User = { ...rest, status: 'active' };
      await tx.users.save(active);
      await suspensionEffects.end(tx, active, actor);
      await auditStatus(tx, { actor, user: active, before: 'suspended', at: clock.now() });
      await notify(
        tx,
        { clock, ids },
        {
          to: user.id,
          notice: { kind: 'account.unsuspended' },
          key: `suspension:${ids.next()}`,
        },
      );
      return active;
    });

const auditStatus = (
  tx: Tx,
  change: {
    readonly actor: Actor;
    readonly user: User;
    readonly before: User['status'];
    readonly at: Date;
  },
): Promise<void> =>
  tx.audit.append({
    actor: change.actor,
    action: 'user.status',
    subject: 'user',
    subjectId: change.user.id,
    before: { status: change.before },
    after: { status: change.user.status },
    at: change.at,
  });
