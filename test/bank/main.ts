// The bank test: money moved by many at once on a durable PostgreSQL, while others look.
// Ends with 1 where anything was wrong, or too little was done. See docs/testing.md.
import { randomInt } from 'node:crypto';
import type { Cleanup } from '../support/cleanup.ts';
import { createDice } from '../support/dice.ts';
import { findMutants } from '../support/find-mutants.ts';
import { askedFor, runProgram } from '../support/program.ts';
import { terminalProgress } from '../support/progress.ts';
import { printed, type Report } from '../support/report.ts';
import { startServer, type Server } from '../support/server.ts';
import { readArguments, USAGE, type Asked } from './arguments.ts';
import { MUTANTS, type Mutant } from './mutants.ts';
import { runBank, SNAPSHOTS, TRANSFERS } from './run.ts';

/** What a run must do at least for each second that was asked for: less is no proof under load. */
const PAYMENTS_LEAST = 500;
const SNAPSHOTS_LEAST = 170;
const LEAST: Readonly<Record<string, number>> = {
  [TRANSFERS]: 2 * PAYMENTS_LEAST,
  [SNAPSHOTS]: SNAPSHOTS_LEAST,
};
const MUTANT_SECONDS = 3;

interface Stage {
  readonly server: Server;
  readonly cleanup: Cleanup;
  readonly asked: Asked;
}

const runOn = async (
  { server, cleanup, asked }: Stage,
  { mutant, seconds }: { readonly mutant: Mutant | undefined; readonly seconds: number },
): Promise<Report> => {
  const { writers, readers, seed } = asked;
  const ground = await server.ground(`bank_${mutant ?? 'sound'}`.replaceAll('-', '_'));
  const progress = terminalProgress(process.stdout, mutant ?? 'bank');
  const least =
    mutant === undefined
      ? { payments: PAYMENTS_LEAST * seconds, snapshots: SNAPSHOTS_LEAST * seconds }
      : {};
  const size = { writers, readers, seconds, ...least };
  return runBank({ ground, cleanup, dice: createDice(seed), progress, size, mutant });
};

const lazy = ({ figures }: Report, seconds: number): string[] =>
  figures
    .filter(({ what, value }) => Number(value) < (LEAST[what] ?? 0) * seconds)
    .map(({ what, value }) => `${what}: ${value}, and must be ${(LEAST[what] ?? 0) * seconds}`);

const run = async (stage: Stage): Promise<boolean> => {
  const { mutant, seconds, mutants } = stage.asked;
  if (mutants) {
    return findMutants(MUTANTS, (one) => runOn(stage, { mutant: one, seconds: MUTANT_SECONDS }));
  }
  const report = await runOn(stage, { mutant, seconds });
  const losses = [...report.losses, ...lazy(report, seconds)];
  console.log(printed({ ...report, losses }));
  return losses.length === 0;
};

const asked = askedFor(USAGE, () => readArguments(process.argv.slice(2), randomInt(1, 2 ** 31)));
console.log(`seed ${asked.seed}`);
await runProgram(async (cleanup) => run({ server: await startServer(cleanup), cleanup, asked }));
