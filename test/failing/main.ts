// Fail the n-th call, all of it: every use case, update and job, each call of each, in every way,
// in memory and on PostgreSQL. Ends with 1 where anything was left half done. See docs/testing.md.
import { parseArgs } from 'node:util';
import { cloneDatabase } from '../support/database.ts';
import { mochaGlobalSetup, mochaGlobalTeardown } from '../support/global.ts';
import { askedFor } from '../support/program.ts';
import { failEach, type Tried } from './fail-each.ts';
import type { Way } from './faults.ts';
import type { Ground } from './ground.ts';
import { openMemoryGround } from './memory-ground.ts';
import { openPostgresGrounds } from './postgres-ground.ts';
import { TRIALS, type Named } from './trials.ts';

const USAGE = `npm run failing [-- options]
  --only <text>      what has this in its name
  --help`;

const IN_MEMORY: readonly Way[] = ['refused', 'lost'];
const IN_DATABASE: readonly Way[] = ['refused', 'lost', 'conflict', 'full', 'killed'];

const { only = '' } = askedFor(
  USAGE,
  () => parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } }).values,
);
const trials = TRIALS.filter(({ title }) => title.includes(only));
let [calls, runs, faults] = [0, 0, 0];

const tryOut = async (where: string, named: Named, work: () => Promise<Tried>): Promise<void> => {
  try {
    const tried = await work();
    calls += tried.calls.length;
    runs += tried.runs;
    console.log(`${where}  ${named.title}: ${tried.calls.length} calls, ${tried.runs} runs`);
  } catch (error) {
    faults += 1;
    console.log(`${where}  ${named.title}: WRONG`, error);
  }
};

const everywhere = async (
  where: string,
  open: (named: Named) => Promise<Ground>,
  ways: readonly Way[],
): Promise<void> => {
  for (const named of trials) {
    await tryOut(where, named, async () =>
      failEach(await open(named), { ...named.trial, ways: () => ways }),
    );
  }
};

await everywhere('memory    ', async ({ prepare }) => openMemoryGround(prepare), IN_MEMORY);
await mochaGlobalSetup();
const database = await cloneDatabase();
const grounds = await openPostgresGrounds(database);
await everywhere('PostgreSQL', ({ prepare }) => grounds.open(prepare), IN_DATABASE);
await grounds.close();
await database.drop();
await mochaGlobalTeardown();
console.log(`${trials.length} requests, ${calls} calls, ${runs} runs: ${faults} wrong`);
process.exitCode = faults === 0 && trials.length > 0 ? 0 : 1;
