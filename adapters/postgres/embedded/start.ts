import { existsSync } from 'node:fs';
import { BOT_ROLE } from '../migrations/index.ts';
import { connectionLost } from '../retry.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { checkCluster, makeCluster } from './cluster.ts';
import { ADMIN_ROLE, ensureCredentials, OWNER_ROLE, type Credentials } from './credentials.ts';
import { lockDataDir, type DataDirLock } from './data-dir-lock.ts';
import { checkDurability, ensureDatabase, ensureRoles } from './databases.ts';
import { choosePlace, type Place } from './place.ts';
import { adopt, findRunning, launch, type Postmaster } from './postmaster.ts';

/** The database that Upah keeps everything in. */
export const DATABASE = 'upah';

/** What to start. */
export interface EmbeddedPostgresOptions {
  /** Made if missing; leave its making to us, because the server's account must get through it. */
  readonly dataDir: string;
  /** A free one by default. */
  readonly port?: number;
  /** Tests only: faster, and a crash of the machine may lose or spoil data. */
  readonly volatile?: boolean;
  readonly onLog?: (line: string) => void;
}

/** A PostgreSQL of our own, on 127.0.0.1 only, with the database {@link DATABASE} in it. */
export interface EmbeddedPostgres {
  readonly port: number;
  /** What belongs into a backup or must be deleted: the data directory or its stand-in. */
  readonly dir: string;
  /** As `upah_owner`, who owns the database and migrates it. */
  ownerUrl(database?: string): string;
  /** As `upah_bot`, who has no DDL. */
  botUrl(database?: string): string;
  /** As the superuser: for making and dropping databases, never for the running bot. */
  adminUrl(database?: string): string;
  /** Makes one more database like {@link DATABASE}, if it is missing. */
  ensureDatabase(name: string): Promise<void>;
  /** Resolves when the server has ended and the data directory is free for the next one. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL from the npm package's binaries on the cluster in `dataDir`, made if missing.
 * Survives `kill -9` of us (the server left running is adopted) and of the server. Refuses, with a
 * sentence that says what to do: a second Upah on the same data directory, a cluster of another
 * major version, missing passwords, settings that risk committed money.
 *
 * The server ends with stop(), process.exit() and uncaught errors, not when a signal kills us: who
 * runs the process turns SIGTERM and SIGINT into a shutdown. Ctrl-C does not reach the server.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const log = options.onLog ?? (() => {});
  const place = choosePlace(options.dataDir, log);
  const lock = await lockDataDir(place.dir, log);
  try {
    const binaries = findBinaries(place);
    const credentials = prepareCluster(place, binaries, options.volatile ?? false);
    return await serve(place, binaries, { credentials, lock, options });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function prepareCluster(place: Place, binaries: Binaries, volatile: boolean): Credentials {
  const exists = existsSync(place.clusterDir);
  if (exists) checkCluster(place, binaries);
  const credentials = ensureCredentials(place.dir, exists);
  if (!exists) makeCluster(place, binaries, { password: credentials[ADMIN_ROLE], volatile });
  return credentials;
}

interface Serving {
  readonly credentials: Credentials;
  readonly lock: DataDirLock;
  readonly options: EmbeddedPostgresOptions;
}

async function serve(
  place: Place,
  binaries: Binaries,
  { credentials, lock, options }: Serving,
): Promise<EmbeddedPostgres> {
  const { port, volatile = false, onLog: log = () => {} } = options;
  const urls = (postmaster: Postmaster) => addresses(postmaster.port, credentials);
  const settle = async (postmaster: Postmaster): Promise<Postmaster> => {
    try {
      const { adminUrl, botUrl } = urls(postmaster);
      await ensureRoles(adminUrl('postgres'), credentials);
      await ensureDatabase(adminUrl('postgres'), DATABASE);
      if (!volatile) await checkDurability(botUrl());
      return postmaster;
    } catch (error) {
      await postmaster.stop();
      throw explain(error, place);
    }
  };

  const running = await findRunning(place, log);
  if (running) log(`a killed Upah left PostgreSQL ${running.pid} running: adopting it`);
  const postmaster = await settle(
    running
      ? adopt(running, place, binaries)
      : await launch(place, binaries, { port, volatile, log }),
  );
  const { adminUrl, ...others } = urls(postmaster);
  return {
    ...others,
    adminUrl,
    port: postmaster.port,
    dir: place.dir,
    ensureDatabase: (name) => ensureDatabase(adminUrl('postgres'), name),
    async stop() {
      await postmaster.stop();
      lock.release();
    },
  };
}

/** Addresses of a server's databases, by role. */
export function addresses(port: number, credentials: Credentials) {
  const address =
    (role: keyof Credentials) =>
    (database = DATABASE): string =>
      `postgres://${role}:${credentials[role]}@127.0.0.1:${port}/${database}`;
  return {
    ownerUrl: address(OWNER_ROLE),
    botUrl: address(BOT_ROLE),
    adminUrl: address(ADMIN_ROLE),
  };
}

const INVALID_PASSWORD = '28P01';

function explain(error: unknown, { dir }: Place): unknown {
  if (error instanceof Error && 'code' in error && error.code === INVALID_PASSWORD) {
    return new Error(
      `the passwords in ${dir}/postgres-credentials.json are not those of the database ` +
        'beside it: put back the file that belongs to it (it is in the backup)',
      { cause: error },
    );
  }
  if (connectionLost(error)) {
    return new Error('PostgreSQL started and then went away: start Upah again', { cause: error });
  }
  return error;
}
