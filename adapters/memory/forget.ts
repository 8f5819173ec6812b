import { invariant, ZERO, type CampaignId } from '../../core/kernel/index.ts';
import { escrowOf } from '../../core/wallet/index.ts';
import { forgetApprovals } from './approvals.ts';
import { forgetBroadcasts } from './broadcasts.ts';
import { forgetDeposit } from './deposits.ts';
import { forgetOwnerNews } from './owner.ts';
import { carryForward } from './past-audit.ts';
import type { State } from './state.ts';
import { campaignOf, earningsFrom } from './wallet-history.ts';
import { accountKey, balanceOf, readersOf, type EntryRow } from './wallet.ts';
import { forgetWithdrawal } from './withdrawals.ts';

/** How much was forgotten. */
export interface Forgotten {
  readonly campaigns: number;
  readonly takes: number;
  readonly proofs: number;
  readonly transactions: number;
  readonly deposits: number;
  readonly withdrawals: number;
  readonly approvals: number;
  readonly broadcasts: number;
  readonly messages: number;
  readonly updates: number;
  readonly auditRows: number;
}

/**
 * Campaigns that are final, whose every slot, proof and posting came to rest before then. What else
 * ends a take comes before the last posting.
 */
const settledCampaigns = (state: State, before: Date): ReadonlySet<CampaignId> => {
  const settled = new Set<CampaignId>();
  for (const { campaign, progress } of state.campaigns.values()) {
    const isFinal = campaign.status === 'completed' || campaign.status === 'deleted';
    const open = progress.available + progress.taken + progress.underReview;
    if (isFinal && open === 0 && campaign.createdAt < before) settled.add(campaign.id);
  }
  for (const { proof, decisions } of state.proofs.values()) {
    if (decisions.some(({ at }) => at >= before)) settled.delete(proof.campaignId);
  }
  for (const { transaction } of state.entries.values()) {
    if (transaction.createdAt < before) continue;
    const campaign = campaignOf(state, transaction.reference);
    if (campaign) settled.delete(campaign);
  }
  return settled;
};

/** Carries a transaction's effects forward and forgets it: all balances stay what they are. */
const forgetEntry = (state: State, row: EntryRow): void => {
  const shift = (key: string, by: bigint): void =>
    state.openings.set(key, (state.openings.get(key) ?? 0n) + by);
  for (const postings of [row.born, row.closing]) {
    for (const { from, to, amount } of postings) {
      shift(accountKey(from), 0n - amount);
      shift(accountKey(to), amount);
    }
  }
  for (const user of readersOf(row)) {
    state.pastEarnings.set(user, earningsFrom([row], user, state.pastEarnings.get(user)));
  }
  state.entries.forget(row.transaction.id);
  state.pastAudit.forget(row.transaction.id);
};

const forgetEntries = (
  state: State,
  before: Date,
  settled: ReadonlySet<CampaignId>,
): Forgotten['transactions'] => {
  let count = 0;
  for (const row of state.entries.values()) {
    const { decidedAt, reference } = row.transaction;
    const campaign = campaignOf(state, reference);
    if (campaign ? !settled.has(campaign) : decidedAt === null || decidedAt >= before) continue;
    forgetEntry(state, row);
    count += 1;
  }
  return count;
};

const forgetCampaigns = (state: State, settled: ReadonlySet<CampaignId>) => {
  let [takes, proofs] = [0, 0];
  for (const { proof } of state.proofs.values()) {
    if (!settled.has(proof.campaignId)) continue;
    state.proofs.forget(proof.id);
    state.pastAudit.forget(proof.id);
    proofs += 1;
  }
  for (const { id, campaignId } of state.takes.values()) {
    if (!settled.has(campaignId)) continue;
    state.reminders.forget(id);
    state.takes.forget(id);
    takes += 1;
  }
  for (const slot of state.slots.values()) {
    if (settled.has(slot.campaignId)) state.slots.forget(slot.id);
  }
  for (const id of settled) {
    const escrow = escrowOf(id);
    invariant(balanceOf(state, escrow) === ZERO, 'a settled campaign has nothing in escrow');
    state.accounts.forget(accountKey(escrow));
    state.openings.forget(accountKey(escrow));
    state.campaigns.forget(id);
    state.pastAudit.forget(id);
  }
  return { campaigns: settled.size, takes, proofs };
};

const forgetDesks = (state: State, before: Date) => {
  let [deposits, withdrawals] = [0, 0];
  for (const deposit of state.deposits.values()) {
    if (deposit.status === 'pending' || deposit.decidedAt >= before) continue;
    forgetDeposit(state, deposit);
    state.pastAudit.forget(deposit.id);
    deposits += 1;
  }
  for (const withdrawal of state.withdrawals.values()) {
    if (withdrawal.status === 'pending' || withdrawal.decidedAt >= before) continue;
    forgetWithdrawal(state, withdrawal);
    state.pastAudit.forget(withdrawal.id);
    withdrawals += 1;
  }
  return { deposits, withdrawals };
};

const forgetQueues = (state: State, before: Date) => {
  let [messages, updates] = [0, 0];
  for (const { message, settledAt } of state.messages.values()) {
    if (settledAt === null || settledAt >= before) continue;
    state.messages.forget(message.id);
    messages += 1;
  }
  for (const { update, endedAt } of state.inbox.values()) {
    if (endedAt === null || endedAt >= before) continue;
    state.inbox.forget(`${update.botId}:${update.updateId}`);
    updates += 1;
  }
  return { messages, updates };
};

/** Whole seals from the beginning of the chain: the hash of the last one stands for them all. */
const forgetAudit = (state: State, before: Date): number => {
  const untilMicroseconds = BigInt(before.getTime()) * 1_000n;
  let [seals, rows] = [0, 0];
  // The newest seal stays: the next one goes on from it.
  for (const seal of state.seals.all().slice(0, -1)) {
    if (BigInt(seal.sealedAt) >= untilMicroseconds) break;
    seals += 1;
    rows += seal.rows.length;
  }
  for (const row of state.audit.all().slice(0, rows)) carryForward(state, row);
  state.seals.forget(seals);
  state.audit.forget(rows);
  return rows;
};

/** See `MemoryPorts.forget`. */
export const forget = (state: State, before: Date): Forgotten => {
  const settled = settledCampaigns(state, before);
  state.forgottenBefore.set('all', before);
  const transactions = forgetEntries(state, before, settled);
  forgetOwnerNews(state, before);
  return {
    transactions,
    ...forgetCampaigns(state, settled),
    ...forgetDesks(state, before),
    approvals: forgetApprovals(state, before),
    broadcasts: forgetBroadcasts(state, before),
    ...forgetQueues(state, before),
    auditRows: forgetAudit(state, before),
  };
};
