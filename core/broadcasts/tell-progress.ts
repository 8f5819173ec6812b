import type { Json, BroadcastId, UserId } from '../kernel/index.ts';
import { notify, type Stamps } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import type { Broadcast, BroadcastProgress } from './broadcast.ts';

/** What stands in the outbox for a recipient; the channel words it. */
export interface BroadcastMessage {
  readonly text: string;
  readonly photo: string | null;
}

/** What stands in the outbox for the ordering admin: how far it is, is looked up when it is sent. */
export interface ProgressMessage {
  readonly broadcastId: BroadcastId;
}

export const BROADCAST_KIND = 'broadcast';
export const PROGRESS_KIND = 'broadcast-progress';

/** Names a recipient's message: nobody is owed a second one while the first may go out. */
export const messageKey = (id: BroadcastId, to: UserId): string => `broadcast:${id}:${to}`;

/**
 * Owes the ordering admin a message with the progress, in place of one that still waits. Resolves to
 * the broadcast with the moment noted; the caller saves it.
 */
export const tellProgress = async (
  tx: Pick<Tx, 'outbox'>,
  { clock, ids }: Stamps,
  broadcast: Broadcast,
): Promise<Broadcast> => {
  const now = clock.now();
  const id = ids.next<Parameters<Tx['outbox']['add']>[0]['id']>();
  const payload: ProgressMessage = { broadcastId: broadcast.id };
  await tx.outbox.add({
    id,
    to: broadcast.adminId,
    kind: PROGRESS_KIND,
    payload: { ...payload } satisfies Json,
    dedupeKey: `broadcast:${broadcast.id}:progress:${id}`,
    topic: `broadcast:${broadcast.id}`,
    priority: 'notice',
    notBefore: now,
    createdAt: now,
  });
  return { ...broadcast, toldAt: now };
};

/** The ordering admin hears how it ended, and who interfered last, if that was somebody else. */
export const tellEnd = async (
  tx: Pick<Tx, 'outbox'>,
  stamps: Stamps,
  { broadcast, progress }: { readonly broadcast: Broadcast; readonly progress: BroadcastProgress },
): Promise<void> => {
  const { id, adminId, changedBy } = broadcast;
  const { sent, blocked, failed, canceled } = progress;
  for (const to of new Set([adminId, changedBy ?? adminId])) {
    await notify(tx, stamps, {
      to,
      notice: { kind: 'broadcast.done', broadcastId: id, sent, blocked, failed, canceled },
      key: `broadcast:${id}:done`,
    });
  }
};
