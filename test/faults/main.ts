// The fault run: what was delivered takes effect once, what is owed arrives, whatever is killed.
// Prints its figures; ends with 1 where anything was lost. See docs/testing.md.
import { randomInt } from 'node:crypto';
import { createCleanup, type Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { createDice } from '../support/dice.ts';
import { findMutants } from '../support/find-mutants.ts';
import { askedFor, runProgram } from '../support/program.ts';
import { terminalProgress, type Progress } from '../support/progress.ts';
import { printed, type Report } from '../support/report.ts';
import { startServer, type Server } from '../support/server.ts';
import { PARTS, readArguments, USAGE, type Asked, type Part } from './arguments.ts';
import { runMoney, type MoneySize } from './money/run.ts';
import { MUTANTS, type Mutant } from './mutants.ts';
import { runNotifications } from './notifications.ts';
import { runPace } from './pace.ts';
import { FULL, MUTANT_SIZE } from './sizes.ts';
import { runSlow } from './slow.ts';
import { runStop } from './stop.ts';
import { runUpdates } from './updates.ts';

interface Stage {
  readonly ground: DatabaseUrls;
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
  if (mutants) {
    return findMutants(MUTANTS, (one) =>
      runPart('money', on, { size: MUTANT_SIZE, ...(one && { mutant: one }) }),
    );
  }
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

const asked = askedFor(USAGE, () => readArguments(process.argv.slice(2), randomInt(2 ** 31)));
console.log(`seed ${asked.seed}`);
await runProgram((cleanup) => runAll(asked, cleanup));
