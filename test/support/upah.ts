import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseUrls } from './database.ts';

/** How a command ended, and all that it printed. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** `upah …`, the operator's command, in a process of its own on this database. */
export const runUpah = (
  { botUrl, ownerUrl }: DatabaseUrls,
  words: readonly string[],
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'upah-cli-'));
    const child = spawn(process.execPath, ['app/cli.ts', ...words], {
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        DATABASE_URL: botUrl,
        DATABASE_OWNER_URL: ownerUrl,
        DATA_DIR: dataDir,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      rmSync(dataDir, { recursive: true, force: true });
      resolve({ code, output });
    });
  });
