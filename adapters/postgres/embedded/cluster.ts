import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { ADMIN_ROLE } from './credentials.ts';
import type { Place } from './place.ts';

/** How to make a new cluster. */
export interface NewCluster {
  readonly password: string;
  readonly volatile: boolean;
}

/** Refuses a cluster that these binaries cannot open. */
export function checkCluster({ clusterDir }: Place, { major }: Binaries): void {
  const file = join(clusterDir, 'PG_VERSION');
  if (!existsSync(file)) {
    throw new Error(
      `${clusterDir} exists and is no PostgreSQL data directory: move it away, or set DATA_DIR`,
    );
  }
  const found = readFileSync(file, 'utf8').trim();
  if (found === major) return;
  throw new Error(
    `${clusterDir} was made by PostgreSQL ${found} and this Upah runs PostgreSQL ${major}: ` +
      'start the Upah that made it, take a backup, and restore that into an empty DATA_DIR',
  );
}

/** Makes a cluster, beside its final name and renamed when whole: a crash leaves no half of one. */
export function makeCluster(place: Place, binaries: Binaries, options: NewCluster): void {
  const unfinished = `${place.clusterDir}.new`;
  const passwordFile = `${place.clusterDir}.pw`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    const { account } = place;
    for (const path of account ? [unfinished, passwordFile] : []) {
      chownSync(path, account?.uid ?? 0, account?.gid ?? 0);
    }
    const args = initdbArgs(unfinished, passwordFile, options.volatile);
    const result = spawnSync(binaries.path('initdb'), args, {
      ...account,
      encoding: 'utf8',
      cwd: unfinished,
      env: serverEnvironment(),
    });
    if (result.status !== 0) {
      throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
    }
    renameSync(unfinished, place.clusterDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function initdbArgs(dir: string, passwordFile: string, volatile: boolean): string[] {
  const names = ['-D', dir, '-U', ADMIN_ROLE, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return [...names, '-E', 'UTF8', ...locale, ...(volatile ? ['--no-sync'] : SYNC_AT_ONCE)];
}

/** The file system as a whole, instead of a thousand files one by one; as safe. */
const SYNC_AT_ONCE = process.platform === 'linux' ? ['--sync-method=syncfs'] : [];

/** Not ours: it holds the bot's token and keys, and another account may read the server's. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const needed = ['PATH', 'SystemRoot', 'TEMP', 'TMP'];
  const kept = needed.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
