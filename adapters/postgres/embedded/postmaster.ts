import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './cluster.ts';
import type { Place } from './place.ts';
import { alive, commandLine, ended, gone, isZombie } from './process.ts';

/** A running server of our cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Fast shutdown: open transactions are rolled back. Resolves when the server has ended. */
  stop(): Promise<void>;
}

/** What a server is started with. */
export interface LaunchOptions {
  readonly port: number | undefined;
  readonly volatile: boolean;
  readonly log: (line: string) => void;
}

/** A server of our cluster that somebody else started, and may still be using. */
export type Server = Pick<Postmaster, 'pid' | 'port'>;

interface PidFile extends Server {
  readonly status: string;
}

const PATIENCE_MS = 60_000;
const STOP_MS = 30_000;
const POLL_MS = 10;

const DURABLE = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on'];
const VOLATILE = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

/** The old server's backends outlive it for a moment; a new one refuses to start beside them. */
const OLD_BACKENDS = /pre-existing shared memory block|is still in use/;

/**
 * The server that runs on this cluster, once it has started up, left as it is; undefined
 * when there is none, or when it ends. Removes a pid file whose pid now is another program's.
 */
export async function findRunning(
  { clusterDir }: Place,
  log: (line: string) => void,
): Promise<Server | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = readPidFile(clusterDir);
    if (!found) return undefined;
    // A dead one's file is left to PostgreSQL, which then looks for its surviving backends too.
    // Only a zombie fools it.
    if (!alive(found.pid)) {
      if (isZombie(found.pid)) removePidFile(clusterDir);
      return undefined;
    }
    const command = commandLine(found.pid);
    if (command !== undefined && !command.includes(clusterDir)) {
      log(`pid ${found.pid} in postmaster.pid is another program: removing that stale file`);
      removePidFile(clusterDir);
      return undefined;
    }
    if (found.status === 'ready') return found;
    if (Date.now() > deadline) {
      throw new Error(`PostgreSQL ${found.pid} of ${clusterDir} is neither up nor gone: end it`);
    }
    await sleep(POLL_MS);
  }
}

/** Starts the server and waits until it accepts connections. */
export async function launch(
  place: Place,
  binaries: Binaries,
  options: LaunchOptions,
): Promise<Postmaster> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const port = options.port ?? (await freePort());
    const child = spawnServer(place, binaries, { ...options, port });
    const failure = await untilReady(child, place.clusterDir, options.log);
    if (failure === undefined) return launched(child, port, binaries, place.clusterDir);
    if (!OLD_BACKENDS.test(failure) || Date.now() > deadline) {
      throw new Error(`PostgreSQL did not start: ${failure}`);
    }
    await sleep(100);
  }
}

function spawnServer(
  { clusterDir, account }: Place,
  binaries: Binaries,
  options: LaunchOptions,
): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'password_encryption=scram-sha-256',
    'timezone=UTC',
    'log_timezone=UTC',
    'lc_messages=C',
    'log_min_messages=warning',
    'log_destination=stderr',
    'logging_collector=off',
    ...(options.volatile ? [...VOLATILE, 'max_connections=200'] : DURABLE),
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  return spawn(binaries.path('postgres'), ['-D', clusterDir, '-p', `${options.port}`, ...flags], {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    detached: true, // Ctrl-C reaches only us: we stop the server after our own drain
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
}

/** Resolves with nothing when the server is up, else with what it said. */
async function untilReady(
  child: ChildProcess,
  clusterDir: string,
  log: (line: string) => void,
): Promise<string | undefined> {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4_000);
    log(text.trimEnd());
  });
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('close', (code, signal) => (failure ??= `${tail.trim()} (${code ?? signal})`));
  const killIfWeEnd = (): unknown => child.kill('SIGINT');
  process.once('exit', killIfWeEnd);
  try {
    while (failure === undefined) {
      const found = readPidFile(clusterDir);
      if (found?.pid === child.pid && found?.status === 'ready') return undefined;
      await sleep(POLL_MS);
    }
    return failure;
  } finally {
    process.off('exit', killIfWeEnd);
  }
}

function launched(
  child: ChildProcess,
  port: number,
  binaries: Binaries,
  clusterDir: string,
): Postmaster {
  const pid = child.pid ?? 0;
  child.unref(); // an open server alone does not keep us running
  if (child.stderr && 'unref' in child.stderr && typeof child.stderr.unref === 'function') {
    child.stderr.unref();
  }
  return stoppable({ pid, port }, binaries, clusterDir, async () => {
    child.ref();
    await ended(child);
  });
}

/** Makes a server that a killed Upah left running ours: it ends with us from now on. */
export const adopt = (
  { pid, port }: Server,
  { clusterDir }: Place,
  binaries: Binaries,
): Postmaster =>
  stoppable({ pid, port }, binaries, clusterDir, async () => {
    if (!(await gone(pid, STOP_MS))) throw new Error(`PostgreSQL ${pid} does not stop`);
  });

/** Leaves no server behind: neither after stop() nor on process.exit() or an uncaught error. */
function stoppable(
  server: { pid: number; port: number },
  binaries: Binaries,
  clusterDir: string,
  untilEnded: () => Promise<void>,
): Postmaster {
  const signal = (): void => {
    if (!alive(server.pid)) return;
    if (process.platform === 'win32') {
      spawnSync(binaries.path('pg_ctl'), ['stop', '-D', clusterDir, '-m', 'fast', '-W']);
    } else {
      process.kill(server.pid, 'SIGINT');
    }
  };
  process.once('exit', signal);
  return {
    ...server,
    async stop() {
      process.off('exit', signal);
      const hasEnded = untilEnded();
      signal();
      await hasEnded;
    },
  };
}

function readPidFile(clusterDir: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, , , port, , , , status = ''] = lines;
  return { pid: Number(pid), port: Number(port), status: status.trim() };
}

const removePidFile = (clusterDir: string): void =>
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
