import type { Clock, Ids, UserId } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { noticeToJson, type Desk, type Notice } from './notice.ts';

/** What writing into the outbox needs beside the transaction. */
export interface Stamps {
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface Notification {
  readonly to: UserId;
  readonly notice: Notice;
  /** Names the change, so that the change is told once: `proof:<id>:approved`. */
  readonly key: string;
  readonly topic?: string;
}

/**
 * Writes a notice in the transaction of the change it tells of; it is sent after the commit
 * (NTF-2).
 */
export const notify = (
  tx: Pick<Tx, 'outbox'>,
  { clock, ids }: Stamps,
  { to, notice, key, topic }: Notification,
): Promise<void> =>
  tx.outbox.add({
    id: ids.next(),
    to,
    kind: 'notice',
    payload: noticeToJson(notice),
    dedupeKey: `${key}:${to}`,
    topic: topic ?? null,
    priority: 'notice',
    createdAt: clock.now(),
  });

/** Tells every admin how much waits on a desk; `key` names the thing that is new (NTF-1). */
export const notifyDesk = async (
  tx: Pick<Tx, 'outbox' | 'users'>,
  stamps: Stamps,
  { desk, waiting, key }: { readonly desk: Desk; readonly waiting: number; readonly key: string },
): Promise<void> => {
  for (const admin of await tx.users.admins()) {
    await notify(tx, stamps, {
      to: admin.id,
      notice: { kind: 'desk.waiting', desk, waiting },
      key,
      topic: `desk:${desk}`,
    });
  }
};
