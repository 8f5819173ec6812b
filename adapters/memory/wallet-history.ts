import { labelOf } from '../../core/campaigns/index.ts';
import {
  rupiah,
  startOfWibDay,
  ZERO,
  type CampaignId,
  type ProofId,
  type Rupiah,
  type TaskId,
  type UserId,
} from '../../core/kernel/index.ts';
import type { Earnings, EarningsDay, HistoryLine, Reference } from '../../core/wallet/index.ts';
import type { State } from './state.ts';
import type { EntryRow } from './wallet.ts';

/** What a transaction's postings did to a user's wallet together. */
export const effectOn = (
  { born, closing }: Pick<EntryRow, 'born' | 'closing'>,
  user: UserId,
): bigint => {
  let effect = 0n;
  for (const postings of [born, closing]) {
    for (const { from, to, amount } of postings) {
      if (from.kind === 'wallet' && from.userId === user) effect -= amount;
      if (to.kind === 'wallet' && to.userId === user) effect += amount;
    }
  }
  return effect;
};

const shownAmount = (row: EntryRow, user: UserId): bigint => {
  const { type, status, amount } = row.transaction;
  if (type === 'deposit' && status !== 'approved') return amount;
  const undone = type === 'withdraw' && (status === 'rejected' || status === 'canceled');
  return undone ? 0n - amount : effectOn(row, user);
};

/** The campaign that a transaction belongs to, if any. */
export const campaignOf = (state: State, { kind, id }: Reference): CampaignId | undefined => {
  if (kind === 'campaign') return id as CampaignId;
  if (kind === 'task') return state.slots.get(id as TaskId)?.campaignId;
  return kind === 'proof' ? state.proofs.get(id as ProofId)?.proof.campaignId : undefined;
};

/** How people know the campaign that a transaction belongs to; null where there is none. */
export const labelFor = (state: State, reference: Reference): HistoryLine['campaign'] => {
  const id = campaignOf(state, reference);
  const row = id && state.campaigns.get(id);
  return row ? labelOf(row.campaign) : null;
};

/** One line of this user's history (WAL-9). */
export const lineOf = (state: State, row: EntryRow, user: UserId): HistoryLine => ({
  transactionId: row.transaction.id,
  type: row.transaction.type,
  status: row.transaction.status,
  amount: shownAmount(row, user) as Rupiah,
  reference: row.transaction.reference,
  campaign: labelFor(state, row.transaction.reference),
  at: row.transaction.createdAt,
});

const NO_EARNINGS: Earnings = { earned: ZERO, withdrawn: ZERO };

/** What a transaction brought this user as a worker: a reward, or what a reversal took of one. */
const earnedBy = (row: EntryRow, user: UserId): bigint => {
  const { type } = row.transaction;
  if (type !== 'task_reward' && type !== 'reversal') return 0n;
  const effect = effectOn(row, user);
  return type === 'reversal' && effect > 0n ? 0n : effect;
};

/** What the reversal of this proof took out of the worker's wallet. */
export const takenBack = (state: State, worker: UserId, proof: ProofId): Rupiah => {
  const reversal = state.histories
    .of(worker)
    .find(({ transaction: { type, reference } }) => type === 'reversal' && reference.id === proof);
  return reversal ? rupiah(0n - earnedBy(reversal, worker)) : ZERO;
};

/** What these transactions, oldest first, brought this user by day. */
export const earningsByDay = (rows: readonly EntryRow[], user: UserId): readonly EarningsDay[] => {
  const days = new Map<number, bigint>();
  for (const row of rows) {
    const earned = earnedBy(row, user);
    const day = startOfWibDay(row.transaction.createdAt).getTime();
    if (earned !== 0n) days.set(day, (days.get(day) ?? 0n) + earned);
  }
  return [...days].map(([day, earned]) => ({ day: new Date(day), earned: rupiah(earned) }));
};

/** Rewards less reversals; withdrawals pending or paid, without their fees (WDR-1). */
export const earningsFrom = (
  rows: readonly EntryRow[],
  user: UserId,
  before: Earnings = NO_EARNINGS,
): Earnings => {
  let earned: bigint = before.earned;
  let withdrawn: bigint = before.withdrawn;
  for (const row of rows) {
    earned += earnedBy(row, user);
    if (row.transaction.type === 'withdraw') withdrawn -= effectOn(row, user);
  }
  return { earned: earned as Rupiah, withdrawn: withdrawn as Rupiah };
};
