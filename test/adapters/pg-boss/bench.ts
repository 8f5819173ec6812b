import {
  createScheduler,
  type Run,
  type ScheduledJob,
  type Scheduler,
  type SchedulerDatabase,
} from '../../../adapters/pg-boss/index.ts';
import { plainSql } from '../../../adapters/postgres/index.ts';
import type { TestDatabase } from '../../support/database.ts';

/** A cron line that is never due within a test. */
export const SOME_DAY = '0 0 29 2 *';

/** Looks as often as pg-boss can, so that nobody waits. */
const QUICK = { cronSeconds: 1, forwardSeconds: 1, superviseSeconds: 1 };

/** One process's scheduler, with what it told. */
export interface Bench {
  readonly scheduler: Scheduler;
  readonly runs: readonly Run[];
  readonly errors: readonly unknown[];
  /** Resolves to the next run that ends. */
  nextRun(): Promise<Run>;
  /** Resolves to the next error that is told. */
  nextError(): Promise<unknown>;
}

/** Not started yet. */
export const openBench = (
  database: TestDatabase,
  jobs: readonly ScheduledJob[],
  db: SchedulerDatabase = { executeSql: plainSql(database.orm) },
): Bench => {
  const runs: Run[] = [];
  const errors: unknown[] = [];
  let run = Promise.withResolvers<Run>();
  let error = Promise.withResolvers<unknown>();
  const scheduler = createScheduler({
    db,
    intervals: QUICK,
    onRun: (one) => {
      runs.push(one);
      run.resolve(one);
      run = Promise.withResolvers();
    },
    onError: (one) => {
      errors.push(one);
      error.resolve(one);
      error = Promise.withResolvers();
    },
  });
  for (const job of jobs) scheduler.schedule({ pollSeconds: 0.5, ...job });
  return {
    scheduler,
    runs,
    errors,
    nextRun: () => run.promise,
    nextError: () => error.promise,
  };
};
