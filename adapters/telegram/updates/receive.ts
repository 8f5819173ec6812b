import { z } from 'zod';
import type { Clock, Inbox, Json } from '../../../core/index.ts';
import { laneOf, readIncoming } from './incoming.ts';
import type { TapAnswers } from './tap-answers.ts';

export interface ReceivePorts {
  readonly botId: number;
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly clock: Clock;
  readonly answers: Pick<TapAnswers, 'expect'>;
  /** Wakes the workers of these lanes. */
  readonly onLanes: (lanes: readonly number[]) => void;
}

/** What came is no update of Telegram's: a webhook answers 400, and nothing was stored. */
export class NoUpdate extends Error {
  override readonly name = 'NoUpdate';
  /** Sent again it would be the same. */
  readonly malformed = true;
}

const batch = z.array(z.looseObject({ update_id: z.number().int() }));

/**
 * Takes a batch of updates in, from long polling or a webhook: they are stored, in one commit, when
 * it resolves; only then may Telegram hear that we have them. An update that is known already is
 * left alone, whatever its number (SEC-A8).
 */
export const receiveUpdates =
  ({ botId, inbox, clock, answers, onLanes }: ReceivePorts) =>
  async (sent: readonly unknown[]): Promise<void> => {
    const updates = batch.safeParse(sent).data;
    if (!updates) throw new NoUpdate('not an update: no whole update_id');
    if (updates.length === 0) return;
    const receivedAt = clock.now();
    for (const update of updates) {
      if (update['callback_query'] === undefined) continue; // reading it would be for nothing
      const word = readIncoming(update);
      if (word.kind === 'tap') answers.expect(word.queryId);
    }
    const lanes = await inbox.receive(
      updates.map((update) => ({
        botId,
        updateId: update.update_id,
        lane: laneOf(update),
        payload: update as unknown as Json,
        receivedAt,
      })),
    );
    onLanes(lanes);
  };

/** What stores a batch; see {@link receiveUpdates}. */
export type ReceiveUpdates = ReturnType<typeof receiveUpdates>;
