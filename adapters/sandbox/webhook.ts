import type { PendingUpdate, UpdateQueue } from './update-queue.ts';

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
  /** Runs a `{ "method": … }` that the bot put into its reply. */
  readonly execute: (reply: Record<string, unknown>) => Promise<void>;
}

const READ_TIMEOUT_MS = 60_000;
const BACKOFF_MAX_MS = 60_000;

/** Pushes updates to the bot: one in flight per lane, repeated until it answers 2xx. */
export class Webhook {
  readonly #queue: UpdateQueue;
  readonly #options: WebhookOptions;
  readonly #busyLanes = new Set<string>();
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
    this.#busyLanes.clear();
    this.#failure = undefined;
    this.#target = target;
    this.wake();
  }

  /** Starts whatever delivery may start now. */
  wake(): void {
    const target = this.#target;
    if (!target) return;
    for (const entry of this.#queue.pending()) {
      if (this.#busyLanes.size >= target.maxConnections) return;
      if (this.#busyLanes.has(entry.lane)) continue;
      this.#busyLanes.add(entry.lane);
      void this.#deliver(entry, target, this.#stop.signal);
    }
  }

  async #deliver(entry: PendingUpdate, target: WebhookTarget, stop: AbortSignal): Promise<void> {
    for (let attempt = 0; !stop.aborted; attempt += 1) {
      const outcome = await this.#post(entry, target, stop);
      if (stop.aborted) return;
      if (outcome.delivered) {
        this.#queue.acknowledge(entry);
        this.#busyLanes.delete(entry.lane);
        this.wake();
        return;
      }
      this.#failure = { at: Math.floor(this.#options.now() / 1000), message: outcome.reason };
      await pause(outcome.retryAfterMs ?? this.#backoff(attempt), stop);
      if (!this.#queue.pending().includes(entry)) {
        this.#busyLanes.delete(entry.lane);
        return;
      }
    }
  }

  #backoff(attempt: number): number {
    if (attempt === 0) return 0;
    return Math.min(BACKOFF_MAX_MS, this.#options.backoffMs * 2 ** (attempt - 1));
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
      const body = await response.text();
      if (!response.ok) return refused(response);
      await this.#runReply(body);
      return { delivered: true };
    } catch (error) {
      return { delivered: false, reason: connectionReason(error) };
    }
  }

  /** As Telegram: getters and the methods about the webhook itself are not run from a reply. */
  async #runReply(body: string): Promise<void> {
    const reply = parsedReply(body);
    const method = reply?.['method'];
    const name = typeof method === 'string' ? method.toLowerCase() : '';
    const isIdle = name === '' || /^(get|setwebhook|deletewebhook|close|logout)/.test(name);
    if (reply && !isIdle) await this.#options.execute(reply);
  }
}

type Outcome =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly reason: string; readonly retryAfterMs?: number };

function refused(response: Response): Outcome {
  const reason = `Wrong response from the webhook: ${response.status} ${response.statusText}`;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    delivered: false,
    reason,
    ...(Number.isFinite(seconds) && { retryAfterMs: Math.min(seconds * 1000, BACKOFF_MAX_MS) }),
  };
}

function parsedReply(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function connectionReason(error: unknown): string {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  return isTimeout ? 'Read timeout expired' : 'Connection refused';
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const finish = (): void => resolve();
  const timer = setTimeout(finish, milliseconds);
  stop.addEventListener('abort', finish, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    stop.removeEventListener('abort', finish);
  });
}
