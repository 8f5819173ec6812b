import { expect } from 'chai';
import type { CreateCampaign, RequestDeposit } from '../../core/index.ts';
import { aFile, rupiahs } from '../support/builders.ts';
import {
  aMarket,
  anOrder,
  OPERATOR,
  refusal,
  together,
  type Market,
  type Person,
} from '../support/market.ts';

const rich = async (market: Market): Promise<Person> => {
  const client = await market.client();
  await market.topUp(client, 1_000_000);
  return client;
};

const funding = (actor: Person['actor'], change: Partial<CreateCampaign> = {}): CreateCampaign => ({
  actor,
  ...anOrder({ link: 'https://x.com/i/status/1' }),
  key: 'summary-1',
  ...change,
});

const KEY_REUSED = 'wallet.key-reused';

describe('Requests that commit money, repeated', () => {
  it('WAL-7 SEC-A6 the same campaign asked for twenty times is made and paid once', async () => {
    const market = aMarket();
    const client = await rich(market);
    const made = await together(20, () => market.core.campaigns.create(funding(client.actor)));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(await market.wallet(client)).to.equal(998_500n);
    const page = { page: 0, size: 10 };
    const mine = await market.core.campaigns.mine({ actor: client.actor, page });
    expect(mine.total).to.equal(1);
    await market.ledgerIsSound();
  });

  it('WAL-7 the first campaign comes back, whatever changed meanwhile', async () => {
    const market = aMarket();
    const client = await market.client();
    await market.topUp(client, 1_500);
    const first = await market.core.campaigns.create(funding(client.actor));
    market.ports.changeSettings({ pricePerTaskMin: rupiahs(10_000), feeBasisPoints: 500 });
    const again = await market.core.campaigns.create(funding(client.actor));
    expect([again.id, again.feePerTask]).to.deep.equal([first.id, 0n]);
  });

  it('WAL-7 SEC-A28 the key of a campaign with any other content is refused', async () => {
    const market = aMarket();
    const client = await rich(market);
    await market.core.campaigns.create(funding(client.actor));
    const others: readonly Partial<CreateCampaign>[] = [
      { kind: 'view' },
      { link: 'https://x.com/i/status/2' },
      { instructions: 'like it' },
      { pricePerTask: rupiahs(501) },
      { target: 4 },
    ];
    for (const other of others) {
      const asked = market.core.campaigns.create(funding(client.actor, other));
      expect((await refusal(asked)).code).to.equal(KEY_REUSED);
    }
    expect(await market.wallet(client)).to.equal(998_500n);
  });

  it("WAL-7 another person's key is another key", async () => {
    const market = aMarket();
    const [one, other] = [await rich(market), await rich(market)];
    const first = await market.core.campaigns.create(funding(one.actor));
    const second = await market.core.campaigns.create(funding(other.actor, { target: 1 }));
    expect(second.id).not.to.equal(first.id);
    expect(second.clientId).to.equal(other.id);
  });

  it('WAL-7 nobody can bring a key that a decision makes for itself', async () => {
    const market = aMarket();
    const [client, worker] = [await rich(market), await market.worker()];
    const proof = await market.proof(worker, await market.campaign(client));
    const key = `proof:${proof.id}:reward`;
    await market.core.campaigns.create(funding(client.actor, { key }));
    expect(await market.approve(proof)).to.include({ outcome: 'approved' });
    expect(await market.wallet(worker)).to.equal(500n);
  });

  it('WAL-7 one key serves one kind of request', async () => {
    const market = aMarket();
    const client = await rich(market);
    const { actor } = client;
    const { id: campaignId } = await market.core.campaigns.create(funding(actor));
    const raise = market.core.campaigns.raise({ actor, campaignId, more: 1, key: 'summary-1' });
    expect((await refusal(raise)).code).to.equal(KEY_REUSED);
    const request = { actor, amount: rupiahs(10_000), key: 'summary-1', file: aFile() };
    expect((await refusal(market.core.deposits.request(request))).code).to.equal(KEY_REUSED);
  });

  it('WAL-7 CAM-9 a raise asked for twenty times is paid once', async () => {
    const market = aMarket();
    const client = await rich(market);
    const { actor } = client;
    const { id: campaignId } = await market.core.campaigns.create(funding(actor));
    const raise = { actor, campaignId, more: 2, key: 'summary-2' };
    const raised = await together(20, () => market.core.campaigns.raise(raise));
    expect(new Set(raised.map(({ targetTotal }) => targetTotal))).to.deep.equal(new Set([5]));
    expect(await market.wallet(client)).to.equal(997_500n);
    const other = market.core.campaigns.raise({ ...raise, more: 3 });
    expect((await refusal(other)).code).to.equal(KEY_REUSED);
  });

  it('WAL-7 DEP-1 a deposit asked for twenty times is one', async () => {
    const market = aMarket();
    const { actor } = await market.client();
    const asked: RequestDeposit = { actor, amount: rupiahs(10_000), key: 'k', file: aFile() };
    const made = await together(20, () => market.core.deposits.request(asked));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(await market.core.deposits.mine({ actor })).to.have.length(1);
    for (const other of [{ amount: rupiahs(20_000) }, { file: aFile() }]) {
      const again = market.core.deposits.request({ ...asked, ...other });
      expect((await refusal(again)).code).to.equal(KEY_REUSED);
    }
  });

  it('WAL-7 WDR-1 a withdrawal asked for twenty times holds the money once', async () => {
    const market = aMarket();
    const client = await rich(market);
    const { actor } = client;
    const { prepareNumber, request } = market.core.withdrawals;
    const asked = async (text: string, amount = 10_000) =>
      request({
        actor,
        amount: rupiahs(amount),
        number: (await prepareNumber({ actor, text })).sealed,
        key: 'k',
      });
    const made = await together(20, (index) =>
      asked(index % 2 === 0 ? '0812 3456 7890' : '+6281234567890'),
    );
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(await market.hold(client)).to.equal(10_000n);
    expect((await refusal(asked('081234567891'))).code).to.equal(KEY_REUSED);
    expect((await refusal(asked('081234567890', 20_000))).code).to.equal(KEY_REUSED);
    await market.ledgerIsSound();
  });

  it('WAL-7 REV-4 SEC-A21 a proof approved fifty times at once is paid once', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const proof = await market.proof(worker, await market.campaign(await market.client()));
    const admins = await together(20, () => market.admin());
    const results = await together(50, (index) => market.approve(proof, admins[index % 20]));
    expect(results.filter(({ outcome }) => outcome === 'approved')).to.have.length(1);
    expect(results.filter(({ outcome }) => outcome === 'already-decided')).to.have.length(49);
    expect(await market.wallet(worker)).to.equal(500n);
    await market.ledgerIsSound();
  });

  it('WAL-7 DEP-2 SEC-A30 a deposit approved twenty times at once is credited once', async () => {
    const market = aMarket();
    const client = await market.client();
    const { id: depositId, claimed: credited } = await market.request(client, 10_000);
    const admins = await together(20, () => market.admin());
    const results = await Promise.all(
      admins.map(({ actor }) =>
        market.core.deposits.approve({ actor, depositId, credited, reason: null }),
      ),
    );
    expect(results.filter(({ outcome }) => outcome === 'approved')).to.have.length(1);
    expect(await market.wallet(client)).to.equal(10_000n);
  });
});

describe('Use cases inside a transaction of the caller', () => {
  it('WAL-7 a refusal undoes only itself, the rest is one transaction', async () => {
    const market = aMarket();
    const client = await rich(market);
    const { actor } = client;
    const twoSteps = (fail: boolean) =>
      market.see(async (tx) => {
        const { campaigns } = market.core.within(tx);
        const { id } = await campaigns.create(funding(actor, { key: `fail:${fail}` }));
        const poor = campaigns.create(funding(actor, { key: 'x', target: 90_000 }));
        expect((await refusal(poor)).code).to.equal('wallet.insufficient');
        if (fail) throw new Error('the process dies');
        return id;
      });
    await Promise.allSettled([twoSteps(true)]);
    expect(await market.wallet(client)).to.equal(1_000_000n);
    const id = await twoSteps(false);
    expect(await market.wallet(client)).to.equal(998_500n);
    expect(await market.escrow({ id })).to.equal(1_500n);
    await market.ledgerIsSound();
  });

  it('WAL-7 what a refused one had written is undone, although the rest goes on', async () => {
    const market = aMarket();
    const client = await rich(market);
    await market.core.campaigns.create(funding(client.actor));
    const before = market.ports.auditLog().length;
    await market.see(async (tx) => {
      const { users } = market.core.within(tx);
      const { telegramId } = client;
      const early = users.grantAdmin({ actor: OPERATOR, telegramId });
      expect((await refusal(early)).code).to.equal('user.things-open');
      await users.setLanguage({ actor: client.actor, language: 'en' });
      expect(await tx.adminGrants.find(telegramId)).to.equal(undefined);
    });
    expect((await market.userOf(client)).language).to.equal('en');
    expect(market.ports.auditLog()).to.have.length(before);
  });
});
