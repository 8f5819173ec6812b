import { attempts, type Attempt } from './attempt.ts';
import type { Orm } from './orm.ts';
import { retrying, type RetryOptions } from './retry.ts';
import { inTransaction, READ_COMMITTED, type Scope } from './session.ts';
import { sqlOn, type Sql } from './sql.ts';

/** Runs work in one READ COMMITTED transaction. */
export interface PostgresUnitOfWork<Tx> {
  /**
   * Commits when `work` resolves, rolls back when it throws. After a serialization conflict, a
   * deadlock or a lost race for an idempotency key, even one that `work` swallowed, everything is
   * rolled back and `work` runs again from its beginning, `maxAttempts` times at most; then the
   * conflict is thrown. So `work` must touch nothing but the database.
   */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * Runs `work` behind a savepoint: its error undoes only what it wrote and is thrown on. One at a
 * time; inside only the `tx` that `work` receives serves, and it serves no longer than that.
 */
export type Savepoint<Tx> = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Makes the repositories of one transaction (or of one savepoint in it). */
export type BindTx<Tx> = (sql: Sql, savepoint: Savepoint<Tx>) => Tx;

/** See {@link PostgresUnitOfWork}. */
export function createPostgresUnitOfWork<Tx>(
  orm: Orm,
  bind: BindTx<Tx>,
  options: RetryOptions = {},
): PostgresUnitOfWork<Tx> {
  const once = <T>(work: (tx: Tx) => Promise<T>, attempt: Attempt): Promise<T> =>
    inTransaction(orm, READ_COMMITTED, async (transaction) => {
      const result = await work(bound(transaction, bind));
      if ('conflict' in attempt) throw attempt.conflict;
      return result;
    });

  return {
    async run(work) {
      // It would be a second transaction that sees nothing of the first and can starve the pool.
      const outer = attempts.getStore();
      if (outer && !outer.ended) throw new Error('a unit of work may not run inside another one');
      return retrying(async () => {
        const attempt: Attempt = {};
        try {
          return await attempts.run(attempt, () => once(work, attempt));
        } catch (error) {
          // A conflict inside may have been turned into another error by whoever caught it.
          throw 'conflict' in attempt ? attempt.conflict : error;
        }
      }, options);
    },
  };
}

const bound = <Tx>(scope: Scope, bind: BindTx<Tx>): Tx =>
  bind(sqlOn(scope), (work) => scope.savepoint((inner) => work(bound(inner, bind))));
