import type { Actor, Clock, Ids, UnitOfWork } from '../kernel/index.ts';
import { notify, notifyAdmins } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';

export interface ParkUpdate {
  readonly actor: Actor;
  readonly botId: number;
  readonly updateId: number;
  /** Whose word it was, as the channel knows them. */
  readonly telegramId: number;
  /** What went wrong, without secrets and personal data: an admin reads it. */
  readonly error: string;
}

export interface UpdateParked {
  /** False where it no longer waited: somebody else has handled or parked it. */
  readonly parked: boolean;
  /** Whether the person hears of it; not where they are no user yet. */
  readonly told: boolean;
}

/**
 * Gives an update up for good, so that its lane goes on: every admin hears of each one, and the
 * person gets an apology.
 */
export const parkUpdate =
  (ports: { readonly unitOfWork: UnitOfWork<Tx>; readonly clock: Clock; readonly ids: Ids }) =>
  ({ actor, botId, updateId, telegramId, error }: ParkUpdate): Promise<UpdateParked> =>
    ports.unitOfWork.run(async (tx) => {
      requireJob(actor);
      const at = ports.clock.now();
      if (!(await tx.inbox.park({ botId, updateId, error, at }))) {
        return { parked: false, told: false };
      }
      const key = `update:${botId}:${updateId}`;
      await notifyAdmins(tx, ports, {
        admins: 'all',
        notice: { kind: 'update.parked', updateId },
        key: `${key}:parked`,
      });
      const person = await tx.users.findByTelegramId(telegramId);
      if (!person) return { parked: true, told: false };
      const notice = { kind: 'update.failed' } as const;
      await notify(tx, ports, { to: person.id, notice, key: `${key}:failed` });
      return { parked: true, told: true };
    });
