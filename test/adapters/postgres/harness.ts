import { createManualClock, createSequentialIds } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import type { Harness } from '../../contracts/harness.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

/**
 * Takes down the walls that hold several tables to each other at commit: a contract proves one
 * port by itself, with rows that no use case would leave so. All other walls stand.
 */
export const withoutAgreement = async (database: TestDatabase): Promise<void> => {
  const owner = await database.ownerOrm();
  await owner.em.fork().execute(`do $$
    declare wall record;
    begin
      for wall in select tgrelid::regclass as "table", tgname from pg_trigger
        where tgdeferrable and not tgisinternal
      loop
        execute format('drop trigger %I on %s', wall.tgname, wall."table");
      end loop;
    end $$`);
};

/** A migrated database of its own, used as the bot's role. */
export const openPostgres = async (): Promise<Harness> => {
  const database = await cloneDatabase();
  await withoutAgreement(database);
  const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
  return {
    ports,
    clock: createManualClock(),
    ids: createSequentialIds(),
    dispose: () => database.drop(),
  };
};
