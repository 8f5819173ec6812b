import { expect } from 'chai';
import type { OwnRole } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, refusal, type Market, type Person } from '../support/market.ts';

const start = (market: Market, names: { username?: string | null; displayName?: string } = {}) =>
  market.core.users.register({
    telegramId: 77,
    username: 'siti',
    displayName: 'Siti',
    languageCode: 'id',
    ...names,
  });

const choose = (market: Market, { actor }: Person, role: OwnRole) =>
  market.core.users.chooseRole({ actor, role });

describe('Accounts', () => {
  it('ACC-1 the first /start makes a user without role or money', async () => {
    const market = aMarket();
    const { user, isNew, termsDue } = await start(market);
    expect(user).to.include({ telegramId: 77, username: 'siti', displayName: 'Siti' });
    expect(user).to.include({ status: 'active', role: null, termsVersion: null });
    expect([isNew, termsDue]).to.deep.equal([true, true]);
    const who = { id: user.id } as Person;
    expect([await market.wallet(who), await market.hold(who)]).to.deep.equal([0n, 0n]);
  });

  it('ACC-1 the language is Indonesian unless the code of Telegram starts with en', async () => {
    const market = aMarket();
    const languages = async (codes: readonly (string | undefined)[]) => {
      const people = await Promise.all(codes.map((code) => market.newcomer(code)));
      return Promise.all(people.map(async (who) => (await market.userOf(who)).language));
    };
    expect(await languages(['en', 'en-GB', 'EN'])).to.deep.equal(['en', 'en', 'en']);
    expect(await languages(['id', 'ms', 'fr', '', undefined])).to.deep.equal(Array(5).fill('id'));
  });

  it('ACC-2 /start again makes nobody new and follows the names', async () => {
    const market = aMarket();
    const first = await start(market);
    const again = await start(market, { username: null, displayName: 'Siti Aminah' });
    expect(again.isNew).to.equal(false);
    expect(again.user).to.include({ id: first.user.id, displayName: 'Siti Aminah' });
    expect(again.user.username).to.equal(null);
    expect((await start(market)).user.username).to.equal('siti');
  });

  it('ACC-2 SEC-A6 twenty /starts at once make one user', async () => {
    const market = aMarket();
    const all = await Promise.all(Array.from({ length: 20 }, () => start(market)));
    expect(new Set(all.map(({ user }) => user.id)).size).to.equal(1);
    expect(all.filter(({ isNew }) => isNew)).to.have.length(1);
  });

  it('SEC-A41 names are cleaned of what disguises or overflows a line, and cut', async () => {
    const market = aMarket();
    const nasty = `\u202eAdmin\u200b\n ✅${'\u0300'.repeat(50)}${'x'.repeat(200)}`;
    const { user } = await start(market, { displayName: nasty, username: 'a\u202eb' });
    expect(user.displayName).not.to.match(/[\u200b\u202e\n]|\u0300{3}/u);
    expect(Array.from(user.displayName).length).to.be.at.most(64);
    expect(user.displayName).to.match(/^Admin ✅/u);
    expect(user.username).to.equal('ab');
    const { user: nameless } = await start(market, { displayName: '\u200b \u202e' });
    expect(nameless.displayName).to.equal('Tanpa nama');
  });

  it('SEC-A18 a name like an admin gives no rights', async () => {
    const market = aMarket();
    const { user } = await start(market, { displayName: 'Admin ✅', username: 'upah_admin' });
    const actor = { kind: 'user', id: user.id } as const;
    await market.core.users.acceptTerms({ actor, version: 1 });
    await choose(market, { actor } as Person, 'client');
    expect(await refusal(market.core.proofs.queue({ actor }))).to.deep.equal({
      code: 'user.role-required',
      details: { role: 'admin' },
    });
  });
});

describe('Roles', () => {
  it('ACC-3 with nothing open one changes the role and keeps the wallet', async () => {
    const market = aMarket();
    const who = await market.client();
    await market.topUp(who, 25_000);
    expect((await choose(market, who, 'worker')).role).to.equal('worker');
    expect(await market.wallet(who)).to.equal(25_000n);
    expect((await choose(market, who, 'client')).role).to.equal('client');
  });

  const blockers: readonly [string, (market: Market) => Promise<Person>, object][] = [
    [
      'an active campaign',
      async (market) => {
        const client = await market.client();
        await market.campaign(client);
        return client;
      },
      { campaigns: 1 },
    ],
    [
      'a paused campaign',
      async (market) => {
        const client = await market.client();
        const { id: campaignId } = await market.campaign(client);
        await market.core.campaigns.pause({ actor: client.actor, campaignId });
        return client;
      },
      { campaigns: 1 },
    ],
    [
      'a taken task',
      async (market) => {
        const worker = await market.worker();
        await market.take(worker, await market.campaign(await market.client()));
        return worker;
      },
      { takenTasks: 1 },
    ],
    [
      'a proof under review',
      async (market) => {
        const worker = await market.worker();
        await market.proof(worker, await market.campaign(await market.client()));
        return worker;
      },
      { proofsUnderReview: 1 },
    ],
    [
      'a pending deposit',
      async (market) => {
        const client = await market.client();
        await market.request(client, 10_000);
        return client;
      },
      { deposits: 1 },
    ],
    [
      'a pending withdrawal',
      async (market) => {
        const client = await market.client();
        await market.topUp(client, 20_000);
        await market.withdraw(client, 10_000);
        return client;
      },
      { withdrawals: 1 },
    ],
  ];
  for (const [what, make, open] of blockers) {
    it(`ACC-3 ${what} stands in the way of another role, and is named`, async () => {
      const market = aMarket();
      const who = await make(market);
      const { role } = await market.userOf(who);
      const other = role === 'client' ? 'worker' : 'client';
      const nothing = { campaigns: 0, takenTasks: 0, proofsUnderReview: 0 };
      expect(await refusal(choose(market, who, other))).to.deep.equal({
        code: 'user.things-open',
        details: { ...nothing, deposits: 0, withdrawals: 0, ...open },
      });
      expect((await market.userOf(who)).role).to.equal(role);
    });
  }

  it('ACC-3 everybody sees what is open in their own name, and nobody else’s', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    await market.take(worker, await market.campaign(client));
    await market.request(client, 10_000);
    const none = { takenTasks: 0, proofsUnderReview: 0, deposits: 0, withdrawals: 0 };
    const openOf = ({ actor }: Person) => market.core.users.openThings({ actor });
    expect(await openOf(client)).to.deep.equal({ ...none, campaigns: 1, deposits: 1 });
    expect(await openOf(worker)).to.deep.equal({ ...none, campaigns: 0, takenTasks: 1 });
  });

  it('ACC-3 ended campaigns, tasks, deposits and withdrawals do not', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    const campaign = await market.campaign(client, { pricePerTask: rupiahs(20_000), target: 1 });
    await market.approve(await market.proof(worker, campaign));
    const deposit = await market.request(client, 10_000);
    await market.core.deposits.cancel({ actor: client.actor, depositId: deposit.id });
    await market.payOut(await market.withdraw(worker, 10_000), await market.house());
    expect((await choose(market, client, 'worker')).role).to.equal('worker');
    expect((await choose(market, worker, 'client')).role).to.equal('client');
  });

  it('ACC-3 choosing the role one has changes nothing, whatever is open', async () => {
    const market = aMarket();
    const client = await market.client();
    await market.campaign(client);
    expect((await choose(market, client, 'client')).role).to.equal('client');
    expect(market.auditOf(client.id).filter(({ action }) => action === 'user.role')).to.have.length(
      1,
    );
  });

  it('ACC-4 an admin cannot choose another role', async () => {
    const market = aMarket();
    const admin = await market.admin();
    expect((await refusal(choose(market, admin, 'client'))).code).to.equal('user.already-admin');
    expect((await market.userOf(admin)).role).to.equal('admin');
  });

  it('ACC-1 before a role is chosen nothing of the market can be used', async () => {
    const market = aMarket();
    const { actor } = await market.person();
    const { code } = await refusal(market.core.wallet.balances({ actor }));
    expect(code).to.equal('user.role-missing');
  });
});

describe('Terms of use', () => {
  it('ACC-8 nothing can be used before the terms are accepted', async () => {
    const market = aMarket();
    const who = await market.newcomer();
    const { code } = await refusal(choose(market, who, 'worker'));
    expect(code).to.equal('user.terms-not-accepted');
    await market.core.users.acceptTerms({ actor: who.actor, version: 1 });
    expect((await choose(market, who, 'worker')).termsVersion).to.equal(1);
  });

  it('ACC-8 a new version asks everybody again, admins too, and /start says so', async () => {
    const market = aMarket();
    const [worker, admin] = [await market.worker(), await market.admin()];
    market.ports.changeSettings({ termsVersion: 2 });
    for (const { actor } of [worker, admin]) {
      const { code } = await refusal(market.core.wallet.balances({ actor }));
      expect(code).to.equal('user.terms-not-accepted');
    }
    const { telegramId } = worker;
    const names = { username: null, displayName: 'Siti', languageCode: 'id' };
    expect((await market.core.users.register({ telegramId, ...names })).termsDue).to.equal(true);
    await market.core.users.acceptTerms({ actor: worker.actor, version: 2 });
    expect((await market.userOf(worker)).termsVersion).to.equal(2);
    expect((await market.core.wallet.balances({ actor: worker.actor })).wallet).to.equal(0n);
  });

  it('ACC-8 a version other than the one in force cannot be accepted', async () => {
    const market = aMarket({ settings: { termsVersion: 2 } });
    const { actor } = await market.newcomer();
    for (const version of [1, 3, NaN]) {
      const { code } = await refusal(market.core.users.acceptTerms({ actor, version }));
      expect(code).to.equal('user.terms-outdated');
    }
  });
});
