import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { needsDatabase } from './mutant.ts';

/** How a run of tests ended. */
export type Outcome =
  | { readonly ended: 'passed'; readonly tests: number }
  | { readonly ended: 'failed'; readonly first: string }
  | { readonly ended: 'hung' };

export interface TestRun {
  /** Where the sources are. */
  readonly dir: string;
  readonly tests: readonly string[];
  readonly grep: string;
  readonly patienceMs: number;
  /** Absent: ends with the first test that fails. */
  readonly goOn?: boolean;
}

const GOODBYE_MS = 5_000;
const FAILED = /^not ok \d+ (.*)$/;
const PASSED = /^ok \d+ (?!.*# SKIP)/;

/** Runs mocha in a process group of its own, which is ended with it. */
export const runTests = (run: TestRun): Promise<Outcome> => {
  const { dir, tests, grep, patienceMs, goOn = false } = run;
  const child = spawn(
    process.execPath,
    [
      'node_modules/mocha/bin/mocha.js',
      '--reporter',
      'tap',
      '--grep',
      grep,
      ...(goOn ? [] : ['--bail']),
      ...tests,
    ],
    {
      cwd: dir,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(needsDatabase(tests) ? {} : { TEST_SKIP_PG: '1' }) },
    },
  );
  const end = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // it has ended by itself
    }
  };
  return new Promise((resolve) => {
    let [passed, first, hung, trouble] = [0, '', false, ''];
    const timer = setTimeout(() => {
      hung = true;
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), GOODBYE_MS).unref();
    }, patienceMs);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, title] = FAILED.exec(line) ?? [];
      if (title !== undefined && first === '') first = title;
      if (PASSED.test(line)) passed += 1;
    });
    child.stderr.on('data', (text: Buffer) => {
      trouble = `${trouble}${text.toString()}`.slice(0, 2_000);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      end('SIGTERM'); // whatever it has left
      if (hung) resolve({ ended: 'hung' });
      else if (code === 0) resolve({ ended: 'passed', tests: passed });
      else resolve({ ended: 'failed', first: first || headOf(trouble) });
    });
  });
};

/** What the process said that ended before any test did. */
const headOf = (trouble: string): string =>
  trouble.split('\n').find((line) => /error/i.test(line)) ?? 'the process ended';
