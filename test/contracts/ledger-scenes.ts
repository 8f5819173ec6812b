import { totalCost, type Campaign } from '../../core/campaigns/index.ts';
import type { AuditEntry } from '../../core/audit/index.ts';
import { asUser } from '../../core/kernel/index.ts';
import type { Proof } from '../../core/proofs/index.ts';
import type { Take } from '../../core/tasks/index.ts';
import type { User } from '../../core/users/index.ts';
import { escrowOf, holdOf, OUTSIDE, REVENUE, walletOf } from '../../core/wallet/index.ts';
import { aTransaction, rupiahs } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import {
  enterCampaign,
  enterDeposit,
  enterRich,
  enterUser,
  enterWithdrawal,
  type NewCampaign,
} from './scenes.ts';

// Decisions are made at the time of day: what is recent, a database tells by its own clock.

type Told = Pick<AuditEntry, 'action' | 'subject' | 'subjectId'>;

/** A row of the log by an admin. */
export const tell = (stage: Stage, admin: User, told: Told): Promise<void> =>
  stage.run((tx) =>
    tx.audit.append({
      actor: asUser(admin.id),
      before: null,
      after: null,
      at: new Date(),
      ...told,
    }),
  );

/** A campaign whose escrow holds what its slots cost. */
export const enterFunded = async (stage: Stage, change: NewCampaign = {}): Promise<Campaign> => {
  const clientId = change.clientId ?? (await enterRich(stage)).id;
  const campaign = await enterCampaign(stage, { ...change, clientId });
  const amount = totalCost(campaign, campaign.targetTotal);
  const paid = { from: walletOf(clientId), to: escrowOf(campaign.id), amount };
  const reference = { kind: 'campaign', id: campaign.id } as const;
  await stage.run((tx) =>
    tx.wallets.post(
      aTransaction({ type: 'campaign_funding', userId: clientId, reference, postings: [paid] }),
    ),
  );
  return campaign;
};

/** What of an approval is left out, or goes wrong. */
interface Slip {
  readonly unpaid?: true;
  readonly untold?: true;
  readonly paidTo?: User;
}

/** Approves a proof as REV-3 says, but for the slip. */
export const approve = async (
  stage: Stage,
  campaign: Campaign,
  proof: Proof,
  { unpaid, untold, paidTo }: Slip = {},
): Promise<void> => {
  const admin = await enterUser(stage, { role: 'admin' });
  await stage.run(async (tx) => {
    const take = (await tx.tasks.lock(proof.takeId)) as Take;
    const at = new Date();
    await tx.tasks.save({ ...take, status: 'approved', endedAt: at }, 'approved');
    const decision = { order: 'first', verdict: 'approved', by: admin.id, reason: null } as const;
    await tx.proofs.decide({ proofId: proof.id, takeId: take.id, at, ...decision });
    await tx.campaigns.settle(campaign.id, { completed: 1, closed: 0 });
    if (unpaid) return;
    const from = escrowOf(campaign.id);
    const reference = { kind: 'proof', id: proof.id } as const;
    const userId = paidTo?.id ?? proof.workerId;
    const reward = { from, to: walletOf(userId), amount: campaign.pricePerTask };
    await tx.wallets.post(
      aTransaction({ type: 'task_reward', userId, reference, postings: [reward] }),
    );
    if (campaign.feePerTask === 0n) return;
    const fee = { from, to: REVENUE, amount: campaign.feePerTask };
    await tx.wallets.post(
      aTransaction({ type: 'platform_fee', userId: null, reference, postings: [fee] }),
    );
  });
  if (untold) return;
  await tell(stage, admin, { action: 'proof.approve', subject: 'proof', subjectId: proof.id });
};

/** A top-up of 50.000 that is approved: `credited` arrives, and the row says so or something else. */
export const enterCredited = async (
  stage: Stage,
  { credited = 50_000, says = credited }: { credited?: number; says?: number } = {},
): Promise<string> => {
  const admin = await enterUser(stage, { role: 'admin' });
  const deposit = await enterDeposit(stage);
  const at = new Date();
  const arrived = { from: OUTSIDE, to: walletOf(deposit.userId), amount: rupiahs(credited) };
  await stage.run(async (tx) => {
    const { transactionId: id } = deposit;
    await tx.wallets.decide({ id, decision: 'approved', postings: [arrived], at });
    const life = { status: 'approved', reason: 'counted again' } as const;
    const decided = { decidedAt: at, decidedBy: admin.id, credited: rupiahs(says) };
    await tx.deposits.save({ ...deposit, ...life, ...decided });
  });
  const { id: subjectId } = deposit;
  await tell(stage, admin, { action: 'deposit.approved', subject: 'deposit', subjectId });
  return subjectId;
};

/** A withdrawal of 20.000 that is paid; the row says so too, unless it is forgotten. */
export const enterPaid = async (
  stage: Stage,
  { forgotten = false }: { forgotten?: boolean } = {},
): Promise<string> => {
  const admin = await enterUser(stage, { role: 'admin' });
  const withdrawal = await enterWithdrawal(stage);
  const { id: subjectId, transactionId, userId, amount } = withdrawal;
  const at = new Date();
  const claim = { by: admin.id, at };
  const out = { from: holdOf(userId), to: OUTSIDE, amount };
  await stage.run(async (tx) => {
    await tx.wallets.decide({ id: transactionId, decision: 'approved', postings: [out], at });
    if (forgotten) return;
    const paid = { status: 'paid', reference: null, receipt: null } as const;
    await tx.withdrawals.save({
      ...withdrawal,
      claim,
      ...paid,
      decidedAt: at,
      decidedBy: admin.id,
    });
  });
  if (forgotten) return subjectId;
  for (const action of ['withdrawal.claim', 'withdrawal.pay']) {
    await tell(stage, admin, { action, subject: 'withdrawal', subjectId });
  }
  return subjectId;
};
