import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A folder of somebody else's, with `upah` installed in it as npm would from a registry. */
export interface Customer {
  readonly folder: string;
  remove(): void;
}

/**
 * Builds the package, packs it, and unpacks it in a folder outside the checkout; what the package
 * depends on is the checkout's. Takes about five seconds.
 */
export const installPacked = async (): Promise<Customer> => {
  const root = mkdtempSync(join(tmpdir(), 'upah-package-'));
  const source = join(root, 'source');
  const folder = join(root, 'customer');
  const installed = join(folder, 'node_modules', 'upah');
  for (const path of [source, installed]) mkdirSync(path, { recursive: true });
  await run(resolve('node_modules/.bin/tsc'), [
    '-p',
    'tsconfig.build.json',
    '--noCheck', // it emits the same, and `npm run typecheck` is a check of its own
    '--outDir',
    join(source, 'dist'),
    '--sourceMap',
    'false',
    '--declarationMap',
    'false',
  ]);
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
  const copied = files.filter((path) => path !== 'dist' && !path.startsWith('!'));
  for (const path of ['package.json', 'README.md', 'LICENSE', ...copied]) {
    cpSync(path, join(source, path), { recursive: true });
  }
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: source });
  await run('tar', ['-xzf', join(source, stdout.trim()), '-C', installed, '--strip', '1']);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  return { folder, remove: () => rmSync(root, { recursive: true, force: true }) };
};
