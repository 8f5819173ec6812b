import { expect } from 'chai';
import { asSystem, type AdjustWallet, type Permission } from '../../core/index.ts';
import { freshId, rupiahs } from '../support/builders.ts';
import {
  aMarket,
  FIRST_PAGE,
  ofKind,
  OPERATOR,
  refusal,
  together,
  type Market,
  type Person,
} from '../support/market.ts';

type Wish = Partial<Omit<AdjustWallet, 'actor' | 'userId'>>;

const OWNER = asSystem('owner');

const aDesk = async () => {
  const market = aMarket();
  const [admin, worker] = [await market.admin(), await market.worker()];
  const ask = (change: Wish = {}, who: Person = worker, by: Person = admin) => ({
    actor: by.actor,
    userId: who.id,
    direction: 'plus' as const,
    amount: rupiahs(10_000),
    side: 'cash' as const,
    reason: 'top-up of Tuesday was counted short',
    mends: null,
    key: freshId<never>() as string,
    ...change,
  });
  const adjust = (...asked: Parameters<typeof ask>) => market.core.wallet.adjust(ask(...asked));
  return { market, admin, worker, ask, adjust };
};

/** As much revenue as fees bring: what a worker had is taken from them. */
const earn = async ({ adjust }: Awaited<ReturnType<typeof aDesk>>, amount: number) => {
  await adjust({ amount: rupiahs(amount) });
  await adjust({ amount: rupiahs(amount), direction: 'minus', side: 'revenue' });
};

/** What the owner is to hear of wallets. */
const aboutMoney = async ({ core }: Market) =>
  (await core.owner.untold({ actor: OWNER })).filter(({ news }) => news.kind === 'wallet-adjusted');

const revenueIn = async (market: Market) => (await market.trialBalance()).revenue;

describe('Adjusting a wallet by hand', () => {
  it('WAL-10 adds what really came, and takes what really went', async () => {
    const { market, worker, adjust } = await aDesk();
    await adjust();
    await adjust({ direction: 'minus', amount: rupiahs(4_000) });
    expect(await market.wallet(worker)).to.equal(6_000n);
    expect((await market.trialBalance()).outside).to.equal(-6_000n);
    await market.ledgerIsSound();
  });

  it('WAL-10 the platform gives out of its revenue, and takes into it', async () => {
    const desk = await aDesk();
    const { market, worker, adjust } = desk;
    await earn(desk, 5_000);
    expect(await revenueIn(market)).to.equal(5_000n);
    await adjust({ amount: rupiahs(3_000), side: 'revenue' });
    expect([await market.wallet(worker), await revenueIn(market)]).to.deep.equal([3_000n, 2_000n]);
    await market.ledgerIsSound();
  });

  it('WAL-10 WAL-4 takes no more than is there, and says how much that is', async () => {
    const { market, worker, ask, adjust } = await aDesk();
    await adjust({ amount: rupiahs(1_000) });
    const asked = ask({ direction: 'minus', amount: rupiahs(1_001) });
    const refused = {
      code: 'wallet.user-insufficient',
      details: { missing: 1n, balance: 1_000n },
    };
    expect(await refusal(market.core.wallet.adjust(asked))).to.deep.equal(refused);
    expect(await refusal(market.core.wallet.quoteAdjustment(asked))).to.deep.equal(refused);
    expect(await market.wallet(worker)).to.equal(1_000n);
  });

  it('WAL-4 held money is not there to be taken', async () => {
    const { market, worker, adjust } = await aDesk();
    await adjust({ amount: rupiahs(20_000) });
    await market.withdraw(worker, 15_000);
    const { code } = await refusal(adjust({ direction: 'minus', amount: rupiahs(5_001) }));
    expect(code).to.equal('wallet.user-insufficient');
  });

  it('WAL-4 gives no more revenue than there is, however many ask at once', async () => {
    const desk = await aDesk();
    const { market, adjust } = desk;
    await earn(desk, 5_000);
    const given = await Promise.allSettled(
      Array.from({ length: 8 }, () => adjust({ amount: rupiahs(1_500), side: 'revenue' })),
    );
    expect(given.filter(({ status }) => status === 'fulfilled')).to.have.length(3);
    expect(await revenueIn(market)).to.equal(500n);
    const { code, details } = await refusal(adjust({ amount: rupiahs(501), side: 'revenue' }));
    expect({ code, details }).to.deep.equal({
      code: 'wallet.revenue-insufficient',
      details: { missing: 1n },
    });
  });

  it('WAL-10 the quote says what will be left, and moves nothing', async () => {
    const desk = await aDesk();
    const { market, ask } = desk;
    await earn(desk, 5_000);
    const quote = (change: Wish) => market.core.wallet.quoteAdjustment(ask(change));
    expect(await quote({})).to.deep.equal({
      balance: 0n,
      balanceAfter: 10_000n,
      revenue: null,
    });
    expect(await quote({ amount: rupiahs(500), side: 'revenue' })).to.deep.equal({
      balance: 0n,
      balanceAfter: 500n,
      revenue: 5_000n,
    });
    expect(await market.wallet(desk.worker)).to.equal(0n);
  });

  it('WAL-1 nothing and too much are refused', async () => {
    const { adjust } = await aDesk();
    for (const [amount, code] of [
      [0, 'money.too-small'],
      [-1, 'money.too-small'],
      [1_000_000_001, 'money.too-large'],
    ] as const) {
      expect((await refusal(adjust({ amount: rupiahs(amount) }))).code).to.equal(code);
    }
  });

  it('WAL-10 needs a reason', async () => {
    const { adjust } = await aDesk();
    expect((await refusal(adjust({ reason: ' ' }))).code).to.equal('reason.required');
  });

  it('ACC-7 nobody adjusts their own wallet, nor asks what it would come to', async () => {
    const { market, admin, ask } = await aDesk();
    const own = ask({}, admin);
    expect((await refusal(market.core.wallet.adjust(own))).code).to.equal('user.own');
    expect((await refusal(market.core.wallet.quoteAdjustment(own))).code).to.equal('user.own');
  });

  it('ADM-1 only an admin with the permission money may', async () => {
    const { market, adjust, admin } = await aDesk();
    const permissions: readonly Permission[] = ['review', 'users', 'settings'];
    const { telegramId } = admin;
    await market.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
    expect(await refusal(adjust())).to.deep.equal({
      code: 'user.permission-required',
      details: { oneOf: ['money'] },
    });
  });

  it('ACC-5 a suspended person’s wallet can be adjusted, and they hear of it', async () => {
    const { market, admin, worker, adjust } = await aDesk();
    const { actor } = admin;
    await market.core.users.suspend({ actor, userId: worker.id, reason: 'two accounts' });
    await adjust();
    expect(await market.wallet(worker)).to.equal(10_000n);
    expect(ofKind(market.noticesTo(worker), 'wallet.adjusted')).to.have.length(1);
  });
});

describe('An adjustment and what it mends', () => {
  it('WAL-10 names a transaction of this user’s history, also one of somebody else’s making', async () => {
    const { market, worker, adjust } = await aDesk();
    const client = await market.client();
    const proof = await market.proof(worker, await market.campaign(client));
    await market.approve(proof);
    const { actor } = worker;
    const { items } = await market.core.wallet.history({ actor, page: FIRST_PAGE });
    const mends = items[0]?.transactionId ?? null;
    const { reference } = await adjust({ mends });
    expect(reference).to.deep.equal({ kind: 'transaction', id: mends });
    await market.ledgerIsSound();
  });

  it('WAL-10 what is another’s, or nowhere, is refused', async () => {
    const { market, adjust } = await aDesk();
    const { id: others } = await adjust({}, await market.worker());
    const nowhere = { code: 'not-found', details: { what: 'transaction' } };
    for (const mends of [others, freshId<typeof others>()]) {
      expect(await refusal(adjust({ mends }))).to.deep.equal(nowhere);
    }
  });
});

describe('An adjustment asked for again', () => {
  it('WAL-7 moves money once, tells once and is told once', async () => {
    const { market, worker, ask } = await aDesk();
    const asked = ask();
    const made = await together(5, () => market.core.wallet.adjust(asked));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(await market.wallet(worker)).to.equal(10_000n);
    expect(market.auditOf(made[0]?.id ?? '')).to.have.length(1);
    expect(ofKind(market.noticesTo(worker), 'wallet.adjusted')).to.have.length(1);
    expect(await aboutMoney(market)).to.have.length(1);
    await market.ledgerIsSound();
  });

  it('WAL-7 the same key with other content is refused, each part of it', async () => {
    const { market, worker, adjust, ask } = await aDesk();
    const first = ask();
    const { id } = await market.core.wallet.adjust(first);
    const others: readonly Wish[] = [
      { amount: rupiahs(10_001) },
      { direction: 'minus' },
      { side: 'revenue' },
      { reason: 'another one' },
      { mends: id },
    ];
    for (const other of others) {
      const { code } = await refusal(adjust({ key: first.key, ...other }));
      expect(code, JSON.stringify(Object.keys(other))).to.equal('wallet.key-reused');
    }
    const { code } = await refusal(adjust({ key: first.key }, await market.worker()));
    expect(code).to.equal('wallet.key-reused');
    expect(await market.wallet(worker)).to.equal(10_000n);
  });

  it('WAL-7 what was done stays done, though the wallet could not bear it again', async () => {
    const { market, worker, ask, adjust } = await aDesk();
    await adjust();
    const asked = ask({ direction: 'minus' });
    const first = await market.core.wallet.adjust(asked);
    expect((await market.core.wallet.adjust(asked)).id).to.equal(first.id);
    expect(await market.wallet(worker)).to.equal(0n);
  });
});

describe('Who hears of an adjustment', () => {
  it('AUD-1 the log says who moved what, where, why and what it left', async () => {
    const { market, admin, worker, adjust } = await aDesk();
    await adjust();
    const { id } = await adjust({ direction: 'minus', amount: rupiahs(2_500), reason: 'twice' });
    expect(market.auditOf(id)).to.deep.equal([
      {
        actor: admin.actor,
        action: 'wallet.adjust',
        subject: 'transaction',
        subjectId: id,
        before: { balance: '10000' },
        after: {
          userId: worker.id,
          amount: '2500',
          direction: 'minus',
          side: 'cash',
          reason: 'twice',
          mends: null,
          balance: '7500',
        },
        at: market.clock.now(),
      },
    ]);
  });

  it('WAL-10 NTF-1 the person: how much, why, and what is there now', async () => {
    const { market, worker, adjust } = await aDesk();
    await adjust();
    await adjust({ direction: 'minus', amount: rupiahs(2_500), reason: 'twice' });
    const told = ofKind(market.noticesTo(worker), 'wallet.adjusted');
    expect(told.map(({ amount, reason, balance }) => [amount, reason, balance])).to.deep.equal([
      [10_000n, 'top-up of Tuesday was counted short', 10_000n],
      [-2_500n, 'twice', 7_500n],
    ]);
  });

  it('WAL-9 it stands in their history, signed', async () => {
    const { market, worker, adjust } = await aDesk();
    await adjust();
    market.clock.advance(1_000);
    await adjust({ direction: 'minus', amount: rupiahs(2_500) });
    const { actor } = worker;
    const { items } = await market.core.wallet.history({ actor, page: FIRST_PAGE });
    expect(items.map(({ type, amount }) => [type, amount])).to.deep.equal([
      ['adjustment', -2_500n],
      ['adjustment', 10_000n],
    ]);
  });

  it('WAL-10 the owner: whose, how much, which side, who and why', async () => {
    const { market, adjust } = await aDesk();
    await adjust();
    await adjust({ direction: 'minus', amount: rupiahs(2_500), side: 'revenue', reason: 'twice' });
    const told = await aboutMoney(market);
    expect(told.at(-1)?.news).to.deep.equal({
      kind: 'wallet-adjusted',
      name: 'Siti',
      amount: -2_500n,
      side: 'revenue',
      by: 'Siti',
      reason: 'twice',
    });
    expect(told).to.have.length(2);
  });
});
