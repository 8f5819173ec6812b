import type { Tx, UnitOfWork, WaitingUpdate } from '../../core/index.ts';

/** The update at the head of a lane, as it is stored, if its time has come; nothing happens to it. */
export const waitingIn = (
  { unitOfWork }: { readonly unitOfWork: UnitOfWork<Tx> },
  { botId, lane }: Pick<WaitingUpdate, 'botId' | 'lane'>,
  now: Date,
): Promise<WaitingUpdate | undefined> =>
  unitOfWork.run(async (tx) => {
    const taken = await tx.inbox.take(botId, lane, now);
    if (taken === 'in-hand') throw new Error('somebody has the lane in hand');
    if (!taken) return undefined;
    const { updateId, payload, receivedAt, tries, prepared } = taken;
    return { botId, updateId, lane, payload, receivedAt, tries, prepared };
  });
