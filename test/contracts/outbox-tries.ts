import { expect } from 'chai';
import {
  STRUGGLING_TRIES,
  type ClaimedMessage,
  type DeliveryOutcome,
  type OutboxMessage,
} from '../../core/outbox/index.ts';
import type { UserId } from '../../core/kernel/index.ts';
import { aMessage, later, MONDAY } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import { claim, drain, ids, LEASE_MS, send, SENT, settle, twoFor } from './outbox-queue.ts';
import { enterUser } from './scenes.ts';

type Later = DeliveryOutcome & { readonly outcome: 'later' };

const putOff = (afterMs: number, change: Partial<Later> = {}): Later => ({
  outcome: 'later',
  scope: 'message',
  why: '500',
  afterMs,
  ...change,
});

/** What a try may still say when it is no longer the last one. */
export const fencing = (stage: Stage): void => {
  const since = async (user: UserId) =>
    (await stage.run((tx) => tx.users.find(user)))?.unreachableSince;

  for (const outcome of [
    { outcome: 'failed', why: 'no' },
    { outcome: 'unreachable' },
    putOff(0),
    putOff(60_000, { scope: 'chat' }),
  ] as const) {
    it(`NTF-2 whose lease ran out settles nothing that another tries: ${outcome.outcome}`, async () => {
      const user = await enterUser(stage);
      const [message] = twoFor(user);
      await send(stage, message);
      const [first] = await claim(stage);
      const [second] = await claim(stage, later(LEASE_MS));
      if (!first || !second) throw new Error('not claimed');
      await settle(stage, first, outcome, later(LEASE_MS));
      expect(await claim(stage, later(2 * LEASE_MS - 1)), 'still being sent').to.deep.equal([]);
      expect(await since(user.id)).to.equal(null);
      const third = { ...message, attempt: 3, defects: 0 };
      expect(await claim(stage, later(2 * LEASE_MS))).to.deep.equal([third]);
    });
  }

  it('NTF-2 whose lease ran out renews nothing that another tries', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    const first = await claim(stage);
    await claim(stage, later(LEASE_MS));
    await stage.ports.outboxQueue.renew(first, later(9 * LEASE_MS));
    expect(ids(await claim(stage, later(2 * LEASE_MS)))).to.deep.equal([message.id]);
  });

  it('NTF-2 what was sent is sent, whoever tries it again', async () => {
    const [message, next] = twoFor(await enterUser(stage));
    await send(stage, message, next);
    const [first] = await claim(stage);
    const [second] = await claim(stage, later(LEASE_MS));
    if (!first || !second) throw new Error('not claimed');
    await settle(stage, first, SENT, later(LEASE_MS));
    await settle(stage, second, putOff(0), later(LEASE_MS));
    expect(ids(await drain(stage))).to.deep.equal([next.id]);
  });

  it('NTF-2 a try is put off once, however often that is recorded', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    await claim(stage);
    await settle(stage, message, putOff(1_000, { defect: true }));
    await settle(stage, message, putOff(9_000, { defect: true }));
    const again = { ...message, attempt: 2, defects: 1 };
    expect(await claim(stage, later(1_000))).to.deep.equal([again]);
  });

  it('NTF-2 tries that met a defect of ours are counted apart', async () => {
    const [message] = twoFor(await enterUser(stage));
    await send(stage, message);
    const counts: number[] = [];
    for (const defect of [true, false, true, undefined, true]) {
      const [one] = await claim(stage);
      if (!one) throw new Error('not claimed');
      counts.push(one.defects);
      await settle(stage, one, putOff(0, defect === undefined ? {} : { defect }));
    }
    const [last] = await claim(stage);
    expect([...counts, last?.defects]).to.deep.equal([0, 1, 1, 2, 2, 3]);
  });

  it('NTF-2 what a later mark drops counts as missed since that mark', async () => {
    const user = await enterUser(stage);
    await send(stage, ...twoFor(user));
    const [leased] = await claim(stage);
    if (!leased) throw new Error('not claimed');
    await stage.run((tx) => tx.users.save({ ...user, unreachableSince: later(300) }));
    await settle(stage, leased, { outcome: 'unreachable' }, later(100));
    const missed = await stage.run((tx) => tx.outbox.missed(user.id, later(300), 10));
    expect(missed.total).to.equal(2);
    expect(await since(user.id)).to.deep.equal(later(300));
  });
};

/** What becomes of a message that fails again and again. */
export const struggling = (stage: Stage): void => {
  /** Tries a message so often that the next try is its tenth, which is claimed. */
  const tenth = async (message: OutboxMessage): Promise<ClaimedMessage> => {
    await send(stage, message);
    for (let attempt = 1; attempt < STRUGGLING_TRIES; attempt += 1) {
      expect(ids(await claim(stage))).to.deep.equal([message.id]);
      await settle(stage, { ...message, attempt }, putOff(0));
    }
    const [claimed] = await claim(stage);
    if (claimed?.attempt !== STRUGGLING_TRIES) throw new Error('not the tenth try');
    return claimed;
  };

  it('NTF-2 nine times a message holds up what came after it', async () => {
    const [first, second] = twoFor(await enterUser(stage));
    await send(stage, first, second);
    for (let attempt = 1; attempt < STRUGGLING_TRIES; attempt += 1) {
      expect(ids(await claim(stage))).to.deep.equal([first.id]);
      await settle(stage, { ...first, attempt }, putOff(0));
    }
    expect(ids(await claim(stage))).to.deep.equal([first.id]);
  });

  it('NTF-2 from its tenth try on a message that is put off goes to the end of its row', async () => {
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const stuck = await tenth(first);
    await send(stage, second);
    await settle(stage, stuck, putOff(3_000));
    expect(ids(await claim(stage))).to.deep.equal([second.id]);
    await settle(stage, second, SENT);
    expect(await claim(stage, later(2_999))).to.deep.equal([]);
    const third = aMessage({ to: user.id, notBefore: later(3_001) });
    await send(stage, third);
    const again = { ...first, notBefore: later(3_000), attempt: 11, defects: 0 };
    expect(await claim(stage, later(3_500))).to.deep.equal([again]);
    await settle(stage, again, putOff(3_000), later(3_500));
    expect(ids(await claim(stage, later(3_500)))).to.deep.equal([third.id]);
  });

  it('NTF-2 a 429 moves no message from its place', async () => {
    const [first, second] = twoFor(await enterUser(stage));
    const stuck = await tenth(first);
    await send(stage, second);
    await settle(stage, stuck, putOff(1_000, { scope: 'chat' }));
    expect(ids(await claim(stage, later(1_000)))).to.deep.equal([first.id]);
  });

  it('NTF-1 what would come after something newer on its topic is replaced by it', async () => {
    const user = await enterUser(stage);
    const [old, fresh] = twoFor(user, { topic: 'screen' });
    const stuck = await tenth(old);
    const other = aMessage({ to: user.id, topic: 'desk' });
    await send(stage, fresh, other);
    await settle(stage, stuck, putOff(1_000));
    expect(ids(await drain(stage))).to.deep.equal([fresh.id, other.id]);
  });

  it('NTF-1 what went to the end gives its place there to something newer', async () => {
    const user = await enterUser(stage);
    const [old, next] = twoFor(user);
    const stuck = await tenth({ ...old, topic: 'screen' });
    await settle(stage, stuck, putOff(60_000));
    const fresh = aMessage({ to: user.id, topic: 'screen', notBefore: MONDAY });
    await send(stage, next, fresh);
    expect(ids(await drain(stage, MONDAY))).to.deep.equal([next.id, fresh.id]);
  });

  it('OPS-2 shows how many struggle, and since when they have been owed', async () => {
    const depth = (now = MONDAY) => stage.ports.outboxQueue.depth(now);
    const [first, second] = twoFor(await enterUser(stage));
    const stuck = await tenth(first);
    expect(await depth()).to.include({ waiting: 1, struggling: 1 });
    await send(stage, second);
    await settle(stage, stuck, putOff(60_000));
    expect(await depth()).to.deep.include({
      waiting: 2,
      struggling: 1,
      oldestDue: first.createdAt,
    });
    await drain(stage);
    expect(await depth()).to.deep.include({ waiting: 0, struggling: 0, oldestDue: null });
  });
};
