// Scripts of requests in any order, by anybody, held against a model of the rules: npm run model.
// Ends with 1 where the marketplace did what the rules do not allow. See docs/testing.md.
import { randomInt } from 'node:crypto';
import { barOf } from '../../app/progress-bar.ts';
import type { Cleanup } from '../support/cleanup.ts';
import { askedFor, runProgram } from '../support/program.ts';
import { terminalProgress } from '../support/progress.ts';
import { figures, printed, type Report } from '../support/report.ts';
import { startServer } from '../support/server.ts';
import { readArguments, USAGE, type Asked } from './arguments.ts';
import { memoryGround } from './ground-memory.ts';
import { postgresGround } from './ground-postgres.ts';
import type { Ground } from './ground.ts';
import { runModel, type ModelResult } from './run.ts';
import { KINDS } from './scripts.ts';
import { missing, type Tally } from './tally.ts';

/** Each kind of request must have been done once in so many commands: else it proves little. */
const ONE_IN = 1_000;

const groundsFor = async ({ on, lanes }: Asked, cleanup: Cleanup): Promise<Ground[]> => {
  if (on === 'memory') return [memoryGround()];
  const server = await startServer(cleanup, { volatile: true });
  const grounds: Ground[] = [];
  for (let lane = 1; lane <= lanes; lane += 1) {
    grounds.push(await postgresGround(await server.ground(`model_${lane}`), cleanup));
  }
  return grounds;
};

const reportOf = (
  { on, parallel }: Asked,
  { tally, failure }: ModelResult,
  seconds: number,
): Report => ({
  part: `model on ${on}${parallel ? ', several at once' : ''}`,
  figures: figures({
    commands: tally.commands,
    'commands per second': Math.round(tally.commands / seconds),
    scripts: tally.scripts,
    'commands of the longest': tally.longest,
    done: total(tally.done),
    ...sorted(tally.done),
    refused: total(tally.refused),
    ...sorted(tally.refused),
  }),
  losses: failure
    ? [
        `${failure.why.split('\n')[0]}; the script stands above, and is found again with ` +
          `--seed ${failure.seed} --commands 1 --lanes 1${parallel ? ' --parallel' : ''}`,
      ]
    : missing(tally, KINDS, ONE_IN),
});

const total = (counts: Tally['done']): number =>
  [...counts.values()].reduce((sum, times) => sum + times, 0);

const sorted = (counts: Tally['done']): Record<string, number> =>
  Object.fromEntries(
    [...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, times]) => [`  ${what}`, times]),
  );

const run = async (asked: Asked, cleanup: Cleanup): Promise<boolean> => {
  const grounds = await groundsFor(asked, cleanup);
  let so: Tally | undefined;
  const share = (): number => Math.min(1, (so?.commands ?? 0) / asked.commands);
  const stop = terminalProgress(process.stdout, 'model').watch(
    () => `${barOf(share())} ${so?.commands ?? 0} of ${asked.commands} commands`,
  );
  const began = performance.now();
  const result = await runModel({ ...asked, grounds, onProgress: (tally) => (so = tally) });
  stop();
  const report = reportOf(asked, result, (performance.now() - began) / 1_000);
  for (const [index, step] of result.failure?.script.entries() ?? []) {
    console.log(`${index + 1}. ${step}`);
  }
  if (result.failure) console.log(`${result.failure.why}\n`);
  console.log(printed(report));
  return report.losses.length === 0;
};

const asked = askedFor(USAGE, () => readArguments(process.argv.slice(2), randomInt(1, 2 ** 31)));
console.log(`seed ${asked.seed}`);
await runProgram((cleanup) => run(asked, cleanup));
