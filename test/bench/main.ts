// How fast we are, held against a yardstick in the same run. Ends with 1 where a row is out of reach.
import { parseArgs } from 'node:util';
import { wholeNumber } from '../support/arguments.ts';
import { startTestServer, stopTestServer } from '../support/global.ts';
import { runAll } from './all.ts';
import { approveHot } from './approve-hot.ts';
import { approveMany } from './approve-many.ts';
import { approve } from './approve.ts';
import { audit } from './audit.ts';
import type { Bench, Tournament } from './contest.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { growth } from './growth.ts';
import { page } from './page.ts';
import { partition } from './partition.ts';
import { queue } from './queue.ts';
import { post } from './post.ts';
import { asMarkdown, asText } from './print.ts';
import { progressBar } from './progress-bar.ts';
import { screens } from './screens.ts';
import { isKept, playAll, type Outcome } from './tournament.ts';
import { take } from './take.ts';
import { updates } from './updates.ts';
import { start } from './start.ts';
import { verifyRecent } from './verify-recent.ts';
import { verify } from './verify.ts';
import { walls } from './walls.ts';

type Benches = Readonly<Record<string, Bench | Tournament>>;

/** The table of docs/performance.md, in its order: what `all` runs. */
const SPEED: Benches = {
  approve,
  'approve-hot': approveHot,
  'approve-many': approveMany,
  take,
  post,
  growth,
  queue,
  updates,
  latency,
  start,
  memory,
};

/** What other pages speak of. */
const OTHERS: Benches = {
  audit,
  page,
  partition,
  screens,
  verify,
  'verify-recent': verifyRecent,
  walls,
};

const BENCHES: Benches = { ...SPEED, ...OTHERS };

const usage = (): string =>
  [
    'npm run bench -- <name> [--rounds 5] [--seconds 600] [--json | --markdown] [--<size> <number>]',
    ...Object.entries(BENCHES).map(([name, { what, sizes }]) => {
      const flags = Object.entries(sizes).map(([flag, value]) => `--${flag} ${value}`);
      return `  ${name.padEnd(14)} ${what} (${flags.join(' ')})`;
    }),
    `  ${'all'.padEnd(14)} ${Object.keys(SPEED).join(', ')}`,
  ].join('\n');

/** Flags of every bench; `seconds`: no round begins after them. */
const COMMON = {
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '600' },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const;

const limitsOf = (values: { readonly rounds: string; readonly seconds: string }) => ({
  rounds: wholeNumber('rounds', values.rounds, [1, 1_000]),
  ms: wholeNumber('seconds', values.seconds, [1, 86_400]) * 1_000,
});

const outcomeOf = async (name: string, bench: Bench | Tournament, args: readonly string[]) => {
  const sizeFlags = Object.entries(bench.sizes).map(
    ([flag, value]) => [flag, { type: 'string', default: String(value) }] as const,
  );
  const { values } = parseArgs({
    args: [...args],
    options: { ...COMMON, ...Object.fromEntries(sizeFlags) },
  });
  const asked: Readonly<Record<string, string | boolean | undefined>> = values;
  const sizes = Object.fromEntries(
    sizeFlags.map(([flag]) => [flag, wholeNumber(flag, String(asked[flag]), [1, 100_000_000])]),
  );
  const play = { name, sizes, limits: limitsOf(values), bar: progressBar(process.stderr) };
  const needsDatabase = bench.database ?? true;
  // As durable as the product's own: what waits for the disk there waits for it here.
  if (needsDatabase) await startTestServer({ volatile: false });
  try {
    return { outcome: await playAll(bench, play), values };
  } finally {
    if (needsDatabase) await stopTestServer();
  }
};

const runEach = async (args: readonly string[]) => {
  const { values } = parseArgs({ args: [...args], options: COMMON });
  const { rounds, seconds } = values;
  limitsOf(values);
  const flags = ['--rounds', rounds, '--seconds', seconds];
  return { outcomes: await runAll(Object.keys(SPEED), flags), values };
};

const print = (
  outcomes: readonly Outcome[],
  { json, markdown }: { readonly json: boolean; readonly markdown: boolean },
): void => {
  if (markdown) console.log(asMarkdown(outcomes));
  else if (json) for (const outcome of outcomes) console.log(JSON.stringify(outcome));
  else console.log(outcomes.map(asText).join('\n\n'));
  if (!outcomes.every(isKept)) process.exitCode = 1;
};

const main = async (): Promise<void> => {
  const [name = '', ...args] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (name === 'all') {
    const { outcomes, values } = await runEach(args);
    print(outcomes, values);
  } else if (bench) {
    const { outcome, values } = await outcomeOf(name, bench, args);
    print([outcome], values);
  } else {
    throw new Error(usage());
  }
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
