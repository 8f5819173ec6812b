import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 1_000;
const REFUSED_TIMES_MAX = 3;
/** Longer than any queue for a connection should be. */
const ANSWER_MS_MAX = 30_000;

export interface WatchedDatabase {
  /** Nobody starts it again but we, at our next start. */
  readonly embedded: boolean;
  /** Any statement, on a connection like everybody's. */
  readonly ping: () => Promise<unknown>;
  /** From an answer to the next look; a second unless told. */
  readonly everyMs?: number;
}

/** A look, now and then, at whether the database still serves us. */
export interface DatabaseWatch {
  /** Rejects when only a new process can help. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

type Look = 'serves' | 'refuses' | 'hangs';

/**
 * A server elsewhere that is down comes back and is connected to again. Two things no waiting
 * mends: the embedded server has died, and connections hang (a line that died without a word, a
 * pool that gets none back). Then the process has to end in words, for whoever started it to start
 * it again. A server that recovers from a crash of one of its processes goes on listening, and is
 * given its time.
 */
export const watchDatabase = (database: WatchedDatabase): DatabaseWatch => {
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  const stopping = new AbortController();
  const watching = watch(database, stopping.signal).then((why) => {
    if (why !== undefined) failure.reject(new Error(`${why}: start Upah again`));
  });
  return {
    failed: failure.promise,
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
};

/** Resolves to what is wrong; undefined when stopped. */
const watch = async (
  { embedded, ping, everyMs = LOOK_MS }: WatchedDatabase,
  signal: AbortSignal,
): Promise<string | undefined> => {
  let refused = 0;
  while (!signal.aborted) {
    const look = await Promise.race([lookAt(ping), patience(ANSWER_MS_MAX, signal)]);
    if (signal.aborted) return undefined;
    if (look === 'hangs') return 'the database does not answer any more';
    refused = look === 'refuses' ? refused + 1 : 0;
    if (embedded && refused >= REFUSED_TIMES_MAX) {
      return 'the embedded PostgreSQL has ended by itself';
    }
    await patience(everyMs, signal);
  }
  return undefined;
};

const patience = (ms: number, signal: AbortSignal): Promise<Look> =>
  sleep(ms, 'hangs' as const, { signal }).catch(() => 'hangs');

const lookAt = (ping: () => Promise<unknown>): Promise<Look> =>
  ping().then(
    () => 'serves',
    (error: unknown) => (isRefused(error) ? 'refuses' : 'serves'),
  );

const isRefused = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if ('code' in error && error.code === 'ECONNREFUSED') return true;
  return isRefused(error.cause);
};
