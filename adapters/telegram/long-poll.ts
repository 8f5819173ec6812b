import { setTimeout as sleep } from 'node:timers/promises';
import { TelegramError, type Telegram } from 'telegraf';
import { z } from 'zod';
import type { ReceiveUpdates } from './receive.ts';

const POLL_SECONDS = 25;
const BATCH_MAX = 100;
const BACKOFF_MAX_MS = 30_000;
/** What the bot hears of; always sent, because Telegram remembers the last list. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

export interface LongPollPorts {
  readonly telegram: Telegram;
  readonly receive: ReceiveUpdates;
  /** Telegram has answered, and what came is stored. */
  readonly onConfirmed: () => void;
  readonly onTrouble: (trouble: { readonly what: string; readonly retryInMs: number }) => void;
  /** Waits between two tries; ends early when `stop` aborts. */
  readonly pause?: (ms: number, stop: AbortSignal) => Promise<void>;
}

const batch = z.array(z.looseObject({ update_id: z.number().int() }));

/** Everything that was not confirmed. */
const WHATEVER_WAITS = 0;

/**
 * Takes updates in: stores a batch, and only with the next call, after the commit, tells Telegram
 * that it has them. Ends when `stop` aborts; a wrong token (401) throws.
 */
export const longPoll = async (ports: LongPollPorts, stop: AbortSignal): Promise<void> => {
  const { onTrouble, pause = sleeping } = ports;
  let offset = WHATEVER_WAITS;
  let failures = 0;
  let waitSeconds = 0; // the first answer comes at once: it says that Telegram can be reached
  while (!stop.aborted) {
    try {
      offset = await receiveOnce(ports, { offset, waitSeconds }, stop);
      failures = 0;
      waitSeconds = POLL_SECONDS;
      ports.onConfirmed();
    } catch (error) {
      if (stop.aborted) return;
      if (error instanceof TelegramError && error.response.error_code === 401) {
        throw new Error(
          'Telegram no longer knows this BOT_TOKEN: copy the new one from BotFather',
          { cause: error },
        );
      }
      failures += 1;
      waitSeconds = 0;
      const retryInMs = waitAfter(error, failures);
      onTrouble({ what: describe(error), retryInMs });
      await pause(retryInMs, stop);
    }
  }
};

const sleeping = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/**
 * Resolves to the next offset. An offset only confirms what came in the call before: after a quiet
 * week Telegram goes on with any number, also a lower one, and an old offset might hide it.
 */
const receiveOnce = async (
  { telegram, receive }: LongPollPorts,
  { offset, waitSeconds: timeout }: { readonly offset: number; readonly waitSeconds: number },
  stop: AbortSignal,
): Promise<number> => {
  const signal = AbortSignal.any([stop, AbortSignal.timeout((POLL_SECONDS + 10) * 1_000)]);
  const updates = batch.parse(
    await telegram.callApi(
      'getUpdates',
      { offset, limit: BATCH_MAX, timeout, allowed_updates: [...ALLOWED_UPDATES] },
      { signal: signal as never },
    ),
  );
  await receive(updates);
  const last = updates.at(-1);
  return last === undefined ? WHATEVER_WAITS : last.update_id + 1;
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
