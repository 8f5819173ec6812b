import { expect } from 'chai';
import { asSystem, type Campaign, type DeletedCampaign } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, ofKind, refusal, type Market, type Person } from '../support/market.ts';

type Change = 'pause' | 'resume' | 'delete';

const REASON = 'The link is broken';

const act = (market: Market, change: Change, { actor }: Person, { id }: Pick<Campaign, 'id'>) =>
  market.core.campaigns[change]({ actor, campaignId: id, reason: REASON });

const remove = (market: Market, { actor }: Person, { id }: Pick<Campaign, 'id'>) =>
  market.core.campaigns.delete({ actor, campaignId: id, reason: REASON });

const raise = (market: Market, { actor }: Person, { id }: Pick<Campaign, 'id'>, more: number) =>
  market.core.campaigns.raise({ actor, campaignId: id, more, key: `raise by ${more}` });

const aRunningCampaign = async (target = 3) => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000 } });
  const [client, worker, admin] = [
    await market.client(),
    await market.worker(),
    await market.admin(),
  ];
  const campaign = await market.campaign(client, { target });
  return { market, client, worker, admin, campaign };
};

describe('Pausing and resuming campaigns', () => {
  it('CAM-6 while paused nothing can be taken; what is taken keeps its chance', async () => {
    const { market, client, worker, campaign } = await aRunningCampaign();
    const take = await market.take(worker, campaign);
    await act(market, 'pause', client, campaign);
    const other = await market.worker();
    expect((await refusal(market.take(other, campaign))).code).to.equal('task.gone');
    const offers = { actor: other.actor, page: { page: 0, size: 10 } };
    expect((await market.core.tasks.offers(offers)).total).to.equal(0);
    const proof = await market.submit(worker, take);
    expect(await market.approve(proof)).to.include({ outcome: 'approved' });
    await act(market, 'resume', client, campaign);
    expect((await market.take(other, campaign)).status).to.equal('taken');
    await market.ledgerIsSound();
  });

  it("CAM-6 an admin's pause is lifted only by an admin, and the owner hears of both", async () => {
    const { market, client, admin, campaign } = await aRunningCampaign();
    await act(market, 'pause', admin, campaign);
    const refused = await refusal(act(market, 'resume', client, campaign));
    expect(refused.code).to.equal('campaign.paused-by-admin');
    await act(market, 'resume', admin, campaign);
    expect((await market.campaignNow(campaign)).status).to.equal('active');
    const kinds = market.noticesTo(client).map(({ kind }) => kind);
    expect(kinds).to.include.members(['campaign.paused-by-admin', 'campaign.resumed-by-admin']);
  });

  it("CAM-6 an admin's pause replaces the owner's, never the reverse", async () => {
    const { market, client, admin, campaign } = await aRunningCampaign();
    await act(market, 'pause', client, campaign);
    await act(market, 'pause', admin, campaign);
    const again = await refusal(act(market, 'pause', client, campaign));
    expect(again.code).to.equal('campaign.already-paused');
    expect(await market.campaignNow(campaign)).to.include({ pausedBy: 'admin' });
  });

  it('CAM-6 pausing what is paused and resuming what runs are refused', async () => {
    const { market, client, campaign } = await aRunningCampaign();
    const running = await refusal(act(market, 'resume', client, campaign));
    expect(running.code).to.equal('campaign.not-paused');
    await act(market, 'pause', client, campaign);
    const paused = await refusal(act(market, 'pause', client, campaign));
    expect(paused.code).to.equal('campaign.already-paused');
  });

  it('CAM-6 completed and deleted are final', async () => {
    const { market, client, worker, admin, campaign } = await aRunningCampaign(1);
    const gone = await market.campaign(client);
    await act(market, 'delete', client, gone);
    await market.approve(await market.proof(worker, campaign));
    await market.topUp(client, 10_000);
    for (const [one, status] of [
      [campaign, 'completed'],
      [gone, 'deleted'],
    ] as const) {
      for (const change of ['pause', 'resume', 'delete'] as const) {
        for (const who of [client, admin]) {
          expect(await refusal(act(market, change, who, one))).to.deep.equal({
            code: 'campaign.final',
            details: { status },
          });
        }
      }
      const raising = await refusal(raise(market, client, one, 1));
      expect(raising.code).to.equal('campaign.final');
      expect((await market.campaignNow(one)).status).to.equal(status);
    }
  });
});

describe('Deleting campaigns', () => {
  it('CAM-6 deleting closes the free slots and refunds exactly those, fee included', async () => {
    const { market, client, worker, campaign } = await aRunningCampaign(5);
    await market.take(worker, campaign);
    const approved = await market.proof(await market.worker(), campaign);
    await market.approve(approved);
    const ended: DeletedCampaign = await remove(market, client, campaign);
    expect(ended).to.deep.include({ refunded: 1_650n, stillOpen: 1 });
    expect(await market.wallet(client)).to.equal(1_650n);
    expect(await market.escrow(campaign)).to.equal(550n);
    expect(await market.progress(campaign)).to.include({ available: 0, closed: 3, taken: 1 });
    await market.ledgerIsSound();
  });

  it('CAM-6 SEC-A32 a proof under review when the campaign is deleted is still paid', async () => {
    const { market, client, worker, campaign } = await aRunningCampaign();
    const proof = await market.proof(worker, campaign);
    await remove(market, client, campaign);
    expect(await market.approve(proof)).to.include({ outcome: 'approved', reward: 500n });
    expect((await market.campaignNow(campaign)).status).to.equal('deleted');
    expect(await market.escrow(campaign)).to.equal(0n);
    await market.ledgerIsSound();
  });

  it('CAM-6 REV-5 a proof rejected after the deletion closes and refunds its slot', async () => {
    const { market, client, worker, campaign } = await aRunningCampaign();
    const proof = await market.proof(worker, campaign);
    await remove(market, client, campaign);
    await market.reject(proof);
    expect(await market.wallet(client)).to.equal(1_650n);
    expect(await market.escrow(campaign)).to.equal(0n);
    expect(await market.progress(campaign)).to.include({ available: 0, closed: 3 });
    expect(ofKind(market.noticesTo(client), 'campaign.slot-refunded')).to.deep.equal([
      {
        kind: 'campaign.slot-refunded',
        campaign: { taskKind: 'like', link: campaign.link.target },
        refunded: 550n,
        balance: 1_650n,
      },
    ]);
    await market.ledgerIsSound();
  });

  const endings: readonly (readonly [
    string,
    (market: Market, worker: Person) => Promise<unknown>,
  ])[] = [
    [
      'given up',
      async (market, { actor }) => {
        const [view] = await market.core.tasks.mine({ actor });
        if (view) await market.core.tasks.release({ actor, takeId: view.take.id });
      },
    ],
    [
      'run out of time',
      async (market) => {
        market.clock.advance(31 * 60_000);
        await market.core.tasks.expireDue({ actor: asSystem('expire'), limit: 10 });
      },
    ],
    [
      'lost by a suspension',
      async (market, { id: userId }) => {
        const { actor } = await market.house();
        await market.core.users.suspend({ actor, userId, reason: 'fake proofs' });
      },
    ],
  ];
  for (const [how, end] of endings) {
    it(`CAM-6 a task ${how} after the deletion is closed and refunded in that moment`, async () => {
      const { market, client, worker, campaign } = await aRunningCampaign();
      await market.take(worker, campaign);
      await remove(market, client, campaign);
      await end(market, worker);
      expect(await market.wallet(client)).to.equal(1_650n);
      expect(await market.escrow(campaign)).to.equal(0n);
      expect(await market.progress(campaign)).to.include({ available: 0, taken: 0, closed: 3 });
      await market.ledgerIsSound();
    });
  }

  it('CAM-6 an admin may delete, and the owner learns what came back', async () => {
    const { market, client, admin, campaign } = await aRunningCampaign();
    await remove(market, admin, campaign);
    expect(ofKind(market.noticesTo(client), 'campaign.deleted-by-admin')).to.deep.equal([
      {
        kind: 'campaign.deleted-by-admin',
        campaign: { taskKind: 'like', link: campaign.link.target },
        reason: REASON,
        refunded: 1_650n,
        balance: 1_650n,
      },
    ]);
  });

  it('CAM-6 twenty deletions at once refund once', async () => {
    const { market, client, campaign } = await aRunningCampaign();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => remove(market, client, campaign)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await market.wallet(client)).to.equal(1_650n);
    await market.ledgerIsSound();
  });
});

describe('Completing and raising campaigns', () => {
  it('CAM-7 the last approval completes it, and escrow is exactly empty', async () => {
    const { market, worker, campaign } = await aRunningCampaign(2);
    await market.approve(await market.proof(worker, campaign));
    expect(await market.campaignNow(campaign)).to.include({ status: 'active', completedCount: 1 });
    await market.approve(await market.proof(await market.worker(), campaign));
    expect(await market.campaignNow(campaign)).to.include({
      status: 'completed',
      completedCount: 2,
    });
    expect(await market.escrow(campaign)).to.equal(0n);
  });

  it('CAM-7 a paused one completes too; a slot closed by reversal is settled', async () => {
    const { market, client, worker, admin, campaign } = await aRunningCampaign(2);
    const first = await market.proof(worker, campaign);
    const second = await market.proof(await market.worker(), campaign);
    await market.approve(first);
    const { actor } = admin;
    await market.core.proofs.reverse({ actor, proofId: first.id, reason: 'fake' });
    await act(market, 'pause', client, campaign);
    await market.approve(second);
    expect(await market.campaignNow(campaign)).to.include({
      status: 'completed',
      completedCount: 1,
      closedCount: 1,
    });
    expect(await market.escrow(campaign)).to.equal(0n);
    await market.ledgerIsSound();
  });

  it('CAM-9 the target is raised at the same price and fee, paid at once', async () => {
    const { market, client, campaign } = await aRunningCampaign();
    await market.topUp(client, 2_000);
    await raise(market, client, campaign, 2);
    await act(market, 'pause', client, campaign);
    expect(await raise(market, client, campaign, 1)).to.include({ targetTotal: 6 });
    expect(await market.escrow(campaign)).to.equal(6n * 550n);
    expect(await market.wallet(client)).to.equal(350n);
    expect(await market.progress(campaign)).to.include({ available: 6 });
    await market.ledgerIsSound();
  });

  it('CAM-9 a raise without the money changes nothing', async () => {
    const { market, client, campaign } = await aRunningCampaign();
    await market.topUp(client, 549);
    expect(await refusal(raise(market, client, campaign, 1))).to.deep.equal({
      code: 'wallet.insufficient',
      details: { missing: 1n, balance: 549n },
    });
    expect(await market.progress(campaign)).to.include({ available: 3 });
    expect((await market.campaignNow(campaign)).targetTotal).to.equal(3);
  });

  it('CAM-9 CAM-3 a raise is a whole number, up to the most allowed in all', async () => {
    const { market, client, campaign } = await aRunningCampaign();
    await market.topUp(client, 100_000_000);
    for (const more of [0, -1, -3, 1.5, NaN, Infinity, 99_998, Number.MAX_SAFE_INTEGER]) {
      const refused = await refusal(raise(market, client, campaign, more));
      expect(refused.code, String(more)).to.equal('campaign.target-out-of-range');
    }
    expect((await market.campaignNow(campaign)).targetTotal).to.equal(3);
  });

  it('CAM-9 a refused raise says how many more would be possible', async () => {
    const { market, client, campaign } = await aRunningCampaign();
    market.ports.changeSettings({ targetMax: 5, pricePerTaskMin: rupiahs(100) });
    expect((await refusal(raise(market, client, campaign, 3))).details).to.deep.equal({ max: 2 });
    expect((await refusal(raise(market, client, campaign, 0))).details).to.deep.equal({ max: 2 });
  });
});
