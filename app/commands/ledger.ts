import { Command } from '@commander-js/extra-typings';
import type { Actor, Core, VerificationStep } from '../../core/index.ts';
import { progressBar, type Progress } from '../progress-bar.ts';
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
  const bar = progressBar();
  let broken = 0;
  const say = (step: VerificationStep): void => {
    bar.clear();
    print(step);
    broken += step.broken;
  };
  try {
    const onProgress = (progress: Progress): void => bar.show(progress);
    for await (const step of core.wallet.verify({ actor, onProgress })) say(step);
    say(await verifyAudit(core, actor));
  } finally {
    bar.clear();
  }
  const totals = await core.wallet.trialBalance({ actor });
  for (const [kind, amount] of Object.entries(totals)) {
    console.log(`${kind.padEnd(10)} ${rupiahs(amount).padStart(24)}`);
  }
  const sum = Object.values(totals).reduce((a, b) => a + b, 0n);
  console.log(`${'sum'.padEnd(10)} ${rupiahs(sum).padStart(24)}`);
  if (broken === 0 && sum === 0n) {
    console.log('The ledger is sound.');
    return true;
  }
  console.error(`The ledger is NOT sound: ${broken} rows break a rule, the first are named above.`);
  return false;
};

/** The chain of seals over the audit log (AUD-2), as one more step, with a bar of its own. */
const verifyAudit = async (core: Core, actor: Actor): Promise<VerificationStep> => {
  const bar = progressBar();
  const onProgress = (progress: Progress): void => bar.show(progress);
  const audit = core.audit.verify({ actor, onProgress }).finally(() => bar.clear());
  return { name: 'the audit log is as it was sealed', ...(await audit) };
};

const print = ({ name, rows, broken, violations }: VerificationStep): void => {
  const verdict = broken === 0 ? 'ok ' : 'BAD';
  const bad = broken === 0 ? '' : `, ${broken} bad`;
  console.log(`${verdict} ${name} (${rows} rows${bad})`);
  for (const { rule, row, what } of violations) console.error(`    ${rule} ${row}: ${what}`);
};

/** `Rp 12.500`. */
export const rupiahs = (amount: bigint): string => `Rp ${amount.toLocaleString('id-ID')}`;
