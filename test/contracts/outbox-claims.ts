import { expect } from 'chai';
import type { OutboxMessage } from '../../core/outbox/index.ts';
import { aMessage, later, MONDAY } from '../support/builders.ts';
import { race, type Stage } from './harness.ts';
import { claim, drain, ids, LEASE_MS, send, SENT, settle, twoFor } from './outbox-queue.ts';
import { enterUser } from './scenes.ts';

/** Who gets what, and in which order. */
export const claiming = (stage: Stage): void => {
  it('NTF-3 answers go before notices and notices before broadcasts, then the oldest', async () => {
    const make = async (priority: OutboxMessage['priority'], second: number) =>
      aMessage({ to: (await enterUser(stage)).id, priority, createdAt: later(-second * 1_000) });
    const all = [
      await make('broadcast', 9),
      await make('notice', 1),
      await make('notice', 2),
      await make('answer', 0),
    ];
    await send(stage, ...all);
    const [broadcast, young, old, answer] = ids(all);
    expect(ids(await claim(stage, MONDAY, 2))).to.deep.equal([answer, old]);
    expect(ids(await claim(stage, MONDAY, 1))).to.deep.equal([young]);
    expect(ids(await claim(stage, MONDAY, 1))).to.deep.equal([broadcast]);
    expect(await claim(stage, MONDAY, 1)).to.deep.equal([]);
  });

  it('NTF-3 an answer overtakes the older notices and broadcasts of the same person', async () => {
    const { id: to } = await enterUser(stage);
    const make = (priority: OutboxMessage['priority'], second: number) =>
      aMessage({ to, priority, createdAt: later(-second * 1_000) });
    const all = [make('broadcast', 9), make('notice', 8), make('answer', 2), make('answer', 1)];
    const [broadcast, notice, older, newer] = ids(all);
    await send(stage, ...all);
    expect(ids(await drain(stage))).to.deep.equal([older, newer, notice, broadcast]);
  });

  it('NTF-3 an answer overtakes a broadcast to many that is under way', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => enterUser(stage)));
    const broadcast = people.map(({ id: to }) => aMessage({ to, priority: 'broadcast' }));
    await send(stage, ...broadcast);
    expect(await claim(stage, MONDAY, 3)).to.have.length(3);
    const answer = aMessage({ to: people[11]?.id ?? '', priority: 'answer' } as OutboxMessage);
    await send(stage, answer);
    expect(ids(await claim(stage, MONDAY, 1))).to.deep.equal([answer.id]);
  });

  it('NTF-2 never hands out two messages of one person at once, in order', async () => {
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const broadcast = aMessage({ to: user.id, priority: 'broadcast', createdAt: later(-9_000) });
    await send(stage, second, broadcast, first);
    for (const message of [first, second, broadcast]) {
      expect(ids(await claim(stage))).to.deep.equal([message.id]);
      expect(await claim(stage)).to.deep.equal([]);
      await settle(stage, message, SENT);
    }
  });

  it('NTF-2 the time of a message counts, not when it was written', async () => {
    const { id: to } = await enterUser(stage);
    const [late, early] = [aMessage({ to }), aMessage({ to, notBefore: later(-1) })];
    await send(stage, late, early);
    expect(ids(await drain(stage))).to.deep.equal([early.id, late.id]);
  });

  it('NTF-2 of one moment the smaller id goes first', async () => {
    const { id: to } = await enterUser(stage);
    const [first, second] = [aMessage({ to }), aMessage({ to })];
    await send(stage, second, first);
    expect(ids(await drain(stage))).to.deep.equal([first.id, second.id]);
  });

  it('NTF-2 hands out nothing, however urgent, while the person is being sent one', async () => {
    const user = await enterUser(stage);
    const [older, newer] = twoFor(user);
    const answer = aMessage({ to: user.id, priority: 'answer' });
    await send(stage, newer);
    expect(ids(await claim(stage))).to.deep.equal([newer.id]);
    await send(stage, older, answer);
    expect(await claim(stage)).to.deep.equal([]);
    await settle(stage, newer, SENT);
    expect(ids(await claim(stage))).to.deep.equal([answer.id]);
  });

  it('NTF-3 many messages of one person stand in nobody else’s way', async () => {
    const [busy, other] = [await enterUser(stage), await enterUser(stage)];
    const many = Array.from({ length: 700 }, (_, at) =>
      aMessage({ to: busy.id, createdAt: later(-10_000 + at) }),
    );
    const patient = aMessage({ to: other.id });
    const early = aMessage({ to: (await enterUser(stage)).id, notBefore: later(1) });
    await send(stage, ...many, patient, early);
    expect(ids(await claim(stage))).to.deep.equal([many[0]?.id, patient.id]);
    await settle(stage, patient, SENT);
    expect(await drain(stage)).to.have.length(many.length + 1);
  });

  it('OPS-4 of twenty senders at the same time one gets each message', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => enterUser(stage)));
    const pairs = people.map((user) => twoFor(user));
    await send(stage, ...pairs.flat());
    const { won, lost } = await race(() => claim(stage, MONDAY, 4));
    expect(lost).to.deep.equal([]);
    const claimed = won.flat();
    expect(ids(claimed).toSorted()).to.deep.equal(ids(pairs.map(([first]) => first)).toSorted());
    expect(claimed.map(({ attempt }) => attempt)).to.deep.equal(pairs.map(() => 1));
  });
};

/** What becomes of a message whose sender falls silent. */
export const leasing = (stage: Stage): void => {
  it('NTF-2 a lease that runs out makes the message due again', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    await claim(stage);
    expect(await claim(stage, later(LEASE_MS - 1))).to.deep.equal([]);
    expect(await claim(stage, later(LEASE_MS))).to.deep.equal([
      { ...message, attempt: 2, defects: 0 },
    ]);
  });

  it('NTF-2 a renewed lease keeps the message for its sender', async () => {
    const user = await enterUser(stage);
    const [message, next] = twoFor(user);
    const other = aMessage({ to: (await enterUser(stage)).id });
    await send(stage, message, next, other);
    const [claimed] = (await claim(stage)).filter(({ id }) => id === message.id);
    if (!claimed) throw new Error('not claimed');
    await stage.ports.outboxQueue.renew([claimed], later(LEASE_MS + 5_000));
    expect(ids(await claim(stage, later(LEASE_MS)))).to.deep.equal([other.id]);
    expect(await claim(stage, later(LEASE_MS + 4_999))).to.deep.equal([]);
    expect(ids(await claim(stage, later(LEASE_MS + 5_000)))).to.deep.equal([message.id]);
  });

  it('NTF-2 renewing leaves alone what waits, what is settled and what is not known', async () => {
    const user = await enterUser(stage);
    const [sent, waiting] = twoFor(user);
    await send(stage, sent, waiting);
    await claim(stage);
    await settle(stage, sent, SENT);
    const unknown = aMessage({ to: user.id });
    const first = [sent, waiting, unknown].map(({ id }) => ({ id, attempt: 1 }));
    const none = [sent, waiting, unknown].map(({ id }) => ({ id, attempt: 0 }));
    await stage.ports.outboxQueue.renew([...first, ...none], later(LEASE_MS));
    await stage.ports.outboxQueue.renew([], later(LEASE_MS));
    expect(await claim(stage)).to.deep.equal([{ ...waiting, attempt: 1, defects: 0 }]);
  });
};
