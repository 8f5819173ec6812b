import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startEmbeddedPostgres } from '../../adapters/postgres/index.ts';
import { releaseMigrations } from '../../app/migrations.ts';
import type { Cleanup } from './cleanup.ts';
import type { DatabaseUrls } from './database.ts';

/** A PostgreSQL that may be killed, as durable as the product's own (fsync on) unless volatile. */
export interface Server {
  /** A migrated database for one part of the run. */
  ground(name: string): Promise<DatabaseUrls>;
  /** `kill -9` of the server. */
  kill(): void;
  /** Starts it again on the same port; resolves when it accepts connections. */
  restart(): Promise<void>;
}

/** A directory of this run that another account may enter, removed at the end. */
export const temporaryDir = (cleanup: Cleanup): string => {
  const dir = mkdtempSync(join(tmpdir(), 'upah-run-'));
  chmodSync(dir, 0o755); // PostgreSQL runs as another account when we are root
  cleanup.later(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10 }));
  return dir;
};

/** Starts the run's server in a directory of its own; a volatile one only where nothing is killed. */
export const startServer = async (
  cleanup: Cleanup,
  { volatile = false }: { readonly volatile?: boolean } = {},
): Promise<Server> => {
  const dataDir = temporaryDir(cleanup);
  let server = await startEmbeddedPostgres({ dataDir, volatile });
  cleanup.later(() => server.stop());
  const { port, dir } = server;
  return {
    ground: async (name) => {
      await server.ensureDatabase(name);
      const ownerUrl = server.ownerUrl(name);
      await migrate({ ownerUrl, list: releaseMigrations });
      return { ownerUrl, botUrl: server.botUrl(name) };
    },
    kill: () => process.kill(serverPid(dir), 'SIGKILL'),
    restart: async () => {
      await server.stop(); // it is dead: this frees the data directory
      server = await startEmbeddedPostgres({ dataDir, port });
    },
  };
};

const serverPid = (dir: string): number =>
  Number(readFileSync(join(dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
