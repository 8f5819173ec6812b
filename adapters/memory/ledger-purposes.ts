import { costPerTask, type Campaign } from '../../core/campaigns/index.ts';
import type { CampaignId, ProofId, TaskId, UserId } from '../../core/kernel/index.ts';
import type { Account, Posting, WalletTransaction } from '../../core/wallet/index.ts';
import type { State } from './state.ts';
import type { EntryRow } from './wallet.ts';

const ownerOf = (account: Account): string | null => {
  if ('userId' in account) return account.userId;
  return 'campaignId' in account ? account.campaignId : null;
};

interface Reason {
  readonly campaign: Campaign | undefined;
  readonly worker: UserId | undefined;
}

/** The campaign, and for a proof the worker, that a transaction is about. */
const reasonOf = (state: State, { reference: { kind, id } }: WalletTransaction): Reason => {
  const campaignOf = (campaign: CampaignId | undefined) =>
    campaign === undefined ? undefined : state.campaigns.get(campaign)?.campaign;
  if (kind === 'proof') {
    const proof = state.proofs.get(id as ProofId)?.proof;
    return { campaign: campaignOf(proof?.campaignId), worker: proof?.workerId };
  }
  const campaign = kind === 'task' ? state.slots.get(id as TaskId)?.campaignId : (id as CampaignId);
  return { campaign: campaignOf(campaign), worker: undefined };
};

const wholeSlots = (campaign: Campaign, amount: bigint): boolean =>
  amount % costPerTask(campaign) === 0n;

const serves = (
  { type, userId }: WalletTransaction,
  { from, to, amount }: Posting,
  { campaign, worker }: Reason,
): boolean => {
  const [source, destination] = [ownerOf(from), ownerOf(to)];
  if (type === 'adjustment') return userId === (source ?? destination);
  if (type === 'revenue_payout') return userId === null;
  if (type === 'deposit' || type === 'withdraw') return true;
  if (campaign === undefined) return false;
  const { id, clientId, pricePerTask, feePerTask } = campaign;
  switch (type) {
    case 'task_reward':
      return (
        source === id && destination === worker && userId === worker && amount === pricePerTask
      );
    case 'platform_fee':
      return source === id && userId === null && amount === feePerTask;
    case 'campaign_funding':
      return (
        source === clientId &&
        destination === id &&
        userId === clientId &&
        wholeSlots(campaign, amount)
      );
    case 'campaign_refund':
      return (
        source === id &&
        destination === clientId &&
        userId === clientId &&
        wholeSlots(campaign, amount)
      );
    case 'reversal': {
      const fits =
        from.kind === 'wallet'
          ? source === worker && amount <= pricePerTask
          : amount === feePerTask;
      return destination === clientId && userId === worker && fits;
    }
  }
};

/** WAL-6: the money of a transaction went to whom it is for, and as much as it should. */
export const purposeFlaw = (
  state: State,
  { transaction, born, closing }: EntryRow,
): string | undefined => {
  const reason = reasonOf(state, transaction);
  const stray = [...born, ...closing].find((posting) => !serves(transaction, posting, reason));
  return stray && `${transaction.type} moved ${stray.amount} where it has no business`;
};
