import { expect } from 'chai';
import { totalCost, type Campaign } from '../../core/campaigns/index.ts';
import type { Proof } from '../../core/proofs/index.ts';
import type { Take } from '../../core/tasks/index.ts';
import { escrowOf, holdOf, OUTSIDE, REVENUE, walletOf } from '../../core/wallet/index.ts';
import type { VerificationStep } from '../../core/wallet/index.ts';
import {
  aCredit,
  aTransaction,
  aWithdrawTransaction,
  later,
  rupiahs,
} from '../support/builders.ts';
import { abandoned, onStage, type OpenHarness, type Stage } from './harness.ts';
import { enterCampaign, enterDeposit, enterProof, enterRich, enterUser } from './scenes.ts';

/** What every reader of a whole ledger promises. Needs an empty ledger, and leaves a broken one. */
export const ledgerReaderContract = (name: string, open: OpenHarness) =>
  describe(`ledger reader: ${name}`, () => {
    const stage = onStage(open);
    goodLedger(stage);
    badLedger(stage);
  });

const verify = async (stage: Stage): Promise<readonly VerificationStep[]> => {
  const steps: VerificationStep[] = [];
  for await (const step of stage.ports.ledgerReader.verify()) steps.push(step);
  return steps;
};

const violationsOf = async (stage: Stage) =>
  (await verify(stage)).flatMap(({ violations }) => violations);

/** A campaign whose escrow holds what its slots cost. */
const enterFunded = async (stage: Stage, change: Partial<Campaign> = {}): Promise<Campaign> => {
  const client = await enterRich(stage);
  const campaign = await enterCampaign(stage, { clientId: client.id, ...change });
  const amount = totalCost(campaign, campaign.targetTotal);
  const paid = { from: walletOf(client.id), to: escrowOf(campaign.id), amount };
  await stage.run((tx) =>
    tx.wallets.post(
      aTransaction({ type: 'campaign_funding', userId: client.id, postings: [paid] }),
    ),
  );
  return campaign;
};

/** Approves a proof as REV-3 says, with or without the money. */
const approve = async (stage: Stage, campaign: Campaign, proof: Proof, pay: boolean) => {
  const admin = await enterUser(stage, { role: 'admin' });
  await stage.run(async (tx) => {
    const take = (await tx.tasks.lock(proof.takeId)) as Take;
    const at = later(60_000);
    await tx.tasks.save({ ...take, status: 'approved', endedAt: at }, 'approved');
    const decision = { order: 'first', verdict: 'approved', by: admin.id, reason: null } as const;
    await tx.proofs.decide({ proofId: proof.id, takeId: take.id, at, ...decision });
    await tx.campaigns.settle(campaign.id, { completed: 1, closed: 0 });
    if (!pay) return;
    const from = escrowOf(campaign.id);
    const reference = { kind: 'proof', id: proof.id } as const;
    const reward = { from, to: walletOf(proof.workerId), amount: campaign.pricePerTask };
    const userId = proof.workerId;
    await tx.wallets.post(
      aTransaction({ type: 'task_reward', userId, reference, postings: [reward] }),
    );
    const fee = { from, to: REVENUE, amount: campaign.feePerTask };
    await tx.wallets.post(
      aTransaction({ type: 'platform_fee', userId: null, reference, postings: [fee] }),
    );
  });
};

const goodLedger = (stage: Stage): void => {
  it('WAL-8 proves a ledger with every kind of movement, step by step', async () => {
    const campaign = await enterFunded(stage, { feePerTask: rupiahs(25), targetTotal: 4 });
    await approve(stage, campaign, await enterProof(stage, campaign), true);
    await enterProof(stage, campaign);
    const user = await enterRich(stage);
    const deposit = await enterDeposit(stage, { userId: user.id });
    await enterDeposit(stage, { userId: user.id });
    await stage.run(async (tx) => {
      const arrived = { from: OUTSIDE, to: walletOf(user.id), amount: rupiahs(50_000) };
      await tx.wallets.decide({
        id: deposit.transactionId,
        decision: 'approved',
        postings: [arrived],
        at: later(1),
      });
      const asked = await tx.wallets.post(aWithdrawTransaction(user.id));
      const out = { from: holdOf(user.id), to: OUTSIDE, amount: rupiahs(20_000) };
      await tx.wallets.decide({
        id: asked.id,
        decision: 'approved',
        postings: [out],
        at: later(1),
      });
      await tx.wallets.post(aWithdrawTransaction(user.id));
    });
    const steps = await verify(stage);
    expect(steps.flatMap(({ violations }) => violations)).to.deep.equal([]);
    expect(steps.length).to.be.at.least(3);
    for (const { name } of steps) expect(name).to.be.a('string').that.is.not.equal('');
    expect(steps.reduce((rows, step) => rows + step.rows, 0)).to.be.at.least(10);
  });

  it('WAL-11 sums every kind of account; together they are 0', async () => {
    const read = () => stage.ports.ledgerReader.trialBalance();
    const before = await read();
    const campaign = await enterFunded(stage, { feePerTask: rupiahs(25), targetTotal: 4 });
    await approve(stage, campaign, await enterProof(stage, campaign), true);
    const user = await enterRich(stage, 50_000);
    await stage.run((tx) => tx.wallets.post(aWithdrawTransaction(user.id)));
    const after = await read();
    const change = {
      wallets: after.wallets - before.wallets,
      holds: after.holds - before.holds,
      escrows: after.escrows - before.escrows,
      revenue: after.revenue - before.revenue,
      outside: after.outside - before.outside,
    };
    expect(change).to.deep.equal({
      wallets: 1_000_000n - 4n * 525n + 500n + 30_000n,
      holds: 20_000n,
      escrows: 3n * 525n,
      revenue: 25n,
      outside: -1_050_000n,
    });
    const { wallets, holds, escrows, revenue, outside } = after;
    expect(wallets + holds + escrows + revenue + outside).to.equal(0n);
  });

  it('WAL-8 does not see what was rolled back', async () => {
    const before = await stage.ports.ledgerReader.trialBalance();
    const user = await enterUser(stage);
    await abandoned(stage, (tx) => tx.wallets.post(aCredit(user.id, 500)));
    expect(await stage.ports.ledgerReader.trialBalance()).to.deep.equal(before);
  });
};

const badLedger = (stage: Stage): void => {
  it('WAL-8 names an approved proof without its reward', async () => {
    const campaign = await enterFunded(stage, { targetTotal: 1 });
    const proof = await enterProof(stage, campaign);
    expect(await violationsOf(stage)).to.deep.equal([]);
    await approve(stage, campaign, proof, false);
    const rows = (await violationsOf(stage)).map(({ row }) => row);
    expect(
      rows.some((row) => row.includes(proof.id)),
      `the proof in ${rows.join()}`,
    ).to.equal(true);
  });

  it('WAL-8 names an escrow that does not hold what its open slots cost', async () => {
    const campaign = await enterFunded(stage);
    await stage.run((tx) => tx.slots.open(campaign, 1));
    const violations = await violationsOf(stage);
    const mine = violations.filter(({ row }) => row.includes(campaign.id));
    expect(mine).to.have.length(1);
    expect(mine[0]?.rule).to.match(/^(WAL|CAM)-\d+$/);
    expect(mine[0]?.what).to.be.a('string').that.is.not.equal('');
  });

  it('WAL-8 names at most ten rows of a step', async () => {
    for (let count = 0; count < 12; count += 1) {
      const campaign = await enterFunded(stage);
      await stage.run((tx) => tx.slots.open(campaign, 1));
    }
    const counts = (await verify(stage)).map(({ violations }) => violations.length);
    expect(Math.max(...counts)).to.equal(10);
  });
};
