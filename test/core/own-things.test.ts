import { expect } from 'chai';
import type { Proof, ReverseProof } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, refusal, type Market, type Person } from '../support/market.ts';

/** A pending proof of a worker who meanwhile became an admin, whatever the rules say. */
const ownProof = async (market: Market): Promise<readonly [Person, Proof]> => {
  const worker = await market.worker();
  const proof = await market.proof(worker, await market.campaign(await market.client()));
  await market.forceRole(worker, 'admin');
  return [worker, proof];
};

/** A pending proof for the campaign of a client who meanwhile became an admin. */
const ownCampaigns = async (market: Market): Promise<readonly [Person, Proof]> => {
  const client = await market.client();
  const proof = await market.proof(await market.worker(), await market.campaign(client));
  await market.forceRole(client, 'admin');
  return [client, proof];
};

describe('What is one’s own', () => {
  for (const [what, scene] of [
    ['their own proof', ownProof],
    ['a proof of their own campaign', ownCampaigns],
  ] as const) {
    it(`ACC-7 SEC-A16 no admin approves, rejects or is given ${what}`, async () => {
      const market = aMarket();
      const [admin, proof] = await scene(market);
      expect((await refusal(market.approve(proof, admin))).code).to.equal('proof.own');
      expect((await refusal(market.reject(proof, admin))).code).to.equal('proof.own');
      const desk = { actor: admin.actor, skipped: [] };
      expect(await market.core.proofs.next(desk)).to.equal(null);
      const other = { actor: (await market.house()).actor, skipped: [] };
      expect((await market.core.proofs.next(other))?.proof.id).to.equal(proof.id);
      expect((await market.proofNow(proof)).status).to.equal('pending');
      await market.ledgerIsSound();
    });

    it(`ACC-7 SEC-A16 no admin reverses a decision on ${what}`, async () => {
      const market = aMarket();
      const [admin, proof] = await scene(market);
      await market.reject(proof);
      const reversal: ReverseProof = { actor: admin.actor, proofId: proof.id, reason: 'mine' };
      expect((await refusal(market.core.proofs.reverse(reversal))).code).to.equal('proof.own');
      expect((await market.proofNow(proof)).status).to.equal('rejected');
    });
  }

  it('ACC-7 SEC-A16 no admin approves or rejects their own deposit', async () => {
    const market = aMarket();
    const client = await market.client();
    const { id: depositId, claimed: credited } = await market.request(client, 10_000);
    await market.forceRole(client, 'admin');
    const { actor } = client;
    const { approve, reject } = market.core.deposits;
    const decisions = [
      await refusal(approve({ actor, depositId, credited, reason: null })),
      await refusal(reject({ actor, depositId, reason: 'mine' })),
    ];
    expect(decisions.map(({ code }) => code)).to.deep.equal(['deposit.own', 'deposit.own']);
    expect(await market.wallet(client)).to.equal(0n);
  });

  it('ACC-7 SEC-A16 no admin claims, pays or rejects their own withdrawal', async () => {
    const market = aMarket();
    const client = await market.client();
    await market.topUp(client, 20_000);
    await market.forceRole(client, 'admin');
    const { id: withdrawalId } = await market.withdraw(client, 10_000);
    const { claim, pay, reject } = market.core.withdrawals;
    const own = { actor: client.actor, withdrawalId };
    const decisions = [
      await refusal(claim({ ...own, takeOverFrom: null })),
      await refusal(pay({ ...own, reference: null, receipt: null })),
      await refusal(reject({ ...own, reason: 'mine' })),
    ];
    expect(decisions.map(({ code }) => code)).to.deep.equal(Array(3).fill('withdrawal.own'));
    expect(await market.hold(client)).to.equal(10_000n);
  });

  it('ACC-7 an admin lifts no admin’s pause from their own campaign', async () => {
    const market = aMarket();
    const client = await market.client();
    const { id: campaignId } = await market.campaign(client);
    const { actor } = await market.house();
    await market.core.campaigns.pause({ actor, campaignId, reason: 'broken link' });
    await market.forceRole(client, 'admin');
    const resuming = market.core.campaigns.resume({ actor: client.actor, campaignId });
    expect((await refusal(resuming)).code).to.equal('campaign.paused-by-admin');
  });

  it('TSK-2 SEC-A34 nobody works on their own campaign, whatever they became', async () => {
    const market = aMarket();
    const client = await market.client();
    const campaign = await market.campaign(client, { pricePerTask: rupiahs(1_000) });
    await market.forceRole(client, 'worker');
    expect((await refusal(market.take(client, campaign))).code).to.equal('task.own-campaign');
    const page = { page: 0, size: 10 };
    expect((await market.core.tasks.offers({ actor: client.actor, page })).total).to.equal(0);
    const offer = { actor: client.actor, campaignId: campaign.id };
    expect((await refusal(market.core.tasks.offer(offer))).code).to.equal('task.gone');
    expect(await market.progress(campaign)).to.include({ available: 3, taken: 0 });
  });
});
