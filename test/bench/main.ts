import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { wholeNumber } from '../support/arguments.ts';
import { mochaGlobalSetup, mochaGlobalTeardown } from '../support/global.ts';
import { audit } from './audit.ts';
import { hold, type Bench, type Figures, type Result, type Tournament } from './contest.ts';
import { page } from './page.ts';
import { screens } from './screens.ts';
import { playAll } from './tournament.ts';
import { verifyRecent } from './verify-recent.ts';
import { verify } from './verify.ts';
import { walls } from './walls.ts';

/** Benches by the name they are asked for by. */
const BENCHES: Readonly<Record<string, Bench | Tournament>> = {
  audit,
  page,
  screens,
  verify,
  'verify-recent': verifyRecent,
  walls,
};

const usage = (): string =>
  [
    'npm run bench -- <name> [--rounds 5] [--seconds 600] [--json] [--<size> <number>]',
    ...Object.entries(BENCHES).map(([name, { what, sizes }]) => {
      const flags = Object.entries(sizes).map(([flag, value]) => `--${flag} ${value}`);
      return `  ${name.padEnd(14)} ${what} (${flags.join(' ')})`;
    }),
  ].join('\n');

const figures = ({ median, min, max }: Figures, digits = 0): string => {
  const show = (value: number) =>
    value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
  return `${show(median)} (${show(min)} … ${show(max)})`;
};

const print = (name: string, bench: Bench, result: Result): void => {
  console.log(`${name}: ${bench.what}; ${result.rounds} rounds, ${availableParallelism()} cores`);
  for (const [side, speed] of Object.entries(result.speed)) {
    console.log(`  ${side.padEnd(24)} ${figures(speed)} ${result.unit}/s`);
  }
  const goal = bench.goal === undefined ? '' : `, at least ${bench.goal} is the aim`;
  console.log(`  ${'ratio'.padEnd(24)} ${figures(result.ratio, 3)}${goal}`);
  for (const [what, value] of Object.entries(result.notes)) {
    console.log(`  ${what.padEnd(24)} ${value}`);
  }
};

const main = async (): Promise<void> => {
  const [name = '', ...rest] = process.argv.slice(2);
  const bench = BENCHES[name];
  if (!bench) throw new Error(usage());
  const sizeFlags = Object.entries(bench.sizes).map(
    ([flag, value]) => [flag, { type: 'string', default: String(value) }] as const,
  );
  const { values } = parseArgs({
    args: rest,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '600' },
      json: { type: 'boolean', default: false },
      ...Object.fromEntries(sizeFlags),
    },
  });
  const asked: Readonly<Record<string, string | boolean | undefined>> = values;
  const sizes = Object.fromEntries(
    sizeFlags.map(([flag]) => [flag, wholeNumber(flag, String(asked[flag]), [1, 100_000_000])]),
  );
  const limits = {
    rounds: wholeNumber('rounds', values.rounds, [1, 1_000]),
    ms: wholeNumber('seconds', values.seconds, [1, 86_400]) * 1_000,
  };
  const needsDatabase = 'openAll' in bench || (bench.database ?? true);
  if (needsDatabase) await mochaGlobalSetup();
  try {
    if ('openAll' in bench) {
      const isFast = await playAll({ name, bench, sizes, limits, json: values.json });
      if (!isFast) process.exitCode = 1;
      return;
    }
    const result = await measured(bench, sizes, limits);
    if (values.json) console.log(JSON.stringify({ name, sizes, ...result }));
    else print(name, bench, result);
    if (bench.goal !== undefined && result.ratio.median < bench.goal) process.exitCode = 1;
  } finally {
    if (needsDatabase) await mochaGlobalTeardown();
  }
};

const measured = async (
  bench: Bench,
  sizes: Readonly<Record<string, number>>,
  limits: { readonly rounds: number; readonly ms: number },
): Promise<Result> => {
  const contest = await bench.open(sizes);
  try {
    return await hold(contest, limits, (round) =>
      console.error(`round ${round} of ${limits.rounds}`),
    );
  } finally {
    await contest.close();
  }
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
