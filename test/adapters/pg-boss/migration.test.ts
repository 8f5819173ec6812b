import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { PgBoss } from 'pg-boss';
import { jobsMigration } from '../../../adapters/pg-boss/index.ts';
import { migrate, migrations, plainSql, withSql } from '../../../adapters/postgres/index.ts';
import { releaseMigrations } from '../../../app/migrations.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../../support/database.ts';

const TABLES = `select count(*)::int as tables from pg_tables where schemaname = 'pgboss'`;

describe('The migration of the jobs', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('OPS-4 makes the schema that the installed pg-boss expects', async () => {
    const executeSql = plainSql(await database.ownerOrm());
    const boss = new PgBoss({ db: { executeSql }, schema: 'pgboss', migrate: false });
    boss.on('error', () => {});
    const { ok, ...drift } = await boss.detectSchemaDrift();
    expect(ok, JSON.stringify(drift)).to.equal(true);
    await boss.start(); // refuses another version than its own
    await boss.stop({ close: false });
  });

  it('notices a schema that pg-boss does not expect', async () => {
    const other = await cloneDatabase();
    await withSql(other.ownerUrl, (sql) => sql('drop index pgboss.job_common_i6'));
    const executeSql = plainSql(other.orm);
    const { ok } = await new PgBoss({ db: { executeSql } }).detectSchemaDrift();
    await other.drop();
    expect(ok).to.equal(false);
  });

  it('OPS-4 comes to a database that has only the first release', async () => {
    const name = `t_${randomUUID().replaceAll('-', '')}`;
    await withSql(serverUrl('admin', 'postgres'), (sql) =>
      sql(`create database ${name} owner upah_owner`),
    );
    const ownerUrl = serverUrl('owner', name);
    await migrate({ ownerUrl, list: migrations.slice(0, 1) });
    const { applied } = await migrate({ ownerUrl, list: releaseMigrations });
    const [made] = await withSql(ownerUrl, (sql) => sql(TABLES));
    const again = await migrate({ ownerUrl, list: releaseMigrations });
    await withSql(serverUrl('admin', 'postgres'), (sql) =>
      sql(`drop database ${name} with (force)`),
    );
    expect(applied).to.deep.equal(releaseMigrations.slice(1).map((one) => one.name));
    expect(applied).to.include('0003-jobs');
    expect(made?.['tables']).to.be.above(5);
    expect(again.applied).to.deep.equal([]);
  });

  it('OPS-1 grants nothing, and works, where the bot role does not exist', async () => {
    const other = await cloneDatabase();
    const sql = jobsMigration.sql.replaceAll('upah_bot', 'nobody_at_all');
    await withSql(other.ownerUrl, (run) => run('drop schema pgboss cascade'));
    await migrate({
      ownerUrl: other.ownerUrl,
      list: [...releaseMigrations, { name: '9003-jobs', sql }],
    });
    const boss = new PgBoss({
      db: { executeSql: plainSql(await other.ownerOrm()) },
      migrate: false,
    });
    await boss.start();
    await boss.stop({ close: false });
    const usage = await withSql(other.ownerUrl, (run) =>
      run(`select has_schema_privilege('upah_bot', 'pgboss', 'usage') as usage`),
    );
    await other.drop();
    expect(usage).to.deep.equal([{ usage: false }]);
  });

  it('is one of the migrations of a release, in the order of their names', () => {
    const names = releaseMigrations.map(({ name }) => name);
    expect(names).to.include.members(['0001-marketplace', '0003-jobs']);
    expect(names).to.deep.equal(names.toSorted());
  });
});
