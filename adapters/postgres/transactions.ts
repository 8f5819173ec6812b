import { setTimeout as sleep } from 'node:timers/promises';
import { attempts } from './attempt.ts';
import type { Orm } from './orm.ts';
import { ATTEMPTS_MAX, backOffMs, isRetryable } from './retry.ts';
import { sqlOn, type Sql } from './sql.ts';

/**
 * Transactions of their own, for the ports outside the unit of work. After a conflict the work runs
 * again, {@link ATTEMPTS_MAX} times at most. Refused inside a unit of work, which would hold two
 * connections and not see itself.
 */
export interface OwnTransactions {
  /** One statement, which is a transaction by itself: one round trip instead of three. */
  single<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Several statements, all or none. */
  several<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** See {@link OwnTransactions}; `onRetry` hears of every conflict after which work runs again. */
export const ownTransactions = (orm: Orm, onRetry: () => void = () => {}): OwnTransactions => ({
  single: (work) => repeated(() => work(sqlOn(orm.em.fork())), onRetry),
  several: (work) =>
    repeated(
      () =>
        orm.em.fork().transactional((em) => work(sqlOn(em)), { isolationLevel: 'read committed' }),
      onRetry,
    ),
});

/** Runs `work` apart from a unit of work that may have led here and has ended since. */
export const apart = async <T>(work: () => Promise<T>): Promise<T> => {
  const outer = attempts.getStore();
  if (outer && !outer.ended) throw new Error('this is a transaction of its own: not inside `run`');
  return attempts.run({}, work);
};

const repeated = async <T>(run: () => Promise<T>, onRetry: () => void): Promise<T> => {
  for (let number = 1; ; number += 1) {
    try {
      return await apart(run);
    } catch (error) {
      if (number >= ATTEMPTS_MAX || !isRetryable(error)) throw error;
      onRetry();
      await sleep(backOffMs(number));
    }
  }
};
