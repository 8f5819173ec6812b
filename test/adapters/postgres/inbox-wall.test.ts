import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  createPostgresPorts,
  isOutage,
  type PostgresPorts,
} from '../../../adapters/postgres/index.ts';
import { migrate } from '../../../adapters/postgres/migrate.ts';
import { migrations } from '../../../adapters/postgres/migrations/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { DAY_MS, plusMs } from '../../../core/kernel/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { failureOf } from '../../contracts/harness.ts';
import { anUpdate, freshNumber } from '../../support/builders.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../../support/database.ts';
import { somebodyWaits } from '../../support/waiting-for-lock.ts';

const HOUR_MS = DAY_MS / 24;

describe('what PostgreSQL remembers of updates', () => {
  let database: TestDatabase;
  let ports: PostgresPorts;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
  });
  after(() => database?.drop());

  const stored = async (receivedAt = new Date()) => {
    const update = anUpdate({ botId: freshNumber(), receivedAt });
    await ports.inbox.receive([update]);
    return update;
  };
  const ended = async (at: Date, receivedAt = at) => {
    const update = await stored(receivedAt);
    const { botId, updateId } = update;
    await ports.unitOfWork.run((tx) => tx.inbox.done({ botId, updateId, at }));
    return update;
  };
  const ago = (hours: number) => plusMs(new Date(), -hours * HOUR_MS);

  it('WAL-7 refuses to forget what ended less than 48 hours ago, whoever asks', async () => {
    const young = await ended(ago(47));
    const old = await ended(ago(60));
    for (const orm of [database.orm, await database.ownerOrm()]) {
      const asked = orm.em.fork().execute("select prune_inbox(now() - interval '47 hours', 10)");
      expect(String(await failureOf(asked))).to.match(/WAL-7/);
    }
    expect(await ports.inbox.prune(ago(-30 * 24), 10), 'by a clock that is ahead').to.equal(1);
    expect(await ports.inbox.receive([young])).to.deep.equal([]);
    expect(await ports.inbox.receive([old])).to.deep.equal([old.lane]);
  });

  it('WAL-7 does not forget what came lately, whatever the bot’s role says of its end', async () => {
    const lately = await ended(ago(10_000), ago(47));
    const longAgo = await ended(ago(10_000), ago(49));
    expect(await ports.inbox.prune(ago(9_000), 10)).to.equal(1);
    expect(await ports.inbox.receive([lately])).to.deep.equal([]);
    expect(await ports.inbox.receive([longAgo])).to.deep.equal([longAgo.lane]);
    const lie = database.orm.em.fork().execute("update inbox set received_at = '2000-01-01'");
    expect(String(await failureOf(lie))).to.match(/permission denied/);
  });

  it('SEC-A62 the bot’s role cannot delete an update by itself', async () => {
    await ended(ago(60));
    const deletion = database.orm.em.fork().execute('delete from inbox');
    expect(String(await failureOf(deletion))).to.match(/permission denied/);
  });

  it('OPS-4 an update in hand is not given up by somebody else meanwhile', async () => {
    const update = await stored();
    const { botId, lane, updateId } = update;
    const outside = AsyncLocalStorage.snapshot();
    const reached = Promise.withResolvers<void>();
    let parking: Promise<boolean> = Promise.resolve(true);
    await ports.unitOfWork.run(async (tx) => {
      await tx.inbox.take(botId, lane, new Date());
      parking = outside(() =>
        ports.unitOfWork.run(async (other) => {
          reached.resolve();
          return other.inbox.park({ botId, updateId, error: 'poison', at: new Date() });
        }),
      );
      await reached.promise;
      await somebodyWaits(database.orm);
      await tx.inbox.done({ botId, updateId, at: new Date() });
    });
    expect(await parking).to.equal(false);
    expect(await ports.inbox.depth(botId)).to.deep.include({ waiting: 0, parked: 0 });
  });
  it('OPS-4 what an older release had parked is kept, and forgotten in its time', async () => {
    const name = `t_${randomUUID().replaceAll('-', '')}`;
    const admin = serverUrl('admin', 'postgres');
    await withSql(admin, (sql) => sql(`create database ${name} owner upah_owner`));
    const ownerUrl = serverUrl('owner', name);
    try {
      const [first] = migrations;
      await migrate({ ownerUrl, list: first ? [first] : [] });
      await withSql(ownerUrl, async (sql) => {
        await sql('insert into lanes values (1, 2)');
        await sql(`insert into inbox (bot_id, update_id, lane, state, received_at)
          values (1, 3, 2, 'parked', now() - interval '1 year')`);
      });
      await migrate({ ownerUrl, list: migrations });
      const rows = await withSql(ownerUrl, (sql) =>
        sql(`select done_at > now() - interval '1 hour' as fresh from inbox`),
      );
      expect(rows).to.deep.equal([{ fresh: true }]);
    } finally {
      await withSql(admin, (sql) => sql(`drop database ${name} with (force)`));
    }
  });

  it('OPS-3 an outage is told from a defect by its SQLSTATE, however deep it is wrapped', () => {
    const coded = (code: string) =>
      new Error('outer', { cause: Object.assign(new Error(), { code }) });
    for (const code of ['53100', '53200', '53300', '57P01', '57P03', '08006', 'ECONNREFUSED']) {
      expect(isOutage(coded(code)), code).to.equal(true);
    }
    for (const code of [
      '23505',
      '22P02',
      '42P01',
      '40001',
      '57014',
      'XX000',
      '57',
      'ERR_ASSERTION',
    ]) {
      expect(isOutage(coded(code)), code).to.equal(false);
    }
    expect(isOutage(new Error('timeout exceeded when trying to connect'))).to.equal(true);
    expect(isOutage(new TypeError('x is not a function'))).to.equal(false);
  });
});
