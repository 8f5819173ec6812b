// Applies one deliberate bug after the other to a copy of the checkout, and runs the tests that have
// to catch it. Ends with 1 unless each is caught and they pass without. See docs/testing.md.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { askedFor } from '../support/program.ts';
import { MUTANTS } from './list.ts';
import type { Mutant } from './mutant.ts';
import { runTests, type Outcome } from './run-tests.ts';
import { createScratch, type Scratch } from './scratch.ts';

const USAGE = `npm run mutants [-- options]
  --only <name>      those whose name has this
  --list             their names, and nothing else
  --help`;

const CHECKOUT = join(import.meta.dirname, '../..');
const AT_ONCE = 2;
const PATIENCE_MS = 120_000;
const UNSPOILT_PATIENCE_MS = 300_000;

const { only = '', list } = askedFor(
  USAGE,
  () =>
    parseArgs({
      options: {
        only: { type: 'string' },
        list: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values,
);
const chosen = MUTANTS.filter(({ name }) => name.includes(only));

const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};

const say = (text: string): void => {
  progress('');
  console.log(text);
};

/** What catches these mutants must pass on the sources as they are. */
const unspoilt = async (scratches: readonly Scratch[]): Promise<boolean> => {
  const groups = [...Map.groupBy(chosen, ({ tests }) => tests.join(' ')).values()];
  const of = groups.length;
  let [passed, failures] = [0, 0];
  await shared(scratches, groups, async ({ dir }, group) => {
    progress(`without a bug: ${of - groups.length} of ${of} sets of tests`);
    const tests = group[0]?.tests ?? [];
    const grep = [...new Set(group.map((mutant) => `(?:${mutant.grep})`))].join('|');
    const outcome = await runTests({ dir, tests, grep, patienceMs: UNSPOILT_PATIENCE_MS });
    if (outcome.ended === 'passed' && outcome.tests > 0) passed += outcome.tests;
    else {
      failures += 1;
      say(`without a bug, ${tests.join(' ')}: ${told(outcome)}`);
    }
  });
  say(`without a bug: ${passed} tests pass, ${failures} of ${of} sets of them fail`);
  return failures === 0;
};

/** Each copy takes one thing after the other. */
const shared = async <T>(
  scratches: readonly Scratch[],
  waiting: T[],
  work: (scratch: Scratch, one: T) => Promise<void>,
): Promise<void> => {
  await Promise.all(
    scratches.map(async (scratch) => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        await work(scratch, one);
      }
    }),
  );
};

const told = (outcome: Outcome): string => {
  if (outcome.ended === 'failed') return `caught by ${outcome.first}`;
  return outcome.ended === 'hung' ? 'hung' : `SURVIVED ${outcome.tests} tests`;
};

const tryOut = async (scratch: Scratch, mutant: Mutant): Promise<boolean> => {
  const { name, edits, tests, grep } = mutant;
  try {
    const outcome = await scratch.with(edits, () =>
      runTests({ dir: scratch.dir, tests, grep, patienceMs: PATIENCE_MS }),
    );
    say(`${name}: ${told(outcome)}`);
    return outcome.ended === 'failed' || (outcome.ended === 'hung' && mutant.mayHang === true);
  } catch (error) {
    say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
};

const tryAll = async (scratches: readonly Scratch[]): Promise<number> => {
  let [caught, done] = [0, 0];
  await shared(scratches, [...chosen], async (scratch, mutant) => {
    progress(`${done}/${chosen.length} done, ${caught} caught: ${mutant.name} …`);
    if (await tryOut(scratch, mutant)) caught += 1;
    done += 1;
  });
  return caught;
};

if (list) {
  for (const { name } of chosen) console.log(name);
} else {
  const begun = performance.now();
  const scratches = Array.from({ length: AT_ONCE }, () => createScratch(CHECKOUT));
  process.once('exit', () => scratches.forEach((scratch) => scratch.remove()));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const passes = await unspoilt(scratches);
  const caught = passes ? await tryAll(scratches) : 0;
  const seconds = Math.round((performance.now() - begun) / 1_000);
  say(`${caught}/${chosen.length} caught in ${seconds} s`);
  process.exitCode = passes && caught === chosen.length && caught > 0 ? 0 : 1;
}
