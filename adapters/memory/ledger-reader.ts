import { costPerTask } from '../../core/campaigns/index.ts';
import type { Rupiah } from '../../core/kernel/index.ts';
import {
  bornPending,
  escrowOf,
  type LedgerReader,
  type TrialBalance,
  type VerificationStep,
  type Violation,
} from '../../core/wallet/index.ts';
import { birthFlaw, closingFlaw } from './ledger-rules.ts';
import type { State } from './state.ts';
import { accountKey, balanceOf, type EntryRow } from './wallet.ts';

const NAMED_AT_MOST = 10;

/** Goes through rows and names what is wrong with them. */
const step = <R>(
  name: string,
  rows: Iterable<R>,
  flawOf: (row: R) => Violation | undefined,
): VerificationStep => {
  const violations: Violation[] = [];
  let examined = 0;
  for (const row of rows) {
    examined += 1;
    const flaw = flawOf(row);
    if (flaw !== undefined && violations.length < NAMED_AT_MOST) violations.push(flaw);
  }
  return { name, rows: examined, violations };
};

const postingsOf = ({ born, closing }: EntryRow) => [...born, ...closing];

const statusFlaw = ({ transaction, born, closing }: EntryRow): string | undefined => {
  const { status, type, decidedAt } = transaction;
  if ((status === 'pending') !== (decidedAt === null)) {
    return decidedAt === null ? `${status}, never decided` : 'pending, yet decided';
  }
  const flaw = birthFlaw({ ...transaction, postings: born });
  if (flaw !== undefined) return flaw;
  if (!bornPending(type)) return status === 'approved' ? undefined : `${type} is ${status}`;
  if (status === 'pending') return closing.length > 0 ? 'closed, yet pending' : undefined;
  return closingFlaw(transaction, status, { born, closing });
};

/** WAL-2, WAL-5, WAL-6: every transaction owns legal postings and left `pending` as it should. */
const checkTransactions = (state: State): VerificationStep =>
  step('transactions', state.entries.values(), (row) => {
    const what = statusFlaw(row);
    return what === undefined
      ? undefined
      : { rule: 'WAL-6', row: `wallet_transactions ${row.transaction.id}`, what };
  });

/** WAL-3, WAL-4: every balance is the sum of its postings, and none is below zero. */
const checkBalances = (state: State): VerificationStep => {
  const sums = new Map<string, bigint>();
  const shift = (key: string, by: bigint) => sums.set(key, (sums.get(key) ?? 0n) + by);
  for (const row of state.entries.values()) {
    for (const { from, to, amount } of postingsOf(row)) {
      shift(accountKey(from), 0n - amount);
      shift(accountKey(to), amount);
    }
  }
  return step('balances', state.accounts.values(), ({ account, balance }) => {
    const key = accountKey(account);
    const posted = sums.get(key) ?? 0n;
    const row = `accounts ${key}`;
    if (posted !== balance) return { rule: 'WAL-3', row, what: `${balance}, posted ${posted}` };
    const below = balance < 0n && account.kind !== 'outside';
    return below ? { rule: 'WAL-4', row, what: `balance ${balance}` } : undefined;
  });
};

/** WAL-2: the sum of everything is 0. */
const checkTotal = (state: State): VerificationStep => {
  let total = 0n;
  const check = step('total', state.accounts.values(), ({ balance }) => {
    total += balance;
    return undefined;
  });
  const violation = { rule: 'WAL-2', row: 'accounts', what: `all balances sum to ${total}` };
  return total === 0n ? check : { ...check, violations: [violation] };
};

/** WAL-8: an escrow holds price and fee of every slot neither approved nor closed. */
const checkEscrows = (state: State): VerificationStep =>
  step('escrows', state.campaigns.values(), ({ campaign, progress }) => {
    const open = progress.available + progress.taken + progress.underReview;
    const owed = costPerTask(campaign) * BigInt(open);
    const held = balanceOf(state, escrowOf(campaign.id));
    const what = `escrow holds ${held}, ${open} open slots need ${owed}`;
    return held === owed ? undefined : { rule: 'WAL-8', row: `campaigns ${campaign.id}`, what };
  });

/** WAL-8: one reward per proof that was ever approved, and none for any other. */
const checkRewards = (state: State): VerificationStep => {
  const rewards = new Map<string, number>();
  for (const { transaction } of state.entries.values()) {
    if (transaction.type !== 'task_reward') continue;
    const { id } = transaction.reference;
    rewards.set(id, (rewards.get(id) ?? 0) + 1);
  }
  const check = step('rewards', state.proofs.values(), ({ proof, decisions }) => {
    const paid = rewards.get(proof.id) ?? 0;
    rewards.delete(proof.id);
    const due = decisions.some(({ verdict }) => verdict === 'approved') ? 1 : 0;
    const what = `${paid} rewards, ${due} due`;
    return paid === due ? undefined : { rule: 'WAL-8', row: `task_proofs ${proof.id}`, what };
  });
  const strays = [...rewards.keys()].map((id) => ({
    rule: 'WAL-8',
    row: `task_proofs ${id}`,
    what: 'a reward for no proof',
  }));
  return { ...check, violations: [...check.violations, ...strays].slice(0, NAMED_AT_MOST) };
};

const trialBalance = (state: State): TrialBalance => {
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

/** Proves the ledger in memory: WAL-8 without the audit chain, which memory does not keep. */
export const createLedgerReader = (state: State): LedgerReader => ({
  trialBalance: () => state.turns.run(async () => trialBalance(state)),
  verify: async function* verify() {
    yield* await state.turns.run(async () => [
      checkTransactions(state),
      checkBalances(state),
      checkTotal(state),
      checkEscrows(state),
      checkRewards(state),
    ]);
  },
});
