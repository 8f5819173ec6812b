import { expect } from 'chai';
import { ZERO } from '../../core/kernel/index.ts';
import type { User } from '../../core/users/index.ts';
import {
  escrowOf,
  holdOf,
  OUTSIDE,
  REVENUE,
  walletOf,
  type NewTransaction,
  type Reference,
} from '../../core/wallet/index.ts';
import {
  aCredit,
  aDepositTransaction,
  aLink,
  aTransaction,
  aWithdrawTransaction,
  freshId,
  later,
  rupiahs,
} from '../support/builders.ts';
import { abandoned, type Stage } from './harness.ts';
import { enterCampaign, enterProof, enterRich, enterUser } from './scenes.ts';
import { earningByDay } from './wallet-earnings.ts';

const first10 = { page: 0, size: 10 };

const linesOf = async (stage: Stage, user: User) => {
  const { items } = await stage.run((tx) => tx.wallets.history(user.id, first10));
  return items.map(({ type, status, amount }) => [type, status, amount]);
};

/** `WalletRepo.history`, `earnings` and `earningsByDay`. */
export const reading = (stage: Stage): void => {
  history(stage);
  labels(stage);
  unposted(stage);
  paging(stage);
  earning(stage);
  earningByDay(stage);
};

const history = (stage: Stage): void => {
  it('WAL-9 shows what a transaction did to the wallet of each person in it', async () => {
    const [worker, client] = [await enterRich(stage, 500), await enterUser(stage)];
    const give = { from: walletOf(worker.id), to: walletOf(client.id), amount: rupiahs(300) };
    const made = aTransaction({
      type: 'reversal',
      userId: worker.id,
      createdAt: later(7_000),
      postings: [give, { from: REVENUE, to: walletOf(client.id), amount: rupiahs(20) }],
    });
    await stage.run(async (tx) => {
      const donor = aCredit(worker.id, 20);
      await tx.wallets.post(donor);
      const gift = { from: walletOf(worker.id), to: REVENUE, amount: rupiahs(20) };
      await tx.wallets.post(
        aTransaction({ type: 'adjustment', userId: worker.id, postings: [gift] }),
      );
      await tx.wallets.post(made);
    });
    const { items } = await stage.run((tx) => tx.wallets.history(client.id, first10));
    expect(items).to.deep.equal([
      {
        transactionId: made.id,
        type: 'reversal',
        status: 'approved',
        amount: 320n,
        reference: made.reference,
        campaign: null,
        at: later(7_000),
      },
    ]);
    expect((await linesOf(stage, worker))[0]).to.deep.equal(['reversal', 'approved', -300n]);
    const stands = (user: User, id = made.id) =>
      stage.run((tx) => tx.wallets.isInHistory(user.id, id));
    expect([await stands(worker), await stands(client)]).to.deep.equal([true, true]);
    expect(await stands(await enterUser(stage)), 'of somebody else').to.equal(false);
    expect(await stands(worker, freshId()), 'unknown').to.equal(false);
  });

  it('WAL-9 shows a withdrawal with its fee, and one undone as what was asked for', async () => {
    const user = await enterRich(stage, 100_000);
    const money = { amount: 20_000, fee: 1_000 };
    const ask = (at: number) =>
      stage.run((tx) =>
        tx.wallets.post(aWithdrawTransaction(user.id, money, { createdAt: later(at) })),
      );
    const [paid, canceled] = [await ask(1_000), await ask(2_000)];
    await ask(3_000);
    const hold = holdOf(user.id);
    await stage.run(async (tx) => {
      const fee = { from: hold, to: REVENUE, amount: rupiahs(1_000) };
      const out = { from: hold, to: OUTSIDE, amount: rupiahs(20_000) };
      await tx.wallets.decide({
        id: paid.id,
        decision: 'approved',
        postings: [out, fee],
        at: later(9_000),
      });
      const back = { from: hold, to: walletOf(user.id), amount: rupiahs(21_000) };
      await tx.wallets.decide({
        id: canceled.id,
        decision: 'canceled',
        postings: [back],
        at: later(8_000),
      });
    });
    expect(await linesOf(stage, user)).to.deep.equal([
      ['withdraw', 'pending', -21_000n],
      ['withdraw', 'canceled', -20_000n],
      ['withdraw', 'approved', -21_000n],
      ['adjustment', 'approved', 100_000n],
    ]);
  });
};

const labels = (stage: Stage): void => {
  it('WAL-9 names the campaign that a line was for', async () => {
    const link = { ...aLink(), target: 'https://x.com/upah/status/42' };
    const campaign = await enterCampaign(stage, { kind: 'comment', link });
    const proof = await enterProof(stage, campaign);
    const label = { taskKind: 'comment', link: link.target };
    const user = await enterUser(stage);
    const credit = async (second: number, reference: Reference) => {
      const made = aCredit(user.id, 100, { reference, createdAt: later(second * 1_000) });
      await stage.run((tx) => tx.wallets.post(made));
    };
    await credit(1, { kind: 'campaign', id: campaign.id });
    await credit(2, { kind: 'task', id: proof.taskId });
    await credit(3, { kind: 'proof', id: proof.id });
    await credit(4, { kind: 'deposit', id: campaign.id });
    await credit(5, { kind: 'proof', id: freshId() });
    const { items } = await stage.run((tx) => tx.wallets.history(user.id, first10));
    expect(items.map((line) => line.campaign)).to.deep.equal([null, null, label, label, label]);
  });
};

const unposted = (stage: Stage): void => {
  it('WAL-9 shows deposits that wait or were refused with the claimed amount', async () => {
    const user = await enterUser(stage);
    const claim = (at: number, amount: number) =>
      stage.run((tx) =>
        tx.wallets.post(
          aDepositTransaction(user.id, { amount: rupiahs(amount), createdAt: later(at) }),
        ),
      );
    const [good, bad] = [await claim(1, 10_000), await claim(2, 20_000)];
    await claim(3, 30_000);
    const arrived = { from: OUTSIDE, to: walletOf(user.id), amount: rupiahs(9_000) };
    await stage.run(async (tx) => {
      await tx.wallets.decide({
        id: good.id,
        decision: 'approved',
        postings: [arrived],
        at: later(5),
      });
      await tx.wallets.decide({ id: bad.id, decision: 'rejected', postings: [], at: later(5) });
    });
    expect(await linesOf(stage, user)).to.deep.equal([
      ['deposit', 'pending', 30_000n],
      ['deposit', 'rejected', 20_000n],
      ['deposit', 'approved', 9_000n],
    ]);
    const stands = await stage.run((tx) => tx.wallets.isInHistory(user.id, bad.id));
    expect(stands, 'the rejected one').to.equal(true);
  });

  it('WAL-9 does not show what never touched the wallet, nor what was rolled back', async () => {
    const client = await enterRich(stage, 600);
    const campaign = await enterCampaign(stage, { clientId: client.id });
    const escrow = escrowOf(campaign.id);
    await stage.run(async (tx) => {
      const paid = { from: walletOf(client.id), to: escrow, amount: rupiahs(600) };
      await tx.wallets.post(
        aTransaction({ type: 'campaign_funding', userId: client.id, postings: [paid] }),
      );
      const fee = { from: escrow, to: REVENUE, amount: rupiahs(60) };
      await tx.wallets.post(
        aTransaction({ type: 'platform_fee', userId: client.id, postings: [fee] }),
      );
    });
    await abandoned(stage, (tx) => tx.wallets.post(aCredit(client.id, 1)));
    expect((await linesOf(stage, client)).map(([type]) => type)).to.have.members([
      'campaign_funding',
      'adjustment',
    ]);
  });
};

const paging = (stage: Stage): void => {
  it('WAL-9 pages newest first', async () => {
    const user = await enterUser(stage);
    for (const second of [3, 1, 5, 2, 4]) {
      const made = aCredit(user.id, second, { createdAt: later(second * 1_000) });
      await stage.run((tx) => tx.wallets.post(made));
    }
    const pages = await stage.run(async (tx) => [
      await tx.wallets.history(user.id, { page: 0, size: 2 }),
      await tx.wallets.history(user.id, { page: 1, size: 2 }),
      await tx.wallets.history(user.id, { page: 2, size: 2 }),
      await tx.wallets.history(user.id, { page: 3, size: 2 }),
    ]);
    const amounts = pages.map(({ items }) => items.map(({ amount }) => amount));
    expect(amounts).to.deep.equal([[5n, 4n], [3n, 2n], [1n], []]);
    expect(pages.map(({ pageCount, total }) => [pageCount, total])).to.deep.equal([
      [3, 5],
      [3, 5],
      [3, 5],
      [3, 5],
    ]);
  });

  it('WAL-9 an empty history is one empty page', async () => {
    const user = await enterUser(stage);
    const page = await stage.run((tx) => tx.wallets.history(user.id, first10));
    expect(page).to.deep.equal({ items: [], page: 0, pageCount: 1, total: 0 });
  });
};

const earning = (stage: Stage): void => {
  it('WDR-1 sums rewards less reversals, and withdrawals that were not undone', async () => {
    const client = await enterRich(stage, 100_000);
    const campaign = await enterCampaign(stage, { clientId: client.id });
    const worker = await enterRich(stage, 70_000);
    const [escrow, wallet, hold] = [escrowOf(campaign.id), walletOf(worker.id), holdOf(worker.id)];
    await stage.run(async (tx) => {
      const post = (made: NewTransaction) => tx.wallets.post(made);
      const userId = worker.id;
      const paid = { from: walletOf(client.id), to: escrow, amount: rupiahs(9_000) };
      await post(aTransaction({ type: 'campaign_funding', userId: client.id, postings: [paid] }));
      for (const amount of [4_000, 5_000]) {
        const postings = [{ from: escrow, to: wallet, amount: rupiahs(amount) }];
        await post(aTransaction({ type: 'task_reward', userId, postings }));
      }
      const taken = { from: wallet, to: walletOf(client.id), amount: rupiahs(4_000) };
      await post(aTransaction({ type: 'reversal', userId, postings: [taken] }));
      const asked = [
        await post(aWithdrawTransaction(userId)),
        await post(aWithdrawTransaction(userId)),
      ];
      await post(aWithdrawTransaction(userId, { amount: 10_000, fee: 500 }));
      const back = { from: hold, to: wallet, amount: rupiahs(20_000) };
      const out = { from: hold, to: OUTSIDE, amount: rupiahs(20_000) };
      if (asked[0])
        await tx.wallets.decide({
          id: asked[0].id,
          decision: 'rejected',
          postings: [back],
          at: later(1),
        });
      if (asked[1])
        await tx.wallets.decide({
          id: asked[1].id,
          decision: 'approved',
          postings: [out],
          at: later(1),
        });
    });
    const sums = await stage.run(async (tx) => [
      await tx.wallets.earnings(worker.id),
      await tx.wallets.earnings(client.id),
    ]);
    expect(sums).to.deep.equal([
      { earned: 5_000n, withdrawn: 30_500n },
      { earned: ZERO, withdrawn: ZERO },
    ]);
  });
};
