import type { AuditEntry } from '../../core/audit/index.ts';
import type { Campaign } from '../../core/campaigns/index.ts';
import type { Deposit } from '../../core/deposits/index.ts';
import { asUser, type UserId } from '../../core/kernel/index.ts';
import type { Tx } from '../../core/ports.ts';
import type { Proof, ProofFlag } from '../../core/proofs/index.ts';
import type { Take } from '../../core/tasks/index.ts';
import type { User } from '../../core/users/index.ts';
import type { NewTransaction } from '../../core/wallet/index.ts';
import type { Withdrawal } from '../../core/withdrawals/index.ts';
import {
  aCampaign,
  aCredit,
  aDeposit,
  aDepositTransaction,
  aProof,
  aTake,
  aUser,
  aWithdrawal,
  aWithdrawTransaction,
} from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import { addUser } from '../support/enter-user.ts';
import type { Stage } from './harness.ts';

/** A stored user. */
export const enterUser = (stage: Stage, change: Partial<User> = {}): Promise<User> =>
  stage.run((tx) => addUser(tx, aUser({ id: stage.ids.next(), ...change })));

/** A stored worker. */
export const enterWorker = (stage: Stage, change: Partial<User> = {}): Promise<User> =>
  enterUser(stage, { role: 'worker', ...change });

/** A stored user with money in the wallet. */
export const enterRich = async (stage: Stage, amount = 1_000_000): Promise<User> => {
  const user = await enterUser(stage);
  await stage.run((tx) => postTold(tx, aCredit(user.id, amount)));
  return user;
};

/** The row of the log by which its owner asked for something. */
const tellAsked = (
  tx: Pick<Tx, 'audit'>,
  actor: UserId,
  asked: Pick<AuditEntry, 'action' | 'subject' | 'subjectId' | 'at'>,
): Promise<void> => tx.audit.append({ actor: asUser(actor), before: null, after: null, ...asked });

/** What a campaign is like, and who made it where that is not its client. */
export type NewCampaign = Partial<Campaign> & { readonly askedBy?: UserId };

/** A stored campaign with open slots, not paid for, of a new client unless one is given. */
export const enterCampaign = async (
  stage: Stage,
  { askedBy, ...change }: NewCampaign = {},
): Promise<Campaign> => {
  const clientId = change.clientId ?? (await enterUser(stage)).id;
  const campaign = aCampaign({ id: stage.ids.next(), ...change, clientId });
  await stage.run(async (tx) => {
    await tx.campaigns.add(campaign);
    await tx.slots.open(campaign, campaign.targetTotal);
    const { id: subjectId, createdAt: at } = campaign;
    const asker = askedBy ?? clientId;
    await tellAsked(tx, asker, { action: 'campaign.create', subject: 'campaign', subjectId, at });
  });
  return campaign;
};

/** A stored take of a slot of this campaign, by a new worker unless one is given. */
export const enterTake = async (
  stage: Stage,
  campaign: Campaign,
  change: Partial<Take> = {},
): Promise<Take> => {
  const workerId = change.workerId ?? (await enterWorker(stage)).id;
  return stage.run(async (tx) => {
    const taskId = await tx.tasks.claimSlot(campaign.id, ['active']);
    if (taskId === undefined) throw new Error('no slot left for this test');
    const take = aTake(campaign, { id: stage.ids.next(), ...change, workerId, taskId });
    await tx.tasks.addTake(take, take.status === 'pending_review' ? 'pending_review' : 'taken');
    return take;
  });
};

/** What a proof and its take are like, and what was noticed about it. */
export type NewProof = Partial<Proof> & {
  readonly take?: Partial<Take>;
  readonly flags?: readonly ProofFlag[];
};

/** A stored proof of a new take. */
export const enterProof = async (
  stage: Stage,
  campaign: Campaign,
  { take: takeChange, flags = [], ...change }: NewProof = {},
): Promise<Proof> => {
  const take = await enterTake(stage, campaign, { status: 'pending_review', ...takeChange });
  const proof = aProof(take, { id: stage.ids.next(), ...change });
  await stage.run((tx) => tx.proofs.add(proof, flags));
  return proof;
};

/** A stored deposit with its transaction, of a new client unless one is given. */
export const enterDeposit = async (
  stage: Stage,
  change: Partial<Deposit> = {},
  transaction: Partial<NewTransaction> = {},
): Promise<Deposit> => {
  const userId = change.userId ?? (await enterUser(stage)).id;
  return stage.run(async (tx) => {
    const deposit = aDeposit({
      id: stage.ids.next(),
      transactionId: stage.ids.next(),
      ...change,
      userId,
    });
    const { id, transactionId, claimed: amount, createdAt } = deposit;
    await tx.wallets.post(
      aDepositTransaction(userId, {
        id: transactionId,
        amount,
        createdAt,
        reference: { kind: 'deposit', id },
        ...transaction,
      }),
    );
    await tx.deposits.add(deposit);
    const asked = { action: 'deposit.request', subject: 'deposit', subjectId: id } as const;
    await tellAsked(tx, userId, { ...asked, at: createdAt });
    return deposit;
  });
};

/** A stored withdrawal with its transaction, of a user who has the money for it. */
export const enterWithdrawal = async (
  stage: Stage,
  change: Partial<Withdrawal> = {},
): Promise<Withdrawal> => {
  const userId: UserId = change.userId ?? (await enterRich(stage)).id;
  return stage.run(async (tx) => {
    const transactionId = stage.ids.next<Withdrawal['transactionId']>();
    const one = aWithdrawal({ id: stage.ids.next(), transactionId, ...change, userId });
    const money = { amount: Number(one.amount), fee: Number(one.fee) };
    await tx.wallets.post(
      aWithdrawTransaction(userId, money, {
        id: one.transactionId,
        createdAt: one.createdAt,
        reference: { kind: 'withdrawal', id: one.id },
      }),
    );
    await tx.withdrawals.add(one);
    const asked = {
      action: 'withdrawal.request',
      subject: 'withdrawal',
      subjectId: one.id,
    } as const;
    await tellAsked(tx, userId, { ...asked, at: one.createdAt });
    return one;
  });
};
