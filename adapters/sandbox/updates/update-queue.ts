import { randomInt } from 'node:crypto';
import { ApiError } from '../bot-api/api-error.ts';
import type { Update, UpdateKind } from '../bot-api/types.ts';

/** One update on its way; a webhook keeps updates of one lane in order. */
export interface PendingUpdate {
  readonly update: Update;
  readonly lane: string;
  /** After this moment Telegram forgets the update (epoch milliseconds). */
  readonly expiresAt: number;
}

/** What getUpdates asks for. */
export interface Poll {
  readonly offset: number;
  readonly limit: number;
  readonly timeoutSeconds: number;
  /** Aborted when the poller hangs up. */
  readonly gone: AbortSignal;
}

const CONFLICT =
  'Conflict: terminated by other getUpdates request; ' +
  'make sure that only one bot instance is running';
const COALESCE_MS = 2;
const REMEMBERED = 5000;
const QUIET_WEEK_MS = 7 * 24 * 3600 * 1000;
const randomId = (): number => randomInt(100_000_000, 900_000_000);

/** The queue of updates for one bot: ids start at random and grow by 1; an offset confirms. */
export class UpdateQueue {
  readonly #now: () => number;
  #nextId = randomId();
  #lastAddedAt: number;
  #pending: PendingUpdate[] = [];
  /** Delivered once more on request; offsets do not touch these. */
  #again: PendingUpdate[] = [];
  readonly #known = new Map<number, PendingUpdate>();
  /** `undefined` is Telegram's default: every kind the sandbox has. */
  #allowed: readonly string[] | undefined;
  #waiting: { wake: () => void; end: (error: Error) => void } | undefined;
  /** Called after an update was queued. */
  onAdded: () => void = () => {};
  /** Called when the bot has confirmed an update. */
  onTaken: (updateId: number) => void = () => {};

  constructor(now: () => number) {
    this.#now = now;
    this.#lastAddedAt = now();
  }

  get allowed(): readonly string[] | undefined {
    return this.#allowed;
  }

  /** `undefined` keeps the old list; an empty list is the default. */
  allow(kinds: readonly string[] | undefined): void {
    if (kinds) this.#allowed = kinds.length === 0 ? undefined : kinds;
  }

  /** Queues an update and answers its id, or `undefined` if the bot did not ask for this kind. */
  add(kind: UpdateKind, content: unknown, lane: string, lifeMs: number): number | undefined {
    if (this.#allowed && !this.#allowed.includes(kind)) return undefined;
    const id = this.#takeId();
    const update: Update = { update_id: id, [kind]: content };
    const entry = { update, lane, expiresAt: this.#now() + lifeMs };
    this.#pending.push(entry);
    this.#remember(id, entry);
    this.#announce();
    return id;
  }

  /** Delivers a known update once more, whatever was confirmed. False if the id is unknown. */
  redeliver(updateId: number): boolean {
    const entry = this.#known.get(updateId);
    if (!entry) return false;
    this.#again.push({ ...entry, expiresAt: Infinity });
    this.#announce();
    return true;
  }

  /** What a webhook still has to deliver, oldest first. */
  pending(): readonly PendingUpdate[] {
    this.#pending = this.#pending.filter((entry) => entry.expiresAt > this.#now());
    return [...this.#again, ...this.#pending];
  }

  acknowledge(entry: PendingUpdate): void {
    this.#again = this.#again.filter((other) => other !== entry);
    this.#pending = this.#pending.filter((other) => other !== entry);
    this.onTaken(entry.update.update_id);
  }

  clear(): void {
    this.#pending = [];
    this.#again = [];
  }

  /** Ends a waiting poll with an error. */
  interrupt(error: Error): void {
    this.#waiting?.end(error);
  }

  /** Long poll. A second poll ends a waiting one with 409. */
  async poll({ offset, limit, timeoutSeconds, gone }: Poll): Promise<Update[]> {
    this.interrupt(new ApiError(409, CONFLICT));
    this.#confirm(offset);
    if (this.pending().length === 0 && timeoutSeconds > 0) {
      await this.#wait(timeoutSeconds * 1000, gone);
    }
    if (gone.aborted) return [];
    const batch = this.pending().slice(0, limit);
    this.#again = this.#again.filter((entry) => !batch.includes(entry));
    return batch.map(({ update }) => update);
  }

  #confirm(offset: number): void {
    if (offset < 0) this.#drop(this.#pending.slice(0, offset));
    if (offset > 0 && offset <= this.#nextId + 10) {
      this.#drop(this.#pending.filter(({ update }) => update.update_id < offset));
    }
  }

  #drop(entries: readonly PendingUpdate[]): void {
    for (const entry of entries) this.acknowledge(entry);
  }

  #wait(milliseconds: number, gone: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let coalescing: NodeJS.Timeout | undefined;
    const timer = setTimeout(resolve, milliseconds);
    const hangUp = (): void => resolve();
    gone.addEventListener('abort', hangUp, { once: true });
    const waiting = {
      wake: () => (coalescing ??= setTimeout(resolve, COALESCE_MS)),
      end: reject,
    };
    this.#waiting = waiting;
    return promise.finally(() => {
      clearTimeout(timer);
      clearTimeout(coalescing);
      gone.removeEventListener('abort', hangUp);
      if (this.#waiting === waiting) this.#waiting = undefined;
    });
  }

  /** After a week without updates Telegram goes on anywhere, also below what went before. */
  #takeId(): number {
    const now = this.#now();
    if (now - this.#lastAddedAt > QUIET_WEEK_MS) this.#nextId = randomId();
    this.#lastAddedAt = now;
    return this.#nextId++;
  }

  #remember(id: number, entry: PendingUpdate): void {
    this.#known.set(id, entry);
    const [oldest = id] = this.#known.keys();
    if (this.#known.size > REMEMBERED) this.#known.delete(oldest);
  }

  #announce(): void {
    this.#waiting?.wake();
    this.onAdded();
  }
}
