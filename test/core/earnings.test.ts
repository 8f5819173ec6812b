import { expect } from 'chai';
import { DAY_MS } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, type Market, type Person } from '../support/market.ts';

/** 17:00 UTC on Monday: Tuesday in Jakarta. */
const MIDNIGHT_WIB = new Date('2026-01-05T17:00:00.000Z');

const aScene = async () => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000, proofsPerDayMax: 500 } });
  const [client, worker] = [await market.client(), await market.worker()];
  return { market, client, worker };
};

/** One task done and paid, at this price. */
const earn = async (market: Market, client: Person, { worker, price }: Paid) => {
  const proof = await market.proof(
    worker,
    await market.campaign(client, { pricePerTask: rupiahs(price), target: 1 }),
  );
  await market.approve(proof);
  return proof;
};

interface Paid {
  readonly worker: Person;
  readonly price: number;
}

const seen = ({ core }: Market, { actor }: Person) => core.wallet.earnings({ actor });

describe('Earnings', () => {
  it('WAL-9 today, the last seven days and all time are summed by days of Jakarta', async () => {
    const { market, client, worker } = await aScene();
    await earn(market, client, { worker, price: 1_000 });
    for (const [days, price] of [
      [8, 2_000],
      [1, 4_000],
      [6, 8_000],
    ] as const) {
      market.clock.advance(days * DAY_MS);
      await earn(market, client, { worker, price });
    }
    const { today, week, all } = await seen(market, worker);
    expect({ today, week, all }).to.deep.equal({ today: 8_000n, week: 12_000n, all: 15_000n });
  });

  it('WAL-9 fourteen days are shown, oldest first, those without any at zero', async () => {
    const { market, client, worker } = await aScene();
    await earn(market, client, { worker, price: 1_000 });
    market.clock.advance(13 * DAY_MS);
    const { days } = await seen(market, worker);
    expect(days.map(({ earned }) => earned)).to.deep.equal([1_000n, ...Array(13).fill(0n)]);
    const first = MIDNIGHT_WIB.getTime() - DAY_MS;
    expect(days.map(({ day }) => day.getTime())).to.deep.equal(
      days.map((_, place) => first + place * DAY_MS),
    );
    market.clock.advance(DAY_MS);
    const later = await seen(market, worker);
    expect(later.days.every(({ earned }) => earned === 0n)).to.equal(true);
    expect(later.all).to.equal(1_000n);
  });

  it('WAL-9 the day changes at midnight in Jakarta, to the millisecond', async () => {
    const { market, client, worker } = await aScene();
    market.clock.set(new Date(MIDNIGHT_WIB.getTime() - 1));
    await earn(market, client, { worker, price: 1_000 });
    expect((await seen(market, worker)).today).to.equal(1_000n);
    market.clock.set(MIDNIGHT_WIB);
    expect((await seen(market, worker)).today).to.equal(0n);
    await earn(market, client, { worker, price: 2_000 });
    const { today, days } = await seen(market, worker);
    expect(today).to.equal(2_000n);
    expect(days.slice(-2).map(({ earned }) => earned)).to.deep.equal([1_000n, 2_000n]);
  });

  it('WAL-9 REV-7 what a reversal took back counts on the day it was taken back', async () => {
    const { market, client, worker } = await aScene();
    const proof = await earn(market, client, { worker, price: 20_000 });
    await market.withdraw(worker, 15_000);
    market.clock.advance(2 * DAY_MS);
    await earn(market, client, { worker, price: 1_000 });
    const { actor } = await market.house();
    await market.core.proofs.reverse({ actor, proofId: proof.id, reason: 'looked again' });
    const view = await seen(market, worker);
    // 5.000 + 1.000 were left in the wallet; the fee comes from revenue, not from the worker
    expect(view.days.slice(-3).map(({ earned }) => earned)).to.deep.equal([20_000n, 0n, -5_000n]);
    expect([view.today, view.week, view.all]).to.deep.equal([-5_000n, 15_000n, 15_000n]);
    const owner = await seen(market, client);
    expect([owner.today, owner.all], 'the client earned nothing by it').to.deep.equal([0n, 0n]);
  });

  it('WAL-9 top-ups, withdrawals and other people’s rewards are no earnings', async () => {
    const { market, client, worker } = await aScene();
    await earn(market, client, { worker: await market.worker(), price: 1_000 });
    await market.topUp(client, 50_000);
    await market.withdraw(client, 20_000);
    for (const person of [client, worker]) {
      const { today, week, all, days } = await seen(market, person);
      expect([today, week, all]).to.deep.equal([0n, 0n, 0n]);
      expect(days).to.have.length(14);
    }
  });
});
