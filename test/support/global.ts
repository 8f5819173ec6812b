// Mocha's global fixtures run once, in the main process, also with --parallel: its workers are
// forked afterwards and inherit process.env.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../adapters/postgres/embedded/index.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { releaseMigrations } from '../../app/migrations.ts';
import { SERVER_ENV, TEMPLATE } from './database.ts';

let server: EmbeddedPostgres | undefined;
let dir: string | undefined;

/** One volatile server a run, with the migrated template; none when TEST_SKIP_PG is set. */
export async function mochaGlobalSetup(): Promise<void> {
  if (process.env['TEST_SKIP_PG']) return;
  await startTestServer({ volatile: true });
}

/** A server with the migrated template, where {@link SERVER_ENV} says; without fsync if volatile. */
export async function startTestServer({ volatile }: { readonly volatile: boolean }): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1)); // runs the exit hook that ends the server
  }
  dir = mkdtempSync(join(tmpdir(), 'upah-test-'));
  chmodSync(dir, 0o755); // PostgreSQL runs as another account when we are root
  process.once('exit', removeDir);
  // What one process of the run has compiled, the next one need not.
  process.env['NODE_COMPILE_CACHE'] ??= join(dir, 'compiled');
  server = await startEmbeddedPostgres({ dataDir: dir, volatile });
  await server.ensureDatabase(TEMPLATE);
  await migrate({ ownerUrl: server.ownerUrl(TEMPLATE), list: releaseMigrations });
  process.env[SERVER_ENV.admin] = server.adminUrl('');
  process.env[SERVER_ENV.owner] = server.ownerUrl('');
  process.env[SERVER_ENV.bot] = server.botUrl('');
}

/** After each file: else only a process that ends by itself leaves what it has compiled. */
export const mochaHooks = {
  afterAll: (): void => flushCompileCache(),
};

export const mochaGlobalTeardown = (): Promise<void> => stopTestServer();

/** Ends the server and removes its data. */
export async function stopTestServer(): Promise<void> {
  await server?.stop();
  removeDir();
}

function removeDir(): void {
  if (!dir) return;
  try {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // the dying server still writes there: the system cleans its temporary directory
  }
}
