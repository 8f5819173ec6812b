import { expect } from 'chai';
import type { Broadcast, BroadcastReport, Reach } from '../../core/broadcasts/index.ts';
import { DAY_MS, type BroadcastId, type UserId } from '../../core/kernel/index.ts';
import type { Tx } from '../../core/ports.ts';
import type { User } from '../../core/users/index.ts';
import { later, MONDAY } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  failureOf,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterUser } from './scenes.ts';

/** What every store of broadcasts promises. */
export const broadcastsContract = (name: string, open: OpenHarness) =>
  describe(`broadcasts: ${name}`, () => {
    const stage = onStage(open);
    starting(stage);
    moving(stage);
    ending(stage);
  });

const NONE = { sent: 0, blocked: 0, failed: 0, canceled: 0, waiting: 0 };
let ages = 0;

/**
 * People whom no other test's broadcast reaches: inactive since longer ago than anybody before.
 */
const anAudience = async (stage: Stage, changes: readonly Partial<User>[]) => {
  ages += 1;
  const createdAt = new Date(Date.UTC(1990, 0, 1) - ages * DAY_MS);
  const people: UserId[] = [];
  for (const change of changes) people.push((await enterUser(stage, { createdAt, ...change })).id);
  const admin = await enterUser(stage, { role: 'admin', displayName: 'Dewi' });
  return { people: people.toSorted(), admin, inactiveSince: later(1, createdAt) };
};
type Crowd = Awaited<ReturnType<typeof anAudience>>;

const aBroadcast = (
  stage: Stage,
  { admin }: Pick<Crowd, 'admin'>,
  change: Partial<Broadcast> = {},
): Broadcast => ({
  id: stage.ids.next<BroadcastId>(),
  adminId: admin.id,
  audience: 'inactive',
  text: 'Kabar “baru” 😀',
  photo: null,
  status: 'running',
  createdAt: MONDAY,
  endedAt: null,
  changedBy: null,
  toldAt: null,
  shownIn: null,
  ...change,
});

const add = (stage: Stage, one: Broadcast, { inactiveSince }: Crowd) =>
  stage.run((tx) => tx.broadcasts.add(one, inactiveSince));

/** A stored broadcast to so many people, none of whom is queued. */
const started = async (stage: Stage, many: number) => {
  const crowd = await anAudience(
    stage,
    Array.from({ length: many }, () => ({})),
  );
  const one = aBroadcast(stage, crowd);
  expect(await add(stage, one, crowd), 'another one is open').to.equal(true);
  return { ...crowd, one };
};

const reportOf = async (stage: Stage, { id }: Broadcast): Promise<BroadcastReport> => {
  const report = await stage.run((tx) => tx.broadcasts.report(id));
  if (!report) throw new Error('it is not stored');
  return report;
};

const progressOf = async (stage: Stage, one: Broadcast) => (await reportOf(stage, one)).progress;

const waitingIn = async (tx: Tx, { id }: Broadcast, limit: number): Promise<readonly UserId[]> =>
  (await tx.broadcasts.waiting(id, limit)).map(({ userId }) => userId);

/** Leaves no open one behind. */
const end = (stage: Stage, one: Broadcast): Promise<void> =>
  stage.run(async (tx) => {
    const queued = await tx.broadcasts.queued(one.id);
    await tx.broadcasts.settle(
      one.id,
      queued.map((userId) => ({ userId, outcome: 'failed' })),
    );
    await tx.broadcasts.cancelWaiting(one.id);
    await tx.broadcasts.save({ ...one, status: 'canceled', endedAt: MONDAY });
  });

const starting = (stage: Stage): void => {
  it('ADM-5 counts and lists the same people: active ones, who cannot be reached as blocked', async () => {
    const crowd = await anAudience(stage, [
      { role: 'worker' },
      { role: 'client', unreachableSince: MONDAY },
      { role: null },
      { status: 'suspended', suspension: { reason: 'fraud', by: 'operator:test', at: MONDAY } },
    ]);
    const { inactiveSince, admin } = crowd;
    const reach = await stage.run((tx) => tx.broadcasts.reach(inactiveSince));
    expect(reach.inactive).to.deep.equal({ recipients: 3, blocked: 1 });
    const one = aBroadcast(stage, crowd);
    await add(stage, one, crowd);
    expect(await reportOf(stage, one)).to.deep.equal({
      broadcast: one,
      by: { id: admin.id, displayName: 'Dewi' },
      progress: { ...NONE, recipients: 3, blocked: 1, waiting: 2 },
    });
    expect(await stage.run((tx) => tx.broadcasts.open())).to.equal(one.id);
    await end(stage, one);
    expect(await stage.run((tx) => tx.broadcasts.open())).to.equal(undefined);
  });

  it('ADM-5 an audience is everybody, or those of a role', async () => {
    const now = () => stage.run((tx) => tx.broadcasts.reach(MONDAY));
    const more = ({ recipients, blocked }: Reach, by: Reach): Reach => ({
      recipients: recipients + by.recipients,
      blocked: blocked + by.blocked,
    });
    const before = await now();
    await enterUser(stage, { role: 'client', unreachableSince: MONDAY, createdAt: MONDAY });
    await enterUser(stage, { role: null, createdAt: MONDAY });
    await enterUser(stage, { role: 'worker', createdAt: later(-1) });
    const { id: active } = await enterUser(stage, { role: 'worker', createdAt: later(-1) });
    await stage.run((tx) => tx.dayBook.noteActive(active, MONDAY));
    expect(await now()).to.deep.equal({
      all: more(before.all, { recipients: 4, blocked: 1 }),
      clients: more(before.clients, { recipients: 1, blocked: 1 }),
      workers: more(before.workers, { recipients: 2, blocked: 0 }),
      inactive: more(before.inactive, { recipients: 1, blocked: 0 }),
    });
  });

  it('ADM-5 of twenty at once one begins, whatever their ids', async () => {
    const crowd = await anAudience(stage, [{}, {}]);
    const some = Array.from({ length: 20 }, () => aBroadcast(stage, crowd));
    const { won } = await race((index) => add(stage, some[index] as Broadcast, crowd));
    expect(won.filter(Boolean)).to.have.length(1);
    const one = some[won.indexOf(true)] as Broadcast;
    expect(await add(stage, one, crowd), 'the same again').to.equal(false);
    expect(await progressOf(stage, one)).to.deep.include({ recipients: 2, waiting: 2 });
    await end(stage, one);
    expect(await add(stage, one, crowd), 'the same after its end').to.equal(false);
  });

  it('ADM-5 nothing of one that was given up stays', async () => {
    const crowd = await anAudience(stage, [{}]);
    const one = aBroadcast(stage, crowd);
    await abandoned(stage, (tx) => tx.broadcasts.add(one, crowd.inactiveSince));
    expect(await stage.run((tx) => tx.broadcasts.report(one.id))).to.equal(undefined);
    expect(await stage.run((tx) => waitingIn(tx, one, 9))).to.deep.equal([]);
  });
};

const moving = (stage: Stage): void => {
  it('ADM-5 people wait, are queued, taken back, and get an outcome; counts follow', async () => {
    const { one, people } = await started(stage, 4);
    const [a, b, c] = people as [UserId, UserId, UserId];
    await stage.run(async (tx) => {
      expect(await waitingIn(tx, one, 3)).to.deep.equal(people.slice(0, 3));
      await tx.broadcasts.queue(one.id, people.slice(0, 3));
      expect(await tx.broadcasts.queued(one.id)).to.deep.equal(people.slice(0, 3));
      await tx.broadcasts.unqueue(one.id, [c]);
      await tx.broadcasts.settle(one.id, [
        { userId: a, outcome: 'sent' },
        { userId: b, outcome: 'blocked' },
      ]);
      expect(await tx.broadcasts.queued(one.id)).to.deep.equal([]);
      expect(await waitingIn(tx, one, 9)).to.deep.equal(people.slice(2));
    });
    expect(await progressOf(stage, one)).to.deep.equal({
      ...NONE,
      recipients: 4,
      sent: 1,
      blocked: 1,
      waiting: 2,
    });
    await stage.run((tx) => tx.broadcasts.cancelWaiting(one.id));
    expect(await progressOf(stage, one)).to.deep.include({ canceled: 2, waiting: 0 });
    await end(stage, one);
  });

  it('ADM-5 ACC-5 who waits is told apart by their standing now, not as it was at the start', async () => {
    const { one, people } = await started(stage, 2);
    const [a, b] = people as [UserId, UserId];
    await stage.run(async (tx) => {
      const user = await tx.users.lock(b);
      if (!user) throw new Error('nobody there');
      const suspension = { reason: 'fraud', by: 'operator:test', at: MONDAY };
      await tx.users.save({ ...user, status: 'suspended', suspension });
    });
    expect(await stage.run((tx) => tx.broadcasts.waiting(one.id, 9))).to.deep.equal([
      { userId: a, isSuspended: false },
      { userId: b, isSuspended: true },
    ]);
    await end(stage, one);
  });

  it('ADM-5 an outcome stands: it is noted once, of who was queued', async () => {
    const { one, people } = await started(stage, 2);
    const [a, b] = people as [UserId, UserId];
    const settle = (userId: UserId) =>
      stage.run((tx) => tx.broadcasts.settle(one.id, [{ userId, outcome: 'sent' }]));
    await stage.run((tx) => tx.broadcasts.queue(one.id, [a]));
    await settle(a);
    await failureOf(settle(a));
    await failureOf(settle(b));
    await failureOf(stage.run((tx) => tx.broadcasts.queue(one.id, [a])));
    expect(await progressOf(stage, one)).to.deep.include({ sent: 1, waiting: 1 });
    await end(stage, one);
  });

  it('ADM-5 of twenty who feed it at once each takes others, under its lock', async () => {
    const { one, people } = await started(stage, 10);
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        await tx.broadcasts.lock(one.id);
        const next = await waitingIn(tx, one, 1);
        await tx.broadcasts.queue(one.id, next);
        return next;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.flat().toSorted()).to.deep.equal(people);
    await end(stage, one);
  });

  it('ADM-5 a step that is undone undoes outcomes and counts', async () => {
    const { one, people } = await started(stage, 2);
    await stage.run(async (tx) => {
      await tx.broadcasts.queue(one.id, people);
      await abandonedStep(tx, async (inner) => {
        await inner.broadcasts.settle(
          one.id,
          people.map((userId) => ({ userId, outcome: 'sent' })),
        );
      });
      expect(await tx.broadcasts.queued(one.id)).to.deep.equal(people);
    });
    expect(await progressOf(stage, one)).to.deep.include({ sent: 0, waiting: 2 });
    await end(stage, one);
  });
};

const ending = (stage: Stage): void => {
  it('ADM-5 it ends once, and not before everybody has an outcome', async () => {
    const { one, admin } = await started(stage, 1);
    const done = { ...one, status: 'done', endedAt: later(1) } as const;
    const save = (what: Broadcast) => stage.run((tx) => tx.broadcasts.save(what));
    await failureOf(save(done));
    await stage.run((tx) => tx.broadcasts.cancelWaiting(one.id));
    const over: Broadcast = { ...done, status: 'canceled', changedBy: admin.id };
    await save(over);
    await failureOf(save({ ...over, endedAt: later(2) }));
    await failureOf(save(done));
    const shown = { ...over, shownIn: 8_000_000_001, toldAt: later(5) };
    await save({ ...shown, text: 'Lain', audience: 'all' });
    expect((await reportOf(stage, one)).broadcast, 'its words never change').to.deep.equal(shown);
  });

  it('ADM-5 the newest stands first in the list', async () => {
    const made: BroadcastId[] = [];
    for (const day of [2, 1, 3]) {
      const crowd = await anAudience(stage, [{}]);
      const createdAt = later(day * 1_000 * DAY_MS);
      const one = aBroadcast(stage, crowd, { createdAt });
      await add(stage, one, crowd);
      await end(stage, one);
      made.push(one.id);
    }
    const { items, total } = await stage.run((tx) => tx.broadcasts.page({ page: 0, size: 3 }));
    expect(items.map(({ broadcast }) => broadcast.id)).to.deep.equal([made[2], made[0], made[1]]);
    expect(total).to.be.at.least(3);
    const second = await stage.run((tx) => tx.broadcasts.page({ page: 1, size: 1 }));
    expect(second.items.map(({ broadcast }) => broadcast.id)).to.deep.equal([made[0]]);
  });
};
