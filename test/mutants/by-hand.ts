import type { Mutant } from './mutant.ts';

const ADJUST = 'core/wallet/adjust-wallet.ts';
const PAY_OUT = 'core/wallet/pay-out-revenue.ts';
const test = (name: string): readonly string[] => [`test/core/${name}.test.ts`];

/** Bugs in what moves money by hand. */
export const BY_HAND: readonly Mutant[] = [
  {
    name: 'an admin adjusts their own wallet',
    edits: [{ file: ADJUST, find: 'if (id === admin.id) throw', replace: 'if (id === "") throw' }],
    tests: test('adjustments'),
    grep: 'ACC-7',
  },
  {
    name: 'a gift takes more revenue than there is',
    edits: [
      {
        file: ADJUST,
        find: '  if (revenue >= amount) return;',
        replace: '  if (revenue + amount > 0n) return;',
      },
    ],
    tests: test('adjustments'),
    grep: 'WAL-4',
  },
  {
    name: 'an adjustment that was asked for again is told again',
    edits: [{ file: ADJUST, find: '      if (earlier) return earlier;\n', replace: '' }],
    tests: test('adjustments'),
    grep: 'WAL-7',
  },
  {
    name: 'a payout goes on while payments are frozen',
    edits: [{ file: PAY_OUT, find: '      await ports.requireNotFrozen(tx);\n', replace: '' }],
    tests: test('frozen-use-cases'),
    grep: 'WAL-13',
  },
  {
    name: 'the key of a payout is each operator’s own',
    edits: [
      {
        file: PAY_OUT,
        find: 'idempotencyKey(`revenue:payout:${key}`)',
        replace: 'idempotencyKey(`${actorName(actor)}:${key}`)',
      },
    ],
    tests: test('revenue'),
    grep: 'WAL-7',
  },
];
