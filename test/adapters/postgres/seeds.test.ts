import { expect } from 'chai';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { seedLedger } from '../../bench/seed-ledger.ts';
import { seedStage } from '../../bench/seed-stage.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

describe('what the benches stand on', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('WAL-8 a history with a stage on it is sound, and has as many postings as were asked for', async () => {
    await seedLedger(database, 1_000);
    await seedStage(database, { waiting: 120, lines: 30 });
    const { ledgerReader } = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const rows: Record<string, number> = {};
    for await (const step of ledgerReader.verify()) {
      expect(step.violations, step.name).to.deep.equal([]);
      rows[step.name] = step.rows;
    }
    const postings = rows['postings move what their type may move, for whom it is'];
    expect(postings).to.be.within(1_030, 1_300);
  });

  it('all indexes are there again', async () => {
    const names = (of: TestDatabase) =>
      of.orm.em.fork().execute(`select indexname, indexdef from pg_indexes
        where schemaname = 'public' order by indexname`);
    const fresh = await cloneDatabase();
    try {
      expect(await names(database)).to.deep.equal(await names(fresh));
    } finally {
      await fresh.drop();
    }
  });
});
