import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { createPostgresPorts, type PostgresPorts } from '../../../adapters/postgres/index.ts';
import { DAY_MS, plusMs, rupiah, type UserId } from '../../../core/kernel/index.ts';
import type { OutboxMessage } from '../../../core/outbox/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { aMessage, anUpdate, aUser, freshNumber, later, MONDAY } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { answerOf, DENIED, RULE } from './ledger.ts';
import { NO_PACE } from '../../support/unhurried.ts';
import { waitingIn } from '../../support/waiting-in.ts';

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
  const claim = (limit: number) =>
    ports.outboxQueue.claim({
      now: MONDAY,
      limit,
      leaseMs: 1_000,
      pace: NO_PACE,
    });
  const person = async (): Promise<UserId> =>
    (await ports.unitOfWork.run((tx) => tx.users.add(aUser()))).id;
  const owe = (...messages: readonly OutboxMessage[]) =>
    ports.unitOfWork.run(async (tx) => {
      for (const message of messages) await tx.outbox.add(message);
    });
  const rows = (text: string) => database.orm.em.fork().execute<Record<string, unknown>[]>(text);
  const current = () => ports.unitOfWork.run((tx) => tx.settings.current());

  it('NTF-3 an update is stored while an older one of its lane is being handled', async () => {
    const [botId, lane] = [freshNumber(), freshNumber()];
    const [first, second] = [anUpdate({ botId, lane }), anUpdate({ botId, lane })];
    await ports.inbox.receive([first]);
    const outside = AsyncLocalStorage.snapshot(); // the receiver is no part of the handling
    await ports.unitOfWork.run(async (tx) => {
      const taken = await tx.inbox.take(botId, lane, first.receivedAt);
      expect(taken).to.have.property('updateId', first.updateId);
      const stored = await Promise.race([
        outside(() => ports.inbox.receive([second])),
        new Promise((resolve) => setTimeout(() => resolve('waited'), 2_000)),
      ]);
      expect(stored).to.deep.equal([lane]);
      await tx.inbox.done({ botId, updateId: first.updateId, at: first.receivedAt });
    });
    const next = await waitingIn(ports, first, first.receivedAt);
    expect(next?.updateId).to.equal(second.updateId);
  });

  it('OPS-4 a lane that another worker has is in hand: there may be more in it than they know', async () => {
    const update = anUpdate({ botId: freshNumber() });
    const { botId, lane, updateId, receivedAt } = update;
    await ports.inbox.receive([update]);
    const take = () => ports.unitOfWork.run((tx) => tx.inbox.take(botId, lane, receivedAt));
    const outside = AsyncLocalStorage.snapshot();
    await ports.unitOfWork.run(async (tx) => {
      await tx.inbox.take(botId, lane, receivedAt);
      expect(await outside(take)).to.equal('in-hand');
      await tx.inbox.done({ botId, updateId, at: receivedAt });
    });
    expect(await take()).to.equal(undefined);
  });

  it('refuses a transaction of its own inside a unit of work, which goes on', async () => {
    const failed = await ports.unitOfWork.run(async (tx) => {
      const [result] = await Promise.allSettled([claim(1)]);
      await tx.users.admins();
      return result.status;
    });
    expect(failed).to.equal('rejected');
  });

  it('OPS-4 a claim waits for nobody: what is being replaced is left for the next', async () => {
    const [topic, to] = ['desk', await person()];
    const old = aMessage({ to, topic });
    const other = aMessage({ to: await person() });
    await owe(old, other);
    const outside = AsyncLocalStorage.snapshot(); // the sender is no part of the change
    await ports.unitOfWork.run(async (tx) => {
      await tx.outbox.add(aMessage({ to, topic }));
      await tx.users.admins(); // by now it has reached the database
      const { messages, againAt } = await outside(() => claim(10));
      expect(messages.map(({ id }) => id)).to.deep.equal([other.id]);
      expect(againAt).to.deep.equal(later(1_000));
    });
    await ports.outboxQueue.settle({ id: other.id, attempt: 1 }, { outcome: 'sent' }, MONDAY);
    const [next] = (await claim(10)).messages;
    expect(next).to.include({ to, topic }).and.not.include({ id: old.id });
    if (next) await ports.outboxQueue.settle(next, { outcome: 'sent' }, MONDAY);
  });

  it('OPS-4 no change waits for a claim or a delivery under way', async () => {
    const [topic, to] = ['desk', await person()];
    await owe(aMessage({ to, topic }));
    const [taken] = (await claim(1)).messages;
    if (!taken) throw new Error('nothing claimed');
    await database.orm.em.fork().transactional(async (em) => {
      await em.execute(`select from outbox_gate for update`);
      await em.execute(`select from outbox where id = '${taken.id}' for update`);
      const outside = AsyncLocalStorage.snapshot();
      await outside(() => owe(aMessage({ to, topic })));
    });
    await ports.outboxQueue.settle(taken, { outcome: 'unreachable' }, MONDAY);
    expect((await claim(1)).messages).to.deep.equal([]);
  });

  it('NTF-3 without a pace nothing is written about it', async () => {
    await owe(aMessage({ to: await person() }));
    const { messages } = await claim(5);
    expect(messages).to.have.length(1);
    for (const one of messages) await ports.outboxQueue.settle(one, { outcome: 'sent' }, MONDAY);
    expect(await rows(`select * from outbox_chats`)).to.deep.equal([]);
    expect(await rows(`select used_until from outbox_gate`)).to.deep.equal([{ used_until: null }]);
  });

  it('NTF-2 forgets the words of what was sent or replaced, and of nothing else', async () => {
    const [sender, topic] = [await person(), 'desk'];
    const [replaced, sent] = [aMessage({ to: sender, topic }), aMessage({ to: sender, topic })];
    const [failed, dropped] = [aMessage({ to: await person() }), aMessage({ to: await person() })];
    await owe(replaced, sent, failed, dropped);
    expect((await claim(10)).messages).to.have.length(3);
    await ports.outboxQueue.settle({ id: sent.id, attempt: 1 }, { outcome: 'sent' }, MONDAY);
    await ports.outboxQueue.settle(
      { id: failed.id, attempt: 1 },
      { outcome: 'failed', why: 'no' },
      MONDAY,
    );
    await ports.outboxQueue.settle(
      { id: dropped.id, attempt: 1 },
      { outcome: 'unreachable' },
      MONDAY,
    );
    const ids = [replaced, sent, failed, dropped].map(({ id }) => `'${id}'`).join();
    expect(
      await rows(`select state, payload from outbox where id in (${ids}) order by state`),
    ).to.deep.equal([
      { state: 'dropped', payload: dropped.payload },
      { state: 'failed', payload: failed.payload },
      { state: 'replaced', payload: null },
      { state: 'sent', payload: null },
    ]);
  });

  it('NTF-2 the database forgets no message of the last day, and none that is owed', async () => {
    const answer = await answerOf(
      database.orm,
      `select prune_outbox(now() - interval '23 hours', 10)`,
    );
    expect(answer).to.include({ code: RULE, constraint: 'outbox_kept_for_a_day' });
    const owed = aMessage({ to: await person() });
    await owe(owed);
    const ahead = plusMs(new Date(), 30 * DAY_MS);
    expect(await ports.outboxQueue.prune(ahead, 1_000), 'by a clock that is ahead').to.be.above(0);
    const left = await rows(`select id from outbox where settled_at is null`);
    expect(left).to.deep.equal([{ id: owed.id }]);
    expect(
      await rows(`select from outbox where settled_at < now() - interval '25 hours'`),
    ).to.deep.equal([]);
    const denied = await answerOf(database.orm, `delete from outbox_chats`);
    expect(denied.code).to.equal(DENIED);
  });

  it('NTF-2 whatever the bot’s role writes, no message made today is forgotten', async () => {
    const young = aMessage({ to: await person(), createdAt: new Date() });
    await owe(young);
    const made = `where id = '${young.id}'`;
    await rows(`update outbox set state = 'sent', settled_at = '2000-01-01' ${made}`);
    expect(await rows(`select prune_outbox('2001-01-01', 1000) as gone`)).to.deep.equal([
      { gone: 0 },
    ]);
    expect(await rows(`select id from outbox ${made}`)).to.have.length(1);
    const backdated = await answerOf(
      database.orm,
      `update outbox set created_at = '2000-01-01' ${made}`,
    );
    expect(backdated.code).to.equal(DENIED);
  });

  for (const [before, limit] of [
    ['null', '10'],
    [`'2001-01-01'`, 'null'],
  ] as const) {
    it(`NTF-2 nothing is forgotten without both bounds: ${before}, ${limit}`, async () => {
      const old = aMessage({ to: await person() });
      await owe(old);
      const made = `where id = '${old.id}'`;
      await rows(`update outbox set state = 'sent', settled_at = '2000-01-01' ${made}`);
      expect(await rows(`select prune_outbox(${before}, ${limit}) as gone`)).to.deep.equal([
        { gone: null },
      ]);
      expect(await rows(`select id from outbox ${made}`)).to.have.length(1);
    });
  }

  it('keeps what no jsonb could: a payload with a NUL character or half an emoji', async () => {
    const payload = { text: 'a\u0000b\ud83d', order: { b: 1, a: 2 } };
    const update = anUpdate({ botId: freshNumber(), payload });
    await ports.inbox.receive([update]);
    const found = await waitingIn(ports, update, update.receivedAt);
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
    ['linkHosts', '[1]'],
    ['rejectReasons', '["Buram"]'],
    ['rejectReasons', '[{"id":"Buram"}]'],
    ['rejectReasons', '{"id":"Buram","en":"Blurred"}'],
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
const plain = (
  key: 'withdrawFee' | 'holdMinutes' | 'linkHosts' | 'rejectReasons' | 'termsText',
) => {
  const value = DEFAULT_SETTINGS[key];
  return typeof value === 'bigint' ? value.toString() : value;
};
