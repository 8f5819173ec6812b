import { expect } from 'chai';
import type { Proof } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, ofKind, refusal, type Market } from '../support/market.ts';

const DAY = 86_400_000;

const reverse = async (market: Market, { id: proofId }: Proof, reason = 'looked again') =>
  market.core.proofs.reverse({ actor: (await market.house()).actor, proofId, reason });

/** A campaign at 20.000 with 10 % fee and one proof, already judged. */
const aJudgedProof = async (verdict: 'approve' | 'reject', target = 3) => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000 } });
  const [client, worker] = [await market.client(), await market.worker()];
  const campaign = await market.campaign(client, { pricePerTask: rupiahs(20_000), target });
  const proof = await market.proof(worker, campaign);
  await market[verdict](proof);
  return { market, client, worker, campaign, proof };
};

describe('Undoing an approval', () => {
  it('REV-7 reward and fee go back to the client; the slot closes and never reopens', async () => {
    const { market, client, worker, campaign, proof } = await aJudgedProof('approve');
    expect(await reverse(market, proof)).to.deep.equal({
      outcome: 'un-approved',
      returned: 20_000n,
      feeReturned: 2_000n,
      shortfall: 0n,
    });
    expect(await market.wallet(client)).to.equal(22_000n);
    expect(await market.wallet(worker)).to.equal(0n);
    expect((await market.trialBalance()).revenue).to.equal(0n);
    expect(await market.progress(campaign)).to.include({ available: 2, approved: 0, closed: 1 });
    expect(await market.campaignNow(campaign)).to.include({ completedCount: 0, closedCount: 1 });
    expect((await market.proofNow(proof)).status).to.equal('rejected');
    await market.ledgerIsSound();
  });

  it('REV-7 the shortfall is shown and audited; held money stays', async () => {
    const { market, client, worker, proof } = await aJudgedProof('approve');
    await market.withdraw(worker, 15_000);
    expect(await reverse(market, proof)).to.deep.include({
      returned: 5_000n,
      feeReturned: 2_000n,
      shortfall: 15_000n,
    });
    expect(await market.wallet(worker)).to.equal(0n);
    expect(await market.hold(worker)).to.equal(15_000n);
    expect(await market.wallet(client)).to.equal(7_000n);
    const row = market.auditOf(proof.id).find(({ action }) => action === 'proof.un-approve');
    expect(row?.after).to.include({ returned: '5000', fee: '2000', shortfall: '15000' });
    await market.ledgerIsSound();
  });

  it('REV-7 with nothing left in the wallet only the fee goes back', async () => {
    const { market, client, worker, proof } = await aJudgedProof('approve');
    await market.withdraw(worker, 20_000);
    expect(await reverse(market, proof)).to.deep.include({ returned: 0n, shortfall: 20_000n });
    expect(await market.wallet(client)).to.equal(2_000n);
    await market.ledgerIsSound();
  });

  it('REV-7 with nothing left and no fee no money moves, and the reversal stands', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    const campaign = await market.campaign(client, { pricePerTask: rupiahs(20_000) });
    const proof = await market.proof(worker, campaign);
    await market.approve(proof);
    await market.withdraw(worker, 20_000);
    const before = await market.trialBalance();
    expect(await reverse(market, proof)).to.include({ outcome: 'un-approved', shortfall: 20_000n });
    expect(await market.trialBalance()).to.deep.equal(before);
    expect((await market.proofNow(proof)).status).to.equal('rejected');
    await market.ledgerIsSound();
  });

  it('REV-7 a completed campaign stays completed, and its slot is not offered again', async () => {
    const { market, campaign, proof } = await aJudgedProof('approve', 1);
    await reverse(market, proof);
    expect(await market.campaignNow(campaign)).to.include({
      status: 'completed',
      completedCount: 0,
    });
    expect(await market.progress(campaign)).to.include({ available: 0, closed: 1 });
    const taking = market.take(await market.worker(), campaign);
    expect((await refusal(taking)).code).to.equal('task.gone');
    await market.ledgerIsSound();
  });

  it('REV-7 NTF-1 the worker learns why, what was taken and what is left', async () => {
    const { market, worker, campaign, proof } = await aJudgedProof('approve');
    await reverse(market, proof, 'the account is fake');
    expect(ofKind(market.noticesTo(worker), 'proof.unapproved')).to.deep.equal([
      {
        kind: 'proof.unapproved',
        campaign: { taskKind: 'like', link: campaign.link.target },
        reason: 'the account is fake',
        taken: 20_000n,
        balance: 0n,
      },
    ]);
  });

  it('REV-7 NTF-1 the client hears that an approval was undone and money came back', async () => {
    const { market, client, proof } = await aJudgedProof('approve');
    const before = market.noticesTo(client).length;
    await reverse(market, proof);
    expect(market.noticesTo(client).length).to.be.greaterThan(before);
  });
});

describe('Undoing a rejection', () => {
  it('REV-7 a free slot is taken at once and the reward paid from it', async () => {
    const { market, worker, campaign, proof } = await aJudgedProof('reject');
    expect(await reverse(market, proof)).to.deep.equal({ outcome: 'un-rejected', reward: 20_000n });
    expect(await market.wallet(worker)).to.equal(20_000n);
    expect(await market.progress(campaign)).to.include({ available: 2, approved: 1 });
    expect(await market.campaignNow(campaign)).to.include({ completedCount: 1 });
    expect((await market.proofNow(proof)).status).to.equal('approved');
    expect(ofKind(market.noticesTo(worker), 'proof.approved')[0]).to.deep.include({
      reward: 20_000n,
      balance: 20_000n,
    });
    await market.ledgerIsSound();
  });

  it('REV-7 a paused campaign gives its slot too, the last one completes it', async () => {
    const { market, client, campaign, proof } = await aJudgedProof('reject', 1);
    await market.core.campaigns.pause({ actor: client.actor, campaignId: campaign.id });
    await reverse(market, proof);
    expect(await market.campaignNow(campaign)).to.include({ status: 'completed' });
    expect(await market.escrow(campaign)).to.equal(0n);
  });

  it('REV-7 without an available slot it is refused', async () => {
    const { market, campaign, proof } = await aJudgedProof('reject', 1);
    await market.take(await market.worker(), campaign);
    expect((await refusal(reverse(market, proof))).code).to.equal('proof.no-slot-left');
    expect((await market.proofNow(proof)).status).to.equal('rejected');
    expect(await market.see((tx) => tx.proofs.decisions(proof.id))).to.have.length(1);
    await market.ledgerIsSound();
  });

  it('REV-7 a deleted or completed campaign gives no slot', async () => {
    const deleted = await aJudgedProof('reject');
    const { actor } = deleted.client;
    await deleted.market.core.campaigns.delete({ actor, campaignId: deleted.campaign.id });
    const refused = await refusal(reverse(deleted.market, deleted.proof));
    expect(refused.code).to.equal('proof.no-slot-left');

    const { market, campaign, proof } = await aJudgedProof('reject', 1);
    await market.approve(await market.proof(await market.worker(), campaign));
    expect((await refusal(reverse(market, proof))).code).to.equal('proof.no-slot-left');
  });

  it('REV-7 refused where the worker has the same action done or under way again', async () => {
    const { market, worker, campaign, proof } = await aJudgedProof('reject');
    await market.take(worker, campaign);
    expect((await refusal(reverse(market, proof))).code).to.equal('task.already-done');
    expect(await market.wallet(worker)).to.equal(0n);
  });
});

describe('Every reversal', () => {
  for (const verdict of ['approve', 'reject'] as const) {
    it(`REV-7 after "${verdict}" there is one reversal and no second`, async () => {
      const { market, worker, client, proof } = await aJudgedProof(verdict);
      const all = await Promise.allSettled(
        Array.from({ length: 20 }, () => reverse(market, proof)),
      );
      expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect((await refusal(reverse(market, proof))).code).to.equal('proof.already-reversed');
      const both = [await market.wallet(worker), await market.wallet(client)];
      expect(both).to.deep.equal(verdict === 'approve' ? [0n, 22_000n] : [20_000n, 0n]);
      const orders = await market.see((tx) => tx.proofs.decisions(proof.id));
      expect(orders.map(({ order }) => order)).to.deep.equal(['first', 'reversal']);
      await market.ledgerIsSound();
    });

    it(`REV-7 after "${verdict}" it is possible for exactly 30 days`, async () => {
      const early = await aJudgedProof(verdict);
      early.market.clock.advance(30 * DAY);
      expect((await reverse(early.market, early.proof)).outcome).to.match(/^un-/);
      const late = await aJudgedProof(verdict);
      late.market.clock.advance(30 * DAY + 1);
      expect(await refusal(reverse(late.market, late.proof))).to.deep.equal({
        code: 'proof.reversal-too-late',
        details: { days: 30 },
      });
    });
  }

  it('REV-7 a reason is required', async () => {
    const { market, proof } = await aJudgedProof('approve');
    expect((await refusal(reverse(market, proof, ' '))).code).to.equal('reason.required');
  });

  it('REV-7 what was not decided yet cannot be reversed', async () => {
    const { market, campaign } = await aJudgedProof('approve');
    const waiting = await market.proof(await market.worker(), campaign);
    expect((await refusal(reverse(market, waiting))).code).to.equal('proof.not-decided');
  });
});
