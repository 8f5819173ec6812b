import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { createPostgresPorts, type PostgresPorts } from '../../../adapters/postgres/index.ts';
import { rupiah } from '../../../core/kernel/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { anUpdate, freshNumber, MONDAY } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

describe('rows that PostgreSQL keeps beside the ledger', () => {
  let database: TestDatabase;
  let ports: PostgresPorts;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
  });
  after(() => database?.drop());

  const set = (key: string, value: string) =>
    database.orm.em.fork().execute(
      `insert into settings values ('${key}', '${value}')
         on conflict (key) do update set value = excluded.value`,
    );
  const current = () => ports.unitOfWork.run((tx) => tx.settings.current());

  it('NTF-3 an update is stored while an older one of its lane is being handled', async () => {
    const [botId, lane] = [freshNumber(), freshNumber()];
    const [first, second] = [anUpdate({ botId, lane }), anUpdate({ botId, lane })];
    await ports.inbox.receive([first]);
    const outside = AsyncLocalStorage.snapshot(); // the receiver is no part of the handling
    await ports.unitOfWork.run(async (tx) => {
      const taken = await tx.inbox.take(botId, lane, first.receivedAt);
      expect(taken?.updateId).to.equal(first.updateId);
      const stored = await Promise.race([
        outside(() => ports.inbox.receive([second])),
        new Promise((resolve) => setTimeout(() => resolve('waited'), 2_000)),
      ]);
      expect(stored).to.deep.equal([lane]);
      await tx.inbox.done(botId, first.updateId, first.receivedAt);
    });
    const next = await ports.inbox.peek(botId, lane, first.receivedAt);
    expect(next?.updateId).to.equal(second.updateId);
  });

  it('refuses a transaction of its own inside a unit of work, which goes on', async () => {
    const failed = await ports.unitOfWork.run(async (tx) => {
      const [result] = await Promise.allSettled([ports.outboxQueue.claim(MONDAY, 1, 1_000)]);
      await tx.users.admins();
      return result.status;
    });
    expect(failed).to.equal('rejected');
  });

  it('keeps what no jsonb could: a payload with a NUL character or half an emoji', async () => {
    const payload = { text: 'a\u0000b\ud83d', order: { b: 1, a: 2 } };
    const update = anUpdate({ botId: freshNumber(), payload });
    await ports.inbox.receive([update]);
    const found = await ports.inbox.peek(update.botId, update.lane, update.receivedAt);
    expect(found?.payload).to.deep.equal(payload);
  });

  it('ADM-4 a setting in the table wins over the default, at once', async () => {
    expect(await current()).to.deep.equal(DEFAULT_SETTINGS);
    await set('depositMin', '"25000"');
    await set('holdMinutes', '45');
    await set('linkHosts', '["x.com"]');
    await set('termsText', '{"id":"baru","en":"new"}');
    await set('of-another-release', 'true');
    expect(await current()).to.deep.equal({
      ...DEFAULT_SETTINGS,
      depositMin: rupiah(25_000n),
      holdMinutes: 45,
      linkHosts: ['x.com'],
      termsText: { id: 'baru', en: 'new' },
    });
  });

  it('ADM-4 a transaction works with one answer, also behind a savepoint', async () => {
    const change = AsyncLocalStorage.bind(() => set('holdMinutes', '50'));
    await ports.unitOfWork.run(async (tx) => {
      const first = await tx.settings.current();
      await change();
      expect(await tx.savepoint((step) => step.settings.current())).to.deep.equal(first);
      expect(await tx.settings.current()).to.deep.equal(first);
    });
    expect((await current()).holdMinutes).to.equal(50);
  });

  for (const [key, value] of [
    ['withdrawFee', '5000'],
    ['withdrawFee', '"-1"'],
    ['holdMinutes', '"45"'],
    ['holdMinutes', '-1'],
    ['linkHosts', '"x.com"'],
    ['termsText', '{"id":"baru"}'],
  ] as const) {
    it(`ADM-4 a setting that cannot be stops whoever asks: ${key} = ${value}`, async () => {
      await set(key, value);
      const [result] = await Promise.allSettled([current()]);
      expect(result).to.have.property('status', 'rejected');
      expect(String(Reflect.get(result, 'reason'))).to.contain(`table settings: ${key}`);
      await set(key, JSON.stringify(plain(key)));
    });
  }
});

/** The default of a setting as the table would hold it. */
const plain = (key: 'withdrawFee' | 'holdMinutes' | 'linkHosts' | 'termsText') => {
  const value = DEFAULT_SETTINGS[key];
  return typeof value === 'bigint' ? value.toString() : value;
};
