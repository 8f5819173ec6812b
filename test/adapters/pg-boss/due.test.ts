import { expect } from 'chai';
import type { SchedulerDatabase } from '../../../adapters/pg-boss/index.ts';
import { plainSql, withSql } from '../../../adapters/postgres/index.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { openBench, type Bench } from './bench.ts';

/** What pg-boss does of itself, by a word of the statement. */
const OF_ITSELF = ['cron_on', 'flow_on', 'Timeout', 'Heartbeat', 'cleanupDependencies'];

describe('A job on pg-boss that is due, in two processes', () => {
  let database: TestDatabase;
  let benches: Bench[] = [];
  const stop = () => Promise.all(benches.map(({ scheduler }) => scheduler.stop()));

  /** Resolves when one process or the other has done all that pg-boss does of itself. */
  const watched = (): { readonly db: SchedulerDatabase; readonly all: Promise<void> } => {
    const missing = new Set(OF_ITSELF);
    const { promise: all, resolve } = Promise.withResolvers<void>();
    const real = plainSql(database.orm);
    const db: SchedulerDatabase = {
      executeSql: async (text, values) => {
        const answer = await real(text, values);
        for (const mark of missing) if (text.includes(mark)) missing.delete(mark);
        if (missing.size === 0) resolve();
        return answer;
      },
    };
    return { db, all };
  };

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    const { db, all } = watched();
    const jobs = [{ name: 'tick', cron: '* * * * *', work: async () => {} }];
    benches = [openBench(database, jobs, db), openBench(database, jobs, db)];
    const ran = Promise.race(benches.map((bench) => bench.nextRun()));
    await Promise.all(benches.map(({ scheduler }) => scheduler.start()));
    await Promise.all([all, ran]);
    await stop();
  });
  after(async () => {
    await stop();
    await database?.drop();
  });

  it('TSK-5 OPS-4 it runs once each time it is due, in one process of two', async () => {
    const [sent] = await withSql(database.ownerUrl, (sql) =>
      sql(
        `select count(*) filter (where name = 'tick')::int as runs,
           count(*) filter (where name <> 'tick' and state = 'completed')::int as times
         from pgboss.job`,
      ),
    );
    expect(benches.flatMap(({ runs }) => runs)).to.have.length(Number(sent?.['runs']));
    expect(sent).to.deep.equal({ runs: sent?.['times'], times: sent?.['times'] });
  });

  it('SEC-A62 whatever pg-boss does of itself is within the rights of the bot', () => {
    expect(benches.flatMap(({ errors }) => errors)).to.deep.equal([]);
  });
});
