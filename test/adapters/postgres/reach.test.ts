import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { systemClock, uuidIds } from '../../../adapters/system/index.ts';
import {
  createCore,
  DEFAULT_SETTINGS,
  noticeFromJson,
  notify,
  plusMs,
  type Core,
  type User,
  type UserId,
} from '../../../core/index.ts';
import { aUser, freshId, later } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { somebodyWaits } from '../../support/waiting-for-lock.ts';

const LONG_AGO = later(0);

/** What only real transactions beside each other can show: two things in the same moment. */
describe('people who come back, on PostgreSQL', () => {
  let database: TestDatabase;
  let ports: ReturnType<typeof createPostgresPorts>;
  let core: Core;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    core = createCore({ ...createMemoryPorts(), ...ports, clock: systemClock, ids: uuidIds });
  });
  after(() => database?.drop());

  const enter = (unreachableSince: Date): Promise<User> =>
    ports.unitOfWork.run((tx) =>
      tx.users.add(aUser({ id: freshId<UserId>(), role: 'worker', unreachableSince })),
    );
  const owe = (tx: Parameters<typeof notify>[0], to: UserId, at: Date) =>
    notify(
      tx,
      { clock: { now: () => at }, ids: uuidIds },
      { to, notice: { kind: 'account.unsuspended' }, key: freshId() },
    );
  const told = async ({ id }: User) =>
    (
      await withSql(database.ownerUrl, (sql) =>
        sql(`select payload, state from outbox where to_user = '${id}'
          and payload ->> 'kind' = 'account.missed'`),
      )
    ).map(({ payload }) => noticeFromJson(payload as never));

  it('NTF-2 what is owed in the moment of their coming back is told, not lost', async () => {
    const user = await enter(LONG_AGO);
    const outside = AsyncLocalStorage.snapshot(); // another process
    let back: Promise<void> | undefined;
    await ports.unitOfWork.run(async (tx) => {
      await owe(tx, user.id, systemClock.now());
      await tx.users.find(user.id); // what was sent before is done now
      back = outside(() => core.users.noteReach({ telegramId: user.telegramId, reachable: true }));
      await outside(() => Promise.race([back, somebodyWaits(database.orm)]));
    });
    await back;
    const [notice] = await told(user);
    expect(notice).to.deep.equal({
      kind: 'account.missed',
      total: 1,
      newest: [{ kind: 'account.unsuspended' }],
    });
  });

  it('NTF-2 a notice that was begun before they went, and dropped after it, is told', async () => {
    const now = systemClock.now();
    const user = await enter(now);
    await ports.unitOfWork.run((tx) => owe(tx, user.id, plusMs(now, -5)));
    await core.users.noteReach({ telegramId: user.telegramId, reachable: true });
    expect(await told(user)).to.have.length(1);
  });
});
