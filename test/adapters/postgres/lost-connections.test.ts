import { expect } from 'chai';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { createOrm, type Orm } from '../../../adapters/postgres/orm.ts';
import { connectionLost } from '../../../adapters/postgres/retry.ts';
import { createPostgresUnitOfWork } from '../../../adapters/postgres/unit-of-work.ts';
import { DEFAULT_SETTINGS } from '../../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

const POOL_MAX = 2;

describe('connections that PostgreSQL drops', () => {
  let database: TestDatabase;
  let orm: Orm;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    orm = await createOrm({ url: database.botUrl, poolMax: POOL_MAX });
  });
  after(async () => {
    await orm?.close(true);
    await database?.drop();
  });

  it('OPS-3 are given back to the pool, however many transactions they end', async () => {
    const unitOfWork = createPostgresUnitOfWork(orm, (sql) => sql);
    for (let i = 0; i < POOL_MAX * 3; i += 1) {
      const lost: unknown = await unitOfWork
        .run((sql) => sql`select pg_terminate_backend(pg_backend_pid())`)
        .catch((error: unknown) => error);
      expect(connectionLost(lost), String(lost)).to.equal(true);
    }
    const rows = await unitOfWork.run((sql) => sql<{ one: number }>`select 1 as one`);
    expect(rows).to.deep.equal([{ one: 1 }]);
  });

  it('OPS-3 do not stop the inbox from taking the next update', async () => {
    const ports = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
    for (let i = 0; i < POOL_MAX * 2; i += 1) {
      await (
        await database.ownerOrm()
      ).em
        .fork()
        .execute(
          `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and usename = 'upah_bot'`,
        )
        .catch(() => undefined);
      await ports.inbox.waitingLanes(7, new Date()).catch(() => undefined);
    }
    expect(await ports.inbox.waitingLanes(7, new Date())).to.deep.equal([]);
  });
});
