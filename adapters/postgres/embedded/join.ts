import { existsSync } from 'node:fs';
import { ensureCredentials } from './credentials.ts';
import { choosePlace } from './place.ts';
import { findRunning } from './postmaster.ts';
import {
  addresses,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start.ts';

/** A server to work with beside the bot: its addresses, and what ends our use of it. */
export type JoinedPostgres = Pick<EmbeddedPostgres, 'ownerUrl' | 'botUrl' | 'stop'>;

/**
 * For a command beside the bot: uses the server that a running Upah keeps on this data directory,
 * and leaves it running; where none runs, starts one until `stop`.
 */
export async function joinEmbeddedPostgres(
  options: Pick<EmbeddedPostgresOptions, 'dataDir' | 'onLog'>,
): Promise<JoinedPostgres> {
  const log = options.onLog ?? (() => {});
  const place = choosePlace(options.dataDir, log);
  if (existsSync(place.clusterDir)) {
    const running = await findRunning(place, log);
    if (running) {
      const credentials = ensureCredentials(place.dir, true);
      return { ...addresses(running.port, credentials), stop: async () => {} };
    }
  }
  return startEmbeddedPostgres(options);
}
