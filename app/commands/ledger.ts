import { Command } from '@commander-js/extra-typings';
import type { Actor, Core, VerificationStep } from '../../core/index.ts';
import { withCore } from './with-core.ts';

/** `upah ledger verify` (WAL-8): exits 1 and names the first bad rows where a rule is broken. */
export const ledger = (operator: Actor) =>
  new Command('ledger').description('the double-entry ledger').addCommand(
    new Command('verify')
      .description('prove every balance, escrow and reward from the whole history')
      .action(async () => {
        const sound = await withCore((core) => verify(core, operator));
        if (!sound) process.exitCode = 1;
      }),
  );

const verify = async (core: Core, actor: Actor): Promise<boolean> => {
  let violations = 0;
  for await (const step of core.wallet.verify({ actor })) {
    print(step);
    violations += step.violations.length;
  }
  const totals = await core.wallet.trialBalance({ actor });
  for (const [kind, amount] of Object.entries(totals)) {
    console.log(`${kind.padEnd(10)} ${rupiahs(amount)}`);
  }
  const sum = Object.values(totals).reduce((a, b) => a + b, 0n);
  console.log(`${'sum'.padEnd(10)} ${rupiahs(sum)}`);
  if (violations === 0 && sum === 0n) {
    console.log('The ledger is sound.');
    return true;
  }
  console.error('The ledger is NOT sound: the rows above break a rule.');
  return false;
};

const print = ({ name, rows, violations }: VerificationStep): void => {
  const verdict = violations.length === 0 ? 'ok ' : 'BAD';
  console.log(`${verdict} ${name} (${rows} rows)`);
  for (const { rule, row, what } of violations) console.error(`    ${rule} ${row}: ${what}`);
};

const rupiahs = (amount: bigint): string => `Rp ${amount.toLocaleString('id-ID')}`.padStart(24);
