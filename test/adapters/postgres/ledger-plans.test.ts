import { expect } from 'chai';
import { LEDGER_CHECKS, LOOKING_UP } from '../../../adapters/postgres/ledger-checks/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../../support/database.ts';
import { marketOn, tellStory } from './ledger-story.ts';

const MANY = 1_000;
/** A check that goes through each of them for each of them meets a million. */
const ROWS_AT_MOST = 400_000;

/** Things of all kinds, as nobody but an administrator could write them. */
const MORE = [
  'set session_replication_role = replica',
  'drop table if exists fresh, model',
  `create temp table fresh as select uuidv7() as id from generate_series(1, ${MANY})`,
  `insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
      idempotency_key, fingerprint, created_by, created_at, decided_at)
    select id, 'adjustment', 'approved', null, 500, 'proof', id, 'lately:' || id, 'f', 'x', now(), now()
    from fresh`,
  `insert into postings (id, transaction_id, from_account_id, to_account_id, amount, created_at)
    select id, id, '00000000-0000-0000-0000-000000000001',
      (select id from accounts where kind = 'wallet' order by id limit 1), 500, now() from fresh`,
  `insert into accounts (id, kind, owner_id) select id, 'wallet', id from fresh`,
  ...['transaction', 'proof', 'campaign', 'user', 'deposit', 'withdrawal'].map(
    (subject) => `insert into audit_logs (actor, action, subject, subject_id, at)
      select 'user:x', '${subject}.x', '${subject}', id::text, now() from fresh`,
  ),
  'create temp table model as select * from task_proofs order by id limit 1',
  `insert into task_proofs select (jsonb_populate_record(m, jsonb_build_object('id', f.id,
      'take_id', f.id))).* from model m cross join fresh f`,
  `insert into proof_decisions (proof_id, "order", verdict, decided_by, take_id, worker_id,
      decided_at)
    select id, 'first', 'approved', id, id, id, now() from fresh`,
];

interface Node {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly Plans?: readonly Node[];
}

/** How many rows the plan went through, what was passed over included. */
const rowsIn = (node: Node): number =>
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
      for (const statement of [...MORE, ...MORE, ...MORE]) await sql(statement);
      // all keys in one part of the histogram, as a page's are in a table of many millions
      await sql('set default_statistics_target = 1');
      await sql('analyze');
      const [first, last] = await sql('select id from fresh order by id').then(ends);
      await sql('begin');
      await sql(LOOKING_UP);
      for (const { name, key, violations } of Object.values(LEDGER_CHECKS)) {
        const [from, to] = key === 'uuid' ? [first, last] : ['1', '9000000000'];
        const text = violations(
          (column) => `${column} >= '${from}'::${key} and ${column} < '${to}'::${key}`,
        );
        const [row] = await sql(`explain (analyze, format json) ${text}`);
        const [explained] = (row?.['QUERY PLAN'] ?? []) as readonly { readonly Plan: Node }[];
        expect(explained && rowsIn(explained.Plan), name).to.be.below(ROWS_AT_MOST);
      }
    });
  });
});
