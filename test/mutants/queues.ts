import type { Mutant } from './mutant.ts';

const QUEUE = 'adapters/postgres/migrations/0007/claims.ts';
const MEMORY_CONTRACTS: readonly string[] = ['test/adapters/memory/contracts.test.ts'];
const CONTRACTS: readonly string[] = ['test/adapters/postgres/contracts.test.ts'];

const IN_HAND: readonly string[] = ['test/adapters/postgres/in-hand.test.ts'];

/** Bugs in how work waits, how transactions end, and how the ledger is checked. */
export const IN_QUEUES: readonly Mutant[] = [
  {
    name: 'a claim of messages waits for whoever has one locked',
    edits: [
      {
        file: QUEUE,
        find: 'for no key update skip locked -- whoever',
        replace: 'for no key update -- whoever',
      },
    ],
    tests: [
      'test/adapters/postgres/outbox-claims.test.ts',
      'test/adapters/postgres/queues.test.ts',
    ],
    grep: 'OPS-|NTF-',
    mayHang: true,
  },
  {
    name: 'a decision is made without a lock on it',
    edits: [
      {
        file: 'adapters/postgres/migrations/0001/procedures.ts',
        find: 'where t.id = of_id for no key update;',
        replace: 'where t.id = of_id;',
      },
    ],
    tests: IN_HAND,
    grep: 'WAL-6',
  },
  {
    name: 'a lease never ends',
    edits: [
      {
        file: QUEUE,
        find: `due_at = at + lease_ms * interval '1 millisecond'`,
        replace: `due_at = 'infinity'`,
      },
    ],
    tests: CONTRACTS,
    grep: 'NTF-2 a lease',
  },
  {
    name: 'a lease never ends in memory',
    edits: [
      {
        file: 'adapters/memory/outbox.ts',
        find: "state: 'leased', due: until,",
        replace: "state: 'leased', due: new Date(8.64e15),",
      },
    ],
    tests: MEMORY_CONTRACTS,
    grep: 'NTF-2 a lease',
  },
  {
    name: 'an update is not marked as done',
    edits: [
      {
        file: 'adapters/postgres/migrations/0007/queues.ts',
        find: "update inbox i set state = 'done', done_at = at, payload = null, prepared = null",
        replace: 'update inbox i set tries = i.tries',
      },
    ],
    tests: CONTRACTS,
    grep: 'inbox|OPS-3|UX-3',
  },
  {
    name: 'rejected proofs do not count towards the day',
    edits: [
      {
        file: 'adapters/postgres/task-wishes.ts',
        find: 'where worker_id = ${known(worker)} and submitted_at >= ${sentSince})',
        replace:
          "where worker_id = ${known(worker)} and submitted_at >= ${sentSince} and status <> 'rejected')",
      },
    ],
    tests: CONTRACTS,
    grep: 'TSK-4',
  },
  {
    name: 'a serialization conflict is thrown',
    edits: [
      {
        file: 'adapters/postgres/retry.ts',
        find: "new Set(['40001', '40P01'])",
        replace: "new Set(['40P01'])",
      },
    ],
    tests: ['test/failing/postgres.test.ts'],
    grep: 'withdrawals.pay',
  },
  {
    name: 'a rolled back COMMIT is taken for success',
    edits: [
      {
        file: 'adapters/postgres/session.ts',
        find: "if (command === 'ROLLBACK') {",
        replace: "if (command === 'NOTHING') {",
      },
    ],
    tests: ['test/adapters/postgres/unit-of-work.test.ts'],
    grep: 'never reports success',
  },
  {
    name: 'a connection whose BEGIN failed is never given back',
    edits: [
      {
        file: 'adapters/postgres/session.ts',
        find: '    client.release(true);\n    throw error;',
        replace: '    throw error;',
      },
    ],
    tests: ['test/failing/connections.test.ts'],
    grep: 'OPS-3',
  },
  {
    name: 'a write that nobody waited for is lost in silence',
    edits: [
      {
        file: 'adapters/postgres/session.ts',
        find: '      this.failure ??= { why };\n    };',
        replace: '      void why;\n    };',
      },
      {
        file: 'adapters/postgres/session.ts',
        find: "if (command === 'ROLLBACK') {",
        replace: "if (command === 'NOTHING') {",
      },
    ],
    tests: ['test/adapters/postgres/statements.test.ts'],
    grep: 'waits for',
  },
  {
    name: 'the database pays while payments are frozen',
    edits: [
      {
        file: 'adapters/postgres/migrations/0004/freezes.ts',
        find: 'select begun_at into since from freezes where lifted_at is null;',
        replace: 'select begun_at into since from freezes where false;',
      },
    ],
    tests: ['test/adapters/postgres/freezes.test.ts'],
    grep: 'WAL-13',
  },
  {
    name: 'the check of balances looks at none',
    edits: [
      {
        file: 'adapters/postgres/ledger-checks/money.ts',
        find: "`a.balance = case when a.kind in ('revenue', 'outside') then 0 else a.posted end`",
        replace: "'true'",
      },
    ],
    tests: ['test/adapters/postgres/ledger-verify.test.ts'],
    grep: 'WAL-3',
  },
  {
    name: 'a check of the ledger is left out',
    edits: [
      {
        file: 'adapters/postgres/ledger-checks/index.ts',
        find: '  campaigns,\n  task_proofs',
        replace: '  task_proofs',
      },
    ],
    tests: ['test/adapters/postgres/ledger-verify.test.ts'],
    grep: 'WAL-8|CAM-7',
  },
  {
    name: 'memory credits a rupiah too much',
    edits: [
      {
        file: 'adapters/memory/wallet.ts',
        find: 'shift(to, amount);',
        replace: 'shift(to, amount + 1n);',
      },
    ],
    tests: ['test/model/model.test.ts'],
    grep: 'in memory, what the rules say',
  },
];
