import { Command } from '@commander-js/extra-typings';
import {
  brokenIn,
  firstViolations,
  type Actor,
  type BooksNow,
  type Freeze,
} from '../../core/index.ts';
import { withCore } from './with-core.ts';

const WHY =
  'say why with --reason "…": what you mended, or why it may go on. It stands in the audit log for ever.';

/** `upah unfreeze` (WAL-13): prints what was found and lets payments go on. */
export const unfreeze = (operator: Actor) =>
  new Command('unfreeze')
    .description('let payments go on after a check of the books stopped them')
    .option('--reason <text>', 'what you mended, or why it may go on; kept in the audit log')
    .action(async ({ reason }) => {
      const lifted = await withCore((core) => lift(core.freeze, operator, reason));
      if (lifted === undefined) process.exitCode = 1;
    });

/** `upah freeze`: whether payments stand still, and why. */
export const freeze = (operator: Actor) =>
  new Command('freeze')
    .description('show whether payments stand still because the books do not add up, and why')
    .action(async () => {
      const now = await withCore((core) => core.freeze.current({ actor: operator }));
      if (now.freeze) print(now.freeze);
      else console.log('Nothing is frozen: payments go on.');
      printChecks(now);
    });

interface Freezes {
  current(asked: { readonly actor: Actor }): Promise<BooksNow>;
  lift(asked: { readonly actor: Actor; readonly reason: string }): Promise<Freeze>;
}

/** Undefined where there was nothing to lift, or no reason. */
const lift = async (
  freezes: Freezes,
  actor: Actor,
  reason: string | undefined,
): Promise<Freeze | undefined> => {
  const { freeze: inForce } = await freezes.current({ actor });
  if (!inForce) {
    console.log('Nothing is frozen: payments go on.');
    return undefined;
  }
  print(inForce);
  if (reason === undefined || reason.trim() === '') {
    console.error(WHY);
    return undefined;
  }
  const lifted = await freezes.lift({ actor, reason });
  console.log(
    'Lifted: payments go on. What is named above freezes no more while it stays as it is.',
  );
  return lifted;
};

const print = ({ begunAt, findings }: Freeze): void => {
  console.log(`Payments stand still since ${begunAt.toISOString()}.`);
  for (const { check, broken } of findings) console.log(`BAD ${check} (${broken} rows)`);
  const named = firstViolations(findings);
  for (const { rule, row, what } of named) console.log(`    ${rule} ${row}: ${what}`);
  const more = brokenIn(findings) - named.length;
  if (more > 0) console.log(`    … and ${more} more: see upah ledger verify`);
};

const printChecks = ({ recent, full }: BooksNow): void => {
  for (const [name, done] of [
    ['what was new', recent],
    ['everything', full],
  ] as const) {
    const when = done ? `${done.at.toISOString()}, ${done.broken} bad rows` : 'not yet';
    console.log(`last check of ${name}: ${when}`);
  }
};
