import { setTimeout as sleep } from 'node:timers/promises';
import { TelegramError } from 'telegraf';
import type { Logger } from '../adapters/logging/index.ts';

const RETRY_MAX_MS = 30_000;

/** Telegram's word for a token it does not know, at any time. */
const UNAUTHORIZED = 401;
/** Its word at the start for what is no token at all; later it is some gateway's in between. */
const NOT_FOUND = 404;

export interface Asking {
  readonly log: Logger;
  /** Ends it, by throwing. */
  readonly stop?: AbortSignal;
  /** Whether this is the first call ever with this token. */
  readonly first?: true;
}

/**
 * Repeats a call until Telegram answers it. A token that Telegram does not know ends it with one
 * clear line.
 */
export const untilAnswered = async <T>(
  call: () => Promise<T>,
  { log, stop, first }: Asking,
): Promise<T> => {
  for (let failures = 0; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      const refused = error instanceof TelegramError ? error.response : undefined;
      const code = refused?.error_code;
      if (code === UNAUTHORIZED || (first && code === NOT_FOUND)) {
        throw new Error('Telegram does not know this BOT_TOKEN: copy it again from BotFather', {
          cause: error,
        });
      }
      const told = (refused?.parameters?.retry_after ?? 0) * 1_000;
      const retryInMs = Math.max(told, Math.min(RETRY_MAX_MS, 500 * 2 ** Math.min(failures, 6)));
      log.warn('Telegram does not do yet what it is asked', { error, retryInMs });
      await sleep(retryInMs, undefined, stop && { signal: stop });
    }
  }
};
