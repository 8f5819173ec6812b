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

/** After every other moment. */
const LAST = new Date(8.64e15);

const claimOf = (withdrawal: Withdrawal) =>
  withdrawal.status === 'pending' ? withdrawal.claim : null;

const byClaim = byTime<Withdrawal>(
  (withdrawal) => claimOf(withdrawal)?.at ?? withdrawal.createdAt,
  (withdrawal) => withdrawal.id,
);

/** Who asked for money to a number, and whether it ever went there. */
export interface PastUse {
  readonly userId: UserId;
  readonly isPaid: boolean;
}

const claimedFirst = (one: Withdrawal, other: Withdrawal): number =>
  Number(claimOf(one) === null) - Number(claimOf(other) === null);

export const createWithdrawalTables = (journal: Journal) => {
  const waitingWithdrawals = createOrdered<Withdrawal>(byAge, ({ status }) => status === 'pending');
  const withdrawalsByUser = createGroups<UserId, Withdrawal>((one) => [one.userId], byAge);
  const withdrawalsByNumber = createGroups<string, Withdrawal>((one) => [one.numberIndex], byAge);
  return {
    withdrawals: createTable<WithdrawalId, Withdrawal>('withdrawals', journal, [
      waitingWithdrawals,
      withdrawalsByUser,
      withdrawalsByNumber,
    ]),
    /** By number: who asked for money to it with a withdrawal that is forgotten. */
    pastNumbers: createTable<string, readonly PastUse[]>('past numbers', journal),
    /** Who was paid by a withdrawal that is forgotten. */
    pastPaid: createTable<UserId, true>('past payments', journal),
    waitingWithdrawals,
    withdrawalsByUser,
    withdrawalsByNumber,
  };
};

const pastUses = (state: State, numberIndex: string): readonly PastUse[] =>
  state.pastNumbers.get(numberIndex) ?? [];

/** Forgets a decided withdrawal, but not who used its number, and who was paid (WDR-1, WDR-4). */
export const forgetWithdrawal = (state: State, withdrawal: Withdrawal): void => {
  const { userId, numberIndex } = withdrawal;
  const past = pastUses(state, numberIndex);
  const own = past.find((use) => use.userId === userId);
  const isPaid = withdrawal.status === 'paid' || own?.isPaid === true;
  if (own?.isPaid !== isPaid) {
    const others = past.filter((use) => use !== own);
    state.pastNumbers.set(numberIndex, [...others, { userId, isPaid }]);
  }
  if (isPaid && !state.pastPaid.get(userId)) state.pastPaid.set(userId, true);
  state.withdrawals.forget(withdrawal.id);
};

/** Takes status, claim, endorsement, decision, reference and receipt from `changed`; all else stays. */
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
  needsSecond: stored.needsSecond,
  createdAt: stored.createdAt,
});

/** ADM-2: what needs two is endorsed by one admin and then claimed by another, none the owner. */
const requireTwo = (stored: Withdrawal, changed: Withdrawal): void => {
  const { endorsement, needsSecond, userId } = changed;
  const claim = 'claim' in changed ? changed.claim : null;
  const isOrdered = endorsement === null ? !needsSecond || claim === null : needsSecond;
  const isOther = endorsement === null || ![userId, claim?.by].includes(endorsement.by);
  const stands = claimOf(stored) === null || stored.endorsement?.by === endorsement?.by;
  if (!isOrdered || !isOther || !stands) {
    throw new Error(`memory: withdrawal ${changed.id} needs two admins`);
  }
};

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
  save: async (withdrawal) => {
    const stored = state.withdrawals.need(withdrawal.id);
    const changed = merged(stored, withdrawal);
    requireTwo(stored, changed);
    state.withdrawals.set(withdrawal.id, changed);
  },
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
    pastUses(state, numberIndex).some(({ userId, isPaid }) => userId === user && isPaid) ||
    state.withdrawalsByUser
      .of(user)
      .some(
        (one) =>
          one.numberIndex === numberIndex && (one.status === 'pending' || one.status === 'paid'),
      ),
  pendingOf: async (user) =>
    state.withdrawalsByUser.of(user).filter(({ status }) => status === 'pending'),
});

const byEnd = byTime<Withdrawal>(
  (one) => (one.status === 'pending' ? LAST : one.decidedAt),
  (one) => one.id,
);

const wasPaidBefore = (state: State, withdrawal: Withdrawal): boolean =>
  state.pastPaid.get(withdrawal.userId) !== undefined ||
  state.withdrawalsByUser
    .of(withdrawal.userId)
    .some((other) => other.status === 'paid' && byEnd(other, withdrawal) < 0);

const othersWith = (state: State, { userId, numberIndex }: Withdrawal): number => {
  const known = new Set([
    ...pastUses(state, numberIndex).map((use) => use.userId),
    ...state.withdrawalsByNumber.of(numberIndex).map((one) => one.userId),
  ]);
  known.delete(userId);
  return known.size;
};

const caseOf = (state: State, withdrawal: Withdrawal): WithdrawalCase => {
  const claim = 'claim' in withdrawal ? withdrawal.claim : null;
  return {
    withdrawal,
    user: state.users.need(withdrawal.userId),
    claimedBy: claim && state.users.need(claim.by),
    endorsedBy: withdrawal.endorsement && state.users.need(withdrawal.endorsement.by),
    decidedBy: 'decidedBy' in withdrawal ? state.users.need(withdrawal.decidedBy) : null,
    isFirst: !wasPaidBefore(state, withdrawal),
    othersWithNumber: othersWith(state, withdrawal),
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
    oldest: async () => state.waitingWithdrawals.items[0]?.createdAt ?? null,
    waiting: async (admin, page) => {
      const taken = claimedByOther(admin);
      const mine = state.waitingWithdrawals.items.filter((one) => !taken(one));
      return pageFrom(mine.toSorted(claimedFirst), page, show);
    },
    next: async (admin, skipped) => {
      const [taken, passed] = [claimedByOther(admin), new Set(skipped)];
      const open = state.waitingWithdrawals.items.filter(
        (one) =>
          !taken(one) &&
          one.userId !== admin &&
          one.endorsement?.by !== admin &&
          !passed.has(one.id),
      );
      const [first] = open.toSorted(claimedFirst);
      return first && show(first);
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
