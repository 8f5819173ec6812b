import { expect } from 'chai';
import { withSql } from '../../../adapters/postgres/orm.ts';
import type { Session } from '../../../adapters/postgres/session.ts';
import { sqlOn } from '../../../adapters/postgres/sql.ts';
import { createUserRepo } from '../../../adapters/postgres/users.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

describe('looking for people on PostgreSQL', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('ADM-3 reads nobody else, by a plan that is kept for all names', async () => {
    const texts: string[] = [];
    const noting: Pick<Session, 'send'> = {
      send: async ({ text }) => {
        texts.push(text);
        return [];
      },
    };
    const users = createUserRepo(sqlOn(noting as Session));
    const wanted = { telegramId: null, username: 'budi', name: 'Budi' };
    await users.search(wanted, { page: 0, size: 10 });
    expect(texts).to.have.length(2);
    for (const text of texts) {
      const plan = await explained(text);
      expect(plan).to.match(/users_username.*users_display_name/s);
      expect(plan).to.not.match(/Seq Scan on users/);
    }
  });

  /** Without values, as it is made once for all of them; the table is too small to matter. */
  const explained = (text: string): Promise<string> =>
    withSql(database.ownerUrl, async (sql) => {
      await sql('set enable_seqscan = off');
      const rows = await sql(`explain (generic_plan) ${text}`);
      return rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    });
});
