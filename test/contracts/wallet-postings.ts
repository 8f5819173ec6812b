import { expect } from 'chai';
import {
  escrowOf,
  holdOf,
  OUTSIDE,
  REVENUE,
  walletOf,
  type NewTransaction,
} from '../../core/wallet/index.ts';
import {
  aCredit,
  aTransaction,
  aWithdrawTransaction,
  freshHash,
  later,
  rupiahs,
} from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  codesOf,
  failureOf,
  onStage,
  race,
  RACERS,
  refusalOf,
  type Stage,
} from './harness.ts';
import { enterCampaign, enterRich, enterUser } from './scenes.ts';

/** `WalletRepo.post`, `findByKey`, `balances` and `lockBalances`. */
export const posting = (stage: ReturnType<typeof onStage>): void => {
  moving(stage);
  keys(stage);
  walls(stage);
  legality(stage);
  races(stage);
};

const balancesOf = (stage: Stage, user: { readonly id: NewTransaction['userId'] & string }) =>
  stage.run((tx) => tx.wallets.balances(user.id));

const funding = async (stage: Stage, amount: number) => {
  const client = await enterRich(stage, amount);
  const campaign = await enterCampaign(stage, { clientId: client.id });
  const paid = { from: walletOf(client.id), to: escrowOf(campaign.id), amount: rupiahs(amount) };
  await stage.run((tx) =>
    tx.wallets.post(
      aTransaction({ type: 'campaign_funding', userId: client.id, postings: [paid] }),
    ),
  );
  return { client, campaign };
};

const moving = (stage: Stage): void => {
  it('WAL-2 moves money from one account to another', async () => {
    const { client, campaign } = await funding(stage, 700);
    const worker = await enterUser(stage);
    const reward = aTransaction({
      type: 'task_reward',
      userId: worker.id,
      createdAt: later(5),
      postings: [{ from: escrowOf(campaign.id), to: walletOf(worker.id), amount: rupiahs(500) }],
    });
    const { postings: _postings, ...content } = reward;
    const stored = await stage.run((tx) => tx.wallets.post(reward));
    expect(stored).to.deep.equal({ ...content, status: 'approved', decidedAt: later(5) });
    const held = await stage.run((tx) =>
      tx.wallets.lockBalances([
        escrowOf(campaign.id),
        walletOf(worker.id),
        walletOf(client.id),
        holdOf(client.id),
      ]),
    );
    expect(held).to.deep.equal([200n, 500n, 0n, 0n]);
  });

  it('WAL-6 a withdrawal and a deposit are born pending', async () => {
    const user = await enterRich(stage, 30_000);
    const withdraw = aWithdrawTransaction(user.id);
    const deposit = aTransaction({
      type: 'deposit',
      userId: user.id,
      amount: rupiahs(10),
      postings: [],
    });
    for (const made of [withdraw, deposit]) {
      const { status, decidedAt } = await stage.run((tx) => tx.wallets.post(made));
      expect({ status, decidedAt }).to.deep.equal({ status: 'pending', decidedAt: null });
    }
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 10_000n, hold: 20_000n });
  });

  it('WAL-4 counts revenue by its postings', async () => {
    const { campaign } = await funding(stage, 700);
    const read = () => stage.run((tx) => tx.wallets.lockBalances([REVENUE]));
    const [before = 0n] = await read();
    const fee = { from: escrowOf(campaign.id), to: REVENUE, amount: rupiahs(70) };
    await stage.run((tx) =>
      tx.wallets.post(aTransaction({ type: 'platform_fee', userId: null, postings: [fee] })),
    );
    expect(await read()).to.deep.equal([before + 70n]);
  });

  it('reads balances in the order asked, whatever the order of locking', async () => {
    const [poor, rich] = [await enterRich(stage, 1), await enterRich(stage, 2)];
    const ask = (users: readonly { readonly id: typeof poor.id }[]) =>
      stage.run((tx) => tx.wallets.lockBalances(users.map(({ id }) => walletOf(id))));
    expect(await ask([poor, rich])).to.deep.equal([1n, 2n]);
    expect(await ask([rich, poor])).to.deep.equal([2n, 1n]);
  });
};

const keys = (stage: Stage): void => {
  it('WAL-7 the same key and content gives the first transaction; nothing moves', async () => {
    const user = await enterUser(stage);
    const made = aCredit(user.id, 500);
    const first = await stage.run((tx) => tx.wallets.post(made));
    const again = aCredit(user.id, 500, { key: made.key, fingerprint: made.fingerprint });
    expect(await stage.run((tx) => tx.wallets.post(again))).to.deep.equal(first);
    expect(await stage.run((tx) => tx.wallets.findByKey(made.key))).to.deep.equal(first);
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 500n, hold: 0n });
  });

  it('WAL-7 the same key with other content is refused; nothing moves', async () => {
    const user = await enterUser(stage);
    const made = aCredit(user.id, 500);
    await stage.run((tx) => tx.wallets.post(made));
    const other = aCredit(user.id, 900, { key: made.key, fingerprint: freshHash() });
    const refusal = await refusalOf(stage.run((tx) => tx.wallets.post(other)));
    expect(refusal).to.include({ code: 'wallet.key-reused' });
    expect(refusal.details).to.deep.equal({ key: made.key });
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 500n, hold: 0n });
  });

  it('WAL-7 knows no transaction by a key that was never used', async () => {
    const { key } = aCredit((await enterUser(stage)).id, 1);
    expect(await stage.run((tx) => tx.wallets.findByKey(key))).to.equal(undefined);
  });

  it('WAL-7 a key used in a run that threw is free again', async () => {
    const user = await enterUser(stage);
    const made = aCredit(user.id, 500);
    await abandoned(stage, (tx) => tx.wallets.post(made));
    expect(await stage.run((tx) => tx.wallets.findByKey(made.key))).to.equal(undefined);
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 0n, hold: 0n });
    await stage.run((tx) => tx.wallets.post(made));
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 500n, hold: 0n });
  });

  it('WAL-3 a savepoint takes its postings back', async () => {
    const user = await enterUser(stage);
    await stage.run(async (tx) => {
      await tx.wallets.post(aCredit(user.id, 500));
      await abandonedStep(tx, (step) => step.wallets.post(aCredit(user.id, 40)));
      await tx.wallets.post(aCredit(user.id, 3));
    });
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 503n, hold: 0n });
  });
};

const walls = (stage: Stage): void => {
  it('WAL-4 refuses to take a wallet, hold or escrow below zero; nothing moves', async () => {
    const { client, campaign } = await funding(stage, 700);
    const amount = rupiahs(701);
    const wallet = walletOf(client.id);
    const attempts: readonly NewTransaction[] = [
      aWithdrawTransaction(client.id, { amount: 1 }),
      aTransaction({
        type: 'campaign_refund',
        userId: client.id,
        postings: [{ from: escrowOf(campaign.id), to: wallet, amount }],
      }),
    ];
    for (const made of attempts) {
      const refusal = await refusalOf(stage.run((tx) => tx.wallets.post(made)));
      expect(refusal.code).to.equal('wallet.overdrawn');
      expect(await stage.run((tx) => tx.wallets.findByKey(made.key))).to.equal(undefined);
    }
    expect(await balancesOf(stage, client)).to.deep.equal({ wallet: 0n, hold: 0n });
  });

  it('WAL-4 posts all of a transaction or nothing', async () => {
    const [payer, taker] = [await enterRich(stage, 100), await enterUser(stage)];
    const give = (amount: number) => ({
      from: walletOf(payer.id),
      to: walletOf(taker.id),
      amount: rupiahs(amount),
    });
    const postings = [give(60), give(60)];
    const made = aTransaction({ type: 'reversal', userId: payer.id, postings });
    const refusal = await refusalOf(stage.run((tx) => tx.wallets.post(made)));
    expect(refusal.code).to.equal('wallet.overdrawn');
    expect(await balancesOf(stage, taker)).to.deep.equal({ wallet: 0n, hold: 0n });
  });

  it('WAL-4 goes on in the same transaction after an overdraft inside a savepoint', async () => {
    const user = await enterRich(stage, 100);
    await stage.run(async (tx) => {
      const tooMuch = aWithdrawTransaction(user.id, { amount: 101 });
      const refusal = await refusalOf(tx.savepoint((step) => step.wallets.post(tooMuch)));
      expect(refusal.code).to.equal('wallet.overdrawn');
      await tx.wallets.post(aWithdrawTransaction(user.id, { amount: 100 }));
    });
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 0n, hold: 100n });
  });
};

const legality = (stage: Stage): void => {
  it('WAL-4 revenue cannot be paid out beyond what it has', async () => {
    const [has = 0n] = await stage.run((tx) => tx.wallets.lockBalances([REVENUE]));
    const amount = rupiahs(Number(has) + 1);
    const postings = [{ from: REVENUE, to: OUTSIDE, amount }];
    const payout = aTransaction({ type: 'revenue_payout', userId: null, postings });
    const refusal = await refusalOf(stage.run((tx) => tx.wallets.post(payout)));
    expect(refusal.code).to.equal('wallet.overdrawn');
  });

  it('WAL-2 WAL-6 money that a type may not move so is a defect, and nothing moves', async () => {
    const [user, other] = [await enterRich(stage, 100), await enterUser(stage)];
    const [mine, theirs] = [walletOf(user.id), walletOf(other.id)];
    const wrong: readonly Pick<NewTransaction, 'type' | 'postings'>[] = [
      { type: 'task_reward', postings: [{ from: mine, to: theirs, amount: rupiahs(5) }] },
      { type: 'reversal', postings: [{ from: mine, to: mine, amount: rupiahs(5) }] },
      { type: 'deposit', postings: [{ from: mine, to: theirs, amount: rupiahs(5) }] },
      { type: 'withdraw', postings: [{ from: mine, to: holdOf(other.id), amount: rupiahs(5) }] },
      { type: 'adjustment', postings: [{ from: mine, to: OUTSIDE, amount: rupiahs(-5) }] },
      { type: 'adjustment', postings: [{ from: mine, to: OUTSIDE, amount: rupiahs(0) }] },
    ];
    for (const change of wrong) {
      const made = aTransaction({ userId: user.id, amount: rupiahs(5), ...change });
      await failureOf(stage.run((tx) => tx.wallets.post(made)));
    }
    const after = [await balancesOf(stage, user), await balancesOf(stage, other)];
    expect(after.map(({ wallet, hold }) => [wallet, hold])).to.deep.equal([
      [100n, 0n],
      [0n, 0n],
    ]);
  });
};

const races = (stage: Stage): void => {
  it('WAL-7 twenty callers with one key move the money once', async () => {
    const user = await enterUser(stage);
    const { key, fingerprint } = aCredit(user.id, 500);
    const { won, lost } = await race(() =>
      stage.run((tx) => tx.wallets.post(aCredit(user.id, 500, { key, fingerprint }))),
    );
    expect(lost).to.deep.equal([]);
    expect(won).to.have.length(RACERS);
    expect(new Set(won.map(({ id }) => id)).size).to.equal(1);
    expect((await balancesOf(stage, user)).wallet).to.equal(500n);
  });

  it('WAL-4 of twenty callers who spend the same money one wins', async () => {
    const user = await enterRich(stage, 20_000);
    const { won, lost } = await race(() =>
      stage.run((tx) => tx.wallets.post(aWithdrawTransaction(user.id))),
    );
    expect(won).to.have.length(1);
    expect(codesOf(lost)).to.deep.equal(['wallet.overdrawn']);
    expect(await balancesOf(stage, user)).to.deep.equal({ wallet: 0n, hold: 20_000n });
  });

  it('WAL-2 twenty transfers crossing each other all arrive', async () => {
    const [a, b] = [await enterRich(stage, 1_000), await enterRich(stage, 1_000)];
    const { lost } = await race((index) => {
      const [from, to] = index % 2 === 0 ? [a, b] : [b, a];
      const amount = rupiahs(index + 1);
      const postings = [{ from: walletOf(from.id), to: walletOf(to.id), amount }];
      return stage.run((tx) =>
        tx.wallets.post(aTransaction({ type: 'reversal', userId: from.id, postings })),
      );
    });
    expect(lost).to.deep.equal([]);
    expect((await balancesOf(stage, a)).wallet).to.equal(1_010n);
    expect((await balancesOf(stage, b)).wallet).to.equal(990n);
  });
};
