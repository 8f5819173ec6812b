/** How fast the bot may write, and whether the sandbox minds. */
export interface LimitsView {
  readonly on: boolean;
  /** Messages and edits over all chats. */
  readonly perSecond: number;
  readonly perChatPerSecond: number;
  /** So many at once in one chat before its pace counts. */
  readonly perChatBurst: number;
}

const PER_SECOND = 30;
const PER_CHAT_PER_SECOND = 1;
const PER_CHAT_BURST = 3;
const COUNTED = new Set([
  'sendMessage',
  'sendPhoto',
  'sendDocument',
  'sendMediaGroup',
  'copyMessage',
  'forwardMessage',
  'editMessageText',
  'editMessageCaption',
  'editMessageMedia',
  'editMessageReplyMarkup',
]);

/**
 * Telegram's pace as its documentation tells it, off until switched on. New messages and edits
 * count, an album by its pictures; answers to presses, chat actions and deletions are free.
 */
export class Limits {
  readonly #now: () => number;
  #on = false;
  #all: Bucket;
  readonly #chats = new Map<number, Bucket>();

  constructor(now: () => number) {
    this.#now = now;
    this.#all = new Bucket(PER_SECOND, PER_SECOND, now());
  }

  /** Switching on starts with full buckets. */
  turn(on: boolean): void {
    this.#on = on;
    this.#chats.clear();
    this.#all = new Bucket(PER_SECOND, PER_SECOND, this.#now());
  }

  view(): LimitsView {
    return {
      on: this.#on,
      perSecond: PER_SECOND,
      perChatPerSecond: PER_CHAT_PER_SECOND,
      perChatBurst: PER_CHAT_BURST,
    };
  }

  /**
   * Takes what a call of `messages` messages costs. Too fast: answers the seconds to wait and takes
   * nothing. Otherwise answers how to give it back, for a call that is refused for other reasons.
   */
  take(method: string, chatId: number, messages = 1): number | (() => void) {
    if (!this.#on || !COUNTED.has(method)) return () => {};
    const buckets = [this.#all, this.#chatBucket(chatId)];
    const waitSeconds = Math.max(...buckets.map((bucket) => bucket.waitSeconds(this.#now())));
    if (waitSeconds > 0) return waitSeconds;
    for (const bucket of buckets) bucket.take(messages);
    return () => {
      for (const bucket of buckets) bucket.take(-messages);
    };
  }

  #chatBucket(chatId: number): Bucket {
    const bucket =
      this.#chats.get(chatId) ?? new Bucket(PER_CHAT_BURST, PER_CHAT_PER_SECOND, this.#now());
    this.#chats.set(chatId, bucket);
    return bucket;
  }
}

/** Holds up to `size` tokens; what an album takes beyond that is owed and waited for. */
class Bucket {
  readonly #size: number;
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor(size: number, perSecond: number, now: number) {
    this.#size = size;
    this.#perSecond = perSecond;
    this.#tokens = size;
    this.#filledAt = now;
  }

  /** Whole seconds until there is a token; 0 if there is one now. */
  waitSeconds(now: number): number {
    const grown = ((now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#size, this.#tokens + grown);
    this.#filledAt = now;
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) / this.#perSecond);
  }

  take(tokens: number): void {
    this.#tokens -= tokens;
  }
}
