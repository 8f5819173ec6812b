import { plusMs, type Clock } from '../../../core/index.ts';

/** So many chats refused together are no matter of single chats. */
const CHATS_MIN = 3;

/** Tells a 429 of one chat from one that means the whole bot. */
export interface FloodWatch {
  /** A message to `chat` was refused for so long: what is to be paused? */
  refused(chat: string, retryAfterMs: number): 'chat' | 'all';
}

/**
 * Telegram does not say whom a 429 means. Where three different chats are refused within the time
 * that the first of them was told to wait, it is all.
 */
export const createFloodWatch = (clock: Clock): FloodWatch => {
  const refusedUntil = new Map<string, Date>();
  return {
    refused: (chat, retryAfterMs) => {
      const at = clock.now();
      for (const [other, until] of refusedUntil) if (until <= at) refusedUntil.delete(other);
      refusedUntil.set(chat, plusMs(at, retryAfterMs));
      return refusedUntil.size >= CHATS_MIN ? 'all' : 'chat';
    },
  };
};
