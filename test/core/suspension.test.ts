import { expect } from 'chai';
import { aMarket, ofKind, OPERATOR, refusal, type Market, type Person } from '../support/market.ts';

const suspend = async (market: Market, { id: userId }: Person, reason = 'fake proofs') =>
  market.core.users.suspend({ actor: (await market.house()).actor, userId, reason });
const unsuspend = async (market: Market, { id: userId }: Person) =>
  market.core.users.unsuspend({ actor: (await market.house()).actor, userId });

describe('Suspension', () => {
  it('ACC-5 a reason is required, stored and told', async () => {
    const market = aMarket();
    const worker = await market.worker();
    for (const reason of ['', '   ']) {
      expect((await refusal(suspend(market, worker, reason))).code).to.equal('reason.required');
    }
    const suspended = await suspend(market, worker);
    expect(suspended).to.include({ status: 'suspended' });
    expect(ofKind(market.noticesTo(worker), 'account.suspended')).to.deep.equal([
      { kind: 'account.suspended', reason: 'fake proofs' },
    ]);
    expect(await refusal(market.core.wallet.balances({ actor: worker.actor }))).to.deep.equal({
      code: 'user.suspended',
      details: { reason: 'fake proofs' },
    });
  });

  it("ACC-5 a suspended worker's taken tasks return to the pool, and they hear of it", async () => {
    const market = aMarket();
    const worker = await market.worker();
    const campaign = await market.campaign(await market.client());
    const take = await market.take(worker, campaign);
    await suspend(market, worker);
    expect((await market.takeNow(take)).status).to.equal('suspended');
    expect(await market.progress(campaign)).to.include({ available: 3, taken: 0 });
    expect(ofKind(market.noticesTo(worker), 'task.withdrawn')).to.have.length(1);
    await market.ledgerIsSound();
  });

  it("ACC-5 a suspended client's campaigns pause, and no worker can take from them", async () => {
    const market = aMarket();
    const client = await market.client();
    const campaign = await market.campaign(client);
    await suspend(market, client);
    expect(await market.campaignNow(campaign)).to.include({
      status: 'paused',
      pausedBy: 'suspension',
    });
    const taking = market.take(await market.worker(), campaign);
    expect((await refusal(taking)).code).to.equal('task.gone');
  });

  it('ACC-5 pending proofs, deposits and withdrawals stay for a decision', async () => {
    const market = aMarket();
    const [client, worker, admin] = await Promise.all([
      market.client(),
      market.worker(),
      market.admin(),
    ]);
    const proof = await market.proof(worker, await market.campaign(client));
    await market.topUp(client, 20_000);
    const [deposit, withdrawal] = [
      await market.request(client, 30_000),
      await market.withdraw(client, 15_000),
    ];
    await suspend(market, worker);
    await suspend(market, client);
    expect(await market.approve(proof)).to.include({ outcome: 'approved', reward: 500n });
    const approval = { actor: admin.actor, depositId: deposit.id, credited: deposit.claimed };
    await market.core.deposits.approve({ ...approval, reason: null });
    expect(await market.payOut(withdrawal, admin)).to.deep.equal({ outcome: 'paid' });
    expect(await market.wallet(worker)).to.equal(500n);
    expect(await market.wallet(client)).to.equal(35_000n);
    await market.ledgerIsSound();
  });

  it('ACC-5 unsuspending lifts only the pauses that the suspension made', async () => {
    const market = aMarket();
    const [client, admin] = [await market.client(), await market.admin()];
    const [running, byOwner, byAdmin, adminMeanwhile] = [
      await market.campaign(client),
      await market.campaign(client),
      await market.campaign(client),
      await market.campaign(client),
    ];
    const { pause } = market.core.campaigns;
    await pause({ actor: client.actor, campaignId: byOwner.id });
    await pause({ actor: admin.actor, campaignId: byAdmin.id, reason: 'broken link' });
    await suspend(market, client);
    await pause({ actor: admin.actor, campaignId: adminMeanwhile.id, reason: 'spam' });
    await unsuspend(market, client);
    const all = await Promise.all(
      [running, byOwner, byAdmin, adminMeanwhile].map(market.campaignNow),
    );
    expect(all.map((one) => (one.status === 'paused' ? one.pausedBy : one.status))).to.deep.equal([
      'active',
      'owner',
      'admin',
      'admin',
    ]);
    expect((await market.userOf(client)).status).to.equal('active');
    expect(ofKind(market.noticesTo(client), 'account.unsuspended')).to.have.length(1);
  });

  it("ACC-5 a suspension's pause is not lifted by an admin's tap", async () => {
    const market = aMarket();
    const client = await market.client();
    const campaign = await market.campaign(client);
    await suspend(market, client);
    const { actor } = await market.house();
    const resuming = { actor, campaignId: campaign.id, reason: 'it works again' };
    await Promise.allSettled([market.core.campaigns.resume(resuming)]);
    expect((await market.campaignNow(campaign)).status).to.equal('paused');
  });

  it('ACC-5 ACC-7 an admin cannot suspend an admin, nor themselves; the operator neither', async () => {
    const market = aMarket();
    const [admin, other] = [await market.admin(), await market.admin()];
    const { suspend: act } = market.core.users;
    for (const [actor, target, code] of [
      [admin.actor, other, 'user.admin-cannot-be-suspended'],
      [admin.actor, admin, 'user.own'],
      [OPERATOR, other, 'user.admin-cannot-be-suspended'],
    ] as const) {
      const refused = await refusal(act({ actor, userId: target.id, reason: 'x' }));
      expect(refused.code).to.equal(code);
    }
  });

  it('ACC-5 suspending twice and unsuspending the active are refused', async () => {
    const market = aMarket();
    const worker = await market.worker();
    expect((await refusal(unsuspend(market, worker))).code).to.equal('user.not-suspended');
    await suspend(market, worker);
    expect((await refusal(suspend(market, worker))).code).to.equal('user.already-suspended');
  });

  it('ACC-5 AUD-1 both are audited with who, before and after', async () => {
    const market = aMarket();
    const worker = await market.worker();
    await suspend(market, worker);
    await unsuspend(market, worker);
    const { actor } = await market.house();
    const rows = market.auditOf(worker.id).filter(({ action }) => action === 'user.status');
    expect(rows.map((row) => [row.actor, row.before, row.after])).to.deep.equal([
      [actor, { status: 'active' }, { status: 'suspended' }],
      [actor, { status: 'suspended' }, { status: 'active' }],
    ]);
  });
});
