import { expect } from 'chai';
import { DAY_MS } from '../../core/kernel/index.ts';
import { aMessage, later, MONDAY } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import { claim, drain, ids, LEASE_MS, send, SENT, settle, twoFor } from './outbox-queue.ts';
import { enterUser } from './scenes.ts';

const NONE = { total: 0, newest: [] };

/** What is known of messages after they ended, and how many have not. */
export const keeping = (stage: Stage): void => {
  missing(stage);
  measuring(stage);
  pruning(stage);
};

const missing = (stage: Stage): void => {
  it('NTF-2 tells what somebody missed since they could not be reached, newest first', async () => {
    const user = await enterUser(stage);
    const says = (what: string, change = {}) =>
      aMessage({ to: user.id, payload: { says: what }, ...change });
    const gone = [
      says('one', { createdAt: later(-3_000) }),
      says('two', { createdAt: later(-2_000) }),
      says('a screen', { kind: 'screen', createdAt: later(-1_000) }),
    ];
    await send(stage, ...gone);
    await claim(stage);
    const lost = gone[0]?.id ?? gone[1]?.id;
    if (lost === undefined) throw new Error('nothing was sent');
    await settle(stage, { id: lost }, { outcome: 'unreachable' });
    await stage.run((tx) => tx.users.save({ ...user, unreachableSince: MONDAY }));
    await send(
      stage,
      says('three', { createdAt: later(5) }),
      says('zero', { createdAt: later(-9_000) }),
    );
    const missed = (since: Date, limit = 10) =>
      stage.run((tx) => tx.outbox.missed(user.id, since, limit));
    expect(await missed(MONDAY)).to.deep.equal({
      total: 4,
      newest: ['three', 'two', 'one', 'zero'].map((what) => ({ says: what })),
    });
    expect(await missed(MONDAY, 1)).to.deep.equal({ total: 4, newest: [{ says: 'three' }] });
    expect(await missed(later(5))).to.deep.equal({ total: 1, newest: [{ says: 'three' }] });
    expect(await missed(later(6))).to.deep.equal(NONE);
  });

  it('NTF-2 nobody misses what reached them, was replaced, or was another’s', async () => {
    const [user, other] = [await enterUser(stage), await enterUser(stage)];
    const [old, fresh] = twoFor(user, { topic: 'desk' });
    const theirs = aMessage({ to: other.id });
    await send(stage, old, fresh, theirs);
    await claim(stage);
    await settle(stage, fresh, SENT);
    await settle(stage, theirs, { outcome: 'unreachable' });
    expect(await stage.run((tx) => tx.outbox.missed(user.id, later(-DAY_MS), 10))).to.deep.equal(
      NONE,
    );
  });
};

const measuring = (stage: Stage): void => {
  it('OPS-2 tells how much waits, since when, and what was given up', async () => {
    const { failed } = await stage.ports.outboxQueue.depth(MONDAY);
    const struggling = 0;
    const depth = (now = MONDAY) => stage.ports.outboxQueue.depth(now);
    expect(await depth()).to.deep.equal({ waiting: 0, oldestDue: null, failed, struggling });
    const user = await enterUser(stage);
    const [first, second] = twoFor(user);
    const soon = aMessage({ to: user.id, priority: 'answer', notBefore: later(500) });
    await send(stage, first, second, soon);
    expect(await depth(later(-3_000))).to.deep.equal({
      waiting: 3,
      oldestDue: null,
      failed,
      struggling,
    });
    expect(await depth()).to.deep.equal({
      waiting: 3,
      oldestDue: first.notBefore,
      failed,
      struggling,
    });
    await claim(stage);
    expect(await depth()).to.deep.equal({
      waiting: 3,
      oldestDue: first.notBefore,
      failed,
      struggling,
    });
    await settle(stage, first, { outcome: 'failed', why: 'too long' });
    expect(await depth()).to.deep.equal({
      waiting: 2,
      oldestDue: second.notBefore,
      failed: failed + 1,
      struggling,
    });
  });
};

const pruning = (stage: Stage): void => {
  it('OPS-2 removes what was settled long ago, so many at a time, nothing owed', async () => {
    const old = later(-9 * DAY_MS); // after any pause of another test
    const prune = (limit: number) => stage.ports.outboxQueue.prune(later(-8 * DAY_MS), limit);
    const [one, two, owed] = [
      await enterUser(stage),
      await enterUser(stage),
      await enterUser(stage),
    ];
    const sent = aMessage({ to: one.id, createdAt: old });
    const failed = aMessage({ to: two.id, createdAt: old });
    const leased = aMessage({ to: owed.id, createdAt: old });
    const waiting = aMessage({ to: owed.id, createdAt: later(1, old) });
    const fresh = aMessage({ to: two.id, createdAt: later(1, old) });
    await send(stage, sent, failed, leased, waiting, fresh);
    await claim(stage, later(1, old));
    await settle(stage, sent, SENT, old);
    await settle(stage, failed, { outcome: 'failed', why: 'no' }, old);
    expect([await prune(1), await prune(10), await prune(10)]).to.deep.equal([1, 1, 0]);
    await claim(stage, later(1, old));
    await settle(stage, fresh, SENT, MONDAY);
    expect(await prune(10)).to.equal(0);
    await send(stage, aMessage({ to: one.id, dedupeKey: sent.dedupeKey }));
    await send(stage, aMessage({ to: two.id, dedupeKey: fresh.dedupeKey }));
    const left = await drain(stage, later(LEASE_MS));
    expect(left).to.have.length(3);
    expect(ids(left)).to.include.members([leased.id, waiting.id]);
  });
};
