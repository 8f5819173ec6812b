import { expect } from 'chai';
import { aMessage, later, MONDAY } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  failureOf,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { addressing } from './outbox-addressees.ts';
import { circulars } from './outbox-circulars.ts';
import { claiming, leasing } from './outbox-claims.ts';
import { keeping } from './outbox-keeping.ts';
import { askingAgain, pacing, pausing } from './outbox-pace.ts';
import { fencing, struggling } from './outbox-tries.ts';
import { claim, drain, ids, LEASE_MS, send, SENT, settle, twoFor } from './outbox-queue.ts';
import { enterUser } from './scenes.ts';

/** What every outbox and its queue promise. Sends what it finds waiting before each test. */
export const outboxContract = (name: string, open: OpenHarness) =>
  describe(`outbox: ${name}`, () => {
    const stage = onStage(open);
    beforeEach('empties the queue', async () => {
      await drain(stage);
    });
    adding(stage);
    replacing(stage);
    claiming(stage);
    leasing(stage);
    settling(stage);
    addressing(stage);
    fencing(stage);
    struggling(stage);
    pausing(stage);
    pacing(stage);
    askingAgain(stage);
    keeping(stage);
    circulars(stage);
  });

const adding = (stage: Stage): void => {
  it('NTF-2 hands out what was committed, as it was added', async () => {
    const { id: to } = await enterUser(stage);
    const payload = { kind: 'x', amount: { rupiah: '12500' }, list: [1, null] };
    const message = aMessage({
      to,
      payload,
      topic: 'desk',
      priority: 'answer',
      notBefore: later(-1),
    });
    await send(stage, message);
    expect(await claim(stage)).to.deep.equal([{ ...message, attempt: 1, defects: 0 }]);
  });

  it('NTF-2 adds a message once per key, also after it was sent', async () => {
    const { id: to } = await enterUser(stage);
    const message = aMessage({ to });
    const again = () => aMessage({ to, dedupeKey: message.dedupeKey });
    await send(stage, message);
    await send(stage, again());
    expect(ids(await claim(stage))).to.deep.equal([message.id]);
    await settle(stage, message, SENT);
    await send(stage, again());
    expect(await claim(stage)).to.deep.equal([]);
  });

  it('NTF-2 a key that is there replaces nothing, not even on its own topic', async () => {
    const { id: to } = await enterUser(stage);
    const message = aMessage({ to, topic: 'desk' });
    await send(stage, message);
    await send(stage, aMessage({ to, topic: 'desk', dedupeKey: message.dedupeKey }));
    expect(await claim(stage)).to.deep.equal([{ ...message, attempt: 1, defects: 0 }]);
  });

  it('NTF-2 adds one message of twenty with one key at the same time', async () => {
    const { id: to } = await enterUser(stage);
    const { dedupeKey } = aMessage({ to });
    const { lost } = await race(() => send(stage, aMessage({ to, dedupeKey })));
    expect(lost).to.deep.equal([]);
    expect(await drain(stage)).to.have.length(1);
  });

  it('NTF-2 sends nothing of a run or savepoint that throws', async () => {
    const { id: to } = await enterUser(stage);
    const [lost, undone, kept] = [aMessage({ to }), aMessage({ to }), aMessage({ to })];
    await abandoned(stage, (tx) => tx.outbox.add(lost));
    await stage.run(async (tx) => {
      await abandonedStep(tx, (step) => step.outbox.add(undone));
      await tx.outbox.add(kept);
    });
    expect(ids(await drain(stage))).to.deep.equal([kept.id]);
  });

  it('NTF-2 a message to nobody is a defect', async () => {
    const { id } = aMessage({ to: stage.ids.next() });
    await failureOf(send(stage, aMessage({ id, to: stage.ids.next() })));
  });

  it('NTF-3 sends nothing before its time', async () => {
    const { id: to } = await enterUser(stage);
    const message = aMessage({ to, notBefore: later(5_000) });
    await send(stage, message);
    expect(await claim(stage, later(4_999))).to.deep.equal([]);
    expect(ids(await claim(stage, later(5_000)))).to.deep.equal([message.id]);
  });
};

const replacing = (stage: Stage): void => {
  it('NTF-1 a newer message replaces one on the same topic that still waits', async () => {
    const user = await enterUser(stage);
    const [old, fresh] = twoFor(user, { topic: 'desk:proofs' });
    await send(stage, old, fresh);
    expect(ids(await drain(stage))).to.deep.equal([fresh.id]);
  });

  it('NTF-1 what replaces keeps the earlier time: endless news are told in between', async () => {
    const { id: to } = await enterUser(stage);
    const on = (notBefore: Date) => aMessage({ to, topic: 'desk:proofs', notBefore });
    await send(stage, on(later(2_000)), on(later(1_000)));
    const last = on(later(9_000));
    await send(stage, last);
    expect(await claim(stage, later(999))).to.deep.equal([]);
    expect(await claim(stage, later(1_000))).to.deep.equal([
      { ...last, notBefore: later(1_000), attempt: 1, defects: 0 },
    ]);
  });

  it('NTF-1 replaces nothing on another topic, without a topic, or of another person', async () => {
    const [user, other] = [await enterUser(stage), await enterUser(stage)];
    const [one, two] = twoFor(user);
    const [three, four] = twoFor(other, { topic: 'a' });
    const five = aMessage({ to: user.id, topic: 'a' });
    const six = aMessage({ to: user.id, topic: 'b', createdAt: later(1) });
    await send(stage, one, two, three, five, six);
    await send(stage, { ...four, topic: 'c' });
    expect(ids(await drain(stage))).to.have.members(ids([one, two, three, four, five, six]));
  });

  it('NTF-1 does not replace what is being sent: it may have to be sent again', async () => {
    const [old, fresh] = twoFor(await enterUser(stage), { topic: 'desk:proofs' });
    await send(stage, old);
    await claim(stage);
    await send(stage, fresh);
    expect(await claim(stage, later(LEASE_MS))).to.deep.equal([{ ...old, attempt: 2, defects: 0 }]);
    await settle(stage, old, SENT, later(LEASE_MS));
    expect(ids(await claim(stage, later(LEASE_MS)))).to.deep.equal([fresh.id]);
  });
};

const settling = (stage: Stage): void => {
  it('NTF-2 what many deliveries end with at the same time is recorded of each', async () => {
    const people = await Promise.all(Array.from({ length: 7 }, () => enterUser(stage)));
    await send(stage, ...people.map(({ id: to }) => aMessage({ to })));
    const claimed = await claim(stage);
    expect(claimed).to.have.length(7);
    const [refused, ...sent] = claimed;
    if (!refused) throw new Error('nothing was claimed');
    await Promise.all([
      ...sent.map((one, second) => settle(stage, one, SENT, later(second))),
      settle(stage, refused, { outcome: 'failed', why: 'never' }),
      ...sent.map((one) => settle(stage, one, SENT)),
    ]);
    await settle(stage, refused, SENT); // too late
    const keys = claimed.map(({ dedupeKey }) => dedupeKey);
    const fates = await stage.run((tx) => tx.outbox.fates(keys));
    expect(keys.map((key) => fates.get(key))).to.deep.equal(['failed', ...sent.map(() => 'sent')]);
    expect(await claim(stage, later(LEASE_MS + 1))).to.deep.equal([]);
  });

  it('NTF-2 tries again later, and holds up what comes after in the same row', async () => {
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const answer = aMessage({ to: user.id, priority: 'answer' });
    await send(stage, first, second);
    await claim(stage);
    await settle(stage, first, { outcome: 'later', afterMs: 3_000, scope: 'message', why: '502' });
    expect(await claim(stage, later(2_999))).to.deep.equal([]);
    await send(stage, answer);
    expect(ids(await claim(stage, later(2_999)))).to.deep.equal([answer.id]);
    await settle(stage, answer, SENT);
    expect(await claim(stage, later(3_000))).to.deep.equal([{ ...first, attempt: 2, defects: 0 }]);
  });

  it('NTF-2 what cannot be sent does not hold up what comes after', async () => {
    const [first, second] = twoFor(await enterUser(stage));
    await send(stage, first, second);
    await claim(stage);
    await settle(stage, first, { outcome: 'failed', why: 'too long' });
    expect(ids(await claim(stage))).to.deep.equal([second.id]);
  });

  it('NTF-2 an unreachable person misses all that waited, and nobody else does', async () => {
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const broadcast = aMessage({ to: user.id, priority: 'broadcast' });
    const other = aMessage({ to: (await enterUser(stage)).id });
    await send(stage, first, second, broadcast);
    expect(ids(await claim(stage))).to.deep.equal([first.id]);
    await send(stage, other);
    await settle(stage, first, { outcome: 'unreachable' });
    expect(ids(await drain(stage))).to.deep.equal([other.id]);
  });

  it('NTF-2 who cannot be reached is marked in the same moment, the first time counts', async () => {
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const since = async () => (await stage.run((tx) => tx.users.find(user.id)))?.unreachableSince;
    await send(stage, first);
    await claim(stage);
    await settle(stage, first, { outcome: 'unreachable' }, later(7));
    await settle(stage, first, { outcome: 'unreachable' }, later(8));
    expect(await since()).to.deep.equal(later(7));
    await stage.run((tx) => tx.users.save({ ...user, unreachableSince: null }));
    await send(stage, second);
    await stage.run((tx) => tx.users.save({ ...user, unreachableSince: later(5) }));
    await claim(stage);
    await settle(stage, second, { outcome: 'unreachable' }, later(9));
    expect(await since()).to.deep.equal(later(5));
  });

  it('NTF-2 for an unreachable person nothing waits, until they come back', async () => {
    const user = await enterUser(stage, { unreachableSince: later(-1) });
    await send(stage, aMessage({ to: user.id }), aMessage({ to: user.id, priority: 'answer' }));
    expect(await claim(stage, later(LEASE_MS))).to.deep.equal([]);
    await stage.run((tx) => tx.users.save({ ...user, unreachableSince: null }));
    const back = aMessage({ to: user.id });
    await send(stage, back);
    expect(ids(await drain(stage))).to.deep.equal([back.id]);
  });

  it('NTF-2 a message settled meanwhile stays as it is', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    await claim(stage);
    await settle(stage, message, SENT);
    const late = { outcome: 'later', afterMs: 0, scope: 'all', why: 'late word' } as const;
    await settle(stage, message, late, later(5_000));
    const other = aMessage({ to: (await enterUser(stage)).id, notBefore: MONDAY });
    await send(stage, other);
    expect(ids(await claim(stage))).to.deep.equal([other.id]);
  });
};
