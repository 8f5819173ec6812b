import type { UserId } from '../kernel/index.ts';
import type { Fate } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import type { Broadcast, RecipientOutcome } from './broadcast.ts';
import type { Outcome } from './ports.ts';
import { messageKey } from './tell-progress.ts';

/** What the outbox has forgotten was settled long ago, and nobody knows any more how. */
const OUTCOMES: Readonly<Record<Exclude<Fate, 'open'> | 'forgotten', RecipientOutcome>> = {
  sent: 'sent',
  dropped: 'blocked',
  failed: 'failed',
  replaced: 'failed',
  forgotten: 'failed',
};

/**
 * Notes what came of the messages that were in the outbox, under the broadcast's lock. Resolves to
 * how many that were, and to whose are still in it.
 */
export const takeOver = async (
  tx: Tx,
  { id }: Broadcast,
): Promise<{ readonly settled: number; readonly left: readonly UserId[] }> => {
  const queued = await tx.broadcasts.queued(id);
  const fates = await tx.outbox.fates(queued.map((to) => messageKey(id, to)));
  const outcomes = queued.flatMap((userId): readonly Outcome[] => {
    const fate = fates.get(messageKey(id, userId)) ?? 'forgotten';
    return fate === 'open' ? [] : [{ userId, outcome: OUTCOMES[fate] }];
  });
  await tx.broadcasts.settle(id, outcomes);
  const over = new Set(outcomes.map(({ userId }) => userId));
  return { settled: outcomes.length, left: queued.filter((one) => !over.has(one)) };
};

/**
 * The same for one that does not run: what waits in the outbox is taken back as well, also what
 * Telegram has put off meanwhile, and waits for the resume or, after a cancel, is left out. What is on
 * its way goes out. Resolves to how many outcomes there were.
 */
export const takeBack = async (tx: Tx, broadcast: Broadcast, at: Date): Promise<number> => {
  const { id, status } = broadcast;
  const { settled, left } = await takeOver(tx, broadcast);
  if (left.length > 0) {
    const keys = left.map((to) => messageKey(id, to));
    const recalled = new Set(await tx.outbox.recall(keys, at));
    const people = left.filter((to) => recalled.has(messageKey(id, to)));
    await tx.broadcasts.unqueue(id, people);
  }
  if (status === 'canceled') await tx.broadcasts.cancelWaiting(id);
  return settled;
};
