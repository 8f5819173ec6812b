import { sum, type UserId, type WithdrawalId } from '../../core/kernel/index.ts';
import type {
  Withdrawal,
  WithdrawalCase,
  WithdrawalDesk,
  WithdrawalRepo,
} from '../../core/withdrawals/index.ts';
import { byTime, createGroups, createOrdered } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageFrom } from './tables.ts';

const byAge = byTime<Withdrawal>(
  (withdrawal) => withdrawal.createdAt,
  (withdrawal) => withdrawal.id,
);

const claimOf = (withdrawal: Withdrawal) =>
  withdrawal.status === 'pending' ? withdrawal.claim : null;

const byClaim = byTime<Withdrawal>(
  (withdrawal) => claimOf(withdrawal)?.at ?? withdrawal.createdAt,
  (withdrawal) => withdrawal.id,
);

export const createWithdrawalTables = (journal: Journal) => {
  const waitingWithdrawals = createOrdered<Withdrawal>(byAge, ({ status }) => status === 'pending');
  const withdrawalsByUser = createGroups<UserId, Withdrawal>((one) => [one.userId], byAge);
  return {
    withdrawals: createTable<WithdrawalId, Withdrawal>('withdrawals', journal, [
      waitingWithdrawals,
      withdrawalsByUser,
    ]),
    /** To which numbers forgotten withdrawals have gone. */
    pastNumbers: createTable<string, true>('past numbers', journal),
    waitingWithdrawals,
    withdrawalsByUser,
  };
};

const pastNumber = (user: UserId, numberIndex: string): string => `${user} ${numberIndex}`;

/** Forgets a decided withdrawal, but not that its number was used (WDR-4). */
export const forgetWithdrawal = (state: State, withdrawal: Withdrawal): void => {
  const { userId, numberIndex, status } = withdrawal;
  const key = pastNumber(userId, numberIndex);
  if (status === 'paid' && !state.pastNumbers.get(key)) state.pastNumbers.set(key, true);
  state.withdrawals.forget(withdrawal.id);
};

/** Takes status, claim, decision, reference and receipt from `changed`; all else stays. */
const merged = (stored: Withdrawal, changed: Withdrawal): Withdrawal => ({
  ...changed,
  userId: stored.userId,
  transactionId: stored.transactionId,
  amount: stored.amount,
  fee: stored.fee,
  number: stored.number,
  numberIndex: stored.numberIndex,
  maskedNumber: stored.maskedNumber,
  flags: stored.flags,
  createdAt: stored.createdAt,
});

/** Withdrawals in memory; a lock is a read, since transactions come one after the other. */
export const createWithdrawalRepo = (state: State): WithdrawalRepo => ({
  add: async (withdrawal) => {
    state.users.need(withdrawal.userId);
    state.entries.need(withdrawal.transactionId);
    if (state.withdrawals.get(withdrawal.id)) {
      throw new Error(`memory: withdrawal ${withdrawal.id} is there`);
    }
    state.withdrawals.set(withdrawal.id, withdrawal);
  },
  find: async (id) => state.withdrawals.get(id),
  lock: async (id) => state.withdrawals.get(id),
  save: async (withdrawal) =>
    state.withdrawals.set(withdrawal.id, merged(state.withdrawals.need(withdrawal.id), withdrawal)),
  load: async (user, since) => {
    const all = state.withdrawalsByUser.of(user);
    const counted = all.filter(
      ({ status, createdAt }) => createdAt >= since && (status === 'pending' || status === 'paid'),
    );
    return {
      pending: all.filter(({ status }) => status === 'pending').length,
      askedSince: sum(counted.map(({ amount }) => amount)),
    };
  },
  hasUsed: async (user, numberIndex) =>
    state.pastNumbers.get(pastNumber(user, numberIndex)) !== undefined ||
    state.withdrawalsByUser
      .of(user)
      .some(
        (one) =>
          one.numberIndex === numberIndex && (one.status === 'pending' || one.status === 'paid'),
      ),
  pendingOf: async (user) =>
    state.withdrawalsByUser.of(user).filter(({ status }) => status === 'pending'),
});

const caseOf = (state: State, withdrawal: Withdrawal): WithdrawalCase => {
  const claim = 'claim' in withdrawal ? withdrawal.claim : null;
  return {
    withdrawal,
    user: state.users.need(withdrawal.userId),
    claimedBy: claim && state.users.need(claim.by),
  };
};

/** Withdrawals as admins see them, in memory. */
export const createWithdrawalDesk = (state: State): WithdrawalDesk => {
  const show = (withdrawal: Withdrawal): WithdrawalCase => caseOf(state, withdrawal);
  const claimedByOther = (admin: UserId) => (withdrawal: Withdrawal) => {
    const claim = claimOf(withdrawal);
    return claim !== null && claim.by !== admin;
  };
  return {
    count: async () => state.waitingWithdrawals.items.length,
    waiting: async (admin, page) => {
      const taken = claimedByOther(admin);
      return pageFrom(
        state.waitingWithdrawals.items.filter((one) => !taken(one)),
        page,
        show,
      );
    },
    claimedByOthers: async (admin, page) => {
      const taken = state.waitingWithdrawals.items.filter(claimedByOther(admin));
      return pageFrom(taken.toSorted(byClaim), page, show);
    },
    case: async (id) => {
      const withdrawal = state.withdrawals.get(id);
      return withdrawal && show(withdrawal);
    },
  };
};
