import { expect } from 'chai';
import type { Campaign } from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import {
  aMarket,
  FIRST_PAGE,
  ofKind,
  refusal,
  type Market,
  type Person,
} from '../support/market.ts';

const CHANGES = ['pause', 'resume', 'delete'] as const;
type Change = (typeof CHANGES)[number];

const aScene = async () => {
  const market = aMarket();
  const [client, admin] = [await market.client(), await market.admin()];
  const campaign = await market.campaign(client);
  const { id: campaignId } = campaign;
  const act = (change: Change, { actor }: Person, reason?: string | null) =>
    market.core.campaigns[change]({ actor, campaignId, reason });
  return { market, client, admin, campaign, act };
};

/** What the owner was told of their campaigns, as reasons. */
const reasonsTold = (market: Market, client: Person) =>
  market
    .noticesTo(client)
    .flatMap((notice) =>
      notice.kind.startsWith('campaign.') && 'reason' in notice ? [notice.reason] : [],
    );

/** What the log says of the last change. */
const lastAudit = (market: Market, { id }: Pick<Campaign, 'id'>) => market.auditOf(id).at(-1);

describe('Admins and the campaigns of others', () => {
  for (const change of CHANGES) {
    it(`CAM-6 an admin who would ${change} somebody's campaign says why`, async () => {
      const { market, admin, campaign, act } = await aScene();
      if (change === 'resume') await act('pause', admin, 'to look at it');
      const before = await market.campaignNow(campaign);
      for (const none of [undefined, null, '', ' \n ']) {
        expect((await refusal(act(change, admin, none))).code).to.equal('reason.required');
      }
      const long = await refusal(act(change, admin, 'a'.repeat(501)));
      expect(long).to.deep.equal({ code: 'text.too-long', details: { max: 500 } });
      expect(await market.campaignNow(campaign)).to.deep.equal(before);
    });
  }

  it('CAM-6 the reason is kept, told to the owner and stands in the log', async () => {
    const { market, client, admin, campaign, act } = await aScene();
    await act('pause', admin, '  the link is broken ');
    const paused = { status: 'paused', pausedBy: 'admin', reason: 'the link is broken' };
    expect(await market.campaignNow(campaign)).to.deep.include(paused);
    expect(lastAudit(market, campaign)?.after).to.deep.equal(paused);
    await act('resume', admin, 'it works again');
    expect(await market.campaignNow(campaign)).not.to.have.any.keys('reason', 'pausedBy');
    expect(lastAudit(market, campaign)?.after).to.include({ reason: 'it works again' });
    await act('delete', admin, 'against the rules');
    const deleted = { status: 'deleted', reason: 'against the rules' };
    expect(await market.campaignNow(campaign)).to.deep.include(deleted);
    expect(lastAudit(market, campaign)?.after).to.deep.include(deleted);
    expect(reasonsTold(market, client)).to.deep.equal([
      'the link is broken',
      'it works again',
      'against the rules',
    ]);
  });

  it('CAM-6 an owner needs no reason, and none of theirs is kept', async () => {
    const { market, client, campaign, act } = await aScene();
    await act('pause', client, 'holidays');
    expect(await market.campaignNow(campaign)).to.include({ pausedBy: 'owner', reason: null });
    expect(lastAudit(market, campaign)?.after).to.deep.equal({
      status: 'paused',
      pausedBy: 'owner',
    });
    await act('resume', client);
    await act('delete', client, 'enough');
    expect(await market.campaignNow(campaign)).to.include({ status: 'deleted', reason: null });
    expect(ofKind(market.noticesTo(client), 'campaign.deleted-by-admin')).to.deep.equal([]);
  });

  it('ACC-7 CAM-6 an admin acts on their own campaign as its owner', async () => {
    const { market, client, campaign, act } = await aScene();
    await market.forceRole(client, 'admin');
    await act('pause', client);
    expect(await market.campaignNow(campaign)).to.include({ pausedBy: 'owner', reason: null });
    await act('delete', client);
    expect(reasonsTold(market, client)).to.deep.equal([]);
    expect((await market.campaignNow(campaign)).status).to.equal('deleted');
  });

  it("CAM-6 an admin's pause brings its reason in place of the owner's silence", async () => {
    const { market, client, admin, campaign, act } = await aScene();
    await act('pause', client);
    await act('pause', admin, 'the link is broken');
    expect(await market.campaignNow(campaign)).to.include({
      pausedBy: 'admin',
      reason: 'the link is broken',
    });
  });
});

describe('What admins see of campaigns', () => {
  it('CAM-8 all campaigns of everybody, newest first, by state, owner and progress', async () => {
    const { market, client, admin, campaign } = await aScene();
    const other = await market.client();
    market.clock.advance(1_000);
    const young = await market.campaign(other, { target: 2 });
    await market.approve(await market.proof(await market.worker(), young));
    const all = async (filter: object) => {
      const { actor } = admin;
      const found = await market.core.campaigns.all({ actor, filter, page: FIRST_PAGE });
      return found.items.map(({ campaign: { id } }) => id);
    };
    expect(await all({})).to.deep.equal([young.id, campaign.id]);
    expect(await all({ owner: client.id })).to.deep.equal([campaign.id]);
    expect(await all({ progress: 'half-or-more' })).to.deep.equal([young.id]);
    await market.core.campaigns.pause({ actor: client.actor, campaignId: campaign.id });
    expect(await all({ status: 'paused' })).to.deep.equal([campaign.id]);
    expect(await all({ status: 'paused', progress: 'half-or-more' })).to.deep.equal([]);
  });

  it('TSK-1 who holds a slot of a campaign now, and until when', async () => {
    const { market, admin, campaign } = await aScene();
    const [reviewed, busy] = [await market.worker(), await market.worker()];
    const proof = await market.proof(reviewed, campaign);
    const take = await market.take(busy, campaign);
    const held = (campaignId = campaign.id) =>
      market.core.tasks.holders({ actor: admin.actor, campaignId, page: FIRST_PAGE });
    const { items } = await held();
    expect(items.map(({ worker }) => worker.id)).to.deep.equal([busy.id, reviewed.id]);
    expect(items[0]?.take).to.deep.equal(take);
    expect(items[1]?.take).to.include({ id: proof.takeId, status: 'pending_review' });
    await market.approve(proof);
    await market.core.tasks.release({ actor: busy.actor, takeId: take.id });
    expect(await held()).to.include({ total: 0 });
    const unknown = await refusal(held(freshId()));
    expect(unknown).to.deep.equal({ code: 'not-found', details: { what: 'campaign' } });
  });
});
