import { setTimeout as sleep } from 'node:timers/promises';
import { TelegramError, type Telegram } from 'telegraf';
import { z } from 'zod';
import type { ReceiveUpdates } from './receive.ts';

const POLL_SECONDS = 25;
const BATCH_MAX = 100;
const BACKOFF_MAX_MS = 30_000;
/** Two that take the poll from each other should not do so all the time. */
const SECOND_POLLER_MS = 5_000;
/** What the bot hears of; always sent, because Telegram remembers the last list. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

/** Why updates do not come in. */
export interface Trouble {
  readonly what: string;
  readonly retryInMs: number;
  /** Where storing them failed. */
  readonly error?: unknown;
}

export interface LongPollPorts {
  readonly telegram: Telegram;
  readonly receive: ReceiveUpdates;
  /** Telegram has answered, and what came is stored. */
  readonly onConfirmed: () => void;
  readonly onTrouble: (trouble: Trouble) => void;
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
      onTrouble({ ...describe(error), retryInMs });
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
  await receive(updates).catch((cause: unknown) => {
    throw new NotStored('updates could not be stored; they stay at Telegram', { cause });
  });
  const last = updates.at(-1);
  return last === undefined ? WHATEVER_WAITS : last.update_id + 1;
};

class NotStored extends Error {}

const waitAfter = (error: unknown, failures: number): number => {
  if (error instanceof TelegramError && error.response.error_code === 429) {
    return (error.response.parameters?.retry_after ?? 1) * 1_000;
  }
  const least = isSecondPoller(error) ? SECOND_POLLER_MS : 0;
  return Math.max(least, Math.min(BACKOFF_MAX_MS, 250 * 2 ** Math.min(failures, 7)));
};

const isSecondPoller = (error: unknown): boolean =>
  error instanceof TelegramError && error.response.error_code === 409;

/** Never a fetch error itself: it may carry the address, and the address the token. */
const describe = (error: unknown): Omit<Trouble, 'retryInMs'> => {
  if (error instanceof NotStored) return { what: error.message, error: error.cause };
  if (error instanceof TelegramError) {
    const { error_code: code, description } = error.response;
    const hint = isSecondPoller(error) ? ' (another process polls with this token)' : '';
    return { what: `Telegram answered ${code}: ${description}${hint}` };
  }
  return { what: error instanceof Error ? `${error.name} while asking Telegram` : 'unknown fault' };
};
