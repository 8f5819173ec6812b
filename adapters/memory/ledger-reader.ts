import { costPerTask } from '../../core/campaigns/index.ts';
import type { Deposit } from '../../core/deposits/index.ts';
import type { Rupiah } from '../../core/kernel/index.ts';
import {
  bornPending,
  escrowOf,
  holdOf,
  type Account,
  type LedgerMark,
  type LedgerReader,
  type Posting,
  type TransactionType,
  type TrialBalance,
  type VerificationStep,
} from '../../core/wallet/index.ts';
import type { Withdrawal } from '../../core/withdrawals/index.ts';
import { excerptOf } from './ledger-excerpt.ts';
import { checkDecisions, checkLog } from './ledger-decisions.ts';
import { purposeFlaw } from './ledger-purposes.ts';
import { birthFlaw, closingFlaw } from './ledger-rules.ts';
import { checking, step } from './ledger-step.ts';
import type { State } from './state.ts';
import { accountKey, balanceOf, type EntryRow } from './wallet.ts';

const postingsOf = ({ born, closing }: EntryRow) => [...born, ...closing];

const statusFlaw = (row: EntryRow): string | undefined => {
  const { transaction, born, closing } = row;
  const { status, type, decidedAt } = transaction;
  if ((status === 'pending') !== (decidedAt === null)) {
    return decidedAt === null ? `${status}, never decided` : 'pending, yet decided';
  }
  const flaw = birthFlaw({ ...transaction, postings: born });
  if (flaw !== undefined) return flaw;
  if (!bornPending(type)) {
    if (status !== 'approved') return `${type} is ${status}`;
    const moved = sumOf(postingsOf(row), () => true);
    return moved === transaction.amount ? undefined : `${transaction.amount}, moved ${moved}`;
  }
  if (status === 'pending') return closing.length > 0 ? 'closed, yet pending' : undefined;
  return closingFlaw(transaction, status, { born, closing });
};

/** WAL-2, WAL-5, WAL-6: every transaction owns legal postings and left `pending` as it should. */
const checkTransactions = (state: State): VerificationStep => {
  const asked = new Set<string>();
  for (const { transactionId } of state.deposits.values()) asked.add(transactionId);
  for (const { transactionId } of state.withdrawals.values()) asked.add(transactionId);
  return step('transactions', state.entries.values(), (entry, check) => {
    const { id, type } = entry.transaction;
    const row = `wallet_transactions ${id}`;
    check.note('WAL-6', row, statusFlaw(entry));
    check.note('WAL-6', row, purposeFlaw(state, entry));
    check.note(
      'WAL-8',
      row,
      bornPending(type) && !asked.has(id) && `${type} that nobody asked for`,
    );
  });
};

/** WAL-3, WAL-4: every balance is the sum of its postings, and none is below zero. */
const checkBalances = (state: State): VerificationStep => {
  const sums = new Map<string, bigint>(state.openings.entries());
  const shift = (key: string, by: bigint) => sums.set(key, (sums.get(key) ?? 0n) + by);
  for (const row of state.entries.values()) {
    for (const { from, to, amount } of postingsOf(row)) {
      shift(accountKey(from), 0n - amount);
      shift(accountKey(to), amount);
    }
  }
  return step('balances', state.accounts.values(), ({ account, balance }, check) => {
    const key = accountKey(account);
    const posted = sums.get(key) ?? 0n;
    const below = balance < 0n && account.kind !== 'outside';
    check.note('WAL-3', `accounts ${key}`, posted !== balance && `${balance}, posted ${posted}`);
    check.note('WAL-4', `accounts ${key}`, below && `balance ${balance}`);
  });
};

/** WAL-2: the sum of everything is 0. */
const checkTotal = (state: State): VerificationStep => {
  const check = checking('total');
  let total = 0n;
  for (const { balance } of state.accounts.values()) {
    check.examined();
    total += balance;
  }
  check.note('WAL-2', 'accounts all', total !== 0n && `all balances sum to ${total}`);
  return check.result();
};

/** WAL-8, CAM-7: an escrow holds price and fee of every slot neither approved nor closed. */
const checkEscrows = (state: State): VerificationStep =>
  step('escrows', state.campaigns.values(), ({ campaign, progress }, check) => {
    const row = `campaigns ${campaign.id}`;
    const open = progress.available + progress.taken + progress.underReview;
    const owed = costPerTask(campaign) * BigInt(open);
    const held = balanceOf(state, escrowOf(campaign.id));
    const counted = campaign.targetTotal - campaign.completedCount - campaign.closedCount;
    check.note(
      'WAL-8',
      row,
      held !== owed && `escrow holds ${held}, ${open} open slots need ${owed}`,
    );
    check.note('CAM-7', row, counted !== open && `counts ${counted} open slots, has ${open}`);
  });

/** WAL-8, REV-4: one reward per proof that was ever approved, one fee, one reversal at most. */
const checkRewards = (state: State): VerificationStep => {
  const found = new Map<string, number>();
  const keyOf = (type: TransactionType, proof: string) => `${type} ${proof}`;
  for (const { transaction } of state.entries.values()) {
    const { type, reference } = transaction;
    if (reference.kind !== 'proof') continue;
    const key = keyOf(type, reference.id);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return step('rewards', state.proofs.values(), ({ proof, decisions }, check) => {
    const count = (type: TransactionType) => found.get(keyOf(type, proof.id)) ?? 0;
    const row = `task_proofs ${proof.id}`;
    const due = decisions.some(({ verdict }) => verdict === 'approved') ? 1 : 0;
    const hasFee = state.campaigns.need(proof.campaignId).campaign.feePerTask > 0n;
    const [rewards, fees] = [count('task_reward'), count('platform_fee')];
    const paid = rewards === due && fees === (hasFee ? due : 0);
    check.note('WAL-8', row, !paid && `${rewards} rewards and ${fees} fees, ${due} due`);
    const undone = decisions.at(1)?.verdict === 'rejected' ? 1 : 0;
    check.note('REV-7', row, count('reversal') > undone && `${count('reversal')} reversals`);
    const judged = decisions.at(-1)?.verdict ?? 'pending';
    check.note('REV-4', row, proof.status !== judged && `is ${proof.status}, judged ${judged}`);
  });
};

const sumOf = (postings: readonly Posting[], counts: (one: Posting) => boolean): bigint =>
  postings.filter(counts).reduce((sum, { amount }) => sum + amount, 0n);

const into = (kind: Account['kind'], { born, closing }: EntryRow): bigint =>
  sumOf([...born, ...closing], ({ to }) => to.kind === kind);

const sameRequest = (
  { transaction }: EntryRow,
  made: Pick<Deposit | Withdrawal, 'id' | 'userId'> & { readonly amount: Rupiah },
): boolean =>
  transaction.reference.id === made.id &&
  transaction.userId === made.userId &&
  transaction.amount === made.amount;

const checkDeposits = (state: State): VerificationStep =>
  step('deposits', state.deposits.values(), (deposit, check) => {
    const entry = state.entries.need(deposit.transactionId);
    const { status } = entry.transaction;
    const credited = deposit.status === 'approved' ? deposit.credited : 0n;
    const fits =
      sameRequest(entry, { ...deposit, amount: deposit.claimed }) &&
      status === deposit.status &&
      into('wallet', entry) === credited;
    const what = `${deposit.status} with ${credited}, its transaction ${status} with ${into('wallet', entry)}`;
    check.note('DEP-2', `deposits ${deposit.id}`, !fits && what);
  });

const checkWithdrawals = (state: State): VerificationStep =>
  step('withdrawals', state.withdrawals.values(), (one, check) => {
    const entry = state.entries.need(one.transactionId);
    const { status } = entry.transaction;
    const total = one.amount + one.fee;
    const hold = accountKey(holdOf(one.userId));
    const held = sumOf(entry.born, ({ to }) => accountKey(to) === hold);
    const [paid, fee, back] = [
      into('outside', entry),
      into('revenue', entry),
      into('wallet', entry),
    ];
    const ended = one.status !== 'pending' && one.status !== 'paid';
    const fits =
      sameRequest(entry, one) &&
      status === (one.status === 'paid' ? 'approved' : one.status) &&
      held === total &&
      paid === (one.status === 'paid' ? one.amount : 0n) &&
      fee === (one.status === 'paid' ? one.fee : 0n) &&
      back === (ended ? total : 0n);
    const what = `${one.status}, held ${held} of ${total}, paid ${paid} and ${fee}, returned ${back}`;
    check.note('WDR-2', `withdrawals ${one.id}`, !fits && what);
  });

/** Sums by kind of account. */
export const trialBalance = (state: State): TrialBalance => {
  const sums = { wallet: 0n, hold: 0n, escrow: 0n, revenue: 0n, outside: 0n };
  for (const { account, balance } of state.accounts.values()) sums[account.kind] += balance;
  return {
    wallets: sums.wallet as Rupiah,
    holds: sums.hold as Rupiah,
    escrows: sums.escrow as Rupiah,
    revenue: sums.revenue as Rupiah,
    outside: sums.outside as Rupiah,
  };
};

const checkAll = (state: State): readonly VerificationStep[] => [
  checkTransactions(state),
  checkBalances(state),
  checkTotal(state),
  checkEscrows(state),
  checkRewards(state),
  checkDeposits(state),
  checkWithdrawals(state),
  ...checkDecisions(state),
  checkLog(state),
];

/** Shows and proves the ledger in memory (WAL-8); what is recent is all there is. */
export const createLedgerReader = (state: State): LedgerReader => ({
  trialBalance: () => state.turns.run(async () => trialBalance(state)),
  excerpt: (size) => state.turns.run(async () => excerptOf(state, size)),
  verify: async function* verify(onProgress) {
    const steps = await state.turns.run(async () => checkAll(state));
    const total = steps.reduce((sum, { rows }) => sum + rows, 0);
    let done = 0;
    for (const one of steps) {
      done += one.rows;
      onProgress?.({ name: one.name, done, total });
      yield one;
    }
  },
  verifyRecent: (_since) =>
    state.turns.run(async () => ({ steps: checkAll(state), mark: 'all' as LedgerMark })),
});
