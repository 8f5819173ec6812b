import { ContainerModule } from 'inversify';
import type { Logger } from '../../adapters/logging/index.ts';
import type { Meters } from '../../adapters/metrics/index.ts';
import {
  BOT_ROLE,
  connectionLost,
  createOrm,
  createPostgresPorts,
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
  withSql,
  WORKING_PATIENCE,
  type Orm,
} from '../../adapters/postgres/index.ts';
import { systemClock } from '../../adapters/system/index.ts';
import type { Config } from '../config.ts';
import { migrateToRelease } from '../migrations.ts';
import { TOKENS, type Database } from '../tokens.ts';

const CLOCK_DIFFERENCE_MAX_MS = 2_000;
const POSTGRES_VERSION_MIN = 180_000;

/** `beside`: a command that may meet a running bot and then uses its server. */
export type DatabaseUse = 'bot' | 'beside';

/** The database: embedded or given, migrated, and the ports that it keeps. */
export const databaseModule = (use: DatabaseUse): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Database)
      .toResolvedValue(
        (config: Config, log: Logger) => openDatabase(config, log, use),
        [TOKENS.Config, TOKENS.Logger],
      )
      .onDeactivation((database) => database.stop());
    bind(TOKENS.Orm)
      .toResolvedValue(
        (config: Config, database: Database, log: Logger) =>
          connect({ config, database, log, use }),
        [TOKENS.Config, TOKENS.Database, TOKENS.Logger],
      )
      .onDeactivation((orm) => orm.close(true));
    bind(TOKENS.PostgresPorts).toResolvedValue(
      (orm: Orm, { settings }: Config, meters: Meters) =>
        createPostgresPorts({ orm, settings, onRetry: () => meters.transactionRetried() }),
      [TOKENS.Orm, TOKENS.Config, TOKENS.Meters],
    );
  });

const openDatabase = async (
  { botToken, databaseUrl, databaseOwnerUrl, dataDir }: Config,
  log: Logger,
  use: DatabaseUse,
): Promise<Database> => {
  if (databaseUrl !== undefined) {
    const ownerUrl = databaseOwnerUrl ?? databaseUrl;
    // Where owner and bot are one role the grants of WAL-3 protect nothing.
    const grantsEnforced = new URL(databaseUrl).username === BOT_ROLE && ownerUrl !== databaseUrl;
    if (botToken === undefined) {
      log.warn('the sandbox plays with the database of DATABASE_URL: it must not be the real one');
    }
    if (!grantsEnforced) {
      log.warn(
        `the database's grants are not enforced: give DATABASE_URL the role ${BOT_ROLE} and ` +
          'DATABASE_OWNER_URL the owner of the tables',
      );
    }
    return {
      botUrl: databaseUrl,
      ownerUrl,
      embedded: false,
      grantsEnforced,
      stop: async () => {},
    };
  }
  const options = { dataDir, onLog: (line: string) => log.debug(line) };
  const server =
    use === 'bot' ? await startEmbeddedPostgres(options) : await joinEmbeddedPostgres(options);
  return {
    botUrl: server.botUrl(),
    ownerUrl: server.ownerUrl(),
    embedded: true,
    grantsEnforced: true,
    stop: () => server.stop(),
  };
};

interface ConnectParts {
  readonly config: Config;
  readonly database: Database;
  readonly log: Logger;
  readonly use: DatabaseUse;
}

const connect = async (parts: ConnectParts): Promise<Orm> => {
  const { config, database, log, use } = parts;
  const { ownerUrl, botUrl } = database;
  await requireVersion(ownerUrl).catch((error: unknown) => {
    if (!connectionLost(error)) throw error;
    const { host } = new URL(ownerUrl);
    const why = error instanceof Error ? error.message : String(error);
    const advice = 'is it running, and is the address right?';
    throw new Error(`the database at ${host} cannot be reached (${why}): ${advice}`, {
      cause: error,
    });
  });
  const { applied } = await migrateToRelease({ ownerUrl });
  if (applied.length > 0) log.info('database migrated', { applied });
  const orm = await createOrm({
    url: botUrl,
    poolMax: config.databasePoolMax,
    // A command may prove the whole ledger: that takes as long as it takes.
    ...(use === 'bot' && { patience: WORKING_PATIENCE }),
  });
  await requireSameTime(orm);
  return orm;
};

/** The schema uses functions of PostgreSQL 18 (`uuidv7()`). */
const requireVersion = async (url: string): Promise<void> => {
  const [row] = await withSql(url, (sql) => sql('show server_version_num'));
  const version = Number(row?.['server_version_num']);
  if (version >= POSTGRES_VERSION_MIN) return;
  throw new Error(
    `the database is PostgreSQL ${Math.trunc(version / 10_000)}, and Upah needs 18 or newer: ` +
      'upgrade it, or unset DATABASE_URL to use the embedded one',
  );
};

/**
 * Deadlines are compared with our clock and written beside the database's: the two must agree. The
 * sandbox's clock may be far ahead of both, and is not looked at.
 */
const requireSameTime = async (orm: Orm): Promise<void> => {
  const [row] = await orm.em
    .fork()
    .execute<{ now: Date }[]>('select clock_timestamp() as now', [], 'all');
  const difference = Math.abs((row?.now.getTime() ?? 0) - systemClock.now().getTime());
  if (difference <= CLOCK_DIFFERENCE_MAX_MS) return;
  throw new Error(
    `this machine's clock and the database's differ by ${difference} ms: set both by NTP, then start again`,
  );
};
