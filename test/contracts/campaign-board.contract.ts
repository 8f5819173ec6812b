import { expect } from 'chai';
import type { Campaign, CampaignFilter } from '../../core/campaigns/index.ts';
import { DAY_MS, startOfWibDay, type PageRequest } from '../../core/kernel/index.ts';
import type { Proof, ProofDecision } from '../../core/proofs/index.ts';
import type { User } from '../../core/users/index.ts';
import { freshId, later, MONDAY } from '../support/builders.ts';
import { allOf, onStage, type OpenHarness, type Stage } from './harness.ts';
import { enterCampaign, enterProof, enterUser } from './scenes.ts';
import { holders } from './slot-holders.ts';

/** What every list of campaigns for admins, and every count of their days, promises. */
export const campaignBoardContract = (name: string, open: OpenHarness) =>
  describe(`campaign board: ${name}`, () => {
    const stage = onStage(open);
    listing(stage);
    filtering(stage);
    counting(stage);
    holders(stage);
  });

const list = (stage: Stage, filter: CampaignFilter, page: PageRequest) =>
  stage.run((tx) => tx.campaignBoard.all(filter, page));

const listing = (stage: Stage): void => {
  it('CAM-8 lists everybody’s campaigns with owner and progress, newest first', async () => {
    const [budi, siti] = [await enterUser(stage), await enterUser(stage)];
    const ahead = 1_000 * DAY_MS;
    const make = ({ id: clientId }: User, second: number) =>
      enterCampaign(stage, { clientId, createdAt: later(ahead + second), targetTotal: second });
    const [two, one, three] = [await make(budi, 2), await make(siti, 1), await make(budi, 3)];
    const first = await list(stage, {}, { page: 0, size: 2 });
    const progress = { taken: 0, underReview: 0, approved: 0, closed: 0, rejections: 0 };
    expect(first.items).to.deep.equal([
      { campaign: three, progress: { ...progress, available: 3 }, owner: budi },
      { campaign: two, progress: { ...progress, available: 2 }, owner: budi },
    ]);
    const [next] = (await list(stage, {}, { page: 1, size: 2 })).items;
    expect(next).to.deep.include({ campaign: one, owner: siti });
    expect(first.total).to.equal((await all(stage, {})).length);
  });

  it('CAM-8 an owner without campaigns has an empty list', async () => {
    const { id: owner } = await enterUser(stage);
    const empty = { items: [], page: 0, pageCount: 1, total: 0 };
    expect(await list(stage, { owner }, { page: 0, size: 5 })).to.deep.equal(empty);
    const page = { page: 0, size: 5 };
    expect(await list(stage, { owner: freshId() }, page)).to.deep.equal(empty);
    expect((await list(stage, { owner: 'nobody' as User['id'] }, page)).total).to.equal(0);
  });
};

const all = (stage: Stage, filter: CampaignFilter) =>
  stage.run((tx) => allOf((page) => tx.campaignBoard.all(filter, page)));

const filtering = (stage: Stage): void => {
  const idsOf = async (filter: CampaignFilter): Promise<readonly string[]> => {
    const found = await all(stage, filter);
    return found.map(({ campaign }) => campaign.id);
  };

  it('CAM-8 filters by state and owner', async () => {
    const { id: owner } = await enterUser(stage);
    const make = (change: Partial<Campaign>) =>
      enterCampaign(stage, { clientId: owner, ...change });
    const active = await make({});
    const paused = await make({ status: 'paused', pausedBy: 'owner', reason: null });
    const completed = await make({ status: 'completed' });
    const deleted = await make({ status: 'deleted', reason: 'Broken link' });
    const other = await enterCampaign(stage);
    for (const one of [active, paused, completed, deleted]) {
      expect(await idsOf({ status: one.status, owner })).to.deep.equal([one.id]);
    }
    expect(await idsOf({ owner })).to.have.length(4);
    const running = await idsOf({ status: 'active' });
    expect(running).to.include.members([active.id, other.id]);
    expect(running).not.to.include.members([paused.id, completed.id, deleted.id]);
  });

  it('CAM-8 filters by progress: none, less than half, half or more', async () => {
    const { id: owner } = await enterUser(stage);
    const make = (completedCount: number) =>
      enterCampaign(stage, { clientId: owner, targetTotal: 5, completedCount });
    const [none, one, two, three] = [await make(0), await make(1), await make(2), await make(3)];
    expect(await idsOf({ owner, progress: 'none' })).to.deep.equal([none.id]);
    expect(await idsOf({ owner, progress: 'under-half' })).to.have.members([one.id, two.id]);
    expect(await idsOf({ owner, progress: 'half-or-more' })).to.deep.equal([three.id]);
    const half = await enterCampaign(stage, {
      clientId: owner,
      targetTotal: 4,
      completedCount: 2,
    });
    const most = await idsOf({ owner, progress: 'half-or-more', status: 'active' });
    expect(most).to.have.members([three.id, half.id]);
  });
};

const MONDAY_BEGAN = startOfWibDay(MONDAY);
/** So many days, and ms, after Monday began in Jakarta. */
const dayAfter = (days: number, ms = 0): Date => later(days * DAY_MS + ms, MONDAY_BEGAN);

const judge = async (
  stage: Stage,
  { id: proofId, takeId }: Proof,
  made: Pick<ProofDecision, 'verdict' | 'at'> & { readonly order?: 'reversal' },
): Promise<void> => {
  const { id: by } = await enterUser(stage, { role: 'admin' });
  const decision = { order: 'first', proofId, takeId, by, reason: null, ...made } as const;
  await stage.run((tx) => tx.proofs.decide(decision));
};

const counting = (stage: Stage): void => {
  const days = ({ id }: Campaign, since: Date) =>
    stage.run((tx) => tx.campaignBoard.days(id, since));

  it('CAM-8 counts what came and was decided by day of Jakarta, oldest first', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 9 });
    const send = (submittedAt: Date) => enterProof(stage, campaign, { submittedAt });
    const late = await send(dayAfter(1, -1));
    const early = await send(dayAfter(0));
    await send(dayAfter(3));
    await judge(stage, early, { verdict: 'approved', at: dayAfter(0, 1) });
    await judge(stage, late, { verdict: 'rejected', at: dayAfter(1) });
    await judge(stage, await enterProof(stage, await enterCampaign(stage)), {
      verdict: 'approved',
      at: dayAfter(1),
    });
    expect(await days(campaign, MONDAY_BEGAN)).to.deep.equal([
      { day: dayAfter(0), submitted: 2, approved: 1, rejected: 0 },
      { day: dayAfter(1), submitted: 0, approved: 0, rejected: 1 },
      { day: dayAfter(3), submitted: 1, approved: 0, rejected: 0 },
    ]);
  });

  it('CAM-8 what was reversed counts as it stands, on the day of the reversal', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 9 });
    const proof = await enterProof(stage, campaign, { submittedAt: dayAfter(0) });
    await judge(stage, proof, { verdict: 'approved', at: dayAfter(0, 5) });
    await judge(stage, proof, { verdict: 'rejected', at: dayAfter(2), order: 'reversal' });
    expect(await days(campaign, MONDAY_BEGAN)).to.deep.equal([
      { day: dayAfter(0), submitted: 1, approved: 0, rejected: 0 },
      { day: dayAfter(2), submitted: 0, approved: 0, rejected: 1 },
    ]);
  });

  it('CAM-8 days before the first one asked for are left out', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 9 });
    const proof = await enterProof(stage, campaign, { submittedAt: dayAfter(0) });
    const other = await enterProof(stage, campaign, { submittedAt: dayAfter(0) });
    await judge(stage, proof, { verdict: 'approved', at: dayAfter(1, -1) });
    await judge(stage, other, { verdict: 'approved', at: dayAfter(1) });
    expect(await days(campaign, dayAfter(1))).to.deep.equal([
      { day: dayAfter(1), submitted: 0, approved: 1, rejected: 0 },
    ]);
    expect(await days(campaign, dayAfter(2))).to.deep.equal([]);
  });
};
