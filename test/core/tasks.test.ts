import { expect } from 'chai';
import {
  asSystem,
  createCore,
  INTAKE_GRACE_MS,
  type Campaign,
  type Take,
} from '../../core/index.ts';
import { aFile, anUpdate, later, rupiahs } from '../support/builders.ts';
import { aMarket, FIRST_PAGE, ofKind, refusal, together, type Market } from '../support/market.ts';

const HALF_AN_HOUR = 30 * 60_000;
/** Past the deadline, and past the moment that storing an update may take. */
const OVER = HALF_AN_HOUR + INTAKE_GRACE_MS + 1;

const expire = async ({ core }: Market) => {
  const { done } = await core.tasks.expireDue({ actor: asSystem('expire'), limit: 10 });
  return done;
};

const aScene = async (target = 3) => {
  const market = aMarket();
  const [client, worker] = [await market.client(), await market.worker()];
  return { market, client, worker, campaign: await market.campaign(client, { target }) };
};

describe('What a worker is offered', () => {
  it('TSK-2 offers are paged, the best paid first, with slots left', async () => {
    const { market, client, worker } = await aScene();
    for (const price of [900, 700, 800]) {
      await market.campaign(client, { pricePerTask: rupiahs(price), target: 7 });
    }
    const { actor } = worker;
    const first = await market.core.tasks.offers({ actor, page: { page: 0, size: 2 } });
    const second = await market.core.tasks.offers({ actor, page: { page: 1, size: 2 } });
    expect(first).to.include({ total: 4, pageCount: 2 });
    const offers = [...first.items, ...second.items];
    expect(offers.map(({ campaign }) => campaign.pricePerTask)).to.deep.equal([
      900n,
      800n,
      700n,
      500n,
    ]);
    expect(offers.map(({ slotsLeft }) => slotsLeft)).to.deep.equal([7, 7, 7, 3]);
  });

  it('TSK-2 an action done or under way is neither shown nor given again', async () => {
    const { market, client, worker } = await aScene();
    const links = [1, 2, 3, 4].map((id) => `https://x.com/a/status/${id}`);
    const twins = [1, 2, 3, 4].map((id) => `https://twitter.com/b/status/${id}?s=20`);
    const [firsts, seconds]: [Campaign[], Campaign[]] = [[], []];
    for (const link of links) firsts.push(await market.campaign(client, { link }));
    for (const link of twins) seconds.push(await market.campaign(client, { link }));
    const takes = await Promise.all(firsts.slice(0, 3).map((one) => market.take(worker, one)));
    const [, underReview, approved] = takes as [Take, Take, Take];
    await market.submit(worker, underReview);
    await market.approve(await market.submit(worker, approved));
    for (const campaign of seconds.slice(0, 3)) {
      expect((await refusal(market.take(worker, campaign))).code).to.equal('task.already-done');
      const offer = { actor: worker.actor, campaignId: campaign.id };
      expect((await refusal(market.core.tasks.offer(offer))).code).to.equal('task.gone');
    }
    const { items } = await market.core.tasks.offers({ actor: worker.actor, page: FIRST_PAGE });
    const shown = items.map(({ link }) => link.key);
    expect(shown).not.to.include('https://x.com/i/status/1');
    expect(shown.filter((key) => key === 'https://x.com/i/status/4')).to.have.length(2);
  });

  it('TSK-2 another kind of action on the same link is another task', async () => {
    const { market, client, worker } = await aScene();
    const link = 'https://x.com/a/status/1';
    await market.take(worker, await market.campaign(client, { link, kind: 'like' }));
    const other = await market.take(worker, await market.campaign(client, { link, kind: 'share' }));
    expect(other.status).to.equal('taken');
  });

  it('TSK-2 a rejected, expired or given-up action may be done again', async () => {
    const { market, worker, campaign } = await aScene();
    await market.reject(await market.proof(worker, campaign));
    const second = await market.take(worker, campaign);
    await market.core.tasks.release({ actor: worker.actor, takeId: second.id });
    await market.take(worker, campaign);
    market.clock.advance(OVER);
    await expire(market);
    expect((await market.take(worker, campaign)).status).to.equal('taken');
  });
});

describe('Taking tasks', () => {
  it('TSK-1 a slot goes from available to taken to under review to approved', async () => {
    const { market, worker, campaign } = await aScene(1);
    const states = async () => {
      const { available, taken, underReview, approved } = await market.progress(campaign);
      return [available, taken, underReview, approved];
    };
    expect(await states()).to.deep.equal([1, 0, 0, 0]);
    const take = await market.take(worker, campaign);
    expect(await states()).to.deep.equal([0, 1, 0, 0]);
    const proof = await market.submit(worker, take);
    expect(await states()).to.deep.equal([0, 0, 1, 0]);
    await market.approve(proof);
    expect(await states()).to.deep.equal([0, 0, 0, 1]);
  });

  it('TSK-1 every take has an id of its own and is kept with worker, times and end', async () => {
    const { market, worker, campaign } = await aScene(1);
    const first = await market.take(worker, campaign);
    market.clock.advance(60_000);
    await market.core.tasks.release({ actor: worker.actor, takeId: first.id });
    const other = await market.worker();
    const second = await market.take(other, campaign);
    expect(second.taskId).to.equal(first.taskId);
    expect(second.id).not.to.equal(first.id);
    expect(await market.takeNow(first)).to.deep.include({
      workerId: worker.id,
      status: 'released',
      takenAt: later(0),
      endedAt: later(60_000),
    });
  });

  it('TSK-1 SEC-A22 the button of an ended take does nothing to the slot of another', async () => {
    const { market, worker, campaign } = await aScene(1);
    const old = await market.take(worker, campaign);
    await market.core.tasks.release({ actor: worker.actor, takeId: old.id });
    const current = await market.take(await market.worker(), campaign);
    const again = market.core.tasks.release({ actor: worker.actor, takeId: old.id });
    expect(await refusal(again)).to.deep.equal({
      code: 'take.not-open',
      details: { status: 'released' },
    });
    expect((await refusal(market.submit(worker, old))).code).to.equal('take.not-open');
    expect((await market.takeNow(current)).status).to.equal('taken');
  });

  it('TSK-3 SEC-A33 a hundred workers race for the last slot and one wins', async () => {
    const { market, campaign } = await aScene(1);
    const workers = await together(100, () => market.worker());
    const all = await Promise.allSettled(workers.map((worker) => market.take(worker, campaign)));
    const lost = all.filter((result) => result.status === 'rejected');
    expect(all.length - lost.length).to.equal(1);
    const codes = lost.map(({ reason }) => (reason as { code: string }).code);
    expect(new Set(codes)).to.deep.equal(new Set(['task.gone']));
    expect(await market.progress(campaign)).to.include({ available: 0, taken: 1 });
  });

  it('TSK-3 one worker tapping twenty times has one and the same take', async () => {
    const { market, worker, campaign } = await aScene();
    const takes = await together(20, () => market.take(worker, campaign));
    expect(new Set(takes.map(({ id }) => id)).size).to.equal(1);
    expect(await market.progress(campaign)).to.include({ available: 2, taken: 1 });
  });

  it('TSK-5 a taken task shows link, instructions, reward and deadline', async () => {
    const { market, client, worker } = await aScene();
    const instructions = 'Sukai, lalu kirim tangkapan layar';
    const campaign = await market.campaign(client, { instructions });
    const take = await market.take(worker, campaign);
    const view = await market.core.tasks.show({ actor: worker.actor, takeId: take.id });
    expect(view.take.deadline).to.deep.equal(later(HALF_AN_HOUR));
    expect(view.campaign).to.deep.include({
      instructions,
      link: campaign.link,
      pricePerTask: 500n,
    });
  });

  it('SEC-A35 changed settings do not move the deadline of a taken task', async () => {
    const { market, worker, campaign } = await aScene();
    const take = await market.take(worker, campaign);
    market.ports.changeSettings({ holdMinutes: 1 });
    market.clock.advance(HALF_AN_HOUR);
    expect(await expire(market)).to.equal(0);
    expect((await market.takeNow(take)).status).to.equal('taken');
  });
});

describe('Deadlines of tasks', () => {
  it('TSK-5 SEC-A37 a proof counts until its deadline, not a millisecond later', async () => {
    const { market, worker, campaign } = await aScene();
    const [take, late] = [
      await market.take(worker, campaign),
      await market.take(await market.worker(), campaign),
    ];
    market.clock.advance(HALF_AN_HOUR);
    expect(await expire(market)).to.equal(0);
    expect((await market.submit(worker, take)).status).to.equal('pending');
    market.clock.advance(INTAKE_GRACE_MS);
    expect(await expire(market)).to.equal(0);
    market.clock.advance(1);
    expect(await expire(market)).to.equal(1);
    expect((await market.takeNow(late)).status).to.equal('expired');
    expect((await market.takeNow(take)).status).to.equal('pending_review');
  });

  it('TSK-5 a late proof is refused with the deadline, before and after the sweep', async () => {
    const { market, worker, campaign } = await aScene();
    const take = await market.take(worker, campaign);
    market.clock.advance(OVER);
    expect(await refusal(market.submit(worker, take))).to.deep.equal({
      code: 'take.late',
      details: { deadline: later(HALF_AN_HOUR) },
    });
    await expire(market);
    expect((await refusal(market.submit(worker, take))).code).to.equal('take.not-open');
  });

  it('TSK-5 an expired task returns to the pool and its worker is told once', async () => {
    const { market, worker, campaign } = await aScene();
    await market.take(worker, campaign);
    market.clock.advance(OVER);
    const swept = await together(5, () => expire(market));
    expect(swept.reduce((sum, count) => sum + count)).to.equal(1);
    expect(await market.progress(campaign)).to.include({ available: 3, taken: 0 });
    expect(ofKind(market.noticesTo(worker), 'task.expired')).to.deep.equal([
      {
        kind: 'task.expired',
        campaign: { taskKind: 'like', link: campaign.link.target },
      },
    ]);
  });

  it('TSK-5 a proof counts by when its update was stored, and the sweep waits for it', async () => {
    const { market, worker, campaign } = await aScene();
    const take = await market.take(worker, campaign);
    const receivedAt = later(HALF_AN_HOUR - 1);
    const update = anUpdate({ botId: 1, lane: worker.telegramId, receivedAt });
    await market.ports.inbox.receive([update]);
    market.clock.advance(10 * HALF_AN_HOUR);
    expect(await expire(market)).to.equal(0);
    const { actor } = worker;
    const sent = { actor, takeId: take.id, file: aFile(), sentAt: receivedAt };
    const proof = await market.core.proofs.submit(sent);
    expect(proof.submittedAt).to.deep.equal(receivedAt);
  });

  it('TSK-5 one fault in the sweep keeps no other task from returning', async () => {
    const { market, worker, campaign } = await aScene();
    const broken = await market.take(worker, campaign);
    const sound = await market.take(await market.worker(), campaign);
    market.clock.advance(OVER);
    const { unitOfWork } = market.ports;
    const faulty = createCore({
      ...market.ports,
      unitOfWork: {
        run: (work) =>
          unitOfWork.run((tx) => {
            const lock: typeof tx.tasks.lock = async (id) => {
              if (id === broken.id) throw new Error('a broken row');
              return tx.tasks.lock(id);
            };
            return work({ ...tx, tasks: { ...tx.tasks, lock } });
          }),
      },
    });
    const actor = asSystem('expire');
    const first = await faulty.tasks.expireDue({ actor, limit: 1 });
    expect(first).to.deep.include({ done: 0, next: { id: broken.id, deadline: broken.deadline } });
    expect(String(first.faults)).to.equal('Error: a broken row');
    const second = await faulty.tasks.expireDue({
      actor,
      limit: 2,
      after: first.next ?? undefined,
    });
    expect(second).to.deep.equal({ done: 1, faults: [], next: null });
    expect((await market.takeNow(sound)).status).to.equal('expired');
  });
});
