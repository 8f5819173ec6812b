import type { Mutant } from './mutant.ts';

const RUN = 'core/approvals/run-approvals.ts';
const APPROVE = 'core/proofs/approve-proof.ts';
const START = 'core/approvals/start-approvals.ts';
const CORE = ['test/core/approvals.test.ts', 'test/core/approvals-run.test.ts'];
const STORED = 'adapters/postgres/approvals.ts';
const ON_POSTGRES = ['test/adapters/postgres/approvals.test.ts'];
const CONTRACTS = ['test/adapters/postgres/contracts.test.ts'];

const inRun = (name: string, find: string, replace: string): Mutant => ({
  name: `approving many: ${name}`,
  edits: [{ file: RUN, find, replace }],
  tests: CORE,
  grep: 'REV-8',
});

/** Bugs in approving many. */
export const IN_APPROVALS: readonly Mutant[] = [
  inRun('what has a flag is approved', 'if (isFlagged)', 'if (isFlagged && at.getTime() < 0)'),
  inRun(
    'what another admin has open is approved',
    'opened.by !== admin && opened.until > at',
    'opened.by === undefined',
  ),
  inRun('what the admin has open themselves is left', ' && opened.by !== admin', ''),
  inRun('a freeze is a fault', "  ['freeze.in-force', 'frozen'],\n", ''),
  inRun('one’s own is a fault', "  ['proof.own', 'own'],\n", ''),
  inRun('a lost right is a fault', "  ['user.role-required', 'no-right'],\n", ''),
  inRun('new terms are a fault', "  ['user.terms-not-accepted', 'no-right'],\n", ''),
  inRun(
    'it is done in the name of the job',
    'const actor = asUser(adminId);',
    "const actor: Actor = { kind: 'system', job: adminId };",
  ),
  inRun('nobody hears that it is done', '  await notify(', '  if (paid < 0n) await notify('),
  inRun('the first one closes it', 'if (isLast) await', 'if (isLast || settled.length > 0) await'),
  inRun(
    'what came of one is noted, and it stays unpaid',
    'settlements.length > 0 ?',
    'settlements.length > 999 ?',
  ),
  {
    name: 'approving many: one transaction holds whatever was found of an order',
    edits: [{ file: RUN, find: 'const TOGETHER = 100;', replace: 'const TOGETHER = 1_000;' }],
    tests: ['test/core/approvals-together.test.ts'],
    grep: 'REV-8',
  },
  {
    name: 'approving many: each counts for a campaign as it was before all of them',
    edits: [{ file: APPROVE, find: 'campaigns.get(campaign.id) ?? campaign', replace: 'campaign' }],
    tests: ['test/core/approvals-together.test.ts'],
    grep: 'CAM-7',
  },
  {
    name: 'approving many: each worker hears of their balance before all of them',
    edits: [{ file: APPROVE, find: 'balances.get(proof.workerId) ?? balance', replace: 'balance' }],
    tests: ['test/core/approvals-together.test.ts'],
    grep: 'NTF-2',
  },
  {
    name: 'approving many: a fault stops those that were tried with it',
    edits: [
      {
        file: 'core/tasks/sweep.ts',
        find: 'if (piece.length === 1) faults',
        replace: 'if (piece.length > 0) faults',
      },
    ],
    tests: ['test/core/approvals-together.test.ts'],
    grep: 'REV-8 a defect',
  },
  {
    name: 'approving many: the list is what waits when it is ordered',
    edits: [
      {
        file: START,
        find: 'const proofIds = [...new Set(given)];',
        replace: `const seen = { admin: admin.id, now: ports.clock.now(), limit: 500 };
      const { named } = await tx.approvalBatches.candidates(scope, seen);
      const proofIds = given.length ? named.map(({ proofId }) => proofId) : [];`,
      },
    ],
    tests: CORE,
    grep: 'REV-8',
  },
  {
    name: 'approving many: another list under the same key is taken for the same',
    edits: [
      {
        file: START,
        find: 'list.every((proofId, place) => proofId === proofIds[place])',
        replace: 'list.length > 0',
      },
    ],
    tests: CORE,
    grep: 'REV-8 one key',
  },
  {
    name: 'approving many: proofs of anybody can be on the list',
    edits: [{ file: START, find: 'if (proofs < proofIds.length)', replace: 'if (proofs < 0)' }],
    tests: CORE,
    grep: 'REV-8 refuses',
  },
  {
    name: 'approving many: a proof of an order is not locked',
    edits: [
      {
        file: STORED,
        find: 'where id = ${batchId} for no key update`,',
        replace: 'where id = ${batchId}`,',
      },
    ],
    tests: ON_POSTGRES,
    grep: 'REV-8 one run at a time',
  },
  {
    name: 'approving many: whoever waited for the lock does not look again',
    edits: [
      {
        file: STORED,
        find: 'left.flatMap(({ place }) => asked.get(place) ?? [])',
        replace: 'left.length < 0 ? [] : items',
      },
    ],
    tests: ON_POSTGRES,
    grep: 'REV-8 many in two',
  },
  {
    name: 'approving many: an order is done while an outcome is missing',
    edits: [
      {
        file: STORED,
        find: 'b.done_at is null and not exists',
        replace: 'b.done_at is null or not exists',
      },
    ],
    tests: CONTRACTS,
    grep: 'REV-8',
  },
  {
    name: 'approving many: the job is asked for before the commit',
    edits: [
      {
        file: 'adapters/telegram/updates/lane-worker.ts',
        find: '      : await ports.handle(tx, taken, word);',
        replace:
          '      : await ports.handle(tx, taken, word);\n  if (handled.hasOrdered) ports.onOrder();',
      },
    ],
    tests: ['test/adapters/telegram/updates/orders.test.ts'],
    grep: 'REV-8',
  },
  {
    name: 'approving many: the job waits for its minute',
    edits: [
      {
        file: 'adapters/telegram/updates/lane-worker.ts',
        find: '  if (handled.hasOrdered) ports.onOrder();\n',
        replace: '',
      },
    ],
    tests: ['test/adapters/telegram/updates/orders.test.ts'],
    grep: 'REV-8',
  },
];
