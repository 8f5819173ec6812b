import { refuseFreeze, stopsWhenFrozen } from '../../core/freeze/index.ts';
import type { CheckLog, CheckProgress, Freeze, FreezeRepo } from '../../core/freeze/index.ts';
import type { FreezeId } from '../../core/kernel/index.ts';
import type { Posting, TransactionType } from '../../core/wallet/index.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, type Table } from './tables.ts';

const UNTOLD_AT_MOST = 10;
const THE_ONE = 'progress';
const NOTHING_YET: CheckProgress = {
  mark: null,
  recent: null,
  full: null,
  seenLiftings: 0,
  soundLiftings: 0,
};

export interface FreezeTables {
  readonly freezes: Table<FreezeId, Freeze>;
  readonly checks: Table<typeof THE_ONE, CheckProgress>;
}

export const createFreezeTables = (journal: Journal): FreezeTables => ({
  freezes: createTable<FreezeId, Freeze>('freezes', journal),
  checks: createTable<typeof THE_ONE, CheckProgress>('ledger checks', journal),
});

/** There are few: no index is needed. */
const inForce = ({ freezes }: FreezeTables): Freeze | undefined => {
  for (const freeze of freezes.values()) if (freeze.lifted === null) return freeze;
  return undefined;
};

/** In their order: the next one begins when the one before was lifted. */
const liftedIn = ({ freezes }: FreezeTables): readonly Freeze[] =>
  [...freezes.values()].filter(({ lifted }) => lifted);

/** The wall of WAL-13 that PostgreSQL has, too: nothing pays while a freeze is in force. */
export const refuseWhenFrozen = (
  state: FreezeTables,
  type: TransactionType,
  postings: readonly Posting[],
): void => {
  const freeze = inForce(state);
  if (!freeze || !postings.some((posting) => stopsWhenFrozen(type, posting))) return;
  throw refuseFreeze('freeze.in-force', { since: freeze.begunAt });
};

/** Freezes in memory. */
export const createFreezeRepo = (state: State): FreezeRepo => ({
  current: async () => inForce(state),
  begin: async (freeze) => {
    if (inForce(state)) throw new Error('memory: a freeze is in force');
    state.freezes.set(freeze.id, freeze);
  },
  save: async ({ id, findings, news, lifted }) => {
    const stored = state.freezes.need(id);
    if (stored.lifted) throw new Error(`memory: freeze ${id} was lifted`);
    state.freezes.set(id, { ...stored, findings, news, lifted });
  },
  liftings: async () => liftedIn(state).length,
  liftedAfter: async (count) => liftedIn(state).slice(count),
  untold: async () =>
    [...state.freezes.values()]
      .filter(({ news, ownerTold }) => ownerTold < news)
      .toSorted((a, b) => a.begunAt.getTime() - b.begunAt.getTime())
      .slice(0, UNTOLD_AT_MOST),
  markTold: async (id, news) => {
    const stored = state.freezes.get(id);
    if (stored && stored.ownerTold < news) state.freezes.set(id, { ...stored, ownerTold: news });
  },
});

/** Where the checks stand, in memory; a lock is a read, since transactions come one by one. */
export const createCheckLog = (state: State): CheckLog => {
  const read = async () => state.checks.get(THE_ONE) ?? NOTHING_YET;
  return { read, lock: read, save: async (progress) => state.checks.set(THE_ONE, progress) };
};
