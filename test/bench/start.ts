import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPILED } from '../../app/compile-cache.ts';
import { figuresOf, type Notes, type Opened, type Side, type Tournament } from './contest.ts';

const READY = 'Upah is running';
const MARKS = new URL('start-marks.mjs', import.meta.url).href;
const CHECKOUT = new URL('../..', import.meta.url);

/** Moments of a start, in ms since 1970, and how long programs took that it ran and waited for. */
interface Marks {
  readonly node: number;
  readonly booted: number;
  readonly imported: number;
  readonly launched: number;
  readonly connected: number;
  readonly sandbox: number;
  readonly ready: number;
  readonly initdb: number;
  readonly programs: number;
}

/** A part of a start, and how many ms it took. */
type Phases = Readonly<Record<string, number>>;

const phasesOf = (spawned: number, marks: Marks): Phases => ({
  npm: marks.node - spawned,
  "node's own boot": marks.booted - marks.node,
  'loading modules': marks.imported - marks.booted,
  initdb: marks.initdb,
  'other programs of PostgreSQL': marks.programs,
  'folders, keys, locks': marks.launched - marks.imported - marks.initdb - marks.programs,
  'PostgreSQL comes up': marks.connected - marks.launched,
  'roles, migrations, connections': marks.sandbox - marks.connected,
  'sandbox, bot, jobs': marks.ready - marks.sandbox,
});

/** From `npm start` to the line that says it runs, as who has just cloned it would. */
export const start: Tournament = {
  what: 'npm start until the bot is ready, in an empty folder and again in the same one',
  sizes: {},
  database: false,
  openAll: async (): Promise<Opened> => {
    const again = aFolder();
    await startOnce(again.path);
    const [first, second]: [Phases[], Phases[]] = [[], []];
    return {
      trials: [
        {
          name: '',
          unit: 'ms',
          measure: 'value',
          ours: startingIn('again', () => again, second),
          yardstick: startingIn('the first time', afresh, first),
          notes: () => ({ ...notesOf('first', first), ...notesOf('again', second) }),
        },
      ],
      close: async () => again.remove(),
    };
  },
};

interface Folder {
  readonly path: string;
  remove(): void;
}

const aFolder = (): Folder => {
  const path = mkdtempSync(join(tmpdir(), 'upah-start-'));
  chmodSync(path, 0o755); // PostgreSQL runs as another account when we are root
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
};

/** As after `npm ci`: nothing is compiled either. */
const afresh = (): Folder => {
  rmSync(COMPILED, { recursive: true, force: true });
  return aFolder();
};

const startingIn = (name: string, folder: () => Folder, kept: Phases[]): Side => {
  let used: Folder | undefined;
  return {
    name,
    run: async () => {
      used = folder();
      const { ms, phases } = await startOnce(used.path);
      kept.push(phases);
      return { value: ms };
    },
    check: async () => {
      if (folder === afresh) used?.remove();
    },
  };
};

/** Starts it, and ends it in order once it is ready. */
const startOnce = async (dataDir: string): Promise<{ ms: number; phases: Phases }> => {
  const { NODE_COMPILE_CACHE: _, ...environment } = process.env;
  const spawned = Date.now();
  const child = spawn('npm', ['start'], {
    cwd: CHECKOUT,
    detached: true, // npm and the bot as one group, to be ended as Ctrl-C does
    env: {
      ...environment,
      DATA_DIR: dataDir,
      SANDBOX_PORT: '0',
      NODE_OPTIONS: `--import=${MARKS}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const marks = /^marks (.*)$/m.exec(output)?.[1];
      if (marks !== undefined && output.includes(READY)) resolve(marks);
    });
    child.once('exit', () => reject(new Error(`it did not start: ${output}`)));
  });
  const marks = JSON.parse(await ready) as Marks;
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await ended;
  return { ms: marks.ready - spawned, phases: phasesOf(spawned, marks) };
};

/** Medians of all but the first, which warms the machine up. */
const notesOf = (when: string, [, ...starts]: readonly Phases[]): Notes =>
  Object.fromEntries(
    Object.keys(starts[0] ?? {}).map((phase) => {
      const { median } = figuresOf(starts.map((phases) => phases[phase] ?? Number.NaN));
      return [`${when}: ${phase}`, `${Math.round(median)} ms`];
    }),
  );
