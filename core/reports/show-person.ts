import type { SliceRequest, UnitOfWork, UserId } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { seenBy, type ShowUser, type User } from '../users/index.ts';
import type { Profile, Timeline } from './report.ts';
import { readTimeline } from './timeline.ts';

interface PersonPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export type ShowProfile = ShowUser;

export interface ShowTimeline extends ShowUser {
  readonly slice: SliceRequest;
}

const SLICE_MAX = 50;

/** A person with their record, money and open things, for admins of users or of money (ADM-3). */
export const showProfile =
  ({ unitOfWork }: PersonPorts) =>
  (asked: ShowProfile): Promise<Profile> =>
    unitOfWork.run(async (tx) => {
      const user = await seenBy(tx, asked);
      const { earned } = await tx.wallets.earnings(user.id);
      return {
        user,
        balances: await tx.wallets.balances(user.id),
        open: await tx.users.openThings(user.id),
        earned,
        ...(await tx.reports.person(user.id)),
        lastActive: user.actedAt,
        suspendedBy: await suspenderOf(tx, user),
      };
    });

/** Everything that happened to a person or that they did, newest first, for the same admins (ADM-3). */
export const showTimeline =
  ({ unitOfWork }: PersonPorts) =>
  ({ slice: { from, size }, ...asked }: ShowTimeline): Promise<Timeline> =>
    unitOfWork.run(async (tx) => {
      const user = await seenBy(tx, asked);
      const bounded = Math.min(Math.max(Math.trunc(size) || 1, 1), SLICE_MAX);
      const events = await readTimeline(tx.reports, user.id, { from, size: bounded });
      return { user, ...events };
    });

const BY_PERSON = /^user:(.+)$/;

const suspenderOf = async (tx: Tx, user: User): Promise<User | null> => {
  if (user.status !== 'suspended') return null;
  const [, id] = BY_PERSON.exec(user.suspension.by) ?? [];
  return (id === undefined ? undefined : await tx.users.find(id as UserId)) ?? null;
};
