import { expect } from 'chai';
import type { PageRequest } from '../../core/kernel/index.ts';
import {
  nothingOpen,
  PERMISSIONS,
  type AdminGrant,
  type User,
  type Wanted,
} from '../../core/users/index.ts';
import { aUser, freshNumber, later, MONDAY, rupiahs } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import {
  enterCampaign,
  enterDeposit,
  enterProof,
  enterRich,
  enterTake,
  enterUser,
  enterWithdrawal,
  enterWorker,
} from './scenes.ts';

/** What every store of users and admin grants promises. */
export const usersContract = (name: string, open: OpenHarness) =>
  describe(`users: ${name}`, () => {
    const stage = onStage(open);
    adding(stage);
    saving(stage);
    counting(stage);
    searching(stage);
    granting(stage);
  });

const adding = (stage: Stage): void => {
  it('ACC-1 stores a user with an empty wallet and hold', async () => {
    const user = aUser({ username: 'budi', language: 'en', role: null, termsVersion: null });
    expect(await stage.run((tx) => tx.users.add(user))).to.deep.equal(user);
    const found = await stage.run(async (tx) => [
      await tx.users.find(user.id),
      await tx.users.findByTelegramId(user.telegramId),
      await tx.users.lock(user.id),
    ]);
    expect(found).to.deep.equal([user, user, user]);
    const balances = await stage.run((tx) => tx.wallets.balances(user.id));
    expect(balances).to.deep.equal({ wallet: 0n, hold: 0n });
  });

  it('knows nobody who was never stored', async () => {
    const { id, telegramId } = aUser();
    const found = await stage.run(async (tx) => [
      await tx.users.find(id),
      await tx.users.lock(id),
      await tx.users.findByTelegramId(telegramId),
    ]);
    expect(found).to.deep.equal([undefined, undefined, undefined]);
  });

  it('ACC-2 gives the user stored first to whoever adds the same Telegram id again', async () => {
    const first = await enterUser(stage, { displayName: 'First' });
    const second = aUser({ telegramId: first.telegramId, displayName: 'Second' });
    expect(await stage.run((tx) => tx.users.add(second))).to.deep.equal(first);
    expect(await stage.run((tx) => tx.users.find(second.id))).to.equal(undefined);
  });

  it('ACC-1 makes one user of twenty first messages at the same time', async () => {
    const telegramId = freshNumber();
    const { won, lost } = await race(() => stage.run((tx) => tx.users.add(aUser({ telegramId }))));
    expect(lost).to.deep.equal([]);
    expect(new Set(won.map(({ id }) => id)).size).to.equal(1);
  });

  it('keeps nobody of a run that throws', async () => {
    const user = aUser();
    await abandoned(stage, (tx) => tx.users.add(user));
    expect(await stage.run((tx) => tx.users.findByTelegramId(user.telegramId))).to.equal(undefined);
    expect(await stage.run((tx) => tx.users.add(user))).to.deep.equal(user);
  });
};

const saving = (stage: Stage): void => {
  it('replaces everything but id, Telegram id and time of creation', async () => {
    const user = await enterUser(stage);
    const changed: User = {
      ...user,
      username: 'new_name',
      displayName: 'New name',
      language: 'en',
      role: 'admin',
      formerRole: 'worker',
      permissions: ['review', 'settings'],
      termsVersion: 2,
      unreachableSince: later(5_000),
      status: 'suspended',
      suspension: { reason: 'spam', by: 'user:x', at: later(4_000) },
    };
    const sneaky = { ...changed, telegramId: freshNumber(), createdAt: later(9_000) };
    await stage.run((tx) => tx.users.save(sneaky));
    expect(await stage.run((tx) => tx.users.find(user.id))).to.deep.equal(changed);
  });

  it('ACC-5 forgets the reason of a suspension that was lifted', async () => {
    const user = await enterUser(stage, {
      status: 'suspended',
      suspension: { reason: 'spam', by: 'user:x', at: MONDAY },
    });
    const { suspension: _lifted, ...rest } = user as Extract<User, { status: 'suspended' }>;
    const active: User = { ...rest, status: 'active' };
    await stage.run((tx) => tx.users.save(active));
    expect(await stage.run((tx) => tx.users.find(user.id))).to.deep.equal(active);
  });

  it('undoes a change with its savepoint', async () => {
    const user = await enterUser(stage);
    await stage.run((tx) =>
      abandonedStep(tx, (step) => step.users.save({ ...user, displayName: 'Lost' })),
    );
    expect(await stage.run((tx) => tx.users.find(user.id))).to.deep.equal(user);
  });

  it('lists active admins, oldest first', async () => {
    const young = await enterUser(stage, { role: 'admin', createdAt: later(2_000) });
    const old = await enterUser(stage, { role: 'admin', createdAt: later(1_000) });
    const others = [
      await enterUser(stage),
      await enterUser(stage, {
        role: 'admin',
        status: 'suspended',
        suspension: { reason: 'x', by: 'operator:o', at: MONDAY },
      }),
    ];
    const mine = new Set([young, old, ...others].map(({ id }) => id));
    const admins = await stage.run((tx) => tx.users.admins());
    expect(admins.filter(({ id }) => mine.has(id))).to.deep.equal([old, young]);
  });
};

const searching = (stage: Stage): void => {
  const search = (wanted: Partial<Wanted>, asked: PageRequest = { page: 0, size: 10 }) =>
    stage.run((tx) =>
      tx.users.search({ telegramId: null, username: null, name: null, ...wanted }, asked),
    );
  const found = async (wanted: Partial<Wanted>) => (await search(wanted)).items.map(({ id }) => id);
  /** A name that nobody else has. */
  const aName = (): string => `Ratu${freshNumber()}`;

  it('ADM-3 finds a person by their exact Telegram id', async () => {
    const person = await enterUser(stage);
    const { telegramId } = person;
    expect((await search({ telegramId })).items).to.deep.equal([person]);
    expect(await found({ telegramId: Math.floor(telegramId / 10) })).to.deep.equal([]);
  });

  it('ADM-3 finds people by how username or name begins, in any case', async () => {
    const name = aName();
    const called = await enterUser(stage, { displayName: `${name} É` });
    const named = await enterUser(stage, { username: `${name}_ok`, createdAt: later(-1) });
    for (const text of [name, name.toUpperCase(), name.toLowerCase()]) {
      expect(await found({ name: text })).to.deep.equal([called.id]);
      expect(await found({ username: text })).to.deep.equal([named.id]);
      expect(await found({ username: text, name: text })).to.deep.equal([called.id, named.id]);
    }
    expect(await found({ name: `${name} é` })).to.deep.equal([called.id]);
    expect(await found({ name: name.slice(1) })).to.deep.equal([]);
  });

  it('ADM-3 takes every sign as it stands', async () => {
    const name = aName();
    const sly = await enterUser(stage, { displayName: `${name}%_\\` });
    await enterUser(stage, { displayName: `${name}abc` });
    for (const sign of ['%', '%_', '%_\\']) {
      expect(await found({ name: `${name}${sign}` }), sign).to.deep.equal([sly.id]);
    }
    for (const sign of ['_', '\\', '%%', "'"]) {
      expect(await found({ name: `${name}${sign}` }), sign).to.deep.equal([]);
    }
  });

  it('ADM-3 finds a name whatever it goes on with, to the last sign of all', async () => {
    const name = aName();
    const last = '\u{10FFFF}'.repeat(20);
    const odd = await enterUser(stage, { displayName: `${name}${last}` });
    expect(await found({ name })).to.deep.equal([odd.id]);
    expect(await found({ name: `${name}${last}` })).to.deep.equal([odd.id]);
  });

  it('ADM-3 every name begins with nothing: everybody, newest first', async () => {
    const young = later(400 * 365 * 86_400_000);
    const person = await enterUser(stage, { displayName: '', createdAt: young });
    const all = await search({ name: '' }, { page: 0, size: 1 });
    expect(all.items).to.deep.equal([person]);
    expect(all.total).to.be.greaterThan(1);
  });

  it('ADM-3 shows who was found in pages, newest first', async () => {
    const name = aName();
    const enter = (second: number) =>
      enterUser(stage, { displayName: name, createdAt: later(second * 1_000) });
    const [two, one, three] = [await enter(2), await enter(1), await enter(3)];
    const first = await search({ name }, { page: 0, size: 2 });
    expect(first).to.deep.equal({ items: [three, two], page: 0, pageCount: 2, total: 3 });
    expect((await search({ name }, { page: 1, size: 2 })).items).to.deep.equal([one]);
  });
};

const counting = (stage: Stage): void => {
  it('ACC-3 counts nothing open for a new user', async () => {
    const user = await enterUser(stage);
    expect(nothingOpen(await stage.run((tx) => tx.users.openThings(user.id)))).to.equal(true);
  });

  it('ACC-3 counts what is open on both sides of the market', async () => {
    const user = await enterRich(stage);
    const mine = { clientId: user.id };
    await enterCampaign(stage, mine);
    await enterCampaign(stage, { ...mine, status: 'paused', pausedBy: 'owner', reason: null });
    await enterCampaign(stage, { ...mine, status: 'deleted' });
    await enterCampaign(stage, { ...mine, status: 'completed' });
    await enterTake(stage, await enterCampaign(stage), { workerId: user.id });
    for (let count = 0; count < 3; count += 1) {
      await enterProof(stage, await enterCampaign(stage), { take: { workerId: user.id } });
    }
    await enterDeposit(stage, { userId: user.id });
    await enterWithdrawal(stage, { userId: user.id, amount: rupiahs(10_000) });
    expect(await stage.run((tx) => tx.users.openThings(user.id))).to.deep.equal({
      campaigns: 2,
      takenTasks: 1,
      proofsUnderReview: 3,
      deposits: 1,
      withdrawals: 1,
    });
  });

  it('ACC-3 does not count what has ended', async () => {
    const worker = await enterWorker(stage);
    const take = await enterTake(stage, await enterCampaign(stage), { workerId: worker.id });
    const deposit = await enterDeposit(stage, { userId: worker.id });
    await stage.run(async (tx) => {
      await tx.tasks.save({ ...take, status: 'released', endedAt: later(1) }, 'available');
      await tx.wallets.decide({
        id: deposit.transactionId,
        decision: 'canceled',
        postings: [],
        at: later(1),
      });
      await tx.deposits.save({ ...deposit, status: 'canceled', decidedAt: later(1) });
    });
    expect(nothingOpen(await stage.run((tx) => tx.users.openThings(worker.id)))).to.equal(true);
  });
};

const granted = (telegramId: number, by: string): AdminGrant => ({
  telegramId,
  state: 'granted',
  permissions: PERMISSIONS,
  by,
  at: MONDAY,
});

const granting = (stage: Stage): void => {
  it('ACC-4 remembers the newest word on a Telegram id, also of a stranger', async () => {
    const telegramId = freshNumber();
    const find = () => stage.run((tx) => tx.adminGrants.find(telegramId));
    expect(await find()).to.equal(undefined);
    const first = granted(telegramId, 'operator:root');
    await stage.run((tx) => tx.adminGrants.save(first));
    expect(await find()).to.deep.equal(first);
    const revoked = {
      telegramId,
      state: 'revoked',
      permissions: [],
      by: 'operator:two',
      at: later(1),
    } as const;
    await stage.run((tx) => tx.adminGrants.save(revoked));
    expect(await find()).to.deep.equal(revoked);
  });

  it('ACC-4 forgets the word of a run that throws', async () => {
    const telegramId = freshNumber();
    await abandoned(stage, (tx) => tx.adminGrants.save(granted(telegramId, 'operator:x')));
    expect(await stage.run((tx) => tx.adminGrants.find(telegramId))).to.equal(undefined);
  });

  it('ACC-4 keeps one word of twenty at the same time', async () => {
    const telegramId = freshNumber();
    const { lost } = await race((index) =>
      stage.run((tx) => tx.adminGrants.save(granted(telegramId, `operator:${index}`))),
    );
    expect(lost).to.deep.equal([]);
    const kept = await stage.run((tx) => tx.adminGrants.find(telegramId));
    expect(kept?.state).to.equal('granted');
  });
};
