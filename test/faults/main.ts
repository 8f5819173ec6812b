// The fault run: what was delivered takes effect once, what is owed arrives, whatever is killed.
// Prints its figures; ends with 1 where anything was lost. See docs/testing.md.
import { randomInt } from 'node:crypto';
import { PARTS, readArguments, USAGE, type Asked, type Part } from './arguments.ts';
import { createCleanup, type Cleanup } from './cleanup.ts';
import { createDice } from './dice.ts';
import { startServer, type Ground, type Server } from './ground.ts';
import { runMoney, type MoneySize } from './money/run.ts';
import { MUTANTS, type Mutant } from './mutants.ts';
import { runNotifications } from './notifications.ts';
import { runPace } from './pace.ts';
import { terminalProgress, type Progress } from './progress.ts';
import { printed, type Report } from './report.ts';
import { FULL, MUTANT_SIZE } from './sizes.ts';
import { runSlow } from './slow.ts';
import { runStop } from './stop.ts';
import { runUpdates } from './updates.ts';

interface Stage {
  readonly ground: Ground;
  readonly server: Server;
  readonly cleanup: Cleanup;
  readonly dice: ReturnType<typeof createDice>;
  readonly progress: Progress;
  readonly mutant: Mutant | undefined;
  readonly money: MoneySize;
}

const RUNS: Readonly<Record<Part, (stage: Stage) => Promise<Report>>> = {
  updates: (stage) => runUpdates({ ...stage, size: FULL.updates }),
  slow: (stage) => runSlow({ ...stage, users: FULL.slow }),
  notifications: (stage) => runNotifications({ ...stage, size: FULL.notifications }),
  money: (stage) => runMoney({ ...stage, size: stage.money }),
  pace: runPace,
  stop: (stage) => runStop({ ...stage, updates: FULL.stop }),
};

/** Runs a part in a database of its own, and puts its things away after it. */
const runPart = async (
  part: Part,
  on: { readonly server: Server; readonly cleanup: Cleanup; readonly seed: number },
  {
    mutant,
    size: money = FULL.money,
  }: { readonly mutant?: Mutant; readonly size?: MoneySize } = {},
): Promise<Report> => {
  const own = createCleanup();
  on.cleanup.later(own.run);
  const name = mutant === undefined ? part : `${part}_${mutant.replaceAll('-', '_')}`;
  const ground = await on.server.ground(name);
  const progress = terminalProgress(process.stdout, name);
  const dice = createDice(on.seed);
  try {
    const report = await RUNS[part]({ ...on, ground, cleanup: own, dice, progress, mutant, money });
    return { ...report, part: name };
  } finally {
    await own.run();
  }
};

const runAll = async (
  { parts, mutant, mutants, seed }: Asked,
  cleanup: Cleanup,
): Promise<boolean> => {
  const server = await startServer(cleanup);
  const on = { server, cleanup, seed };
  if (mutants) return findMutants(on);
  let hasPassed = true;
  for (const part of PARTS.filter((one) => parts.includes(one))) {
    const began = performance.now();
    const report = await runPart(part, on, mutant && { mutant, size: MUTANT_SIZE });
    const took = Math.round((performance.now() - began) / 1_000);
    console.log(`${printed(report)}\n  (${took} s)\n`);
    hasPassed &&= report.losses.length === 0;
  }
  return hasPassed;
};

/** The same run passes without a defect and fails with each: so it is the defect that it finds. */
const findMutants = async (on: Parameters<typeof runPart>[1]): Promise<boolean> => {
  const sound = await runPart('money', on, { size: MUTANT_SIZE });
  if (sound.losses.length > 0) console.log(printed(sound));
  let caught = 0;
  for (const mutant of MUTANTS) {
    const { losses } = await runPart('money', on, { mutant, size: MUTANT_SIZE });
    if (losses.length > 0) caught += 1;
    const proof = losses.length > 0 ? `caught by ${losses.length} losses` : 'SURVIVED';
    console.log(`${mutant}: ${proof}\n  ${losses[0] ?? 'nothing was missed'}`);
  }
  console.log(`mutants caught: ${caught}/${MUTANTS.length}`);
  return sound.losses.length === 0 && caught === MUTANTS.length;
};

const cleanup = createCleanup();
let isEnding = false;
const end = async (code: number): Promise<void> => {
  if (isEnding) return;
  isEnding = true;
  await cleanup.run();
  process.exit(code);
};
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => void end(code));
}

for (const trouble of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(trouble, (error: unknown) => {
    if (isEnding) return; // what is cut off while the run is put away complains
    console.error(error);
    void end(1);
  });
}

const asked = ((): Asked => {
  try {
    const wanted = readArguments(process.argv.slice(2), randomInt(2 ** 31));
    if (!wanted.help) return wanted;
    console.log(USAGE);
    return process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return process.exit(2);
  }
})();
console.log(`seed ${asked.seed}`);
const hasPassed = await runAll(asked, cleanup);
if (!isEnding) console.log(hasPassed ? 'passed' : 'FAILED: see above');
await end(hasPassed ? 0 : 1);
