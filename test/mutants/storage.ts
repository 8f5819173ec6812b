import type { Mutant } from './mutant.ts';

const TABLES = 'adapters/postgres/migrations/0001/tables.ts';
const WALLS = 'adapters/postgres/migrations/0001/walls.ts';
const SPEED = 'adapters/postgres/migrations/0007';
const STATEMENTS: readonly string[] = ['test/adapters/postgres/statements.test.ts'];
const POSTGRES = 'adapters/postgres/index.ts';
const MEMORY_CONTRACTS: readonly string[] = ['test/adapters/memory/contracts.test.ts'];
const CONTRACTS: readonly string[] = ['test/adapters/postgres/contracts.test.ts'];
const PORTS_MADE = 'createPostgresUnitOfWork<Tx>(orm, bindTx(settings), retries)';
const BOUND = '(settings: Settings): BindTx<Tx> =>';

const IN_HAND: readonly string[] = ['test/adapters/postgres/in-hand.test.ts'];

/** The repository works on a connection of its own, outside the transaction. */
const apart = (repository: string): Mutant['edits'] => [
  {
    file: POSTGRES,
    find: PORTS_MADE,
    replace: PORTS_MADE.replace('(settings)', '(settings, orm)'),
  },
  { file: POSTGRES, find: BOUND, replace: BOUND.replace('Settings)', 'Settings, orm: Orm)') },
  { file: POSTGRES, find: `${repository}(sql)`, replace: `${repository}(sqlOn(orm.em.fork()))` },
];

/** Bugs in how things are stored. */
export const IN_STORAGE: readonly Mutant[] = [
  {
    name: 'a setting replaces what nobody has read',
    edits: [
      {
        file: 'adapters/postgres/settings.ts',
        find: '        where settings.value = ${asJson(from)}::jsonb\n',
        replace: '',
      },
    ],
    tests: ['test/adapters/postgres/records.test.ts'],
    grep: 'ADM-4',
  },
  {
    name: 'notices of the release before are left as they are',
    edits: [
      {
        file: 'adapters/postgres/migrations/0005-desks.ts',
        find: 'campaigns, people, notices]',
        replace: 'campaigns, people, notices.slice(0, 0)]',
      },
    ],
    tests: ['test/adapters/postgres/notices-of-before.test.ts'],
    grep: 'NTF-2',
  },
  {
    name: 'a balance is read, changed and written',
    edits: [
      {
        file: `${SPEED}/posting.ts`,
        find: 'lateral (select from accounts a where a.id = m.id for no key update) locked',
        replace: 'lateral (select from accounts a where a.id = m.id) locked',
      },
      {
        file: `${SPEED}/posting.ts`,
        find: 'update accounts a set balance = a.balance + n.net',
        replace:
          'update accounts a set balance = (select o.balance from accounts o where o.id = a.id) + n.net',
      },
    ],
    tests: CONTRACTS,
    grep: 'wallet: postgres.* twenty ',
  },
  {
    name: 'postings go through tables that were small once',
    edits: [
      {
        file: `${SPEED}/posting.ts`,
        find: "where ${found('a.id', 'n.account_id')} and n.net <> 0",
        replace:
          "where a.id = n.account_id and a.kind in ('wallet', 'hold', 'escrow') and n.net <> 0",
      },
    ],
    tests: ['test/adapters/postgres/walls-cost.test.ts'],
    grep: 'REV-3',
  },
  {
    name: 'a posting joins what was posted of a known key',
    edits: [
      {
        file: `${SPEED}/posting.ts`,
        find: 'where cardinality(made) = cardinality(ids) or p.of_transaction = any(made);',
        replace: 'where true;',
      },
    ],
    tests: ['test/adapters/postgres/posted-at-once.test.ts'],
    grep: 'WAL-7',
  },
  {
    name: 'an approval is paid without its fee',
    edits: [
      {
        file: `${SPEED}/agreed.ts`,
        find: 'if rewarded and (charged or fee = 0) then return null; end if;',
        replace: 'if rewarded then return null; end if;',
      },
    ],
    tests: ['test/adapters/postgres/walls-cost.test.ts'],
    grep: 'WAL-8',
  },
  {
    name: 'a record of a take is listed under nobody',
    edits: [
      {
        file: `${SPEED}/audit.ts`,
        find: "when '${subject}' then",
        replace: "when '${subject === 'take' ? 'taken' : subject}' then",
      },
    ],
    tests: ['test/adapters/postgres/walls-cost.test.ts'],
    grep: 'AUD-3',
  },
  {
    name: 'the CHECK of balances is dropped',
    edits: [
      {
        file: TABLES,
        find: 'constraint accounts_balance_never_negative check (balance >= 0)',
        replace: 'constraint accounts_balance_never_negative check (balance is not null)',
      },
    ],
    tests: CONTRACTS,
    grep: 'WAL-4',
  },
  {
    name: 'postings may be changed and removed',
    edits: [
      {
        file: WALLS,
        find: 'create trigger postings_append_only before update or delete or truncate on postings',
        replace: 'create trigger postings_append_only before truncate on postings',
      },
    ],
    tests: ['test/adapters/postgres/rights.test.ts'],
    grep: 'not even the owner may',
  },
  {
    name: 'audit rows may be changed and removed',
    edits: [
      {
        file: WALLS,
        find: 'create trigger audit_logs_append_only before update or delete or truncate on audit_logs',
        replace: 'create trigger audit_logs_append_only before truncate on audit_logs',
      },
    ],
    tests: ['test/adapters/postgres/rights.test.ts'],
    grep: 'not even the owner may',
  },
  {
    name: 'the bot writes balances itself',
    edits: [
      {
        file: WALLS,
        find: 'elsif pg_trigger_depth() > 1 then',
        replace: 'elsif pg_trigger_depth() > 0 then',
      },
    ],
    tests: ['test/adapters/postgres/walls.test.ts'],
    grep: 'WAL-3',
  },
  {
    name: 'the ledger takes any content for a key',
    edits: [
      {
        file: 'adapters/postgres/wallets.ts',
        find: 'if (stored?.fingerprint === fingerprint) return stored;',
        replace: 'if (stored) return stored;',
      },
    ],
    tests: CONTRACTS,
    grep: 'WAL-7',
  },
  {
    name: 'memory takes any content for a key',
    edits: [
      {
        file: 'adapters/memory/wallet.ts',
        find: "if (stored?.fingerprint !== fingerprint) throw refuseWallet('wallet.key-reused', { key });",
        replace: "if (!stored) throw refuseWallet('wallet.key-reused', { key });",
      },
    ],
    tests: MEMORY_CONTRACTS,
    grep: 'WAL-7',
  },
  {
    name: 'audit rows are written outside the transaction',
    edits: apart('createAuditLog'),
    tests: ['test/failing/postgres.test.ts'],
    grep: 'deposits.approve',
  },
  {
    name: 'messages are written outside the transaction',
    edits: apart('createOutbox'),
    tests: ['test/failing/postgres.test.ts'],
    grep: 'deposits.approve',
  },
  {
    name: 'memory does not take the audit log back',
    edits: [
      {
        file: 'adapters/memory/tables.ts',
        find: 'journal.record(() => rows.pop());',
        replace: 'journal.record(() => {});',
      },
    ],
    tests: ['test/failing/memory.test.ts'],
    grep: 'proofs.approve',
  },
  {
    name: 'memory does not take back what a savepoint wrote',
    edits: [
      {
        file: 'adapters/memory/journal.ts',
        find: 'undoTo(mark);',
        replace: 'undoTo(undos.length);',
      },
    ],
    tests: MEMORY_CONTRACTS,
    grep: 'savepoint',
  },
  {
    name: 'what is sent after a savepoint that was undone is kept',
    edits: [
      {
        file: 'adapters/postgres/session.ts',
        find: 'await work(inner.scope).finally(inner.end);',
        replace: 'await work(inner.scope);',
      },
    ],
    tests: STATEMENTS,
    grep: 'after its savepoint',
  },
  {
    name: 'what is sent beside a savepoint may be undone with it',
    edits: [
      { file: 'adapters/postgres/session.ts', find: 'refusal = LENT;', replace: 'void LENT;' },
    ],
    tests: STATEMENTS,
    grep: 'beside an open savepoint',
  },
  {
    name: 'each connection fails once after a migration',
    edits: [
      {
        file: 'adapters/postgres/plan-names.ts',
        find: 'names.clear()',
        replace: 'undefined',
      },
    ],
    tests: STATEMENTS,
    grep: 'OPS-2',
  },
  {
    name: 'two workers take one slot',
    edits: [
      {
        file: `${SPEED}/takes.ts`,
        find: 'limit 1 for no key update of t skip locked;',
        replace: 'limit 1;',
      },
    ],
    tests: CONTRACTS,
    grep: 'TSK-3',
  },
  {
    name: 'a worker waits for the slot of another, and gets none',
    edits: [
      {
        file: `${SPEED}/takes.ts`,
        find: 'for no key update of t skip locked',
        replace: 'for no key update of t',
      },
    ],
    tests: IN_HAND,
    grep: 'TSK-3',
    mayHang: true,
  },
];
