// The simulation: a whole marketplace on the real core, checked every simulated day.
// Prints its figures; ends with 1 where a rule is broken, with 2 where asked for what there is not.
import { barOf } from '../../app/progress-bar.ts';
import { askedFor } from '../support/program.ts';
import { terminalProgress } from '../support/progress.ts';
import { printed } from '../support/report.ts';
import { readArguments, USAGE, type Asked } from './arguments.ts';
import { drawMarket } from './chart.ts';
import { reportOf } from './report.ts';
import { simulate, type Result } from './run.ts';

const asked = askedFor(USAGE, () => readArguments(process.argv.slice(2)));

const runSeed = async (seed: number): Promise<Result> => {
  const { users, days, faults } = asked;
  let [gone, operations] = [0, 0];
  const began = performance.now();
  const stop = terminalProgress(process.stdout, `seed ${seed}`).watch(() => {
    const left = gone === 0 ? 0 : ((performance.now() - began) / gone) * (days - gone);
    const done = `${barOf(gone / days)} day ${gone}/${days}, ${operations} operations`;
    return `${done}, ${Math.ceil(left / 1_000)} s left`;
  });
  const onDay = (day: number, done: number): void => {
    [gone, operations] = [day, done];
  };
  try {
    return await simulate({ users, days, seed, faults, onDay });
  } finally {
    stop();
  }
};

const titleOf = ({ users, days, seed, seeds }: Asked, { figures }: Result): string => {
  const paid = figures.tally.of('approved').toLocaleString('id-ID');
  const people = users.toLocaleString('id-ID');
  return `Upah, simulated: ${people} people, ${days} days, seed ${seed + seeds - 1}, ${paid} tasks paid`;
};

let broken = 0;
let last: Result | undefined;
for (let seed = asked.seed; seed < asked.seed + asked.seeds; seed += 1) {
  last = await runSeed(seed);
  const report = reportOf(asked, seed, last);
  if (asked.json) console.log(JSON.stringify(report));
  else if (asked.seeds === 1 || last.violation) console.log(printed(report));
  else {
    const done = last.figures.operations.total().toLocaleString('en-US');
    console.log(`seed ${seed}: passed, ${done} operations, digest ${last.digest.slice(0, 16)}`);
  }
  if (last.violation) broken += 1;
}
if (asked.png !== undefined && last) {
  await drawMarket({ file: asked.png, days: last.days, title: titleOf(asked, last) });
  if (!asked.json) console.log(`picture: ${asked.png}`);
}
if (asked.seeds > 1 && !asked.json) console.log(`${asked.seeds} seeds, ${broken} with violations`);
process.exitCode = broken > 0 ? 1 : 0;
