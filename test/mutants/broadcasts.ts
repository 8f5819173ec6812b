import type { Mutant } from './mutant.ts';

const TAKE_OVER = 'core/broadcasts/take-over.ts';
const FEED = 'core/broadcasts/feed-broadcast.ts';
const STORED = 'adapters/postgres/broadcasts.ts';
const QUEUE = 'adapters/postgres/migrations/0006/broadcasts.ts';
const CORE: readonly string[] = [
  'test/core/broadcasts.test.ts',
  'test/core/broadcast-start.test.ts',
  'test/core/broadcast-kills.test.ts',
];
const CONTRACTS: readonly string[] = ['test/adapters/postgres/contracts.test.ts'];

/** Bugs in sending something to many. */
export const IN_BROADCASTS: readonly Mutant[] = [
  {
    name: 'broadcasts: what was taken back is forgotten',
    edits: [
      { file: TAKE_OVER, find: '    await tx.broadcasts.unqueue(id, people);\n', replace: '' },
    ],
    tests: CORE,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: what is on its way when it is paused waits to be sent again',
    edits: [
      {
        file: TAKE_OVER,
        find: 'left.filter((to) => recalled.has(messageKey(id, to)))',
        replace: 'left.filter((to) => recalled.has(messageKey(id, to)) || true)',
      },
    ],
    tests: CORE,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: a paused one is fed',
    edits: [
      {
        file: FEED,
        find: "broadcast.status !== 'running'",
        replace: "broadcast.status === 'done'",
      },
    ],
    tests: CORE,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: the outbox is filled whatever stands in it',
    edits: [{ file: FEED, find: 'limit - left.length', replace: 'limit' }],
    tests: CORE,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: who blocked the bot counts as reached',
    edits: [{ file: TAKE_OVER, find: "dropped: 'blocked'", replace: "dropped: 'sent'" }],
    tests: CORE,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: it ends while messages are on their way',
    edits: [
      {
        file: 'core/broadcasts/end-broadcast.ts',
        find: 'progress.waiting > 0 ||',
        replace: "(progress.waiting > 0 && broadcast.status !== 'canceled') ||",
      },
    ],
    tests: CORE,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: suspended people get them',
    edits: [
      {
        file: STORED,
        find: "where u.status = 'active' and ${ADDRESSED[audience]}",
        replace: 'where ${ADDRESSED[audience]}',
      },
    ],
    tests: CONTRACTS,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: whoever is suspended before their turn gets it',
    edits: [{ file: FEED, find: 'isSuspended ? [] : [userId]', replace: '[userId]' }],
    tests: CORE,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: what was taken back keeps its key',
    edits: [
      {
        file: QUEUE,
        find: "dedupe_key = o.dedupe_key || ':' || o.id",
        replace: 'dedupe_key = o.dedupe_key',
      },
    ],
    tests: CONTRACTS,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: what is being sent is taken back',
    edits: [
      {
        file: QUEUE,
        find: "and o.state = 'waiting' order by o.id",
        replace: 'and o.settled_at is null order by o.id',
      },
    ],
    tests: CONTRACTS,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: two may run at once',
    edits: [
      {
        file: QUEUE,
        find: 'create unique index broadcasts_open',
        replace: 'create index broadcasts_open',
      },
    ],
    tests: CONTRACTS,
    grep: 'ADM-5',
  },
  {
    name: 'broadcasts: what an admin types may be markup',
    edits: [
      {
        file: 'adapters/telegram/texts/id/broadcasts.ts',
        find: 'EMPTY, user(text, 3_500)),',
        replace: 'EMPTY, trusted(text)),',
      },
    ],
    tests: ['test/adapters/telegram/delivery/broadcasts.test.ts'],
    grep: 'SEC-1',
  },
];
