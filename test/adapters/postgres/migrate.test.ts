import { expect } from 'chai';
import { migrate } from '../../../adapters/postgres/migrate.ts';
import { forBotRole, type SqlMigration } from '../../../adapters/postgres/migrations/index.ts';
import { createOrm, withSql } from '../../../adapters/postgres/orm.ts';
import { failureOf } from '../../contracts/harness.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../../support/database.ts';

const NOTES: SqlMigration = {
  name: '9001-notes',
  sql: `
    create table notes (text text check (text <> 'what?'));
    insert into notes values ('{"a":1}'::jsonb ? 'a');
    ${forBotRole('grant select on notes to upah_bot;')}
  `,
};
const BROKEN: SqlMigration = { name: '9002-broken', sql: 'create table more (); select 1 / 0' };

describe('migrate', () => {
  let database: TestDatabase;

  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });
  beforeEach(async () => {
    database = await cloneDatabase();
    // The release's own migrations are the template's; here the list is the test's.
    await withSql(database.ownerUrl, (sql) => sql('delete from schema_migration'));
  });
  afterEach(() => database?.drop());

  it('runs each migration once, also when two processes start together', async () => {
    const steps: string[] = [];
    const options = {
      ownerUrl: database.ownerUrl,
      list: [NOTES],
      onStep: (name: string) => steps.push(name),
    };
    const both = await Promise.all([migrate(options), migrate(options)]);
    expect(both.flatMap(({ applied }) => applied)).to.deep.equal(['9001-notes']);
    expect(steps).to.deep.equal(['9001-notes']);
    const rows = await withSql(database.botUrl, (sql) => sql('select text from notes'));
    expect(rows).to.deep.equal([{ text: 'true' }]);
  });

  it('refuses a database that has no room for every letter, and says how to make one', async () => {
    const name = `${database.name}_latin`;
    const admin = (text: string) => withSql(serverUrl('admin', 'postgres'), (sql) => sql(text));
    await admin(`create database ${name} owner upah_owner encoding 'LATIN1' locale_provider libc
      locale 'C' template template0`);
    const refused = await failureOf(migrate({ ownerUrl: serverUrl('owner', name), list: [NOTES] }));
    await admin(`drop database ${name}`);
    expect(refused).to.match(/LATIN1.*ENCODING 'UTF8'/s);
  });

  it('applies nothing when one of the pending migrations fails', async () => {
    const { ownerUrl } = database;
    await migrate({ ownerUrl, list: [NOTES, BROKEN] }).then(
      () => expect.fail('should have failed'),
      (error: Error) => expect(error.message).to.match(/9002-broken failed.*division by zero/s),
    );
    const rows = await withSql(ownerUrl, (sql) => sql(`select to_regclass('notes') as notes`));
    expect(rows).to.deep.equal([{ notes: null }]);
    expect(await migrate({ ownerUrl, list: [NOTES] })).to.deep.equal({ applied: ['9001-notes'] });
  });

  it('refuses a database that a newer release has migrated', async () => {
    const { ownerUrl } = database;
    await migrate({ ownerUrl, list: [NOTES] });
    await migrate({ ownerUrl, list: [] }).then(
      () => expect.fail('should have refused'),
      (error: Error) => expect(error.message).to.match(/newer schema .*9001-notes/),
    );
  });

  it('OPS-1 leaves grants out where the bot role does not exist', async () => {
    const sql = forBotRole('grant select on nowhere to upah_bot;').replaceAll('upah_bot', 'nobody');
    const orm = await createOrm({ url: serverUrl('owner', database.name), poolMax: 1 });
    await orm.em.fork().execute(sql);
    await orm.close(true);
  });
});
