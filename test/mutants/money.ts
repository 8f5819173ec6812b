import type { Mutant } from './mutant.ts';

const PLAN = 'core/proofs/plan-reversal.ts';
const REVERSE = 'core/proofs/reverse-proof.ts';
const DEPOSIT = 'core/deposits/decide-deposit.ts';
const WITHDRAWAL = 'core/withdrawals/process-withdrawal.ts';
const test = (name: string): readonly string[] => [`test/core/${name}.test.ts`];

/** Bugs in what is paid, when, and what it is worth. */
export const IN_MONEY: readonly Mutant[] = [
  {
    name: 'a fee is rounded down',
    edits: [{ file: 'core/kernel/money.ts', find: ' + 9_999n', replace: '' }],
    tests: test('amounts'),
    grep: 'CAM-4',
  },
  {
    name: 'a deposit leaves no audit row',
    edits: [
      {
        file: DEPOSIT,
        find: '  await audit(tx, { actor, deposit: decided, at });\n',
        replace: '',
      },
    ],
    tests: test('audit'),
    grep: 'AUD-1',
  },
  {
    name: 'a deposit credits what was claimed',
    edits: [
      {
        file: DEPOSIT,
        find: 'to: wallet, amount: credited }',
        replace: 'to: wallet, amount: deposit.claimed }',
      },
    ],
    tests: test('deposits'),
    grep: 'DEP-2',
  },
  {
    name: 'a rejected withdrawal keeps the hold',
    edits: [
      {
        file: WITHDRAWAL,
        find: `decision: 'rejected',
        postings: returned(claimed),`,
        replace: `decision: 'rejected',
        postings: [],`,
      },
    ],
    tests: test('withdrawals'),
    grep: 'WDR-2',
  },
  {
    name: 'a withdrawal is paid unclaimed, by any admin',
    edits: [
      {
        file: WITHDRAWAL,
        find: `  if (claim.by !== admin.id) {`,
        replace: `  if (claim.by === withdrawal.userId) {`,
      },
    ],
    tests: test('withdrawals'),
    grep: 'WDR-2',
  },
  {
    name: 'the fee of a withdrawal leaves with it',
    edits: [
      { file: WITHDRAWAL, find: 'to: REVENUE, amount: fee', replace: 'to: OUTSIDE, amount: fee' },
    ],
    tests: test('withdrawals'),
    grep: 'WDR-2',
  },
  {
    name: 'a claimed withdrawal is canceled by its owner',
    edits: [
      {
        file: 'core/withdrawals/cancel-withdrawal.ts',
        find: "if (claim) throw refuseWithdrawal('withdrawal.being-processed');",
        replace: '',
      },
    ],
    tests: test('withdrawals'),
    grep: 'WDR-2',
  },
  {
    name: 'the whole DANA number stands in an outbox row',
    edits: [
      {
        file: WITHDRAWAL,
        find: `          maskedNumber: claimed.maskedNumber,
          reference: cleanReference,`,
        replace: `          maskedNumber: openNumber(ports.cipher, claimed),
          reference: cleanReference,`,
      },
    ],
    tests: test('withdrawal-numbers'),
    grep: 'WDR-3',
  },
  {
    name: 'un-approving takes held money',
    edits: [
      {
        file: PLAN,
        find: 'walletOf(proof.workerId),',
        replace: "{ kind: 'hold', userId: proof.workerId } as const,",
      },
      {
        file: REVERSE,
        find: 'from: walletOf(proof.workerId)',
        replace: "from: { kind: 'hold', userId: proof.workerId } as const",
      },
    ],
    tests: test('reversal'),
    grep: 'REV-7',
  },
  {
    name: 'un-approving takes more than there is',
    edits: [
      {
        file: PLAN,
        find: 'smaller(balance, campaign.pricePerTask)',
        replace: '(smaller(balance, ZERO), campaign.pricePerTask)',
      },
    ],
    tests: test('reversal'),
    grep: 'REV-7',
  },
  {
    name: 'a decision is reversed twice',
    edits: [
      {
        file: PLAN,
        find: "if (second) throw refuseProof('proof.already-reversed');",
        replace: 'void second;',
      },
    ],
    tests: test('reversal'),
    grep: 'REV-7',
  },
  {
    name: 'a decision is reversed a day too late',
    edits: [
      {
        file: PLAN,
        find: 'plusMs(first.at, days * DAY_MS)',
        replace: 'plusMs(first.at, (days + 1) * DAY_MS)',
      },
    ],
    tests: test('reversal'),
    grep: 'REV-7',
  },
  {
    name: 'a deadline is off by one millisecond',
    edits: [
      {
        file: 'core/tasks/task.ts',
        find: 'sentAt.getTime() > take.deadline.getTime()',
        replace: 'sentAt.getTime() >= take.deadline.getTime()',
      },
    ],
    tests: test('tasks'),
    grep: 'TSK-5',
  },
  {
    name: 'one task too many is taken at once',
    edits: [
      {
        file: 'core/tasks/take-task.ts',
        find: 'load.takenNow >= settings.takenAtOnceMax',
        replace: 'load.takenNow > settings.takenAtOnceMax',
      },
    ],
    tests: test('limits'),
    grep: 'TSK-4',
  },
  {
    name: 'a worker works on their own campaign',
    edits: [
      {
        file: 'core/tasks/take-task.ts',
        find: "if (campaign.clientId === worker.id) throw refuseTask('task.own-campaign');",
        replace: '',
      },
    ],
    tests: test('own-things'),
    grep: 'TSK-2',
  },
  {
    name: 'a day of Jakarta begins at midnight of Greenwich',
    edits: [{ file: 'core/kernel/time.ts', find: '7 * 3_600_000', replace: '0 * 3_600_000' }],
    tests: test('limits'),
    grep: 'TSK-4',
  },
  {
    name: 'what is frozen is paid all the same',
    edits: [
      {
        file: 'core/freeze/freeze.ts',
        find: "if (since !== null) throw refuseFreeze('freeze.in-force', { since });",
        replace: 'void since;',
      },
    ],
    tests: [...test('freeze'), ...test('frozen-use-cases')],
    grep: 'WAL-13',
  },
  {
    name: 'a seal leaves out the last row',
    edits: [
      {
        file: 'core/audit/chain.ts',
        find: 'rows: block.map(',
        replace: 'rows: block.slice(0, Math.max(1, block.length - 1)).map(',
      },
    ],
    tests: test('audit-chain'),
    grep: 'AUD-2',
  },
  {
    name: 'a seal is not chained to the one before',
    edits: [
      {
        file: 'core/audit/verify-audit.ts',
        find: 'seal.previous === (last?.hash ?? null) && ',
        replace: '',
      },
    ],
    tests: test('audit-chain'),
    grep: 'AUD-2',
  },
  {
    name: 'an approval is not counted',
    edits: [
      {
        file: 'adapters/memory/cases.ts',
        find: '{ completed: 1, closed: 0 }',
        replace: '{ completed: 0, closed: 0 }',
      },
    ],
    tests: ['test/simulation/simulation.test.ts'],
    grep: 'breaks no rule',
  },
  {
    name: 'a worker keeps a task that has expired',
    edits: [
      {
        file: 'core/tasks/expire-due.ts',
        find: "if (take.status !== 'taken' || !over) return false;",
        replace: 'if (over || !over) return false;',
      },
    ],
    tests: ['test/simulation/simulation.test.ts'],
    grep: 'breaks no rule',
  },
  {
    name: 'a raise is not paid',
    edits: [
      {
        file: 'core/campaigns/raise-target.ts',
        find: 'const cost = requireTotal(campaign, more, amountMax);',
        replace: 'const cost = requireTotal(campaign, 1, amountMax);',
      },
    ],
    tests: ['test/model/model.test.ts'],
    grep: 'in memory, what the rules say',
  },
];
