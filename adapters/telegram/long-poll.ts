import { setTimeout as sleep } from 'node:timers/promises';
import { TelegramError, type Telegram } from 'telegraf';
import { z } from 'zod';
import type { Clock, Inbox, Json } from '../../core/index.ts';
import { laneOf } from './incoming.ts';

const POLL_SECONDS = 25;
const BATCH_MAX = 100;
const BACKOFF_MAX_MS = 30_000;
/** What the bot hears of; always sent, because Telegram remembers the last list. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

export interface LongPollPorts {
  readonly botId: number;
  readonly telegram: Telegram;
  readonly inbox: Inbox;
  readonly clock: Clock;
  /** Wakes the workers of these lanes. */
  readonly onLanes: (lanes: readonly number[]) => void;
  readonly onTrouble: (trouble: { readonly what: string; readonly retryInMs: number }) => void;
}

const batch = z.array(z.looseObject({ update_id: z.number().int() }));

/**
 * Takes updates in: stores a batch in the inbox, and only with the next call, after the commit,
 * tells Telegram that it has them. Ends when `stop` aborts; a wrong token (401) throws.
 */
export const longPoll = async (ports: LongPollPorts, stop: AbortSignal): Promise<void> => {
  let offset = 0;
  let failures = 0;
  while (!stop.aborted) {
    try {
      offset = (await receiveOnce(ports, offset, stop)) ?? offset;
      failures = 0;
    } catch (error) {
      if (stop.aborted) return;
      if (error instanceof TelegramError && error.response.error_code === 401) {
        throw new Error(
          'Telegram no longer knows this BOT_TOKEN: copy the new one from BotFather',
          {
            cause: error,
          },
        );
      }
      failures += 1;
      const retryInMs = waitAfter(error, failures);
      ports.onTrouble({ what: describe(error), retryInMs });
      await sleep(retryInMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
};

/** The next offset, or undefined where nothing came. */
const receiveOnce = async (
  { botId, telegram, inbox, clock, onLanes }: LongPollPorts,
  offset: number,
  stop: AbortSignal,
): Promise<number | undefined> => {
  const signal = AbortSignal.any([stop, AbortSignal.timeout((POLL_SECONDS + 10) * 1_000)]);
  const updates = batch.parse(
    await telegram.callApi(
      'getUpdates',
      { offset, limit: BATCH_MAX, timeout: POLL_SECONDS, allowed_updates: [...ALLOWED_UPDATES] },
      { signal: signal as never },
    ),
  );
  if (updates.length === 0) return undefined;
  const receivedAt = clock.now();
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
  return (updates.at(-1)?.update_id ?? 0) + 1;
};

const waitAfter = (error: unknown, failures: number): number => {
  if (error instanceof TelegramError && error.response.error_code === 429) {
    return (error.response.parameters?.retry_after ?? 1) * 1_000;
  }
  return Math.min(BACKOFF_MAX_MS, 250 * 2 ** Math.min(failures, 7));
};

/** Never the error itself: a fetch error may carry the address, and the address the token. */
const describe = (error: unknown): string => {
  if (error instanceof TelegramError) {
    return `Telegram answered ${error.response.error_code}: ${error.response.description}`;
  }
  return error instanceof Error ? `${error.name} while receiving updates` : 'unknown fault';
};
