import { expect } from 'chai';
import {
  asSystem,
  escrowOf,
  OUTSIDE,
  postEntry,
  walletOf,
  type HistoryLine,
} from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import {
  aMarket,
  FIRST_PAGE,
  refusal,
  together,
  type Market,
  type Person,
} from '../support/market.ts';
import { tellMoved } from '../support/post-told.ts';

const history = async (market: Market, { actor }: Person): Promise<readonly HistoryLine[]> =>
  (await market.core.wallet.history({ actor, page: FIRST_PAGE })).items;

const lines = async (market: Market, who: Person) =>
  (await history(market, who)).map(({ type, status, amount }) => [type, status, amount] as const);

/** A market where each kind of movement has happened once: fee 10 %, withdrawal fee 1.000. */
const aBusyMarket = async () => {
  const market = aMarket({
    settings: { feeBasisPoints: 1_000, withdrawFee: rupiahs(1_000), withdrawMin: rupiahs(1) },
  });
  const [client, worker] = [await market.client(), await market.worker()];
  const campaign = await market.campaign(client, { pricePerTask: rupiahs(5_000), target: 3 });
  const proof = await market.proof(worker, campaign);
  await market.approve(proof);
  const paid = await market.withdraw(worker, 2_000);
  await market.payOut(paid, await market.house());
  await market.core.campaigns.delete({ actor: client.actor, campaignId: campaign.id });
  return { market, client, worker, campaign, proof };
};

describe('Wallets and the ledger', () => {
  it('WAL-2 WAL-11 the sum of all balances is 0 after every kind of movement', async () => {
    const { market, proof } = await aBusyMarket();
    expect(await market.trialBalance()).to.deep.equal({
      wallets: 11_000n + 2_000n,
      holds: 0n,
      escrows: 0n,
      revenue: 500n + 1_000n,
      outside: -14_500n,
    });
    const { actor } = await market.house();
    await market.core.proofs.reverse({ actor, proofId: proof.id, reason: 'fake' });
    expect(await market.trialBalance()).to.deep.equal({
      wallets: 13_500n,
      holds: 0n,
      escrows: 0n,
      revenue: 1_000n,
      outside: -14_500n,
    });
    await market.ledgerIsSound();
  });

  it('WAL-3 WAL-8 the verification passes and has looked at every kind of row', async () => {
    const { market } = await aBusyMarket();
    const steps = [];
    for await (const step of market.core.wallet.verify({ actor: asSystem('test') }))
      steps.push(step);
    expect(steps.flatMap(({ violations }) => violations)).to.deep.equal([]);
    for (const { name, rows } of steps) expect(rows, name).to.be.greaterThan(0);
  });

  it('WAL-4 no wallet, hold or escrow goes below zero, and then nothing is posted', async () => {
    const { market, client, worker, campaign } = await aBusyMarket();
    const before = await market.trialBalance();
    const amount = rupiahs(20_000);
    const reward = { from: escrowOf(campaign.id), to: walletOf(worker.id), amount };
    const taking = { from: walletOf(client.id), to: OUTSIDE, amount };
    for (const [type, posting] of [
      ['task_reward', reward],
      ['adjustment', taking],
    ] as const) {
      const overdrawing = market.see((tx) =>
        postEntry(tx, market.ports, {
          type,
          userId: worker.id,
          amount,
          reference: { kind: 'transaction', id: 'x' },
          request: `test:${type}`,
          actor: asSystem('test'),
          postings: [posting],
        }),
      );
      expect((await refusal(overdrawing)).code).to.equal('wallet.overdrawn');
      expect(await market.trialBalance()).to.deep.equal(before);
    }
    await market.ledgerIsSound();
  });

  it('WAL-4 SEC-A26 fifty withdrawals at once never take more than there is', async () => {
    const market = aMarket({ settings: { withdrawalsPendingMax: 100 } });
    const client = await market.client();
    await market.topUp(client, 105_000);
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, () => market.withdraw(client, 10_000)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).to.have.length(10);
    expect(await market.wallet(client)).to.equal(5_000n);
    expect(await market.hold(client)).to.equal(100_000n);
    await market.ledgerIsSound();
  });

  it('WAL-4 SEC-A26 campaigns made at once never spend more than the wallet has', async () => {
    const market = aMarket();
    const client = await market.client();
    await market.topUp(client, 3_000);
    const made = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        market.core.campaigns.create({
          actor: client.actor,
          kind: 'like',
          link: `https://x.com/i/status/${index}`,
          instructions: null,
          pricePerTask: rupiahs(1_000),
          target: 1,
          key: `k${index}`,
        }),
      ),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).to.have.length(3);
    expect(await market.wallet(client)).to.equal(0n);
    await market.ledgerIsSound();
  });

  it('WAL-4 an approval is not undone with fees that revenue no longer has', async () => {
    const { market, proof } = await aBusyMarket();
    await market.see(async (tx) => {
      const payout = await postEntry(tx, market.ports, {
        type: 'revenue_payout',
        userId: null,
        amount: rupiahs(1_100),
        reference: { kind: 'transaction', id: 'x' },
        request: 'test:payout',
        actor: asSystem('test'),
        postings: [{ from: { kind: 'revenue' }, to: { kind: 'outside' }, amount: rupiahs(1_100) }],
      });
      await tellMoved(tx, payout);
    });
    const { actor } = await market.house();
    const reversal = market.core.proofs.reverse({ actor, proofId: proof.id, reason: 'fake' });
    expect(await refusal(reversal)).to.deep.equal({
      code: 'wallet.revenue-insufficient',
      details: { missing: 100n },
    });
    expect((await market.proofNow(proof)).status).to.equal('approved');
    await market.ledgerIsSound();
  });

  it('WAL-5 a correction is a new transaction: the corrected one stays as it was', async () => {
    const { market, worker, proof } = await aBusyMarket();
    const before = await history(market, worker);
    const { actor } = await market.house();
    await market.core.proofs.reverse({ actor, proofId: proof.id, reason: 'fake' });
    const [correction, ...rest] = await history(market, worker);
    expect(correction).to.include({ type: 'reversal', amount: -2_000n });
    expect(rest).to.deep.equal(before);
  });

  it('WAL-6 deposits and withdrawals are born pending, all others approved', async () => {
    const market = aMarket();
    const client = await market.client();
    await market.campaign(client);
    await market.topUp(client, 20_000);
    const canceled = await market.request(client, 30_000);
    await market.core.deposits.cancel({ actor: client.actor, depositId: canceled.id });
    await market.request(client, 40_000);
    await market.withdraw(client, 20_000);
    expect(await lines(market, client)).to.deep.equal([
      ['withdraw', 'pending', -20_000n],
      ['deposit', 'pending', 40_000n],
      ['deposit', 'canceled', 30_000n],
      ['deposit', 'approved', 20_000n],
      ['campaign_funding', 'approved', -1_500n],
      ['deposit', 'approved', 1_500n],
    ]);
    expect(await market.wallet(client)).to.equal(0n);
  });

  it('WAL-6 SEC-A31 a withdrawal canceled and claimed at the same time has one end', async () => {
    const market = aMarket();
    const [client, admin] = [await market.client(), await market.admin()];
    await market.topUp(client, 20_000);
    const { id: withdrawalId } = await market.withdraw(client, 20_000);
    const { cancel } = market.core.withdrawals;
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? market.payOut({ id: withdrawalId }, admin)
          : cancel({ actor: client.actor, withdrawalId }),
      ),
    );
    expect(attempts.some(({ status }) => status === 'fulfilled')).to.equal(true);
    const [{ withdrawal }, left] = [
      await market.core.withdrawals.show({ actor: client.actor, withdrawalId }),
      await market.wallet(client),
    ];
    expect(left).to.equal(withdrawal.status === 'paid' ? 0n : 20_000n);
    expect(await market.hold(client)).to.equal(0n);
    await market.ledgerIsSound();
  });

  it('WAL-9 people see their balance, what is held, and their history', async () => {
    const market = aMarket();
    const client = await market.client();
    for (const amount of [1_000, 2_000, 3_000, 10_000]) {
      market.clock.advance(60_000);
      await market.topUp(client, amount);
    }
    market.clock.advance(60_000);
    const withdrawal = await market.withdraw(client, 10_000);
    const { actor } = client;
    expect(await market.core.wallet.balances({ actor })).to.deep.equal({
      wallet: 6_000n,
      hold: 10_000n,
    });
    const first = await market.core.wallet.history({ actor, page: { page: 0, size: 2 } });
    const last = await market.core.wallet.history({ actor, page: { page: 2, size: 2 } });
    expect(first).to.include({ total: 5, pageCount: 3 });
    expect(first.items[0]).to.deep.include({
      type: 'withdraw',
      amount: -10_000n,
      reference: { kind: 'withdrawal', id: withdrawal.id },
      at: market.clock.now(),
    });
    expect(last.items.map(({ amount }) => amount)).to.deep.equal([1_000n]);
  });

  it('WAL-9 nobody sees the history of another', async () => {
    const { market, client } = await aBusyMarket();
    const stranger = await market.client();
    expect(await history(market, stranger)).to.deep.equal([]);
    expect(await history(market, client)).to.have.length(3);
  });

  it('SEC-A21 twenty workers paid from one escrow leave exactly nothing', async () => {
    const market = aMarket({ settings: { feeBasisPoints: 333 } });
    const campaign = await market.campaign(await market.client(), { target: 20 });
    const proofs = await together(20, async () => market.proof(await market.worker(), campaign));
    await Promise.all(proofs.map((proof) => market.approve(proof)));
    expect(await market.escrow(campaign)).to.equal(0n);
    expect((await market.trialBalance()).revenue).to.equal(20n * 17n);
    await market.ledgerIsSound();
  });
});
