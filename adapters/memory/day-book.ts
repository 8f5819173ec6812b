import {
  DAY_MS,
  plusMs,
  rupiah,
  startOfWibDay,
  sum,
  type Rupiah,
  type UserId,
} from '../../core/kernel/index.ts';
import type { DayBook, DayFigures } from '../../core/reports/index.ts';
import { OUTSIDE, type Posting } from '../../core/wallet/index.ts';
import { byTime, compareText, createGroups, createOrdered, partition } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';
import { balanceOf } from './wallet.ts';

/** Somebody who did something on a day. */
export interface ActiveRow {
  readonly day: Date;
  readonly userId: UserId;
}

export const createDayBookTables = (journal: Journal) => {
  const activeByDay = createGroups<number, ActiveRow>(
    ({ day }) => [day.getTime()],
    (a, b) => compareText(a.userId, b.userId),
  );
  const closedDays = createOrdered<DayFigures>(
    byTime(
      ({ day }) => day,
      () => '',
    ),
  );
  return {
    activeDays: createTable<string, ActiveRow>('active days', journal, [activeByDay]),
    dailyFigures: createTable<number, DayFigures>('daily figures', journal, [closedDays]),
    dailyReports: createTable<number, Date>('daily reports', journal),
    activeByDay,
    closedDays,
  };
};

/** What is kept day by day, in memory. */
export const createDayBook = (state: State): DayBook => ({
  noteActive: async (userId, at) => {
    const day = startOfWibDay(at);
    state.users.set(userId, { ...state.users.need(userId), actedAt: at });
    state.activeDays.set(`${day.getTime()} ${userId}`, { day, userId });
  },
  pruneActive: async (before, limit) => {
    const old = [...state.activeDays.entries()]
      .filter(([, { day }]) => day < before)
      .toSorted(([, a], [, b]) => a.day.getTime() - b.day.getTime())
      .slice(0, limit);
    for (const [key] of old) state.activeDays.remove(key);
    return old.length;
  },
  first: async () => {
    const first = state.usersNewestFirst.items.at(-1);
    return first ? startOfWibDay(first.createdAt) : null;
  },
  lastClosed: async () => state.closedDays.items.at(-1)?.day ?? null,
  close: async (day, since) => {
    const end = plusMs(day, DAY_MS);
    const waits = [...state.waitingByLane.entries()]
      .flatMap(([, { items }]) => items)
      .some(({ update: { receivedAt } }) => receivedAt < end && receivedAt > since);
    if (waits) return false;
    if (!state.dailyFigures.get(day.getTime())) {
      state.dailyFigures.set(day.getTime(), countDay(state, day));
    }
    return true;
  },
  tellOnce: async (day, at) => {
    if (state.dailyReports.get(day.getTime())) return false;
    state.dailyReports.set(day.getTime(), at);
    return true;
  },
});

/** As it was noted when the day was closed, else as it is counted now. */
export const figuresOf = (state: State, day: Date): DayFigures =>
  state.dailyFigures.get(day.getTime()) ?? countDay(state, day);

const countDay = (state: State, day: Date): DayFigures => {
  const end = plusMs(day, DAY_MS);
  const within = (at: Date | null | undefined): boolean => at != null && at >= day && at < end;
  const users = state.usersNewestFirst.items;
  const before = (at: Date): number => partition(users, ({ createdAt }) => createdAt >= at);
  return {
    day,
    activeUsers: state.activeByDay.of(day.getTime()).length,
    newUsers: before(day) - before(end),
    ...proofsWithin(state, within),
    ...moneyWithin(state, within),
    liability: liabilityAt(state, end),
  };
};

type Within = (at: Date | null | undefined) => boolean;

const proofsWithin = (state: State, within: Within) => {
  const proofs = [...state.proofs.values()];
  const sent = proofs.filter(({ proof }) => within(proof.submittedAt));
  const judged = proofs.flatMap(({ proof, decisions: [first] }) =>
    first && within(first.at)
      ? [{ verdict: first.verdict, ms: first.at.getTime() - proof.submittedAt.getTime() }]
      : [],
  );
  const waits = judged.map(({ ms }) => Math.floor(ms / 60_000)).toSorted((a, b) => a - b);
  return {
    submitted: sent.length,
    flagged: sent.filter(({ flags }) => flags.length > 0).length,
    approved: judged.filter(({ verdict }) => verdict === 'approved').length,
    rejected: judged.filter(({ verdict }) => verdict === 'rejected').length,
    reviewMinutes: waits[Math.ceil(waits.length / 2) - 1] ?? null,
  };
};

const moneyWithin = (state: State, within: Within) => {
  const made = [...state.entries.values()].filter(({ transaction: { createdAt } }) =>
    within(createdAt),
  );
  const ofType = (wanted: string): Rupiah =>
    sum(made.flatMap(({ transaction: { type, amount } }) => (type === wanted ? [amount] : [])));
  const undone = made.filter(({ transaction }) => transaction.type === 'reversal');
  const returned = undone.flatMap(({ born }) => born);
  const fromRevenue = returned.filter(({ from }) => from.kind === 'revenue');
  const fromWorkers = returned.filter(({ from }) => from.kind !== 'revenue');
  const paid = [...state.withdrawals.values()].filter(
    (one) => one.status === 'paid' && within(one.decidedAt),
  );
  const credited = [...state.deposits.values()].flatMap((one) =>
    one.status === 'approved' && within(one.decidedAt) ? [one.credited] : [],
  );
  const fees = ofType('platform_fee') + sum(paid.map(({ fee }) => fee)) - total(fromRevenue);
  return {
    rewards: rupiah(ofType('task_reward') - total(fromWorkers)),
    fees: rupiah(fees),
    deposits: sum(credited),
    withdrawals: sum(paid.map(({ amount }) => amount)),
  };
};

const total = (postings: readonly Posting[]): Rupiah => sum(postings.map(({ amount }) => amount));

/** What there is now less what came in from the outside world since then, and what went out. */
const liabilityAt = (state: State, end: Date): Rupiah => {
  let cash: bigint = 0n - balanceOf(state, OUTSIDE);
  const undo = (postings: readonly Posting[]): void => {
    for (const { from, to, amount } of postings) {
      if (from.kind === 'outside') cash -= amount;
      if (to.kind === 'outside') cash += amount;
    }
  };
  for (const { transaction, born, closing } of state.entries.values()) {
    if (transaction.createdAt >= end) undo(born);
    if (transaction.decidedAt !== null && transaction.decidedAt >= end) undo(closing);
  }
  return rupiah(cash);
};
