import type { EntityManager } from '@mikro-orm/postgresql';
import { attempts, type Attempt } from './attempt.ts';
import type { Orm } from './orm.ts';
import { retrying, type RetryOptions } from './retry.ts';

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
 * time; inside, use the `tx` that `work` receives.
 */
export type Savepoint<Tx> = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Makes the repositories of one transaction (or of one savepoint in it). */
export type BindTx<Tx> = (em: EntityManager, savepoint: Savepoint<Tx>) => Tx;

/** See {@link PostgresUnitOfWork}. */
export function createPostgresUnitOfWork<Tx>(
  orm: Orm,
  bind: BindTx<Tx>,
  options: RetryOptions = {},
): PostgresUnitOfWork<Tx> {
  const once = <T>(work: (tx: Tx) => Promise<T>, attempt: Attempt): Promise<T> =>
    orm.em.fork().transactional(
      async (em) => {
        const result = await work(bind(em, savepointsOf(em, bind)));
        await em.flush(); // before the check below: it may be what meets the conflict
        if ('conflict' in attempt) throw attempt.conflict;
        return result;
      },
      { isolationLevel: 'read committed' },
    );

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

function savepointsOf<Tx>(em: EntityManager, bind: BindTx<Tx>): Savepoint<Tx> {
  let open = false;
  return async (work) => {
    // Two at once would get the same name in the database, and one's rollback undo the other.
    if (open) throw new Error('a savepoint may not start while another one of this tx is open');
    open = true;
    try {
      return await em.transactional((inner) => work(bind(inner, savepointsOf(inner, bind))));
    } finally {
      open = false;
    }
  };
}
