import type { Journal } from './journal.ts';

/** One transaction at a time, in the order asked for. */
export interface Turns {
  /**
   * Waits for its turn, then runs `work` as a transaction. A call from inside a running transaction
   * is a defect and rejects at once: it would wait for itself for ever.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Makes the queue that all transactions of one set of memory ports stand in. */
export const createTurns = (journal: Journal): Turns => {
  let last: Promise<unknown> = Promise.resolve();
  let standing = 0;
  const leave = (): void => {
    standing -= 1;
  };
  return {
    run: <T>(work: () => Promise<T>): Promise<T> => {
      if (journal.inside()) {
        return Promise.reject(
          new Error(
            'memory: a transaction inside a transaction would wait for itself; ' +
              'use tx.savepoint, and tx for everything inside run',
          ),
        );
      }
      // Who finds nobody standing there begins at once, not a turn of the event loop later.
      const isFree = standing === 0;
      standing += 1;
      const mine = isFree ? journal.transaction(work) : last.then(() => journal.transaction(work));
      last = mine.then(leave, leave);
      return mine;
    },
  };
};
