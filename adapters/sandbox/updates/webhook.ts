import type { Params } from '../bot-api/params.ts';
import type { PendingUpdate, UpdateQueue } from './update-queue.ts';
import { readReply } from './webhook-reply.ts';

/** Where updates go; at most `maxConnections` at a time. */
export interface WebhookTarget {
  readonly url: string;
  readonly secretToken?: string;
  readonly maxConnections: number;
}

/** `at` is unix seconds. */
export interface WebhookFailure {
  readonly at: number;
  readonly message: string;
}

interface WebhookOptions {
  readonly now: () => number;
  /** The pause before the second repetition; it doubles from there to a minute. */
  readonly backoffMs: number;
  /** Runs a method that the bot put into its reply. */
  readonly execute: (reply: Params) => Promise<void>;
}

/** How often an update failed, and when it is tried again. */
interface Retry {
  readonly failures: number;
  /** On the sandbox's clock, which may be moved; a clock that stands still has the timer. */
  readonly dueAt: number;
  isDue: boolean;
}

const READ_TIMEOUT_MS = 60_000;
const BACKOFF_MAX_MS = 60_000;
const RETRY_AFTER_MAX_MS = 3_600_000;

/** Pushes updates to the bot: one in flight per lane, repeated until it answers 2xx. */
export class Webhook {
  readonly #queue: UpdateQueue;
  readonly #options: WebhookOptions;
  readonly #inFlight = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #retries = new WeakMap<PendingUpdate, Retry>();
  #target: WebhookTarget | undefined;
  #stop = new AbortController();
  #failure: WebhookFailure | undefined;

  constructor(queue: UpdateQueue, options: WebhookOptions) {
    this.#queue = queue;
    this.#options = options;
  }

  get target(): WebhookTarget | undefined {
    return this.#target;
  }

  get failure(): WebhookFailure | undefined {
    return this.#failure;
  }

  point(target: WebhookTarget | undefined): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#inFlight.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#retries = new WeakMap();
    this.#failure = undefined;
    this.#target = target;
    this.wake();
  }

  /** Starts whatever delivery may start now. What waits to be repeated holds up only its lane. */
  wake(): void {
    const target = this.#target;
    if (!target) return;
    const heads = new Set<string>();
    for (const entry of this.#queue.pending()) {
      if (this.#inFlight.size >= target.maxConnections) return;
      if (heads.has(entry.lane) || this.#inFlight.has(entry.lane)) continue;
      heads.add(entry.lane);
      if (this.#mayGo(entry)) void this.#deliver(entry, target, this.#stop.signal);
    }
  }

  #mayGo(entry: PendingUpdate): boolean {
    const retry = this.#retries.get(entry);
    return !retry || retry.isDue || retry.dueAt <= this.#options.now();
  }

  async #deliver(entry: PendingUpdate, target: WebhookTarget, stop: AbortSignal): Promise<void> {
    this.#inFlight.add(entry.lane);
    const outcome = await this.#post(entry, target, stop);
    if (stop.aborted) return;
    this.#inFlight.delete(entry.lane);
    if (outcome.delivered) this.#queue.acknowledge(entry);
    else this.#failed(entry, outcome);
    this.wake();
  }

  /** Once more at once, then after pauses that double. */
  #failed(entry: PendingUpdate, { reason, retryAfterMs }: Refused): void {
    const now = this.#options.now();
    this.#failure = { at: Math.floor(now / 1000), message: reason };
    const failures = (this.#retries.get(entry)?.failures ?? 0) + 1;
    const doubled = failures === 1 ? 0 : this.#options.backoffMs * 2 ** (failures - 2);
    const pauseMs = retryAfterMs ?? Math.min(BACKOFF_MAX_MS, doubled);
    const retry = { failures, dueAt: now + pauseMs, isDue: pauseMs === 0 };
    this.#retries.set(entry, retry);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      retry.isDue = true;
      this.wake();
    }, pauseMs);
    this.#timers.add(timer);
  }

  async #post(entry: PendingUpdate, target: WebhookTarget, stop: AbortSignal): Promise<Outcome> {
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(target.secretToken && { 'x-telegram-bot-api-secret-token': target.secretToken }),
        },
        body: JSON.stringify(entry.update),
        redirect: 'manual',
        signal: AbortSignal.any([stop, AbortSignal.timeout(READ_TIMEOUT_MS)]),
      });
      if (!response.ok) return await refused(response);
      const reply = await readReply(response);
      if (reply && !stop.aborted) await this.#options.execute(reply);
      return { delivered: true };
    } catch (error) {
      return { delivered: false, reason: connectionReason(error) };
    }
  }
}

interface Refused {
  readonly delivered: false;
  readonly reason: string;
  readonly retryAfterMs?: number;
}

type Outcome = { readonly delivered: true } | Refused;

async function refused(response: Response): Promise<Refused> {
  await response.body?.cancel();
  const reason = `Wrong response from the webhook: ${response.status} ${response.statusText}`;
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  const retryAfterMs = Math.min(seconds * 1000, RETRY_AFTER_MAX_MS);
  return { delivered: false, reason, ...(retryAfterMs > 0 && { retryAfterMs }) };
}

/** In Telegram's words. */
function connectionReason(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'Read timeout expired';
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code === 'ECONNREFUSED' ? 'Connection refused' : 'Webhook connection closed';
}
