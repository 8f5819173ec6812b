import { answerOf, DENIED, openLedger, RULE, type Ledger } from './ledger.ts';
import { expect } from 'chai';

const FORBIDDEN: readonly string[] = [
  ...['postings', 'audit_logs', 'accounts', 'proof_decisions', 'wallet_transactions'].flatMap(
    (table) => [
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger all`,
      `drop table ${table} cascade`,
    ],
  ),
  'update postings set amount = 1',
  'update accounts set balance = 1000000',
  'update accounts set kind = kind',
  `update audit_logs set action = 'x'`,
  `update proof_decisions set verdict = 'approved'`,
  'update wallet_transactions set amount = 1',
  `update wallet_transactions set born_in = '1'`,
  'update campaigns set price_per_task = 1',
  'update takes set worker_id = worker_id',
  'update withdrawals set amount = 1',
  'update deposits set claimed = 1',
  'delete from users',
  'delete from outbox',
  `insert into accounts (id, kind, owner_id, balance) values (uuidv7(), 'wallet', uuidv7(), 5)`,
  `insert into audit_logs (id, actor, action, subject, subject_id, at)
       overriding system value values (1, 'a', 'b', 'user', 'c', now())`,
  `insert into wallet_transactions (id, type, status, amount, reference_kind, reference_id,
       idempotency_key, fingerprint, created_by, created_at, born_in)
       values (uuidv7(), 'adjustment', 'approved', 1, 'task', uuidv7(), 'k', 'f', 'x', now(), '1')`,
  'create table mine ()',
  'create schema mine',
  'create temporary table postings ()',
  `create function mine() returns int language sql as 'select 1'`,
  `set session_replication_role = 'replica'`,
  'set role upah_owner',
  `copy users to program 'true'`,
  'alter table users add column x int',
  `select pg_read_file('postgresql.conf')`,
];

/** `[table, change]`: what the triggers refuse to everybody. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['postings', 'update postings set amount = 1'],
  ['audit_logs', `update audit_logs set action = 'x'`],
  ['proof_decisions', 'update proof_decisions set reason = null'],
  ...['postings', 'audit_logs', 'proof_decisions', 'wallet_transactions', 'accounts'].flatMap(
    (table) => [
      [table, `delete from ${table}`] as const,
      [table, `truncate ${table} cascade`] as const,
    ],
  ),
];

describe('rights', () => {
  let ledger: Ledger;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    ledger = await openLedger();
  });
  after(() => ledger?.drop());

  for (const statement of FORBIDDEN) {
    it(`SEC-A62 WAL-3 WAL-5 the bot may not: ${statement.replaceAll(/\s+/g, ' ')}`, async () => {
      expect((await answerOf(ledger.bot, statement)).code).to.equal(DENIED);
    });
  }

  for (const [table, statement] of REFUSED) {
    it(`WAL-5 AUD-2 not even the owner may: ${statement}`, async () => {
      const answer = await answerOf(ledger.owner, statement);
      expect(answer.code).to.equal(RULE);
      // TRUNCATE … CASCADE meets the wall of whichever table comes first
      if (!statement.startsWith('truncate')) {
        expect(answer.constraint).to.equal(`${table}_append_only`);
        expect(answer.message).to.match(/^(.*: )?(WAL-3|WAL-5|AUD-2|REV-7): .*append-only/s);
      }
    });
  }
});
