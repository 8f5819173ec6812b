import { expect } from 'chai';
import {
  createOrm,
  WORKING_PATIENCE,
  type Orm,
  type OrmOptions,
} from '../../../adapters/postgres/index.ts';
import { createLedgerReader } from '../../../adapters/postgres/ledger-reader.ts';
import { readSchemaVersion } from '../../../adapters/postgres/schema-version.ts';
import { createPostgresUnitOfWork } from '../../../adapters/postgres/unit-of-work.ts';
import { migrations } from '../../../adapters/postgres/migrations/index.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

/** Waits for another one that has not ended, and fails where that was committed. */
const INSERT = `insert into settings (key, value) values ('idle', '1')`;

describe('PostgreSQL: how long a statement may take', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  const withOrm = async <T>(
    patience: Pick<OrmOptions, 'patience'>,
    work: (orm: Orm) => Promise<T>,
  ): Promise<T> => {
    const orm = await createOrm({ url: database.botUrl, poolMax: 1, ...patience });
    try {
      return await work(orm);
    } finally {
      await orm.close(true);
    }
  };

  it('OPS-3 a statement that hangs ends by itself, and its connection serves the next', () =>
    withOrm({ patience: { statementMs: 50, idleInTransactionMs: 1_000 } }, async (orm) => {
      const hung = await orm.em.fork().execute('select pg_sleep(60)').catch(String);
      expect(hung).to.contain('statement timeout');
      const [row] = await orm.em.fork().execute<{ one: number }[]>('select 1 as one');
      expect(row?.one).to.equal(1);
    }));

  it('OPS-3 a transaction that does nothing is rolled back and lets its locks go', () =>
    withOrm({ patience: { statementMs: 1_000, idleInTransactionMs: 50 } }, async (orm) => {
      const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const idle = createPostgresUnitOfWork(orm, (sql) => sql).run(async (sql) => {
        await sql`insert into settings (key, value) values ('idle', '1')`;
        begun.resolve();
        await goOn.promise;
        await sql`select 1`;
      });
      await begun.promise;
      await database.orm.em.fork().execute(INSERT); // waits for the lock of the first one
      goOn.resolve();
      expect(await idle.catch((error: unknown) => error)).to.be.instanceOf(Error);
      expect(await orm.em.fork().execute(`select key from settings`)).to.have.length(1);
    }));

  it('WAL-8 only a bot at work has limits: proving the ledger takes as long as it takes', async () => {
    const shown = (orm: Orm) =>
      orm.em.fork().execute<{ name: string; setting: string }[]>(
        `select name, setting from pg_settings
         where name in ('statement_timeout', 'idle_in_transaction_session_timeout')
         order by name`,
      );
    const limits = async (patience: Pick<OrmOptions, 'patience'>) =>
      (await withOrm(patience, shown)).map(({ setting }) => setting);
    expect(await limits({ patience: WORKING_PATIENCE })).to.deep.equal(['60000', '30000']);
    expect(await limits({})).to.deep.equal(['0', '0']);
  });

  const PROOFS = {
    everything: async (orm: Orm) => {
      const steps = [];
      for await (const step of createLedgerReader(orm).verify()) steps.push(step);
      return steps;
    },
    'what is new': async (orm: Orm) => (await createLedgerReader(orm).verifyRecent(null)).steps,
  };
  for (const [what, prove] of Object.entries(PROOFS)) {
    it(`WAL-8 proving ${what} takes as long as it takes in a bot at work too`, () =>
      withOrm({ patience: { statementMs: 50, idleInTransactionMs: 10_000 } }, async (orm) => {
        await orm.em.fork().execute('select 1'); // connected
        const owner = (await database.ownerOrm()).em.fork();
        const locked = Promise.withResolvers<void>();
        const blocking = owner.transactional(async (em) => {
          await em.execute('lock table postings in access exclusive mode');
          locked.resolve();
          await em.execute('select pg_sleep(0.3)');
        });
        await locked.promise;
        expect(await prove(orm).catch(String))
          .to.be.an('array')
          .with.length.greaterThan(5);
        await blocking;
      }));
  }

  it('OPS-2 the bot reads which migrations its database has', async () => {
    const newest = migrations.at(-1)?.name;
    expect((await readSchemaVersion(database.orm, migrations)).complete).to.equal(true);
    const owner = (await database.ownerOrm()).em.fork();
    await owner.execute('delete from schema_migration where name = ?', [newest]);
    const { complete } = await readSchemaVersion(database.orm, migrations);
    expect(complete).to.equal(false);
  });
});
