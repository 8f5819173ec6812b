import { expect } from 'chai';
import { DAY_MS, startOfWibDay, type CampaignHistory } from '../../core/index.ts';
import { later, MONDAY } from '../support/builders.ts';
import { aMarket } from '../support/market.ts';

const MONDAY_BEGAN = startOfWibDay(MONDAY);

/** A campaign that was made on Monday at nine. */
const aScene = async (target = 9) => {
  const market = aMarket();
  market.clock.advance(MONDAY.getTime() - market.clock.now().getTime());
  const client = await market.client();
  const campaign = await market.campaign(client, { target });
  const { id: campaignId } = campaign;
  const approve = async () => market.approve(await market.proof(await market.worker(), campaign));
  const history = (by = client) => market.core.campaigns.days({ actor: by.actor, campaignId });
  return { market, client, campaign, approve, history };
};

const numbers = ({ days }: CampaignHistory) =>
  days.map(({ submitted, approved, rejected }) => [submitted, approved, rejected]);

describe('Days of a campaign', () => {
  it('CAM-8 shows every day of Jakarta from the first to today, also the empty ones', async () => {
    const { market, client, approve, history, campaign } = await aScene();
    await approve();
    market.clock.advance(2 * DAY_MS);
    await approve();
    await market.reject(await market.proof(await market.worker(), campaign));
    market.clock.advance(DAY_MS);
    const shown = await history();
    expect(numbers(shown)).to.deep.equal([
      [1, 1, 0],
      [0, 0, 0],
      [2, 1, 1],
      [0, 0, 0],
    ]);
    expect(shown.days.map(({ day }) => day)).to.deep.equal(
      [0, 1, 2, 3].map((day) => later(day * DAY_MS, MONDAY_BEGAN)),
    );
    expect(shown).to.deep.include({ before: 0 });
    expect(shown.progress).to.include({ approved: 2, rejections: 1 });
    expect(await history(await market.admin())).to.deep.equal(shown);
    expect(shown.campaign.clientId).to.equal(client.id);
  });

  it('CAM-8 a day begins at midnight in Jakarta', async () => {
    const { market, approve, history } = await aScene();
    market.clock.advance(DAY_MS - (MONDAY.getTime() - MONDAY_BEGAN.getTime()) - 1);
    await approve();
    market.clock.advance(1);
    await approve();
    expect(numbers(await history())).to.deep.equal([
      [1, 1, 0],
      [1, 1, 0],
    ]);
  });

  it('CAM-8 shows the last 60 days, and how many were approved before them', async () => {
    const { market, approve, history } = await aScene();
    await approve();
    await approve();
    market.clock.advance(59 * DAY_MS);
    await approve();
    expect((await history()).days).to.have.length(60);
    expect((await history()).before).to.equal(0);
    market.clock.advance(DAY_MS);
    const shown = await history();
    expect(shown.days).to.have.length(60);
    expect(shown.days[0]?.day).to.deep.equal(later(DAY_MS, MONDAY_BEGAN));
    expect(shown.before).to.equal(2);
    expect(numbers(shown).at(-2)).to.deep.equal([1, 1, 0]);
  });

  it('CAM-8 REV-7 an approval that was reversed is in no day any more', async () => {
    const { market, client, campaign, history } = await aScene();
    const proof = await market.proof(await market.worker(), campaign);
    await market.approve(proof);
    market.clock.advance(DAY_MS);
    const { actor } = await market.house();
    await market.core.proofs.reverse({ actor, proofId: proof.id, reason: 'fake' });
    const shown = await history(client);
    expect(numbers(shown)).to.deep.equal([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(shown).to.deep.include({ before: 0 });
  });
});
