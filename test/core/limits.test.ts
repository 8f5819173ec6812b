import { expect } from 'chai';
import type { Settings } from '../../core/index.ts';
import { later } from '../support/builders.ts';
import { aMarket, refusal, type Market, type Person } from '../support/market.ts';

/** 17:00 UTC on Monday: the next day in Jakarta. */
const MIDNIGHT_WIB = new Date('2026-01-05T17:00:00.000Z');

const aScene = async (settings: Partial<Settings>) => {
  const market = aMarket({ settings });
  const [client, worker] = [await market.client(), await market.worker()];
  return { market, client, worker };
};

/** A task of a campaign of its own. */
const takeAnother = async (market: Market, client: Person, worker: Person) =>
  market.take(worker, await market.campaign(client));

const proveAnother = async (market: Market, client: Person, worker: Person) =>
  market.submit(worker, await takeAnother(market, client, worker));

describe('Limits of what one worker takes', () => {
  it('TSK-4 at most three are taken at once, until the first one frees', async () => {
    const { market, client, worker } = await aScene({});
    await takeAnother(market, client, worker);
    market.clock.advance(60_000);
    await takeAnother(market, client, worker);
    const third = await takeAnother(market, client, worker);
    expect(await refusal(takeAnother(market, client, worker))).to.deep.equal({
      code: 'task.too-many-taken',
      details: { max: 3, freesAt: later(30 * 60_000) },
    });
    await market.submit(worker, third);
    expect((await takeAnother(market, client, worker)).status).to.equal('taken');
  });

  it('TSK-4 twenty takes at once never exceed the limit', async () => {
    const { market, client, worker } = await aScene({});
    const campaigns = [];
    for (let made = 0; made < 20; made += 1) campaigns.push(await market.campaign(client));
    const all = await Promise.allSettled(campaigns.map((one) => market.take(worker, one)));
    expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(3);
  });

  it('TSK-4 proofs sent today, rejected ones too, and tasks taken now count together', async () => {
    const { market, client, worker } = await aScene({ proofsPerDayMax: 3 });
    await market.reject(await proveAnother(market, client, worker));
    await market.approve(await proveAnother(market, client, worker));
    await takeAnother(market, client, worker);
    expect(await refusal(takeAnother(market, client, worker))).to.deep.equal({
      code: 'task.daily-limit',
      details: { max: 3, freesAt: MIDNIGHT_WIB },
    });
  });

  it('TSK-4 the day ends at midnight in Jakarta, 17:00 UTC, to the millisecond', async () => {
    const { market, client, worker } = await aScene({ proofsPerDayMax: 1 });
    await proveAnother(market, client, worker);
    market.clock.set(new Date(MIDNIGHT_WIB.getTime() - 1));
    const refused = await refusal(takeAnother(market, client, worker));
    expect(refused.code).to.equal('task.daily-limit');
    market.clock.set(MIDNIGHT_WIB);
    expect((await takeAnother(market, client, worker)).status).to.equal('taken');
  });

  it('TSK-4 sending a proof is never refused by the limit', async () => {
    const { market, client, worker } = await aScene({ proofsPerDayMax: 2 });
    const takes = [
      await takeAnother(market, client, worker),
      await takeAnother(market, client, worker),
    ];
    market.ports.changeSettings({ proofsPerDayMax: 0, takenAtOnceMax: 0 });
    for (const take of takes) {
      expect((await market.submit(worker, take)).status).to.equal('pending');
    }
  });

  it('TSK-4 the limits of one worker are not those of another', async () => {
    const { market, client, worker } = await aScene({ takenAtOnceMax: 1, proofsPerDayMax: 1 });
    await takeAnother(market, client, worker);
    const other = await market.worker();
    expect((await takeAnother(market, client, other)).workerId).to.equal(other.id);
  });
});
