import { expect } from 'chai';
import { answerOf, DENIED, openLedger, RULE, type Ledger } from './ledger.ts';

const FORBIDDEN: readonly string[] = [
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
  'delete from outbox',
  `insert into accounts (id, kind, owner_id, balance) values (uuidv7(), 'wallet', uuidv7(), 5)`,
  `insert into audit_logs (id, actor, action, subject, subject_id, at)
       overriding system value values (1, 'a', 'b', 'user', 'c', now())`,
  `insert into postings (id, transaction_id, from_account_id, to_account_id, amount, created_at)
       select uuidv7('-1 year'), transaction_id, from_account_id, to_account_id, 1, now()
       from postings`,
  `insert into wallet_transactions (id, type, status, amount, reference_kind, reference_id,
       idempotency_key, fingerprint, created_by, created_at, born_in)
       values (uuidv7(), 'adjustment', 'approved', 1, 'task', uuidv7(), 'k', 'f', 'x', now(), '1')`,
  'merge into postings p using accounts a on a.id = p.to_account_id when matched then delete',
  `select setval('audit_logs_id_seq', 1)`,
  `select nextval('audit_logs_id_seq')`,
  'do $$ begin lock table postings in access exclusive mode; end $$',
  'create table mine ()',
  'create schema mine',
  'create temporary table postings ()',
  `create function mine() returns int language sql as 'select 1'`,
  `create or replace function refuse_change() returns trigger language plpgsql
       as 'begin return null; end'`,
  'drop function refuse_change() cascade',
  'create extension pg_trgm',
  `set session_replication_role = 'replica'`,
  `alter role upah_bot set session_replication_role = 'replica'`,
  `alter database postgres set session_replication_role = 'replica'`,
  `alter system set session_replication_role = 'replica'`,
  'alter role upah_bot superuser',
  'set role upah_owner',
  'set session authorization upah_owner',
  'grant upah_owner to upah_bot',
  `copy users to program 'true'`,
  `copy users to '/tmp/users'`,
  `copy postings from program 'true'`,
  'alter table users add column x int',
  `select pg_read_file('postgresql.conf')`,
  `select pg_read_binary_file('postgresql.conf')`,
  `select pg_ls_dir('.')`,
  `select lo_import('/etc/passwd')`,
];

/** What nobody may do with a table that is only added to. */
const ruinOf = (table: string): readonly string[] => [
  `delete from ${table}`,
  `truncate ${table}`,
  `truncate ${table} cascade`,
];

/** What only the owner of a table could do. */
const takeoverOf = (table: string): readonly string[] => [
  `alter table ${table} disable trigger all`,
  `alter table ${table} disable trigger ${table}_append_only`,
  `alter table ${table} drop column id`,
  `alter table ${table} owner to upah_bot`,
  `alter table ${table} disable row level security`,
  `drop trigger ${table}_append_only on ${table}`,
  `create trigger mine before insert on ${table} for each row execute function refuse_change()`,
  `create rule mine as on insert to ${table} do instead nothing`,
  `create index mine on ${table} ((1))`,
  `comment on table ${table} is 'x'`,
  `drop table ${table} cascade`,
];

/** As the catalog says: tables with a wall against removal. */
const KEPT = `select tgrelid::regclass::text as name from pg_trigger
  where tgname = tgrelid::regclass || '_append_only' order by 1`;

/** Tables that the bot adds to and changes nothing in. */
const ONLY_ADDED_TO = `select c.oid::regclass::text as name from pg_class c
  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    and has_any_column_privilege('upah_bot', c.oid, 'insert')
    and not has_any_column_privilege('upah_bot', c.oid, 'update') order by 1`;

/** Columns that the database fills by itself, and that the bot may fill all the same. */
const CHOSEN_IDENTITIES = `select a.attrelid::regclass || '.' || a.attname as name
  from pg_attribute a join pg_class c on c.oid = a.attrelid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'uuidv7|pg_current_xact_id')
    and has_column_privilege('upah_bot', a.attrelid, a.attnum, 'insert')`;

describe('rights', () => {
  let ledger: Ledger;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    ledger = await openLedger();
  });
  after(() => ledger?.drop());

  const namesOf = async (query: string): Promise<readonly string[]> =>
    (await ledger.owner.em.fork().execute<{ name: string }[]>(query)).map(({ name }) => name);

  for (const statement of FORBIDDEN) {
    it(`SEC-A62 WAL-3 WAL-5 the bot may not: ${statement.replaceAll(/\s+/g, ' ')}`, async () => {
      expect((await answerOf(ledger.bot, statement)).code).to.equal(DENIED);
    });
  }

  it('SEC-A62 WAL-5 AUD-2 the bot may neither empty nor take over what is only added to', async () => {
    const tables = await namesOf(KEPT);
    expect(tables).to.include.members(['postings', 'wallet_transactions', 'accounts']);
    expect(tables).to.include.members(['audit_logs', 'audit_seals', 'freezes', 'proof_decisions']);
    for (const table of tables) {
      for (const statement of [...ruinOf(table), ...takeoverOf(table)]) {
        expect((await answerOf(ledger.bot, statement)).code, statement).to.equal(DENIED);
      }
    }
  });

  it('WAL-5 AUD-2 not even the owner may empty what is only added to', async () => {
    for (const table of await namesOf(KEPT)) {
      for (const statement of ruinOf(table)) {
        const { code, constraint, message } = await answerOf(ledger.owner, statement);
        // TRUNCATE alone may meet a foreign key first, with CASCADE the wall of another table
        const plain = statement.startsWith('delete');
        expect(code, statement).to.be.oneOf(plain ? [RULE] : [RULE, '0A000']);
        if (!plain) continue;
        expect(constraint).to.equal(`${table}_append_only`);
        expect(message).to.match(/^(.*: )?[A-Z]+-\d+: .*append-only/s);
      }
    }
  });

  it('WAL-5 AUD-2 not even the owner may change a posting, a judgement or the log', async () => {
    for (const [table, change] of [
      ['postings', 'amount = 1'],
      ['audit_logs', `action = 'x'`],
      ['proof_decisions', 'reason = null'],
    ] as const) {
      const answer = await answerOf(ledger.owner, `update ${table} set ${change}`);
      expect(answer).to.include({ code: RULE, constraint: `${table}_append_only` });
    }
  });

  it('SEC-A62 every table that the bot only adds to has its wall', async () => {
    const kept = new Set(await namesOf(KEPT));
    const added = await namesOf(ONLY_ADDED_TO);
    expect(added).to.include.members(['postings', 'audit_logs', 'proof_decisions']);
    expect(added.filter((table) => !kept.has(table))).to.deep.equal([]);
  });

  it('SEC-A62 the bot chooses no identity that the database makes', async () => {
    expect(await namesOf(CHOSEN_IDENTITIES)).to.deep.equal([]);
  });
});
