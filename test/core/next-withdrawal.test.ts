import { expect } from 'chai';
import { rupiahs } from '../support/builders.ts';
import { aMarket } from '../support/market.ts';

/** Two admins, and a worker who earned enough for several withdrawals. */
const aDesk = async () => {
  const market = aMarket({ settings: { withdrawalsPendingMax: 9 } });
  const [one, two, worker] = [await market.admin(), await market.admin(), await market.worker()];
  const campaign = await market.campaign(await market.client(), {
    pricePerTask: rupiahs(100_000),
    target: 1,
  });
  await market.approve(await market.proof(worker, campaign));
  const ask = async () => {
    market.clock.advance(1);
    return (await market.withdraw(worker, 10_000)).id;
  };
  const next = async (...input: Parameters<typeof market.core.withdrawals.next>) =>
    (await market.core.withdrawals.next(...input))?.withdrawal.id;
  return { market, one, two, worker, ask, next, claim: market.core.withdrawals.claim };
};

describe('The withdrawal to process next', () => {
  it('WDR-2 the own claim comes first, then the oldest that nobody has claimed', async () => {
    const { one, two, ask, next, claim } = await aDesk();
    expect(await next({ actor: one.actor })).to.equal(undefined);
    const [first, second, third] = [await ask(), await ask(), await ask()];
    expect(await next({ actor: one.actor })).to.equal(first);
    await claim({ actor: one.actor, withdrawalId: third, takeOverFrom: null });
    expect(await next({ actor: one.actor })).to.equal(third);
    expect(await next({ actor: one.actor, skipped: [third] })).to.equal(first);
    await claim({ actor: one.actor, withdrawalId: first, takeOverFrom: null });
    expect(await next({ actor: two.actor })).to.equal(second);
    expect(await next({ actor: two.actor, skipped: [second] })).to.equal(undefined);
  });

  it('ACC-7 it is never one that the admin asked for, however many those are', async () => {
    const { market, one, two, worker, ask, next } = await aDesk();
    for (let count = 0; count < 7; count += 1) await ask();
    await market.forceRole(worker, 'admin');
    expect(await next({ actor: worker.actor })).to.equal(undefined);
    const client = await market.client();
    await market.topUp(client, 50_000);
    market.clock.advance(1);
    const { id } = await market.withdraw(client, 10_000);
    expect(await next({ actor: worker.actor })).to.equal(id);
    expect(await next({ actor: one.actor })).to.equal(await next({ actor: two.actor }));
  });
});
