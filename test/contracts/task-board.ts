import { expect } from 'chai';
import type { Campaign } from '../../core/campaigns/index.ts';
import type { TakeId } from '../../core/kernel/index.ts';
import type { DueTake, OfferTerms, Take } from '../../core/tasks/index.ts';
import type { User } from '../../core/users/index.ts';
import { anUpdate, freshId, freshNumber, later, rupiahs } from '../support/builders.ts';
import { allOf, type Stage } from './harness.ts';
import { enterCampaign, enterTake, enterUser, enterWorker } from './scenes.ts';
import { outcomes } from './task-outcomes.ts';

/** `TaskBoard`. */
export const board = (stage: Stage): void => {
  offering(stage);
  hiding(stage);
  showing(stage);
  outcomes(stage);
  overdue(stage);
};

export const termsFor = ({ id: worker }: User, rejectionsMax = 2): OfferTerms => ({
  worker,
  rejectionsMax,
});

const offersFor = async (stage: Stage, worker: User, among: readonly Campaign[]) => {
  const ids = new Set(among.map(({ id }) => id));
  const all = await stage.run((tx) => allOf((page) => tx.taskBoard.offers(termsFor(worker), page)));
  return all.filter(({ campaignId }) => ids.has(campaignId));
};

const offering = (stage: Stage): void => {
  it('TSK-2 offers the best paid first, then the oldest', async () => {
    const make = (price: number, second: number) =>
      enterCampaign(stage, { pricePerTask: rupiahs(price), createdAt: later(second * 1_000) });
    const cheap = await make(100, 1);
    const young = await make(900, 3);
    const old = await make(900, 2);
    const worker = await enterWorker(stage);
    const offers = await offersFor(stage, worker, [cheap, young, old]);
    expect(offers.map(({ campaignId }) => campaignId)).to.deep.equal([old.id, young.id, cheap.id]);
  });

  it('TSK-2 an offer says what to do, for how much, and how many slots are left', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 4 });
    await enterTake(stage, campaign);
    const worker = await enterWorker(stage);
    const { id: campaignId, kind, link } = campaign;
    const offer = { campaignId, kind, link, campaign, slotsLeft: 3 };
    expect(await offersFor(stage, worker, [campaign])).to.deep.equal([offer]);
    const one = await stage.run((tx) => tx.taskBoard.offer(termsFor(worker), campaignId));
    expect(one).to.deep.equal(offer);
  });

  it('TSK-2 pages offers without losing or repeating one', async () => {
    const campaigns: Campaign[] = [];
    for (let count = 0; count < 3; count += 1) campaigns.push(await enterCampaign(stage));
    const worker = await enterWorker(stage);
    const { total } = await stage.run((tx) =>
      tx.taskBoard.offers(termsFor(worker), { page: 0, size: 50 }),
    );
    const seen: string[] = [];
    for (let page = 0; page < Math.ceil(total / 2); page += 1) {
      const { items, pageCount } = await stage.run((tx) =>
        tx.taskBoard.offers(termsFor(worker), { page, size: 2 }),
      );
      expect(pageCount).to.equal(Math.ceil(total / 2));
      seen.push(...items.map(({ campaignId }) => campaignId));
    }
    expect(seen).to.have.length(total);
    expect(new Set(seen).size).to.equal(total);
    expect(seen).to.include.members(campaigns.map(({ id }) => id));
  });
};

const hiding = (stage: Stage): void => {
  it('TSK-2 does not offer what this worker may not take', async () => {
    const worker = await enterWorker(stage);
    const done = await enterCampaign(stage);
    await enterTake(stage, done, { workerId: worker.id });
    const full = await enterCampaign(stage, { targetTotal: 1 });
    await enterTake(stage, full);
    const hidden = [
      done,
      full,
      await enterCampaign(stage, { link: done.link }),
      await enterCampaign(stage, { clientId: worker.id }),
      await enterCampaign(stage, { status: 'paused', pausedBy: 'owner', reason: null }),
      await enterCampaign(stage, { status: 'deleted' }),
      await enterCampaign(stage, { status: 'completed' }),
    ];
    expect(await offersFor(stage, worker, hidden)).to.deep.equal([]);
    for (const { id } of [...hidden, { id: freshId<Campaign['id']>() }]) {
      const offer = await stage.run((tx) => tx.taskBoard.offer(termsFor(worker), id));
      expect(offer).to.equal(undefined);
    }
    const stranger = await enterWorker(stage);
    const forOthers = await offersFor(stage, stranger, hidden);
    expect(forOthers, 'but offers three of them to another').to.have.length(3);
  });

  it('TSK-2 follows pauses, resumptions and slots that come back', async () => {
    const worker = await enterWorker(stage);
    const campaign = await enterCampaign(stage, { targetTotal: 1 });
    const isOffered = async () => (await offersFor(stage, worker, [campaign])).length === 1;
    const take = await enterTake(stage, campaign);
    expect(await isOffered()).to.equal(false);
    const ended: Take = { ...take, status: 'expired', endedAt: later(1) };
    await stage.run((tx) => tx.tasks.save(ended, 'available'));
    expect(await isOffered()).to.equal(true);
    await stage.run((tx) =>
      tx.campaigns.save({ ...campaign, status: 'paused', pausedBy: 'owner', reason: null }),
    );
    expect(await isOffered()).to.equal(false);
    await stage.run((tx) => tx.campaigns.save(campaign));
    expect(await isOffered()).to.equal(true);
  });
};

const showing = (stage: Stage): void => {
  it('TSK-5 shows a worker’s live takes, oldest first, each with its campaign', async () => {
    const { id: workerId } = await enterWorker(stage);
    const [one, two, three] = [
      await enterCampaign(stage),
      await enterCampaign(stage),
      await enterCampaign(stage),
    ];
    const status = 'pending_review' as const;
    const second = await enterTake(stage, one, { workerId, takenAt: later(2_000), status });
    const first = await enterTake(stage, two, { workerId, takenAt: later(1_000) });
    const ended = await enterTake(stage, three, { workerId });
    await stage.run((tx) =>
      tx.tasks.save({ ...ended, status: 'released', endedAt: later(1) }, 'available'),
    );
    expect(await stage.run((tx) => tx.taskBoard.liveOf(workerId))).to.deep.equal([
      { take: first, campaign: two },
      { take: second, campaign: one },
    ]);
  });

  it('TSK-5 shows one take with its campaign, however it ended', async () => {
    const campaign = await enterCampaign(stage);
    const take = await enterTake(stage, campaign);
    const view = (id: TakeId) => stage.run((tx) => tx.taskBoard.view(id));
    expect(await view(take.id)).to.deep.equal({ take, campaign });
    const ended: Take = { ...take, status: 'released', endedAt: later(1) };
    await stage.run((tx) => tx.tasks.save(ended, 'available'));
    expect(await view(take.id)).to.deep.equal({ take: ended, campaign });
    expect(await view(freshId<TakeId>())).to.equal(undefined);
  });
};

const overdue = (stage: Stage): void => {
  const due = later(30 * 60_000);
  const find = async (takes: readonly Take[], now: Date) => {
    const found = await stage.run((tx) => tx.taskBoard.overdue(now, { limit: 10_000 }));
    return found.map(({ id }) => id).filter((id) => takes.some((take) => take.id === id));
  };
  const lateOne = async (change: Partial<Take> = {}) => {
    const worker = await enterWorker(stage);
    const campaign = await enterCampaign(stage);
    return {
      worker,
      take: await enterTake(stage, campaign, { workerId: worker.id, deadline: due, ...change }),
    };
  };

  it('TSK-5 finds takes past their deadline, oldest first, and none at it', async () => {
    const { take: second } = await lateOne();
    const { take: first } = await lateOne({ deadline: later(-1, due) });
    const { take: sent } = await lateOne({ status: 'pending_review' });
    const all = [first, second, sent];
    expect(await find(all, later(-1, due))).to.deep.equal([]);
    expect(await find(all, due)).to.deep.equal([first.id]);
    expect(await find(all, later(1, due))).to.deep.equal([first.id, second.id]);
  });

  it('TSK-5 finds no more than asked for', async () => {
    await lateOne();
    await lateOne();
    const found = await stage.run((tx) => tx.taskBoard.overdue(later(1, due), { limit: 1 }));
    expect(found).to.have.length(1);
  });

  it('TSK-5 goes on after what was found before, also among equal deadlines', async () => {
    const takes = [];
    for (const ms of [0, 0, 0, 1]) takes.push((await lateOne({ deadline: later(ms, due) })).take);
    const page = (limit: number, after?: DueTake) =>
      stage.run((tx) => tx.taskBoard.overdue(later(2, due), { limit, after }));
    const all = await page(10_000);
    const inOrder: DueTake[] = [];
    for (let after: DueTake | undefined; inOrder.length < all.length;) {
      const [next] = await page(1, after);
      if (next) inOrder.push(next);
      after = next;
    }
    expect(inOrder).to.deep.equal(all);
    expect(await page(1, all.at(-1))).to.deep.equal([]);
    const ids = new Set(inOrder.map(({ id }) => id));
    expect(takes.every(({ id }) => ids.has(id))).to.equal(true);
  });

  it('TSK-5 waits for an update of the worker that was stored up to the deadline', async () => {
    const { worker, take } = await lateOne();
    const update = anUpdate({ botId: freshNumber(), lane: worker.telegramId, receivedAt: due });
    const { botId, updateId } = update;
    await stage.ports.inbox.receive([update]);
    const now = later(60_000, due);
    expect(await find([take], now)).to.deep.equal([]);
    await stage.ports.inbox.noteFailure({
      botId,
      updateId,
      error: 'try again',
      retryAt: later(60_000, now),
      counts: true,
    });
    expect(await find([take], now), 'also while it waits for a retry').to.deep.equal([]);
    await stage.run((tx) => tx.inbox.done({ botId, updateId, at: now }));
    expect(await find([take], now)).to.deep.equal([take.id]);
  });

  it('TSK-5 does not wait longer than a day, whichever bot the update came to', async () => {
    const { worker, take } = await lateOne();
    const receivedAt = later(-1_000, due);
    const update = anUpdate({ botId: freshNumber(), lane: worker.telegramId, receivedAt });
    await stage.ports.inbox.receive([update]);
    const aDay = later(24 * 3_600_000, receivedAt);
    expect(await find([take], later(-1, aDay))).to.deep.equal([]);
    expect(await find([take], aDay)).to.deep.equal([take.id]);
  });

  it('TSK-5 does not wait for later updates, other people’s or parked ones', async () => {
    const { worker, take } = await lateOne();
    const botId = freshNumber();
    const lane = worker.telegramId;
    const parked = anUpdate({ botId, lane, receivedAt: due });
    const stranger = await enterUser(stage);
    await stage.ports.inbox.receive([
      parked,
      anUpdate({ botId, lane, receivedAt: later(1, due) }),
      anUpdate({ botId, lane: stranger.telegramId, receivedAt: due }),
    ]);
    const { updateId } = parked;
    await stage.run((tx) => tx.inbox.park({ botId, updateId, error: 'poison', at: due }));
    expect(await find([take], later(2, due))).to.deep.equal([take.id]);
  });
};
