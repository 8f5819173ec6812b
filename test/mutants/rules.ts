import type { Mutant } from './mutant.ts';

const APPROVE_PROOF = 'core/proofs/approve-proof.ts';
const DEPOSIT = 'core/deposits/decide-deposit.ts';
const CAMPAIGN = 'core/campaigns/change-campaign.ts';
const test = (name: string): readonly string[] => [`test/core/${name}.test.ts`];

/** Bugs in what the marketplace allows. */
export const IN_RULES: readonly Mutant[] = [
  {
    name: 'a campaign is funded again for the same key',
    edits: [
      {
        file: 'core/campaigns/create-campaign.ts',
        find: 'if (earlier) return replayed(',
        replace: 'if (earlier && actor.kind !== "user") return replayed(',
      },
    ],
    tests: test('idempotency'),
    grep: 'WAL-7',
  },
  {
    name: 'a key is not compared by its content',
    edits: [
      {
        file: 'core/wallet/idempotency.ts',
        find: 'earlier.fingerprint !== fingerprint',
        replace: 'earlier.fingerprint === ""',
      },
    ],
    tests: test('idempotency'),
    grep: 'WAL-7',
  },
  {
    name: 'a reward has a new key each time, and approving no state guard',
    edits: [
      {
        file: 'core/proofs/pay-proof.ts',
        find: 'request: `proof:${id}:reward`',
        replace: 'request: `proof:${ports.ids.next()}:reward`',
      },
      {
        file: APPROVE_PROOF,
        find: `      const earlier = await alreadyDecided(tx, seen);
      if (earlier) return earlier;
`,
        replace: '',
      },
      {
        file: 'core/tasks/task.ts',
        find: "if (take.status !== 'pending_review') {",
        replace: "if (take.status === 'taken') {",
      },
    ],
    tests: test('idempotency'),
    grep: 'REV-4',
  },
  {
    name: 'approving a proof has no state guard',
    edits: [
      {
        file: APPROVE_PROOF,
        find: `      const earlier = await alreadyDecided(tx, seen);
      if (earlier) return earlier;
`,
        replace: '',
      },
    ],
    tests: test('review'),
    grep: 'REV-4',
  },
  {
    name: 'an admin decides their own proof',
    edits: [{ file: APPROVE_PROOF, find: 'proof.workerId === id || ', replace: '' }],
    tests: test('own-things'),
    grep: 'ACC-7',
  },
  {
    name: 'an admin decides a proof of their own campaign',
    edits: [{ file: APPROVE_PROOF, find: ' || campaign.clientId === id', replace: '' }],
    tests: test('own-things'),
    grep: 'ACC-7',
  },
  {
    name: 'an admin decides their own deposit',
    edits: [
      {
        file: DEPOSIT,
        find: "if (deposit.userId === admin.id) throw refuseDeposit('deposit.own');",
        replace: '',
      },
    ],
    tests: test('own-things'),
    grep: 'ACC-7',
  },
  {
    name: 'a worker sends the proof of somebody else’s task',
    edits: [
      {
        file: 'core/proofs/submit-proof.ts',
        find: '!take || take.workerId !== worker.id',
        replace: '!take',
      },
    ],
    tests: test('rights'),
    grep: 'SEC-A13',
  },
  {
    name: 'anybody deletes anybody’s campaign',
    edits: [
      {
        file: CAMPAIGN,
        find: '(campaign.clientId !== user.id && !isAdmin(user))',
        replace: 'user.id === campaign.id',
      },
    ],
    tests: test('rights'),
    grep: 'SEC-A13',
  },
  {
    name: 'no right is asked for',
    edits: [
      {
        file: 'core/users/access.ts',
        find: 'role && user.role !== role',
        replace: 'role && !user.role',
      },
    ],
    tests: test('rights'),
    grep: 'ACC-6',
  },
  {
    name: 'the suspended go on',
    edits: [
      {
        file: 'core/users/access.ts',
        find: "user.status === 'suspended'",
        replace: "user.status === 'suspended' && user.role === null",
      },
    ],
    tests: test('rights'),
    grep: 'ACC-5',
  },
  {
    name: 'a refund counts slots that are taken',
    edits: [
      {
        file: CAMPAIGN,
        find: 'const refunded = totalCost(campaign, closed);',
        replace:
          'const refunded = totalCost(campaign, campaign.targetTotal - campaign.completedCount);',
      },
    ],
    tests: test('campaign-life'),
    grep: 'CAM-6',
  },
  {
    name: 'a refund after the payout: approved slots are refunded too',
    edits: [
      {
        file: CAMPAIGN,
        find: 'const refunded = totalCost(campaign, closed);',
        replace: 'const refunded = totalCost(campaign, closed + campaign.completedCount);',
      },
    ],
    tests: test('campaign-life'),
    grep: 'CAM-6',
  },
  {
    name: 'a slot that comes free after the deletion opens again',
    edits: [
      {
        file: 'core/tasks/free-slot.ts',
        find: "if (campaign.status !== 'deleted') return",
        replace: 'if (campaign.targetTotal > 0) return',
      },
    ],
    tests: test('campaign-life'),
    grep: 'CAM-6',
  },
  {
    name: 'a worker takes a campaign however often they were rejected there',
    edits: [
      {
        file: 'core/tasks/take-task.ts',
        find: 'rejectionsStanding >= max)',
        replace: 'rejectionsStanding >= max * 99)',
      },
    ],
    tests: test('rejected-too-often'),
    grep: 'TSK-6',
  },
  {
    name: 'an approval that was undone counts as a rejection',
    edits: [
      {
        file: 'adapters/memory/tasks.ts',
        find: "proof.status === 'rejected' && decisions.length === 1)",
        replace: "proof.status === 'rejected' && decisions.length > 0)",
      },
    ],
    tests: ['test/adapters/memory/contracts.test.ts'],
    grep: 'TSK-6',
  },
  {
    name: 'what a reversal gave back to a client is an earning',
    edits: [
      {
        file: 'adapters/memory/wallet-history.ts',
        find: "type === 'reversal' && effect > 0n ? 0n : effect",
        replace: 'effect',
      },
    ],
    tests: test('earnings'),
    grep: 'WAL-9',
  },
  {
    name: 'the desk gives an admin their own top-up to decide',
    edits: [
      {
        file: 'adapters/memory/deposits.ts',
        find: 'userId !== admin && !passed.has(id)',
        replace: '(userId !== admin || true) && !passed.has(id)',
      },
    ],
    tests: test('deposits'),
    grep: 'ACC-7',
  },
];
