import { expect } from 'chai';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { answerOf, DENIED } from '../postgres/ledger.ts';

const FORBIDDEN: readonly string[] = [
  'create table pgboss.mine ()',
  'create function pgboss.mine() returns int language sql as $$ select 1 $$',
  'alter table pgboss.job_common add column mine int',
  'drop table pgboss.job_common',
  'truncate pgboss.job_common',
  'create index on pgboss.job_common (state)',
  'drop schema pgboss cascade',
  'insert into pgboss.version (version) values (1)',
  'update pgboss.version set version = 1',
  'delete from pgboss.version',
  'delete from pgboss.queue',
  'select * from pgboss.bam',
  `insert into pgboss.bam (name, version, table_name, command) values ('x', 1, 'x', 'x')`,
  `select pgboss.job_table_run('drop table pgboss.job')`,
  `select pgboss.job_table_run_async('x', 1, 'drop table pgboss.job')`,
  `select pgboss.delete_queue('__pgboss__send-it')`,
  `select pgboss.create_queue('mine', '{"policy": "standard", "partition": true}')`,
];

const RIGHTS = `
  select table_name || ': ' ||
    string_agg(lower(privilege_type), ', ' order by privilege_type) as right
  from information_schema.table_privileges
  where table_schema = 'pgboss' and grantee in ('upah_bot', 'PUBLIC')
  group by table_name
  union all
  select routine_name || '()' from information_schema.routine_privileges
  where routine_schema = 'pgboss' and grantee in ('upah_bot', 'PUBLIC')
  order by 1`;

describe('The rights of the bot in the schema of the jobs', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  for (const statement of FORBIDDEN) {
    it(`SEC-A62 OPS-4 the bot may not: ${statement}`, async () => {
      expect((await answerOf(database.orm, statement)).code).to.equal(DENIED);
    });
  }

  it('SEC-A62 OPS-4 the bot has the rights that jobs need, and no other', async () => {
    const owner = await database.ownerOrm();
    const rows = await owner.em.fork().execute<{ right: string }[]>(RIGHTS);
    expect(rows.map(({ right }) => right)).to.deep.equal([
      'create_queue()',
      'job: insert, select, update',
      'job_common: delete, insert, select, update',
      'job_dependency: delete, select',
      'job_now()',
      'queue: insert, select, update',
      'schedule: delete, insert, select, update',
      'version: select',
    ]);
  });
});
