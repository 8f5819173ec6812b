import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string>>;

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly output: string;
}

/**
 * `npm start` or `npm run upah` as a process of its own, with nothing of this one's settings.
 */
export interface OwnProcess {
  readonly ended: Promise<Ending>;
  /** Resolves when it has printed this; refuses where it ends before. */
  prints(text: string): Promise<void>;
  /** Resolves to what is found in its output as soon as it is there; refuses where it ends before. */
  finds(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
}

export const run = (words: readonly string[], environment: Environment): OwnProcess =>
  own(process.execPath, words, environment);

/** A script of package.json, in a shell as npm runs it: signals go to the shell. */
export const runScript = (name: string, environment: Environment): OwnProcess => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return own('sh', ['-c', scripts[name] ?? ''], environment);
};

const own = (program: string, words: readonly string[], environment: Environment): OwnProcess => {
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const child = spawn(program, [...words], {
    env: {
      PATH: path,
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      LOG_FORMAT: 'json',
      ...environment,
    },
  });
  let output = '';
  const looks = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of looks) look();
    });
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
  const found = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      const look = (): void => {
        const match = pattern.exec(output);
        if (match) resolve(match);
      };
      looks.add(look);
      look();
    });
  const finds = (pattern: RegExp): Promise<RegExpExecArray> =>
    Promise.race([
      found(pattern),
      ended.then(() => Promise.reject(new Error(`it ended without ${pattern}:\n${output}`))),
    ]);
  return {
    ended,
    prints: async (text) => {
      await finds(new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
    },
    finds,
    signal: (name) => child.kill(name),
  };
};

/** A data directory that is removed after use. */
export const aDataDir = () => {
  const path = mkdtempSync(join(tmpdir(), 'upah-own-'));
  chmodSync(path, 0o755); // PostgreSQL runs as another account when we are root
  return {
    path,
    /** The process id of the embedded server. */
    serverPid: () =>
      Number(readFileSync(join(path, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
};
