import { expect } from 'chai';
import type { DeliveryOutcome, OutboxMessage } from '../../core/outbox/index.ts';
import type { User } from '../../core/users/index.ts';
import { aMessage, later, MONDAY } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterUser } from './scenes.ts';

/** What every outbox and its queue promise. Sends what it finds waiting before each test. */
export const outboxContract = (name: string, open: OpenHarness) =>
  describe(`outbox: ${name}`, () => {
    const stage = onStage(open);
    beforeEach('empties the queue', () => drain(stage));
    adding(stage);
    replacing(stage);
    claiming(stage);
    leasing(stage);
    settling(stage);
    pausing(stage);
  });

const LEASE_MS = 10_000;
const MANY = 10_000;
const AFTER_ALL = new Date('2100-01-01T00:00:00.000Z');

const claim = (stage: Stage, now = MONDAY, limit = MANY) =>
  stage.ports.outboxQueue.claim(now, limit, LEASE_MS);

const settle = (stage: Stage, { id }: OutboxMessage, outcome: DeliveryOutcome, at = MONDAY) =>
  stage.ports.outboxQueue.settle(id, outcome, at);

const drain = async (stage: Stage): Promise<void> => {
  for (;;) {
    const claimed = await claim(stage, AFTER_ALL);
    if (claimed.length === 0) return;
    for (const message of claimed) await settle(stage, message, { outcome: 'sent' }, AFTER_ALL);
  }
};

const send = async (stage: Stage, ...messages: readonly OutboxMessage[]): Promise<void> => {
  await stage.run(async (tx) => {
    for (const message of messages) await tx.outbox.add(message);
  });
};

const ids = (messages: readonly OutboxMessage[]) => messages.map(({ id }) => id);

/** Two messages of one person, in the order of their making. */
const twoFor = (user: User, change: Partial<OutboxMessage> = {}) =>
  [
    aMessage({ to: user.id, createdAt: later(-2_000), ...change }),
    aMessage({ to: user.id, createdAt: later(-1_000), ...change }),
  ] as const;

const adding = (stage: Stage): void => {
  it('NTF-2 hands out what was committed, as it was added', async () => {
    const { id: to } = await enterUser(stage);
    const payload = { kind: 'x', amount: { rupiah: '12500' }, list: [1, null] };
    const message = aMessage({ to, payload, topic: 'desk', priority: 'answer' });
    await send(stage, message);
    expect(await claim(stage)).to.deep.equal([{ ...message, attempt: 1 }]);
  });

  it('NTF-2 adds a message once per key, also after it was sent', async () => {
    const { id: to } = await enterUser(stage);
    const message = aMessage({ to });
    const again = () => aMessage({ to, dedupeKey: message.dedupeKey });
    await send(stage, message);
    await send(stage, again());
    expect(ids(await claim(stage))).to.deep.equal([message.id]);
    await settle(stage, message, { outcome: 'sent' });
    await send(stage, again());
    expect(await claim(stage)).to.deep.equal([]);
  });

  it('NTF-2 adds one message of twenty with one key at the same time', async () => {
    const { id: to } = await enterUser(stage);
    const { dedupeKey } = aMessage({ to });
    const { lost } = await race(() => send(stage, aMessage({ to, dedupeKey })));
    expect(lost).to.deep.equal([]);
    const [message, ...others] = await claim(stage);
    expect(others).to.deep.equal([]);
    if (message) await settle(stage, message, { outcome: 'sent' });
    expect(await claim(stage)).to.deep.equal([]);
  });

  it('NTF-2 sends nothing of a run or savepoint that throws', async () => {
    const { id: to } = await enterUser(stage);
    const [lost, undone, kept] = [aMessage({ to }), aMessage({ to }), aMessage({ to })];
    await abandoned(stage, (tx) => tx.outbox.add(lost));
    await stage.run(async (tx) => {
      await abandonedStep(tx, (step) => step.outbox.add(undone));
      await tx.outbox.add(kept);
    });
    expect(ids(await claim(stage))).to.deep.equal([kept.id]);
    await settle(stage, kept, { outcome: 'sent' });
    expect(await claim(stage)).to.deep.equal([]);
  });
};

const replacing = (stage: Stage): void => {
  it('NTF-1 a newer message replaces one on the same topic that still waits', async () => {
    const user = await enterUser(stage);
    const [old, fresh] = twoFor(user, { topic: 'desk:proofs' });
    await send(stage, old, fresh);
    expect(ids(await claim(stage))).to.deep.equal([fresh.id]);
    await settle(stage, fresh, { outcome: 'sent' });
    expect(await claim(stage)).to.deep.equal([]);
  });

  it('NTF-1 replaces nothing on another topic, without a topic, or of another person', async () => {
    const [user, other] = [await enterUser(stage), await enterUser(stage)];
    const [one, two] = twoFor(user);
    const [three, four] = twoFor(other, { topic: 'a' });
    const five = aMessage({ to: user.id, topic: 'a' });
    const six = aMessage({ to: user.id, topic: 'b', createdAt: later(1) });
    await send(stage, one, two, three, five, six);
    await send(stage, { ...four, topic: 'c' });
    const seen: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const claimed = await claim(stage, later(10));
      for (const message of claimed) await settle(stage, message, { outcome: 'sent' });
      seen.push(...ids(claimed));
    }
    expect(seen).to.have.members(ids([one, two, three, four, five, six]));
  });

  it('NTF-1 does not replace what is being sent: it may have to be sent again', async () => {
    const [old, fresh] = twoFor(await enterUser(stage), { topic: 'desk:proofs' });
    await send(stage, old);
    await claim(stage);
    await send(stage, fresh);
    expect(await claim(stage, later(LEASE_MS))).to.deep.equal([{ ...old, attempt: 2 }]);
    await settle(stage, old, { outcome: 'sent' }, later(LEASE_MS));
    expect(ids(await claim(stage, later(LEASE_MS)))).to.deep.equal([fresh.id]);
  });
};

const claiming = (stage: Stage): void => {
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
    expect(ids(await claim(stage, MONDAY, 2))).to.have.members([answer, old]);
    expect(ids(await claim(stage, MONDAY, 1))).to.deep.equal([young]);
    expect(ids(await claim(stage, MONDAY, 1))).to.deep.equal([broadcast]);
    expect(await claim(stage, MONDAY, 1)).to.deep.equal([]);
  });

  it('NTF-2 never hands out two messages of one person at once, oldest first', async () => {
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const urgent = aMessage({ to: user.id, priority: 'answer', createdAt: later(-500) });
    await send(stage, second, urgent, first);
    for (const message of [first, second, urgent]) {
      expect(ids(await claim(stage))).to.deep.equal([message.id]);
      expect(await claim(stage)).to.deep.equal([]);
      await settle(stage, message, { outcome: 'sent' });
    }
  });

  it('NTF-2 hands out no older message while a newer one of the person is being sent', async () => {
    const [older, newer] = twoFor(await enterUser(stage));
    await send(stage, newer);
    expect(ids(await claim(stage))).to.deep.equal([newer.id]);
    await send(stage, older);
    expect(await claim(stage)).to.deep.equal([]);
    await settle(stage, newer, { outcome: 'sent' });
    expect(ids(await claim(stage))).to.deep.equal([older.id]);
  });

  it('OPS-4 of twenty senders at the same time one gets each message', async () => {
    const [one, two] = [await enterUser(stage), await enterUser(stage)];
    const messages = [...twoFor(one), ...twoFor(two)];
    await send(stage, ...messages);
    const { won, lost } = await race(() => claim(stage));
    expect(lost).to.deep.equal([]);
    const claimed = ids(won.flat());
    expect(claimed).to.have.members(ids([twoFirst(messages, one), twoFirst(messages, two)]));
  });
};

const twoFirst = (messages: readonly OutboxMessage[], user: User): OutboxMessage => {
  const [first] = messages.filter(({ to }) => to === user.id);
  if (first === undefined) throw new Error('no message for this user');
  return first;
};

const leasing = (stage: Stage): void => {
  it('NTF-2 a lease that runs out makes the message due again', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    await claim(stage);
    expect(await claim(stage, later(LEASE_MS - 1))).to.deep.equal([]);
    expect(await claim(stage, later(LEASE_MS))).to.deep.equal([{ ...message, attempt: 2 }]);
  });

  it('NTF-2 a message settled meanwhile stays as it is', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    await claim(stage);
    await settle(stage, message, { outcome: 'sent' });
    await settle(stage, message, { outcome: 'later', afterMs: 0, scope: 'chat', why: 'late word' });
    expect(await claim(stage, later(LEASE_MS))).to.deep.equal([]);
  });
};

const settling = (stage: Stage): void => {
  it('NTF-2 tries again later, and holds up what comes after for the same person', async () => {
    const [first, second] = twoFor(await enterUser(stage));
    await send(stage, first, second);
    await claim(stage);
    await settle(stage, first, { outcome: 'later', afterMs: 3_000, scope: 'chat', why: '429' });
    expect(await claim(stage, later(2_999))).to.deep.equal([]);
    expect(await claim(stage, later(3_000))).to.deep.equal([{ ...first, attempt: 2 }]);
  });

  it('NTF-2 what cannot be sent does not hold up what comes after', async () => {
    const [first, second] = twoFor(await enterUser(stage));
    await send(stage, first, second);
    await claim(stage);
    await settle(stage, first, { outcome: 'failed', why: 'too long' });
    expect(ids(await claim(stage))).to.deep.equal([second.id]);
  });

  it('NTF-2 an unreachable person misses what waited, not what comes later', async () => {
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const other = aMessage({ to: (await enterUser(stage)).id });
    await send(stage, first, second);
    await claim(stage);
    await send(stage, other);
    await settle(stage, first, { outcome: 'unreachable' });
    expect(ids(await claim(stage))).to.deep.equal([other.id]);
    await settle(stage, other, { outcome: 'sent' });
    expect(await claim(stage, later(LEASE_MS))).to.deep.equal([]);
    const back = aMessage({ to: user.id });
    await send(stage, back);
    expect(ids(await claim(stage))).to.deep.equal([back.id]);
  });
};

const pausing = (stage: Stage): void => {
  it('NTF-2 a global 429 pauses every chat', async () => {
    const [one] = twoFor(await enterUser(stage));
    const [two] = twoFor(await enterUser(stage));
    await send(stage, one, two);
    const [claimed] = await claim(stage, MONDAY, 1);
    if (!claimed) throw new Error('nothing to send');
    const afterMs = 2_000;
    await settle(stage, claimed, { outcome: 'later', afterMs, scope: 'all', why: '429' });
    expect(await claim(stage, later(1_999))).to.deep.equal([]);
    expect(ids(await claim(stage, later(2_000)))).to.have.members([one.id, two.id]);
  });
};
