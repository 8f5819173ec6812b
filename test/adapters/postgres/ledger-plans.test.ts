import { expect } from 'chai';
import { LEDGER_CHECKS, LOOKING_UP } from '../../../adapters/postgres/ledger-checks/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../../support/database.ts';
import { carriedOut, type PlanNode } from '../../support/explained.ts';
import { marketOn, tellStory } from './ledger-story.ts';

const MANY = 1_000;
/** A check that goes through each of them for each of them meets a million. */
const ROWS_AT_MOST = 400_000;

/** As many copies of a row as there are fresh ids, with ids and what must differ of their own. */
const copies = (table: string, own: Readonly<Record<string, string>> = {}): readonly string[] => [
  `drop table if exists model`,
  `create temp table model as select * from ${table} order by id limit 1`,
  `insert into ${table} select (jsonb_populate_record(m, jsonb_build_object('id', f.id
    ${Object.entries(own)
      .map(([column, value]) => `, '${column}', ${value}`)
      .join('')}))).* from model m cross join fresh f`,
];

/** Things of all kinds, as nobody but an administrator could write them. */
const MORE = [
  'set session_replication_role = replica',
  'drop table if exists fresh',
  `create temp table fresh as select uuidv7() as id, nextval('numbers') as n
    from generate_series(1, ${MANY})`,
  ...copies('wallet_transactions', {
    type: `'adjustment'`,
    reference_id: 'f.id',
    idempotency_key: 'f.id',
    user_id: 'f.id',
  }),
  ...copies('postings', { transaction_id: 'f.id' }),
  ...copies('accounts', { kind: `'wallet'`, owner_id: 'f.id' }),
  ...copies('campaigns'),
  ...copies('tasks', { campaign_id: 'f.id', take_id: 'null', status: `'available'` }),
  ...copies('task_proofs', { take_id: 'f.id' }),
  `insert into proof_decisions (proof_id, "order", verdict, decided_by, take_id, worker_id,
      decided_at)
    select id, 'first', 'approved', id, id, id, now() from fresh`,
  ...copies('deposits', { user_id: 'f.id', transaction_id: 'f.id' }),
  ...copies('withdrawals', { user_id: 'f.id', transaction_id: 'f.id' }),
  ...copies('users', { telegram_id: 'f.n' }),
  `insert into freezes (id, begun_at, findings, lifted_at, lifted_by, lift_reason)
    select id, now(), '[{}]', now(), 'x', 'x' from fresh`,
  ...['transaction', 'proof', 'campaign', 'user', 'deposit', 'withdrawal', 'freeze'].map(
    (subject) => `insert into audit_logs (actor, action, subject, subject_id, at)
      select 'user:x', '${subject}.x', '${subject}', id::text, now() from fresh`,
  ),
];

/** How many rows the plan went through, what was passed over included. */
const rowsIn = (node: PlanNode): number =>
  (node['Actual Rows'] +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0)) *
    node['Actual Loops'] +
  (node.Plans ?? []).reduce((sum, inner) => sum + rowsIn(inner), 0);

const ends = (rows: readonly Record<string, unknown>[]): readonly string[] =>
  [rows[0], rows.at(-1)].map((row) => String(row?.['id']));

describe('the proof of the ledger where the planner takes a whole page of keys for one row', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    await tellStory(marketOn(database));
  });
  after(() => database?.drop());

  it('WAL-8 goes through what belongs to a row, and not through what belongs to all of them', async () => {
    await withSql(serverUrl('admin', database.name), async (sql) => {
      for (const { table } of Object.values(LEDGER_CHECKS)) {
        await sql(`alter table ${table} set (autovacuum_enabled = off)`);
      }
      await sql('create temp sequence numbers start 900000000');
      for (const statement of [...MORE, ...MORE, ...MORE]) await sql(statement);
      // all keys in one part of the histogram, as a page's are in a table of many millions
      await sql('set default_statistics_target = 1');
      await sql('analyze');
      const [first, last] = await sql('select id from fresh order by id').then(ends);
      await sql('begin');
      await sql(LOOKING_UP);
      for (const { name, table, key, violations } of Object.values(LEDGER_CHECKS)) {
        const [from, to] = key === 'uuid' ? [first, last] : ['1', '9000000000'];
        const inPage = (column: string) =>
          `${column} >= '${from}'::${key} and ${column} < '${to}'::${key}`;
        const rows = await sql(`select id from ${table} where ${inPage('id')}`);
        expect(rows.length, `${name}: in hand`).to.be.at.least(MANY - 1);
        const ids = `'{${rows.map(({ id }) => String(id)).join()}}'::${key}[]`;
        for (const within of [inPage, (column: string) => `${column} = any(${ids})`]) {
          const rowsRead = rowsIn(await carriedOut(sql, violations(within)));
          expect(rowsRead, name).to.be.below(ROWS_AT_MOST);
        }
      }
    });
  });
});
