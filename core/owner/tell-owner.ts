import type { Actor, Clock, Ids, OwnerNoticeId, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { OwnerNews, OwnerNotice } from './owner-notice.ts';

/** Writes what the owner is to hear in the transaction of what it tells of. */
export const tellOwner = (
  tx: Pick<Tx, 'ownerNotices'>,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  news: OwnerNews,
): Promise<void> => tx.ownerNotices.add({ id: ids.next(), news, at: clock.now() });

export interface OwnerPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  /** Refuses whoever is neither a job nor the operator (ACC-6). */
  readonly requireJob: (actor: Actor) => void;
}

/** At once; the next minute tells more. */
const TOLD_AT_MOST = 20;

/** What the owner has not heard and is not older than seven days: tell them, then note it. */
export const untold =
  ({ unitOfWork, clock, requireJob }: OwnerPorts) =>
  async ({ actor }: { readonly actor: Actor }): Promise<readonly OwnerNotice[]> => {
    requireJob(actor);
    return unitOfWork.run((tx) => tx.ownerNotices.untold(clock.now(), TOLD_AT_MOST));
  };

export interface NoteTold {
  readonly actor: Actor;
  readonly id: OwnerNoticeId;
}

/** The owner has heard: at least once, since a crash before this has them told again (NTF-2). */
export const noteTold =
  ({ unitOfWork, clock, requireJob }: OwnerPorts) =>
  async ({ actor, id }: NoteTold): Promise<void> => {
    requireJob(actor);
    await unitOfWork.run((tx) => tx.ownerNotices.markTold(id, clock.now()));
  };
