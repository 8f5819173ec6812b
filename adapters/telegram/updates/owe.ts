import type { Clock, Ids, Json, Tx, UserId, WaitingUpdate } from '../../../core/index.ts';

/** What the bot says to an update; sent after the commit, before all notices. */
export interface OwedAnswer {
  readonly to: UserId;
  readonly update: Pick<WaitingUpdate, 'botId' | 'updateId'>;
  /** How it is delivered: `screen`, `note` or `menu`. */
  readonly kind: string;
  readonly payload: Json;
  /** A newer answer on the same topic replaces one that was not sent yet. */
  readonly topic: string | null;
  /** Tells several of one kind to one update apart. */
  readonly about?: string;
}

/** Owes an answer, once however often the update is handled. */
export const owe = (
  tx: Pick<Tx, 'outbox'>,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  { to, update, kind, payload, topic, about = kind }: OwedAnswer,
): Promise<void> => {
  const now = clock.now();
  return tx.outbox.add({
    id: ids.next(),
    to,
    kind,
    payload,
    dedupeKey: `update:${update.botId}:${update.updateId}:${about}`,
    topic,
    priority: 'answer',
    notBefore: now,
    createdAt: now,
  });
};
