import { refuseCommon, type Actor, type BroadcastId } from '../kernel/index.ts';
import { requireJob } from '../users/index.ts';
import type { BroadcastPorts } from './show-broadcasts.ts';

export interface NoteBroadcastShown {
  /** Whatever carries messages out. */
  readonly actor: Actor;
  readonly broadcastId: BroadcastId;
  /** In the channel's own numbers. */
  readonly messageId: number;
}

/** Remembers which message shows the ordering admin how far it is, so that it is edited in place. */
export const noteBroadcastShown =
  ({ unitOfWork }: Pick<BroadcastPorts, 'unitOfWork'>) =>
  async ({ actor, broadcastId, messageId }: NoteBroadcastShown): Promise<void> => {
    requireJob(actor);
    await unitOfWork.run(async (tx) => {
      const broadcast = await tx.broadcasts.lock(broadcastId);
      if (!broadcast) throw refuseCommon('not-found', { what: 'broadcast' });
      await tx.broadcasts.save({ ...broadcast, shownIn: messageId });
    });
  };
