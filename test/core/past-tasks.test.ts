import { expect } from 'chai';
import { DAY_MS, INTAKE_GRACE_MS, asSystem } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, FIRST_PAGE, type Market, type Person } from '../support/market.ts';

const HOUR = 3_600_000;

const past = async ({ core }: Market, { actor }: Person, page = FIRST_PAGE) =>
  core.tasks.past({ actor, page });

const outcomes = async (market: Market, worker: Person) =>
  (await past(market, worker)).items.map(({ take, paid, reason }) => [take.status, paid, reason]);

const aScene = async () => {
  const market = aMarket();
  const [client, worker, admin] = [
    await market.client(),
    await market.worker(),
    await market.admin(),
  ];
  const campaign = () => market.campaign(client, { pricePerTask: rupiahs(20_000) });
  const reverse = (proof: { readonly id: Parameters<Market['approve']>[0]['id'] }) =>
    market.core.proofs.reverse({ actor: admin.actor, proofId: proof.id, reason: 'looked again' });
  return { market, client, worker, admin, campaign, reverse };
};

describe('What came of a worker’s tasks', () => {
  it('TSK-1 PRF-4 every way a task can end is there, the newest end first', async () => {
    const { market, worker, admin, campaign, reverse } = await aScene();
    const { actor } = worker;
    const minute = () => market.clock.advance(60_000);
    await market.approve(await market.proof(worker, await campaign()));
    minute();
    await market.reject(await market.proof(worker, await campaign()));
    minute();
    const { id: takeId } = await market.take(worker, await campaign());
    await market.core.tasks.release({ actor, takeId });
    await market.take(worker, await campaign());
    market.clock.advance(HOUR + INTAKE_GRACE_MS);
    await market.core.tasks.expireDue({ actor: asSystem('expire'), limit: 10 });
    minute();
    await market.take(worker, await campaign());
    const suspension = { actor: admin.actor, userId: worker.id };
    await market.core.users.suspend({ ...suspension, reason: 'asked for' });
    await market.core.users.unsuspend(suspension);
    minute();
    const undone = await market.proof(worker, await campaign());
    await market.approve(undone);
    await reverse(undone);
    await market.take(worker, await campaign());
    expect(await outcomes(market, worker)).to.deep.equal([
      ['reversed', null, 'looked again'],
      ['suspended', null, null],
      ['expired', null, null],
      ['released', null, null],
      ['rejected', null, 'blurred'],
      ['approved', 20_000n, null],
    ]);
  });

  it('TSK-1 each comes with its campaign and its times', async () => {
    const { market, worker, campaign } = await aScene();
    const made = await campaign();
    const take = await market.take(worker, made);
    market.clock.advance(60_000);
    await market.core.tasks.release({ actor: worker.actor, takeId: take.id });
    const [only] = (await past(market, worker)).items;
    expect(only).to.deep.equal({
      take: { ...take, status: 'released', endedAt: market.clock.now() },
      campaign: made,
      paid: null,
      reason: null,
    });
  });

  it('REV-7 what a reversal could not take back still stands as paid', async () => {
    const { market, worker, campaign, reverse } = await aScene();
    const proof = await market.proof(worker, await campaign());
    await market.approve(proof);
    await market.withdraw(worker, 15_000);
    await reverse(proof);
    expect(await outcomes(market, worker)).to.deep.equal([['reversed', 15_000n, 'looked again']]);
  });

  it('REV-7 a rejection undone is paid by the take made for it, and gives no reason', async () => {
    const { market, worker, campaign, reverse } = await aScene();
    const proof = await market.proof(worker, await campaign());
    await market.reject(proof);
    market.clock.advance(DAY_MS);
    await reverse(proof);
    expect(await outcomes(market, worker)).to.deep.equal([
      ['approved', 20_000n, null],
      ['rejected', null, null],
    ]);
  });

  it('TSK-1 a page is a page, and nobody sees what another did', async () => {
    const { market, worker, campaign } = await aScene();
    const made = await campaign();
    for (let times = 0; times < 3; times += 1) {
      const { id: takeId } = await market.take(worker, made);
      market.clock.advance(60_000);
      await market.core.tasks.release({ actor: worker.actor, takeId });
    }
    const [first, second] = [
      await past(market, worker, { page: 0, size: 2 }),
      await past(market, worker, { page: 1, size: 2 }),
    ];
    expect([first.total, first.pageCount, second.items.length]).to.deep.equal([3, 2, 1]);
    const ends = [...first.items, ...second.items].map(({ take }) => Number(take.endedAt));
    expect(ends).to.deep.equal(ends.toSorted((a, b) => b - a));
    expect((await past(market, await market.worker())).items).to.deep.equal([]);
  });
});
