import type { Journal } from './journal.ts';

/** One transaction at a time, in the order asked for. */
export interface Turns {
  /**
   * Waits for its turn, then runs `work` as a transaction. A call from inside a running transaction
   * is a defect and rejects at once: it would wait for itself for ever.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
}

const nothing = (): void => {};

/** Makes the queue that all transactions of one set of memory ports stand in. */
export const createTurns = (journal: Journal): Turns => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: async <T>(work: () => Promise<T>): Promise<T> => {
      if (journal.inside()) {
        throw new Error(
          'memory: a transaction inside a transaction would wait for itself; ' +
            'use tx.savepoint, and tx for everything inside run',
        );
      }
      const mine = last.then(() => journal.transaction(work));
      last = mine.then(nothing, nothing);
      return mine;
    },
  };
};
