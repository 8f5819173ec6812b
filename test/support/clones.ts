import { createCleanup, type Cleanup } from './cleanup.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

/** Databases of a test's own, and what else it has to put away. */
export interface Clones {
  /** Runs after each test. */
  readonly cleanup: Cleanup;
  clone(): Promise<TestDatabase>;
}

/** Call it inside `describe`, whose tests are then skipped where there is no PostgreSQL. */
export const clonesForEach = (): Clones => {
  const cleanup = createCleanup();
  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });
  afterEach(() => cleanup.run());
  return {
    cleanup,
    clone: async () => {
      const database = await cloneDatabase();
      cleanup.later(() => database.drop());
      return database;
    },
  };
};
