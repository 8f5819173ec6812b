/** What became of one update. */
export type Committed = 'stored' | 'malformed' | 'unavailable';

/** Stores updates, all or none; the error of an update that is none has `malformed: true`. */
export type Receive = (updates: readonly unknown[]) => Promise<void>;

/** Stores one update, together with whatever else arrived meanwhile. */
export interface CommitTogether {
  commit(update: unknown): Promise<Committed>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

interface Waiting {
  readonly update: unknown;
  readonly answer: (committed: Committed) => void;
}

const BATCH_MAX = 100;
/** Telegram opens a hundred connections at most: more than this waits only where we hang. */
const WAITING_MAX = 1_000;
/** Two updates after each other that cannot be stored: it is the database, and not the updates. */
const FAILURES_IN_A_ROW_MAX = 2;

/**
 * A commit costs the same for one update and for a hundred: what arrives while one is under way
 * goes into the next. Of a batch that fails every update gets its own try, so that one that cannot
 * be stored takes no other with it.
 */
export const commitTogether = (
  receive: Receive,
  onTrouble: (error: unknown) => void,
): CommitTogether => {
  const waiting: Waiting[] = [];
  let underWay: Promise<void> | undefined;

  const tryOne = async (update: unknown): Promise<Committed> => {
    try {
      await receive([update]);
      return 'stored';
    } catch (error) {
      if (isMalformed(error)) return 'malformed';
      onTrouble(error);
      return 'unavailable';
    }
  };

  const oneByOne = async (batch: readonly Waiting[]): Promise<void> => {
    let failures = 0;
    for (const { update, answer } of batch) {
      const isLost = failures >= FAILURES_IN_A_ROW_MAX;
      const committed = isLost ? 'unavailable' : await tryOne(update);
      if (!isLost) failures = committed === 'unavailable' ? failures + 1 : 0;
      answer(committed);
    }
  };

  const commitBatch = async (batch: readonly Waiting[]): Promise<void> => {
    if (batch.length > 1) {
      try {
        await receive(batch.map(({ update }) => update));
        for (const { answer } of batch) answer('stored');
        return;
      } catch {
        // each of them says below what is wrong with it
      }
    }
    await oneByOne(batch);
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) await commitBatch(waiting.splice(0, BATCH_MAX));
    underWay = undefined;
  };

  return {
    commit: (update) => {
      if (waiting.length >= WAITING_MAX) return Promise.resolve('unavailable');
      const { promise, resolve } = Promise.withResolvers<Committed>();
      waiting.push({ update, answer: resolve });
      underWay ??= drain();
      return promise;
    },
    settled: async () => {
      await underWay;
    },
  };
};

const isMalformed = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'malformed' in error && error.malformed === true;
