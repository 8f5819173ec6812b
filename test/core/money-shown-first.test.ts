import { expect } from 'chai';
import { rupiahs } from '../support/builders.ts';
import { aMarket, refusal } from '../support/market.ts';

/** A campaign of ten at 500 with 10 % fee, and 10.000 in its owner's wallet. */
const aScene = async () => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000, targetMax: 60 } });
  const client = await market.client();
  const campaign = await market.campaign(client, { target: 10, pricePerTask: rupiahs(500) });
  await market.topUp(client, 10_000);
  const own = { actor: client.actor, campaignId: campaign.id };
  return { market, client, campaign, own, ...market.core.campaigns };
};

describe('What a raise costs, before it is paid', () => {
  it('CAM-9 the quote says cost, target and what is left, and the raise does just that', async () => {
    const { market, client, campaign, own, quoteRaise, raise } = await aScene();
    const before = await market.trialBalance();
    const quoted = await quoteRaise({ ...own, more: 4 });
    const { campaign: shown, ...figures } = quoted;
    expect(shown).to.deep.equal(await market.campaignNow(campaign));
    expect(figures).to.deep.equal({
      more: 4,
      moreMax: 50,
      target: 14,
      total: 2_200n,
      balance: 10_000n,
      balanceAfter: 7_800n,
    });
    expect(await market.trialBalance()).to.deep.equal(before);
    expect(await raise({ ...own, more: 4, key: 'r' })).to.include({ targetTotal: 14 });
    expect(await market.wallet(client)).to.equal(7_800n);
    await market.ledgerIsSound();
  });

  it('CAM-9 it shows what is missing, where the raise would be refused', async () => {
    const { own, quoteRaise, raise } = await aScene();
    expect(await quoteRaise({ ...own, more: 20 })).to.include({ balanceAfter: -1_000n });
    const refused = await refusal(raise({ ...own, more: 20, key: 'r' }));
    expect(refused.details).to.deep.include({ missing: 1_000n });
  });

  it('CAM-9 WAL-1 SEC-2 all else is refused as the raise is', async () => {
    const { market, own, quoteRaise, raise } = await aScene();
    const code = async (asked: typeof own & { more: number }, expected: string) => {
      expect((await refusal(quoteRaise(asked))).code).to.equal(expected);
      expect((await refusal(raise({ ...asked, key: 'r' }))).code).to.equal(expected);
    };
    for (const more of [0, 51, 1.5, NaN]) {
      await code({ ...own, more }, 'campaign.target-out-of-range');
    }
    const other = await market.client();
    await code({ ...own, actor: other.actor, more: 1 }, 'not-found');
    market.ports.changeSettings({ amountMax: rupiahs(1_000) });
    await code({ ...own, more: 2 }, 'money.too-large');
    await market.core.campaigns.delete(own);
    await code({ ...own, more: 1 }, 'campaign.final');
  });
});

describe('What a delete returns, before it happens', () => {
  it('CAM-6 available slots come back, taken and reviewed ones keep their money', async () => {
    const { market, campaign, own, show, delete: remove } = await aScene();
    const reviewed = await market.proof(await market.worker(), campaign);
    await market.approve(await market.proof(await market.worker(), campaign));
    await market.take(await market.worker(), campaign);
    const held = { escrow: 9n * 550n, refundable: 7n * 550n, tiedUp: 2n * 550n };
    expect(await show(own)).to.deep.include(held);
    expect(await remove(own)).to.include({ refunded: held.refundable, stillOpen: 2 });
    const after = { escrow: held.tiedUp, refundable: 0n, tiedUp: held.tiedUp };
    expect(await show(own)).to.deep.include(after);
    await market.reject(reviewed);
    expect(await show(own)).to.deep.include({ escrow: 550n, refundable: 0n, tiedUp: 550n });
    await market.ledgerIsSound();
  });
});
