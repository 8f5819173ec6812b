import type {
  Deposit,
  DepositCase,
  DepositDesk,
  DepositRepo,
  EarlierDeposit,
} from '../../core/deposits/index.ts';
import type { DepositId, UserId } from '../../core/kernel/index.ts';
import { marksOf } from './file-marks.ts';
import { byTime, createGroups, createOrdered } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageFrom } from './tables.ts';

const byAge = byTime<Deposit>(
  (deposit) => deposit.createdAt,
  (deposit) => deposit.id,
);

/** Who sent a file with a deposit that is forgotten. */
export interface PastFile {
  readonly userId: UserId;
  readonly isCanceled: boolean;
}

export const createDepositTables = (journal: Journal) => {
  const pendingDeposits = createGroups<UserId, Deposit>(
    (deposit) => (deposit.status === 'pending' ? [deposit.userId] : []),
    byAge,
  );
  const waitingDeposits = createOrdered<Deposit>(byAge, ({ status }) => status === 'pending');
  const depositsByFile = createGroups<string, Deposit>(({ file }) => marksOf(file), byAge);
  return {
    deposits: createTable<DepositId, Deposit>('deposits', journal, [
      pendingDeposits,
      waitingDeposits,
      depositsByFile,
    ]),
    /** By mark. */
    pastFiles: createTable<string, readonly PastFile[]>('past files', journal),
    pendingDeposits,
    waitingDeposits,
    depositsByFile,
  };
};

/** Forgets a decided deposit, but not that its file was sent (DEP-3). */
export const forgetDeposit = (state: State, deposit: Deposit): void => {
  const past = { userId: deposit.userId, isCanceled: deposit.status === 'canceled' };
  for (const mark of marksOf(deposit.file)) {
    state.pastFiles.set(mark, [...(state.pastFiles.get(mark) ?? []), past]);
  }
  state.deposits.forget(deposit.id);
};

/** Deposits in memory; a lock is a read, since transactions come one after the other. */
export const createDepositRepo = (state: State): DepositRepo => ({
  add: async (deposit) => {
    state.users.need(deposit.userId);
    state.entries.need(deposit.transactionId);
    if (state.deposits.get(deposit.id)) throw new Error(`memory: deposit ${deposit.id} is there`);
    state.deposits.set(deposit.id, deposit);
  },
  find: async (id) => state.deposits.get(id),
  lock: async (id) => state.deposits.get(id),
  save: async (deposit) => {
    const { userId, transactionId, claimed, file, createdAt } = state.deposits.need(deposit.id);
    const kept = { userId, transactionId, claimed, file, createdAt };
    state.deposits.set(deposit.id, { ...deposit, ...kept });
  },
  pendingOf: async (user) => [...state.pendingDeposits.of(user)],
  hasSent: async (user, file) =>
    marksOf(file).some(
      (mark) =>
        state.depositsByFile
          .of(mark)
          .some((deposit) => deposit.userId === user && deposit.status !== 'canceled') ||
        (state.pastFiles.get(mark) ?? []).some((past) => past.userId === user && !past.isCanceled),
    ),
});

const EARLIER_SHOWN = 3;

const withUser = (state: State, deposit: Deposit): EarlierDeposit => ({
  deposit,
  user: state.users.need(deposit.userId),
});

const caseOf = (state: State, deposit: Deposit): DepositCase => {
  const same = marksOf(deposit.file).flatMap((mark) => state.depositsByFile.of(mark));
  const older = same.filter((other) => byAge(other, deposit) < 0);
  const earlier = [...new Map(older.map((other) => [other.id, other])).values()];
  const past = Math.max(
    ...marksOf(deposit.file).map((mark) => state.pastFiles.get(mark)?.length ?? 0),
  );
  return {
    ...withUser(state, deposit),
    decidedBy: 'decidedBy' in deposit ? state.users.need(deposit.decidedBy) : null,
    sameFile: earlier.length + past,
    earlier: earlier
      .toSorted(byAge)
      .slice(-EARLIER_SHOWN)
      .toReversed()
      .map((other) => withUser(state, other)),
  };
};

/** Deposits as admins see them, in memory. */
export const createDepositDesk = (state: State): DepositDesk => ({
  count: async () => state.waitingDeposits.items.length,
  waiting: async (page) =>
    pageFrom(state.waitingDeposits.items, page, (deposit) => caseOf(state, deposit)),
  next: async (admin, skipped) => {
    const passed = new Set(skipped);
    const deposit = state.waitingDeposits.items.find(
      ({ id, userId }) => userId !== admin && !passed.has(id),
    );
    return deposit && caseOf(state, deposit);
  },
  case: async (id) => {
    const deposit = state.deposits.get(id);
    return deposit && caseOf(state, deposit);
  },
});
