import {
  invariant,
  ZERO,
  type IdempotencyKey,
  type Rupiah,
  type UserId,
} from '../../core/kernel/index.ts';
import type { TransactionId } from '../../core/kernel/index.ts';
import {
  bornPending,
  holdOf,
  refuseWallet,
  walletOf,
  type Account,
  type Earnings,
  type NewTransaction,
  type Posting,
  type WalletRepo,
  type WalletTransaction,
} from '../../core/wallet/index.ts';
import { refuseWhenFrozen } from './freezes.ts';
import { compareText, createGroups, createUnique, partition } from './indexes.ts';
import type { Journal } from './journal.ts';
import { birthFlaw, closingFlaw } from './ledger-rules.ts';
import type { State } from './state.ts';
import { createTable, pageFromEnd, type Table } from './tables.ts';
import { earningsByDay, earningsFrom, lineOf } from './wallet-history.ts';

/** An account with its balance. */
export interface AccountRow {
  readonly account: Account;
  readonly balance: Rupiah;
}

/** A transaction with the postings it owns. */
export interface EntryRow {
  readonly transaction: WalletTransaction;
  /** As made. */
  readonly born: readonly Posting[];
  /** As decided. */
  readonly closing: readonly Posting[];
}

/** One word for an account. */
export const accountKey = (account: Account): string => {
  if ('userId' in account) return `${account.kind}:${account.userId}`;
  return account.kind === 'escrow' ? `escrow:${account.campaignId}` : account.kind;
};

/** Whose wallet a transaction changed, and whose deposit it is: in these histories it stands. */
export const readersOf = ({ transaction, born, closing }: EntryRow): readonly UserId[] => {
  const readers: UserId[] = [];
  const note = (userId: UserId): void => {
    if (!readers.includes(userId)) readers.push(userId);
  };
  for (const postings of [born, closing]) {
    for (const { from, to } of postings) {
      if (from.kind === 'wallet') note(from.userId);
      if (to.kind === 'wallet') note(to.userId);
    }
  }
  if (transaction.type === 'deposit' && transaction.userId !== null) note(transaction.userId);
  return readers;
};

const newestFirst = (a: EntryRow, b: EntryRow): number =>
  b.transaction.createdAt.getTime() - a.transaction.createdAt.getTime() ||
  compareText(b.transaction.id, a.transaction.id);

const oldestFirst = (a: EntryRow, b: EntryRow): number => -newestFirst(a, b);

export const createWalletTables = (journal: Journal) => {
  const entriesByKey = createUnique<IdempotencyKey, EntryRow>((row) => row.transaction.key);
  const histories = createGroups<UserId, EntryRow>(readersOf, oldestFirst);
  return {
    accounts: createTable<string, AccountRow>('accounts', journal),
    entries: createTable<TransactionId, EntryRow>('wallet transactions', journal, [
      entriesByKey,
      histories,
    ]),
    /** What forgotten transactions have moved, by account. */
    openings: createTable<string, bigint>('openings', journal),
    /** What forgotten transactions brought people. */
    pastEarnings: createTable<UserId, Earnings>('past earnings', journal),
    entriesByKey,
    histories,
  };
};

/** Opens an account with balance 0. */
export const openAccount = (
  state: { accounts: Table<string, AccountRow> },
  account: Account,
): void => state.accounts.set(accountKey(account), { account, balance: ZERO });

/** The balance of an account; revenue and the outside world need no opening. */
export const balanceOf = (state: State, account: Account): Rupiah => {
  const key = accountKey(account);
  if (account.kind === 'revenue' || account.kind === 'outside') {
    return state.accounts.get(key)?.balance ?? ZERO;
  }
  return state.accounts.need(key).balance;
};

/** Changes all balances of the postings, or none where one would fall below zero (WAL-4). */
const move = (state: State, postings: readonly Posting[]): void => {
  const after = new Map<string, AccountRow>();
  const shift = (account: Account, by: bigint): void => {
    const key = accountKey(account);
    const balance = after.get(key)?.balance ?? balanceOf(state, account);
    after.set(key, { account, balance: (balance + by) as Rupiah });
  };
  for (const { from, to, amount } of postings) {
    shift(from, 0n - amount);
    shift(to, amount);
  }
  for (const { account, balance } of after.values()) {
    if (balance < 0n && account.kind !== 'outside') throw refuseWallet('wallet.overdrawn');
  }
  for (const [key, row] of after) state.accounts.set(key, row);
};

const refuseDefect = (flaw: string | undefined): void => {
  if (flaw !== undefined) throw new Error(`invariant violated: ${flaw}`);
};

const refuseNew = (state: State, made: NewTransaction): void => {
  refuseDefect(birthFlaw(made));
  refuseDefect(state.entries.get(made.id) && `transaction ${made.id} is there`);
  refuseWhenFrozen(state, made.type, made.postings);
};

const enter = (state: State, made: NewTransaction): void => {
  const { postings, ...content } = made;
  const pending = bornPending(made.type);
  const transaction: WalletTransaction = {
    ...content,
    status: pending ? 'pending' : 'approved',
    decidedAt: pending ? null : made.createdAt,
  };
  state.entries.set(made.id, { transaction, born: postings, closing: [] });
};

/** Each key once; of a key that was used before, what it stands for. Balances change together. */
const postAll = (state: State, all: readonly NewTransaction[]): readonly WalletTransaction[] => {
  const isNew = ({ key }: NewTransaction, place: number): boolean =>
    !state.entriesByKey.get(key) && all.findIndex((one) => one.key === key) === place;
  const fresh = all.filter(isNew);
  for (const made of fresh) refuseNew(state, made);
  move(
    state,
    fresh.flatMap(({ postings }) => postings),
  );
  for (const made of fresh) enter(state, made);
  return all.map(({ key, fingerprint }) => {
    const stored = state.entriesByKey.get(key)?.transaction;
    if (stored?.fingerprint !== fingerprint) throw refuseWallet('wallet.key-reused', { key });
    return stored;
  });
};

/** The end of a user's history, oldest first: what was made since then. */
const newestOf = (state: State, user: UserId, since: Date): readonly EntryRow[] => {
  const rows = state.histories.of(user);
  return rows.slice(partition(rows, ({ transaction }) => transaction.createdAt < since));
};

/**
 * The ledger in memory, with all its walls (WAL-2 … WAL-7). Beyond what the port promises, revenue
 * cannot fall below zero either, and an illegal posting is a defect.
 *
 * A history has one line per transaction that moved the user's wallet, with the sum of those moves,
 * and the user's deposits that moved nothing, with the claimed amount. A withdrawal that was
 * rejected or canceled keeps its line, with minus the amount asked for (its moves sum to 0).
 */
export const createWalletRepo = (state: State): WalletRepo => ({
  findByKey: async (key) => state.entriesByKey.get(key)?.transaction,
  post: async (made) => {
    const [stored] = postAll(state, [made]);
    invariant(stored, 'what is posted is stored');
    return stored;
  },
  postAll: async (all) => postAll(state, all),
  decide: async ({ id, decision, postings, at }) => {
    const row = state.entries.need(id);
    const { status } = row.transaction;
    if (status !== 'pending') throw refuseWallet('wallet.already-decided', { status });
    refuseDefect(closingFlaw(row.transaction, decision, { born: row.born, closing: postings }));
    refuseWhenFrozen(state, row.transaction.type, postings);
    move(state, postings);
    const transaction = { ...row.transaction, status: decision, decidedAt: at };
    state.entries.set(id, { ...row, transaction, closing: postings });
  },
  lockBalances: async (accounts) => accounts.map((account) => balanceOf(state, account)),
  balances: async (user) => ({
    wallet: balanceOf(state, walletOf(user)),
    hold: balanceOf(state, holdOf(user)),
  }),
  history: async (user, page) =>
    pageFromEnd(state.histories.of(user), page, (row) => lineOf(state, row, user)),
  isInHistory: async (user, id) => {
    const row = state.entries.get(id);
    return row !== undefined && readersOf(row).includes(user);
  },
  earnings: async (user) =>
    earningsFrom(state.histories.of(user), user, state.pastEarnings.get(user)),
  earningsByDay: async (user, since) => earningsByDay(newestOf(state, user, since), user),
});
