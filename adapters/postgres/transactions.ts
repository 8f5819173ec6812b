import { attempts } from './attempt.ts';
import type { Orm } from './orm.ts';
import { retrying, type RetryOptions } from './retry.ts';
import { aloneOn, inTransaction, READ_COMMITTED } from './session.ts';
import { sqlOn, type Sql } from './sql.ts';

/**
 * Transactions of their own, for the ports outside the unit of work. After a conflict the work runs
 * again, a bounded number of times. Refused inside a unit of work, which would hold two
 * connections and not see itself.
 */
export interface OwnTransactions {
  /** One statement, which is a transaction by itself: one round trip instead of three. */
  single<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Several statements, all or none. */
  several<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** See {@link OwnTransactions}. */
export const ownTransactions = (orm: Orm, options: RetryOptions = {}): OwnTransactions => {
  const repeated = <T>(run: () => Promise<T>): Promise<T> => retrying(() => apart(run), options);
  const alone = sqlOn(aloneOn(orm));
  return {
    single: (work) => repeated(() => work(alone)),
    several: (work) =>
      repeated(() => inTransaction(orm, READ_COMMITTED, (transaction) => work(sqlOn(transaction)))),
  };
};

/** Runs `work` apart from a unit of work that may have led here and has ended since. */
export const apart = async <T>(work: () => Promise<T>): Promise<T> => {
  const outer = attempts.getStore();
  if (outer && !outer.ended) throw new Error('this is a transaction of its own: not inside `run`');
  return attempts.run({}, work);
};

/**
 * For the transaction under way: reading all may take longer than a bot at work should wait for a
 * statement.
 */
export const withoutHaste = (sql: Sql): void => sql.later`set local statement_timeout = 0`;
