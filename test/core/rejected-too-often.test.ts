import { expect } from 'chai';
import type { Settings } from '../../core/index.ts';
import { aMarket, FIRST_PAGE, refusal } from '../support/market.ts';

/** A worker, and a campaign with room for many tries. */
const aScene = async (settings: Partial<Settings> = {}) => {
  const market = aMarket({ settings });
  const [client, worker] = [await market.client(), await market.worker()];
  const campaign = await market.campaign(client, { target: 9 });
  const rejected = async () => {
    const proof = await market.proof(worker, campaign);
    await market.reject(proof);
    return proof;
  };
  const { actor } = worker;
  const offered = async () => {
    const { items } = await market.core.tasks.offers({ actor, page: FIRST_PAGE });
    return items.some(({ campaignId }) => campaignId === campaign.id);
  };
  const reverse = async ({ id: proofId }: Awaited<ReturnType<typeof rejected>>) =>
    market.core.proofs.reverse({
      actor: (await market.house()).actor,
      proofId,
      reason: 'looked again',
    });
  return { market, client, worker, campaign, rejected, offered, reverse };
};

const TOO_OFTEN = { code: 'task.rejected-too-often', details: { max: 2 } };

describe('Workers who are rejected again and again', () => {
  it('TSK-6 after two rejections a worker cannot take that campaign again', async () => {
    const { market, worker, campaign, rejected } = await aScene();
    await rejected();
    await rejected();
    expect(await refusal(market.take(worker, campaign))).to.deep.equal(TOO_OFTEN);
    expect(await market.progress(campaign)).to.include({ available: 9, taken: 0 });
  });

  it('TSK-6 TSK-2 nor is it shown to them any more, in the list or by its link', async () => {
    const { market, worker, campaign, rejected, offered } = await aScene();
    await rejected();
    expect(await offered()).to.equal(true);
    await rejected();
    expect(await offered()).to.equal(false);
    const offer = market.core.tasks.offer({ actor: worker.actor, campaignId: campaign.id });
    expect((await refusal(offer)).code).to.equal('task.gone');
  });

  it('TSK-6 other workers and other campaigns are not touched by it', async () => {
    const { market, client, worker, campaign, rejected } = await aScene();
    await rejected();
    await rejected();
    const other = await market.campaign(client);
    expect((await market.take(worker, other)).status).to.equal('taken');
    const { status } = await market.take(await market.worker(), campaign);
    expect(status).to.equal('taken');
  });

  it('TSK-6 REV-7 a rejection that was undone does not count', async () => {
    const { market, worker, campaign, rejected, offered, reverse } = await aScene();
    const first = await rejected();
    await rejected();
    await reverse(first);
    // the one that was paid after all keeps them from the link, the rejections no longer do
    expect((await refusal(market.take(worker, campaign))).code).to.equal('task.already-done');
    expect(await offered()).to.equal(false);
    const wish = { worker: worker.id, campaign: campaign.id, sentSince: new Date(0) };
    const facts = await market.see((tx) => tx.tasks.factsFor(wish));
    expect(facts?.rejectionsStanding).to.equal(1);
  });

  it('TSK-6 REV-7 an approval that was undone is no rejection', async () => {
    const { market, worker, campaign, rejected, offered, reverse } = await aScene();
    const approved = await market.proof(worker, campaign);
    await market.approve(approved);
    await reverse(approved);
    await rejected();
    expect(await offered()).to.equal(true);
    expect((await market.take(worker, campaign)).status).to.equal('taken');
  });

  it('TSK-6 tasks given up or run out of time do not count', async () => {
    const { market, worker, campaign, rejected } = await aScene();
    await rejected();
    for (let times = 0; times < 3; times += 1) {
      const { id: takeId } = await market.take(worker, campaign);
      await market.core.tasks.release({ actor: worker.actor, takeId });
    }
    expect((await market.take(worker, campaign)).status).to.equal('taken');
  });

  it('TSK-6 ADM-4 the number is a setting; at 0 they can always try again', async () => {
    const { market, worker, campaign, rejected, offered } = await aScene({ rejectionsMax: 1 });
    await rejected();
    expect(await refusal(market.take(worker, campaign))).to.deep.equal({
      code: 'task.rejected-too-often',
      details: { max: 1 },
    });
    market.ports.changeSettings({ rejectionsMax: 0 });
    await rejected();
    await rejected();
    expect(await offered()).to.equal(true);
    expect((await market.take(worker, campaign)).status).to.equal('taken');
  });

  it('TSK-6 a task that is under way when the number is lowered is still theirs', async () => {
    const { market, worker, campaign, rejected } = await aScene();
    await rejected();
    const take = await market.take(worker, campaign);
    market.ports.changeSettings({ rejectionsMax: 1 });
    expect((await market.take(worker, campaign)).id).to.equal(take.id);
    expect((await market.submit(worker, take)).status).to.equal('pending');
  });
});
