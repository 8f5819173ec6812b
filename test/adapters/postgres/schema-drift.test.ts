import { expect } from 'chai';
import { withSql, type Orm } from '../../../adapters/postgres/orm.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

/**
 * What MikroORM would do to make the database equal to `schema.ts`. Left out on purpose, because
 * they stand in the migrations alone: CHECKs, foreign keys (one of them has two columns), triggers,
 * functions and the migrator's own table.
 */
const driftOf = async (orm: Orm, ownerUrl: string): Promise<string> => {
  Object.assign(orm.config.get('schemaGenerator'), {
    ignoreTriggers: true,
    skipTables: ['schema_migration'],
  });
  const walls = await withSql(ownerUrl, (sql) =>
    sql(`select conname as name from pg_constraint where contype in ('c', 'f')`),
  );
  const ignored = new Set(walls.map(({ name }) => `drop constraint "${String(name)}";`));
  const lines = (await orm.schema.getUpdateSchemaSQL()).split('\n');
  return lines
    .filter((line) => !ignored.has(line.replace(/^alter table "\w+" /, '')))
    .filter((line) => line !== '' && !/^(set names|drop function)/.test(line))
    .join('\n');
};

describe('schema', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('the migrations make the tables, columns and indexes that schema.ts describes', async () => {
    expect(await driftOf(await database.ownerOrm(), database.ownerUrl)).to.equal('');
  });

  it('a column or an index that only the database has is noticed', async () => {
    await withSql(database.ownerUrl, (sql) =>
      sql(`alter table takes add column surprise text; create index surprise on takes (deadline)`),
    );
    expect(await driftOf(await database.ownerOrm(), database.ownerUrl)).to.match(/surprise/);
  });
});
