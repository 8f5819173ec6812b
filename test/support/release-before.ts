import { migrate } from '../../adapters/postgres/migrate.ts';
import { migrations } from '../../adapters/postgres/migrations/index.ts';
import { withSql } from '../../adapters/postgres/orm.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

/** A database of an earlier release, brought up to this one. */
export interface ReleaseBefore {
  /** The first migration that it did not have, e.g. `0006`. */
  readonly until: string;
  /** What stood in it, as its owner writes it. */
  readonly holding: string;
  /** Done with it before it is migrated. */
  readonly prepare?: (database: TestDatabase) => Promise<unknown>;
}

/** A database that was filled by an earlier release and migrated to this one. */
export const upgraded = async ({
  until,
  holding,
  prepare,
}: ReleaseBefore): Promise<TestDatabase> => {
  const database = await cloneDatabase();
  const { ownerUrl } = database;
  await withSql(ownerUrl, (sql) => sql('drop schema public cascade; create schema public'));
  await migrate({ ownerUrl, list: migrations.filter(({ name }) => name < until) });
  await withSql(ownerUrl, (sql) => sql(holding));
  await prepare?.(database);
  await migrate({ ownerUrl, list: migrations });
  return database;
};
