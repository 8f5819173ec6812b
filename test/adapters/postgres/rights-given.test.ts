import { expect } from 'chai';
import { createManualClock, createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { uuidIds } from '../../../adapters/system/index.ts';
import { asRefusal, DEFAULT_SETTINGS, PERMISSIONS, type Permission } from '../../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { OPERATOR, peopleOn, type People } from '../../support/market.ts';

const SOME: readonly (readonly Permission[])[] = [['review'], ['money', 'users'], PERMISSIONS];

/** Real locks under the operator's words: the person first, then what is remembered of them. */
describe('Rights given and taken at once on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let market: People;
  let ports: ReturnType<typeof createPostgresPorts>;
  let retries = 0;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    const onRetry = (): void => void (retries += 1);
    ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS, onRetry });
    market = peopleOn({
      ...createMemoryPorts(),
      ...ports,
      clock: createManualClock(new Date()),
      ids: uuidIds,
    });
  });
  after(() => database?.drop());

  it('ADM-1 ACC-4 twenty words on one admin meet no deadlock, and the last one holds', async () => {
    const { id, telegramId } = await market.admin();
    const { grantAdmin, revokeAdmin, setPermissions } = market.core.users;
    const word = { actor: OPERATOR, telegramId };
    for (let round = 0; round < 3; round += 1) {
      const said = await Promise.allSettled(
        Array.from({ length: 20 }, async (_, index) => {
          const permissions = SOME[index % SOME.length] ?? PERMISSIONS;
          if (index % 4 === 0) return revokeAdmin(word);
          return index % 4 === 1
            ? grantAdmin({ ...word, permissions })
            : setPermissions({ ...word, permissions });
        }),
      );
      const faults = said.filter((one) => one.status === 'rejected' && !asRefusal(one.reason));
      expect(faults).to.deep.equal([]);
      expect(retries, 'conflicts').to.equal(0);
      const [user, kept] = await ports.unitOfWork.run(async (tx) => [
        await tx.users.find(id),
        await tx.adminGrants.find(telegramId),
      ]);
      expect([user?.role === 'admin', user?.permissions]).to.deep.equal([
        kept?.state === 'granted',
        kept?.permissions,
      ]);
      if (user?.role !== 'admin') await grantAdmin(word);
    }
  });
});
