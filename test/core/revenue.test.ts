import { expect } from 'chai';
import fc from 'fast-check';
import { asOperator, asRefusal, asSystem, PERMISSIONS } from '../../core/index.ts';
import { withBooks } from '../support/broken-books.ts';
import { freshId, rupiahs } from '../support/builders.ts';
import { aMarket, ofKind, OPERATOR, refusal, together, type Market } from '../support/market.ts';

/** A market with so much revenue: what a client had is taken from them. */
const aMarketWith = async (revenue: number) => {
  const market = aMarket();
  const client = await market.client();
  const { actor } = await market.house();
  await market.topUp(client, revenue);
  await market.core.wallet.adjust({
    actor,
    userId: client.id,
    direction: 'minus',
    side: 'revenue',
    amount: rupiahs(revenue),
    reason: 'a gift to the platform',
    mends: null,
    key: freshId<never>(),
  });
  return market;
};

const payout = (market: Pick<Market, 'core'>, amount: number, key: string = freshId<never>()) =>
  market.core.wallet.payoutRevenue({
    actor: OPERATOR,
    amount: rupiahs(amount),
    reason: 'profit of May',
    key,
  });

const there = ({ core }: Pick<Market, 'core'>) => core.wallet.revenue({ actor: OPERATOR });

describe('Paying out revenue', () => {
  it('WAL-12 the operator sees what there is and takes of it', async () => {
    const market = await aMarketWith(50_000);
    expect(await there(market)).to.equal(50_000n);
    const { type, userId, amount } = await payout(market, 20_000);
    expect({ type, userId, amount }).to.deep.equal({
      type: 'revenue_payout',
      userId: null,
      amount: 20_000n,
    });
    expect(await there(market)).to.equal(30_000n);
    expect((await market.trialBalance()).outside).to.equal(-30_000n);
    await market.ledgerIsSound();
  });

  it('WAL-12 WAL-4 no more than there is, however many ask at once', async () => {
    const market = await aMarketWith(50_000);
    const refused = { code: 'wallet.revenue-insufficient', details: { missing: 1n } };
    expect(await refusal(payout(market, 50_001))).to.deep.equal(refused);
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => payout(market, 20_000)));
    expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(2);
    expect(await there(market)).to.equal(10_000n);
  });

  it('WAL-7 the same key moves money once, whichever operator repeats it', async () => {
    const market = await aMarketWith(50_000);
    const key = 'payout-of-may';
    const made = await together(4, (index) =>
      market.core.wallet.payoutRevenue({
        actor: asOperator(`operator ${index}`),
        amount: rupiahs(30_000),
        reason: 'profit of May',
        key,
      }),
    );
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(await there(market)).to.equal(20_000n);
    expect(market.auditOf(made[0]?.id ?? '')).to.have.length(1);
    expect((await refusal(payout(market, 30_001, key))).code).to.equal('wallet.key-reused');
  });

  it('WAL-1 WAL-12 nothing is no payout, and one without a reason is none', async () => {
    const market = await aMarketWith(50_000);
    expect((await refusal(payout(market, 0))).code).to.equal('money.too-small');
    const asked = { actor: OPERATOR, amount: rupiahs(1), reason: ' ', key: 'a-key' };
    const unsaid = refusal(market.core.wallet.payoutRevenue(asked));
    expect((await unsaid).code).to.equal('reason.required');
  });

  it('WAL-13 stands still while payments are frozen; what was booked before stays so', async () => {
    const market = await aMarketWith(50_000);
    const books = withBooks(market);
    const first = await payout(books, 10_000, 'before');
    await books.freeze();
    expect((await refusal(payout(books, 10_000))).code).to.equal('freeze.in-force');
    expect((await payout(books, 10_000, 'before')).id).to.equal(first.id);
    await books.lift();
    await payout(books, 10_000);
    expect(await there(books)).to.equal(30_000n);
  });
});

describe('Who hears of a payout', () => {
  it('AUD-1 the log says who took what, why and what it left', async () => {
    const market = await aMarketWith(50_000);
    const { id } = await payout(market, 20_000);
    expect(market.auditOf(id)).to.deep.equal([
      {
        actor: OPERATOR,
        action: 'revenue.payout',
        subject: 'transaction',
        subjectId: id,
        before: { revenue: '50000' },
        after: { amount: '20000', revenue: '30000', reason: 'profit of May' },
        at: market.clock.now(),
      },
    ]);
  });

  it('WAL-12 ADM-1 admins who see the money, and no others', async () => {
    const market = await aMarketWith(50_000);
    const [house, reviewer] = [await market.house(), await market.admin()];
    const permissions = PERMISSIONS.filter((permission) => permission !== 'money');
    const { telegramId } = reviewer;
    await market.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
    await payout(market, 20_000);
    expect(ofKind(market.noticesTo(house), 'revenue.paid-out')).to.deep.equal([
      {
        kind: 'revenue.paid-out',
        amount: 20_000n,
        left: 30_000n,
        by: 'operator:test',
        reason: 'profit of May',
      },
    ]);
    expect(ofKind(market.noticesTo(reviewer), 'revenue.paid-out')).to.deep.equal([]);
  });

  it('WAL-12 the owner', async () => {
    const market = await aMarketWith(50_000);
    await payout(market, 20_000);
    const told = await market.core.owner.untold({ actor: asSystem('owner') });
    const { reason, by } = { reason: 'profit of May', by: 'operator:test' };
    expect(told.at(-1)?.news).to.deep.equal({
      kind: 'revenue-paid-out',
      amount: 20_000n,
      left: 30_000n,
      by,
      reason,
    });
  });
});

describe('Money moved by hand, whatever is asked', () => {
  const amount = fc.integer({ min: -5, max: 4_000 });
  const act = fc.record({
    what: fc.constantFrom('plus', 'minus', 'payout'),
    side: fc.constantFrom('cash', 'revenue'),
    amount,
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  });

  it('WAL-2 WAL-4 WAL-7 nothing falls below zero, all sums to 0, a key moves money once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const market = aMarket();
        const [{ actor }, { id: userId }] = [await market.admin(), await market.worker()];
        const moved = new Map<string, bigint>();
        for (const { what, side, amount: size, key } of acts) {
          const reason = 'any';
          const asked = { amount: rupiahs(size), reason, key };
          const { wallet } = market.core;
          const made = await (
            what === 'payout'
              ? wallet.payoutRevenue({ actor: OPERATOR, ...asked })
              : wallet.adjust({ actor, userId, direction: what, side, mends: null, ...asked })
          ).catch((error: unknown) => {
            if (!asRefusal(error)) throw error;
          });
          if (!made) continue;
          const name = `${made.type} ${key}`;
          expect(moved.get(name) ?? made.amount).to.equal(made.amount);
          moved.set(name, made.amount);
        }
        const { wallets, revenue } = await market.trialBalance();
        expect(wallets >= 0n && revenue >= 0n).to.equal(true);
        await market.ledgerIsSound();
      }),
      { numRuns: 40 },
    );
  });
});
