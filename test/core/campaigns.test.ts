import { expect } from 'chai';
import { TASK_KINDS, type CampaignOrder } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, anOrder, ofKind, refusal, type Market, type Person } from '../support/market.ts';

const create = (market: Market, { actor }: Person, change: Partial<CampaignOrder> = {}) =>
  market.core.campaigns.create({ actor, ...anOrder(change), key: 'k' });

/** A client who can pay, under these settings. */
const rich = async (settings: Parameters<typeof aMarket>[0] = {}) => {
  const market = aMarket(settings);
  const client = await market.client();
  await market.topUp(client, 1_000_000);
  return { market, client };
};

describe('Making campaigns', () => {
  it('CAM-1 a campaign has what was ordered, and starts active with nothing done', async () => {
    const { market, client } = await rich({ settings: { feeBasisPoints: 1_000 } });
    const link = 'https://www.instagram.com/p/AbC/';
    for (const kind of TASK_KINDS) {
      const order = { kind, link, instructions: '  Sukai lalu\nfoto \u202elayar  ' };
      const made = await market.campaign(client, order);
      expect(await market.campaignNow(made)).to.deep.include({
        clientId: client.id,
        kind,
        link: {
          target: link,
          key: 'https://instagram.com/p/AbC',
          platform: 'Instagram',
          version: 1,
        },
        instructions: 'Sukai lalu\nfoto layar',
        pricePerTask: 500n,
        feePerTask: 50n,
        targetTotal: 3,
        completedCount: 0,
        closedCount: 0,
        status: 'active',
        createdAt: market.clock.now(),
      });
    }
  });

  it('CAM-1 SEC-A40 instructions have 1 to 1.000 characters, or there are none', async () => {
    const { market, client } = await rich();
    const emoji = '✅'.repeat(1_000);
    expect((await create(market, client, { instructions: emoji })).instructions).to.equal(emoji);
    const { actor } = client;
    const order = (instructions: string) =>
      market.core.campaigns.create({ actor, ...anOrder({ instructions }), key: instructions });
    expect((await refusal(order('x'.repeat(1_001)))).code).to.equal('text.too-long');
    expect((await refusal(order(' \u200b '))).code).to.equal('text.empty');
  });

  it('CAM-2 a campaign on a link that is not allowed is not made', async () => {
    const { market, client } = await rich();
    const refused = await refusal(create(market, client, { link: 'https://evil.com/p/1' }));
    expect(refused.code).to.equal('link.host-not-allowed');
    expect(await market.wallet(client)).to.equal(1_000_000n);
  });

  it('CAM-3 a task pays at least the least price', async () => {
    const { market, client } = await rich();
    const low = await refusal(create(market, client, { pricePerTask: rupiahs(99) }));
    expect(low).to.deep.equal({ code: 'campaign.price-too-low', details: { min: 100n } });
    const made = await create(market, client, { pricePerTask: rupiahs(100) });
    expect(made.pricePerTask).to.equal(100n);
  });

  it('CAM-3 a target is a whole number from 1 to the most allowed', async () => {
    const { market, client } = await rich({ settings: { targetMax: 50 } });
    for (const target of [0, -1, 51, 1.5, NaN, Infinity]) {
      expect(await refusal(create(market, client, { target }))).to.deep.equal({
        code: 'campaign.target-out-of-range',
        details: { max: 50 },
      });
    }
    const made = await create(market, client, { target: 50 });
    expect(await market.progress(made)).to.include({ available: 50, taken: 0, closed: 0 });
  });

  it('CAM-4 price and fee of all slots move to escrow, the fee rounded up', async () => {
    const { market, client } = await rich({ settings: { feeBasisPoints: 333 } });
    const made = await create(market, client, { pricePerTask: rupiahs(500), target: 3 });
    expect(made.feePerTask).to.equal(17n);
    expect(await market.escrow(made)).to.equal(1_551n);
    expect(await market.wallet(client)).to.equal(998_449n);
    await market.ledgerIsSound();
  });

  it('CAM-4 SEC-A35 the fee is fixed when the campaign is made', async () => {
    const { market, client } = await rich({ settings: { feeBasisPoints: 1_000 } });
    const made = await create(market, client);
    market.ports.changeSettings({ feeBasisPoints: 5_000, pricePerTaskMin: rupiahs(900) });
    await market.approve(await market.proof(await market.worker(), made));
    expect((await market.trialBalance()).revenue).to.equal(50n);
    const { actor } = client;
    await market.core.campaigns.raise({ actor, campaignId: made.id, more: 1, key: 'r' });
    expect(await market.escrow(made)).to.equal(3n * 550n);
    await market.ledgerIsSound();
  });

  it('CAM-4 with too little money nothing is made, and what is missing is told', async () => {
    const market = aMarket();
    const client = await market.client();
    await market.topUp(client, 1_499);
    expect(await refusal(create(market, client))).to.deep.equal({
      code: 'wallet.insufficient',
      details: { missing: 1n, balance: 1_499n },
    });
    const page = { page: 0, size: 10 };
    expect((await market.core.campaigns.mine({ actor: client.actor, page })).total).to.equal(0);
    expect(await market.wallet(client)).to.equal(1_499n);
    await market.topUp(client, 1);
    expect((await create(market, client)).status).to.equal('active');
    expect(await market.wallet(client)).to.equal(0n);
    await market.ledgerIsSound();
  });

  it('CAM-5 the summary says what it costs and leaves, and commits nothing', async () => {
    const { market, client } = await rich({ settings: { feeBasisPoints: 1_000 } });
    const order = { actor: client.actor, ...anOrder({ target: 10 }) };
    expect(await market.core.campaigns.quote(order)).to.deep.include({
      pricePerTask: 500n,
      feePerTask: 50n,
      target: 10,
      total: 5_500n,
      balance: 1_000_000n,
      balanceAfter: 994_500n,
    });
    expect(await market.wallet(client)).to.equal(1_000_000n);
    const dear = await market.core.campaigns.quote({ ...order, target: 2_000 });
    expect(dear.balanceAfter).to.equal(-100_000n);
  });

  it('CAM-5 the summary refuses what the order would be refused for', async () => {
    const { market, client } = await rich();
    const { actor } = client;
    const wrong: readonly Partial<CampaignOrder>[] = [
      { link: 'https://bit.ly/x' },
      { pricePerTask: rupiahs(1) },
      { target: 0 },
      { instructions: '' },
    ];
    for (const change of wrong) {
      const order = { actor, ...anOrder(change) };
      const atOrder = await refusal(market.core.campaigns.create({ ...order, key: 'k' }));
      expect(await refusal(market.core.campaigns.quote(order))).to.deep.equal(atOrder);
    }
  });

  it('CAM-5 what is charged is what the summary showed: another total is refused', async () => {
    const { market, client } = await rich();
    const order = { actor: client.actor, ...anOrder() };
    const { total } = await market.core.campaigns.quote(order);
    market.ports.changeSettings({ feeBasisPoints: 1_000 });
    const confirm = market.core.campaigns.create({ ...order, total, key: 'k' });
    expect(await refusal(confirm)).to.deep.equal({
      code: 'wallet.cost-changed',
      details: { total: 1_650n },
    });
    expect(await market.wallet(client)).to.equal(1_000_000n);
    const { total: now } = await market.core.campaigns.quote(order);
    const made = await market.core.campaigns.create({ ...order, total: now, key: 'k2' });
    expect(await market.escrow(made)).to.equal(1_650n);
  });

  it('CAM-8 NTF-1 the owner is told at start, half and completion, once each', async () => {
    const { market, client } = await rich();
    const campaign = await create(market, client, { target: 4 });
    for (let done = 1; done <= 4; done += 1) {
      await market.approve(await market.proof(await market.worker(), campaign));
      const told = market.noticesTo(client);
      expect(ofKind(told, 'campaign.half')).to.have.length(done >= 2 ? 1 : 0);
      expect(ofKind(told, 'campaign.completed')).to.have.length(done === 4 ? 1 : 0);
    }
    const told = market.noticesTo(client);
    const label = { taskKind: 'like', link: campaign.link.target };
    expect(ofKind(told, 'campaign.started')).to.deep.equal([
      { kind: 'campaign.started', campaign: label, target: 4 },
    ]);
    expect(ofKind(told, 'campaign.half')[0]).to.deep.include({ completed: 2, target: 4 });
    expect(ofKind(told, 'campaign.completed')[0]).to.deep.include({ completed: 4 });
  });

  it('CAM-8 the owner and admins see progress and what is left in escrow', async () => {
    const { market, client } = await rich();
    const campaign = await create(market, client, { target: 5 });
    const [waiting, other, rejected] = [
      await market.proof(await market.worker(), campaign),
      await market.proof(await market.worker(), campaign),
      await market.proof(await market.worker(), campaign),
    ];
    await market.take(await market.worker(), campaign);
    await market.approve(other);
    await market.reject(rejected);
    for (const { actor } of [client, await market.house()]) {
      const shown = await market.core.campaigns.show({ actor, campaignId: campaign.id });
      expect(shown.escrow).to.equal(2_000n);
      expect(shown.progress).to.deep.equal({
        available: 2,
        taken: 1,
        underReview: 1,
        approved: 1,
        closed: 0,
        rejections: 1,
      });
    }
    expect((await market.proofNow(waiting)).status).to.equal('pending');
  });
});
