import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ROW = /^\| `(?<name>\w+)`\s*\| `(?<on>.*?)`\s*\| (?<why>.*?)\s*\| `(?<file>[\w./-]+)`\s*\|$/;

interface Documented {
  readonly name: string;
  readonly on: string;
  readonly why: string;
  readonly file: string;
}

const documented = (): readonly Documented[] =>
  readFileSync(join(ROOT, 'docs/indexes.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const row = ROW.exec(line)?.groups;
      return row ? [row as unknown as Documented] : [];
    });

describe('docs/indexes.md', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('tells of every index that the database has, and of no other', async () => {
    const rows = await withSql(database.ownerUrl, (sql) =>
      sql(`select indexname as name, indexdef as definition from pg_indexes
        where schemaname = 'public' order by tablename, indexname`),
    );
    const real = rows.map(({ name, definition }) => {
      const on = String(definition).replace(/^.* USING btree /, '');
      return `${String(name)} on ${on.replaceAll('::text', '')}`;
    });
    expect(documented().map(({ name, on }) => `${name} on ${on}`)).to.deep.equal(real);
  });

  it('names for each the question that needs it, and the file that asks', () => {
    const unasked = documented().filter(
      ({ why, file }) => why === '' || !existsSync(join(ROOT, 'adapters/postgres', file)),
    );
    expect(unasked).to.deep.equal([]);
  });
});
