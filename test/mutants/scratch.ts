import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { edited, type Edit } from './mutant.ts';

/** A copy of the checkout, to be spoilt. */
export interface Scratch {
  readonly dir: string;
  /** Runs `work` on the copy with these edits, and takes them back. */
  with<T>(edits: readonly Edit[], work: () => Promise<T>): Promise<T>;
  remove(): void;
}

const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'coverage', 'data']);

/** Copies the sources; what was installed is used from where it is. */
export const createScratch = (checkout: string): Scratch => {
  const dir = mkdtempSync(join(tmpdir(), 'upah-mutants-'));
  cpSync(checkout, dir, {
    recursive: true,
    filter: (path) => relative(checkout, path) === '' || !LEFT_OUT.has(basename(path)),
  });
  symlinkSync(join(checkout, 'node_modules'), join(dir, 'node_modules'));
  return {
    dir,
    with: async (edits, work) => {
      const before = new Map<string, string>();
      for (const edit of edits) {
        const path = join(dir, edit.file);
        const text = readFileSync(path, 'utf8');
        if (!before.has(path)) before.set(path, text);
        writeFileSync(path, edited(text, edit));
      }
      try {
        return await work();
      } finally {
        for (const [path, text] of before) writeFileSync(path, text);
      }
    },
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
};
