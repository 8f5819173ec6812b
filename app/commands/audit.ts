import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { Actor, AuditVerification, Core, Head, Witness } from '../../core/index.ts';
import { progressBar } from '../progress-bar.ts';
import { auditExport } from './audit-export.ts';
import { withCore } from './with-core.ts';

/** As the admins' message or `upah audit head` shows it: `1.440:0123 4567 …`. */
const witness = (text: string): Witness => {
  const [, digits = '', groups = ''] = /^([\d.]+):([\da-f\s]+)$/i.exec(text.trim()) ?? [];
  const number = Number(digits.replaceAll('.', ''));
  const hash = groups.replaceAll(/\s/g, '').toLowerCase();
  // There is no seal 0: asked for, it would be found neither missing nor different.
  if (Number.isSafeInteger(number) && number > 0 && hash.length === HASH_DIGITS) {
    return { number, hash };
  }
  throw new InvalidArgumentError('give number and hash of a seal: "12:0123 4567 …" (64 digits)');
};

const HASH_DIGITS = 64;

/** `upah audit verify|head|export` (AUD-2, AUD-3): verify exits 1 and names what is not as it was sealed. */
export const audit = (operator: Actor) =>
  new Command('audit')
    .description('the log of who did what')
    .addCommand(
      new Command('verify')
        .description('compare every row with its seal, and every seal with the one before')
        .option(
          '--witness <number:hash>',
          'a seal that an admin was told of; it must stand in the chain',
          witness,
        )
        .action(async (options) => {
          const sound = await withCore((core) => verify(core, operator, options.witness));
          if (!sound) process.exitCode = 1;
        }),
    )
    .addCommand(
      new Command('head').description('the newest seal').action(async () => {
        console.log(headText(await withCore((core) => core.audit.head({ actor: operator }))));
      }),
    )
    .addCommand(auditExport(operator));

const verify = async (core: Core, actor: Actor, given: Witness | undefined): Promise<boolean> => {
  const bar = progressBar();
  const result = await core.audit
    .verify({ actor, onProgress: (progress) => bar.show(progress), witness: given })
    .finally(() => bar.clear());
  print(result, await core.audit.unsealedSeconds({ actor }));
  if (result.broken === 0) {
    if (given) console.log(`The witness, seal ${given.number}, stands in the chain.`);
    console.log('The audit log is as it was sealed.');
    return true;
  }
  console.error(`The audit log is NOT as it was sealed: ${result.broken} rows or seals.`);
  return false;
};

const print = (
  { blocks, rows, unsealed, head, violations }: AuditVerification,
  unsealedSeconds: number,
): void => {
  const waiting = `the newest; the oldest has waited ${Math.round(unsealedSeconds)} s`;
  console.log(`seals      ${blocks}`);
  console.log(`rows       ${rows}`);
  console.log(`no seal    ${unsealed}${unsealed > 0 ? ` (${waiting})` : ''}`);
  console.log(`head       ${headText(head)}`);
  for (const { rule, row, what } of violations) console.error(`    ${rule} ${row}: ${what}`);
};

/** In groups of four, as the admins' message has it. */
const headText = (head: Head | null): string =>
  head === null ? 'none yet' : `${head.number}:${head.hash.match(/.{4}/g)?.join(' ') ?? ''}`;
