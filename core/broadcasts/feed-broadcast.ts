import { plusMs, type Actor, type MessageId } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';
import type { Broadcast } from './broadcast.ts';
import { endIfLast } from './end-broadcast.ts';
import type { BroadcastPorts } from './show-broadcasts.ts';
import { takeBack, takeOver } from './take-over.ts';
import {
  BROADCAST_KIND,
  messageKey,
  tellProgress,
  type BroadcastMessage,
} from './tell-progress.ts';

export interface FeedBroadcast {
  /** The job, or the operator. */
  readonly actor: Actor;
  /** How many may stand in the outbox at most: some seconds' worth of the pace. */
  readonly limit: number;
}

/** How often the ordering admin is shown how far it is. */
export const PROGRESS_EVERY_MS = 5_000;

/**
 * Takes over what came of the messages that were in the outbox, and puts the next ones into it, in
 * one transaction: nobody is left out or owed two, whatever dies when (ADM-5). The last one ends the
 * broadcast. Resolves to how many outcomes and messages there were.
 */
export const feedBroadcast =
  (ports: BroadcastPorts) =>
  async ({ actor, limit }: FeedBroadcast): Promise<number> => {
    requireJob(actor);
    return ports.unitOfWork.run(async (tx) => {
      const id = await tx.broadcasts.open();
      const broadcast = id && (await tx.broadcasts.lock(id));
      if (!broadcast || broadcast.endedAt !== null) return 0;
      const moved = await move(tx, ports, { broadcast, limit });
      const after = await endIfLast(tx, ports, { broadcast, actor });
      const told = await toldOf(tx, ports, { after, moved });
      if (told !== broadcast) await tx.broadcasts.save(told);
      return moved;
    });
  };

interface Moving {
  readonly broadcast: Broadcast;
  readonly limit: number;
}

/** One that does not run gets nothing into the outbox. */
const move = async (
  tx: Tx,
  ports: BroadcastPorts,
  { broadcast, limit }: Moving,
): Promise<number> => {
  if (broadcast.status !== 'running') return takeBack(tx, broadcast, ports.clock.now());
  const { settled, left } = await takeOver(tx, broadcast);
  return settled + (await fill(tx, ports, { broadcast, room: limit - left.length }));
};

const toldOf = async (
  tx: Tx,
  ports: BroadcastPorts,
  { after, moved }: { readonly after: Broadcast; readonly moved: number },
): Promise<Broadcast> => {
  const { toldAt, endedAt } = after;
  const isDue = toldAt === null || plusMs(toldAt, PROGRESS_EVERY_MS) <= ports.clock.now();
  return endedAt !== null || (moved > 0 && isDue) ? tellProgress(tx, ports, after) : after;
};

/** Suspended people hear nothing of it: whoever was suspended since it began cannot be reached. */
const fill = async (
  tx: Tx,
  { clock, ids }: BroadcastPorts,
  { broadcast, room }: { readonly broadcast: Broadcast; readonly room: number },
): Promise<number> => {
  const { id, text, photo } = broadcast;
  const next = room > 0 ? await tx.broadcasts.waiting(id, room) : [];
  if (next.length === 0) return 0;
  const people = next.flatMap(({ userId, isSuspended }) => (isSuspended ? [] : [userId]));
  const createdAt = clock.now();
  const payload: BroadcastMessage = { text, photo };
  await tx.outbox.addMany({
    copies: people.map((to) => ({ id: ids.next<MessageId>(), to, dedupeKey: messageKey(id, to) })),
    kind: BROADCAST_KIND,
    payload: { ...payload },
    priority: 'broadcast',
    notBefore: createdAt,
    createdAt,
  });
  await tx.broadcasts.queue(
    id,
    next.map(({ userId }) => userId),
  );
  const suspended = next.filter(({ isSuspended }) => isSuspended);
  await tx.broadcasts.settle(
    id,
    suspended.map(({ userId }) => ({ userId, outcome: 'blocked' })),
  );
  return next.length;
};
