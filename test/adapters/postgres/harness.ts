import { createManualClock, createSequentialIds } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import type { Harness } from '../../contracts/harness.ts';
import { cloneDatabase } from '../../support/database.ts';

/** A migrated database of its own, used as the bot's role. */
export const openPostgres = async (): Promise<Harness> => {
  const database = await cloneDatabase();
  const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
  return {
    ports,
    clock: createManualClock(),
    ids: createSequentialIds(),
    dispose: () => database.drop(),
  };
};
