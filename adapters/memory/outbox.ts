import { plusMs, type MessageId, type UserId } from '../../core/kernel/index.ts';
import type {
  ClaimedMessage,
  DeliveryOutcome,
  Outbox,
  OutboxMessage,
  OutboxQueue,
  Priority,
} from '../../core/outbox/index.ts';
import { byTime, createGroups, createOrdered, createUnique } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

/** A message with how far its delivery has come. */
export interface MessageRow {
  readonly message: OutboxMessage;
  readonly state: 'waiting' | 'leased' | 'sent' | 'replaced' | 'dropped' | 'failed';
  /** A waiting message may be claimed from then on; of a leased one the lease ends then. */
  readonly due: Date;
  readonly attempt: number;
  readonly why: string | null;
}

const RANK: Record<Priority, number> = { answer: 0, notice: 1, broadcast: 2 };

const byAge = byTime<MessageRow>(
  ({ message }) => message.createdAt,
  ({ message }) => message.id,
);
const byRank = (a: MessageRow, b: MessageRow): number =>
  RANK[a.message.priority] - RANK[b.message.priority] || byAge(a, b);

const isOpen = ({ state }: MessageRow): boolean => state === 'waiting' || state === 'leased';

export const createOutboxTables = (journal: Journal) => {
  const messagesByKey = createUnique<string, MessageRow>(({ message }) => message.dedupeKey);
  const openMessages = createGroups<UserId, MessageRow>(
    (row) => (isOpen(row) ? [row.message.to] : []),
    byAge,
  );
  const headsByRank = createOrdered<MessageRow>(byRank);
  return {
    messages: createTable<MessageId, MessageRow>('outbox', journal, [messagesByKey, openMessages]),
    /** The oldest open message of each person: the only one that may be claimed. */
    heads: createTable<UserId, MessageRow>('outbox heads', journal, [headsByRank]),
    /** Nothing is claimed before this: a global 429. */
    pause: createTable<'all', Date>('outbox pause', journal),
    messagesByKey,
    openMessages,
    headsByRank,
  };
};

const write = (state: State, row: MessageRow): void => {
  const { to, id } = row.message;
  state.messages.set(id, row);
  const [head] = state.openMessages.of(to);
  if (head !== undefined) state.heads.set(to, head);
  else if (state.heads.get(to) !== undefined) state.heads.remove(to);
};

const end = (state: State, rows: readonly MessageRow[], as: 'replaced' | 'dropped'): void => {
  for (const row of rows) if (row.state === 'waiting') write(state, { ...row, state: as });
};

/** The writing side in memory. What is being sent right now is neither replaced nor dropped. */
export const createOutbox = (state: State): Outbox => ({
  add: async (message) => {
    if (state.messagesByKey.get(message.dedupeKey) !== undefined) return;
    state.users.need(message.to);
    if (message.topic !== null) {
      const open = state.openMessages.of(message.to);
      end(
        state,
        open.filter((row) => row.message.topic === message.topic),
        'replaced',
      );
    }
    const due = message.createdAt;
    write(state, { message, state: 'waiting', due, attempt: 0, why: null });
  },
});

const lease = (state: State, row: MessageRow, until: Date): ClaimedMessage => {
  const attempt = row.attempt + 1;
  write(state, { ...row, state: 'leased', due: until, attempt });
  return { ...row.message, attempt };
};

const settled = (row: MessageRow, outcome: DeliveryOutcome, at: Date): MessageRow => {
  switch (outcome.outcome) {
    case 'sent':
      return { ...row, state: 'sent', due: at };
    case 'later':
      return { ...row, state: 'waiting', due: plusMs(at, outcome.afterMs), why: outcome.why };
    case 'unreachable':
      return { ...row, state: 'dropped', due: at };
    case 'failed':
      return { ...row, state: 'failed', due: at, why: outcome.why };
  }
};

const settle = (state: State, row: MessageRow, outcome: DeliveryOutcome, at: Date): void => {
  write(state, settled(row, outcome, at));
  if (outcome.outcome === 'unreachable') {
    end(state, [...state.openMessages.of(row.message.to)], 'dropped');
  }
  if (outcome.outcome === 'later' && outcome.scope === 'all') {
    const until = plusMs(at, outcome.afterMs);
    const before = state.pause.get('all');
    state.pause.set('all', before !== undefined && before > until ? before : until);
  }
};

/** Whether this person has a message under lease, also one that came to be not the oldest. */
const isBeingSent = (state: State, person: UserId, now: Date): boolean =>
  state.openMessages.of(person).some((row) => row.state === 'leased' && row.due > now);

/** The sending side in memory; every call is a transaction of its own. */
export const createOutboxQueue = (state: State): OutboxQueue => ({
  claim: (now, limit, leaseMs) =>
    state.turns.run(async () => {
      const pausedUntil = state.pause.get('all');
      if (pausedUntil !== undefined && pausedUntil > now) return [];
      const due: MessageRow[] = [];
      for (const row of state.headsByRank.items) {
        if (due.length >= limit) break;
        if (row.due <= now && !isBeingSent(state, row.message.to, now)) due.push(row);
      }
      return due.map((row) => lease(state, row, plusMs(now, leaseMs)));
    }),
  settle: (id, outcome, at) =>
    state.turns.run(async () => {
      const row = state.messages.get(id);
      if (row !== undefined && isOpen(row)) settle(state, row, outcome, at);
    }),
});
