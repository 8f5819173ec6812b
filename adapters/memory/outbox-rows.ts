import type { MessageId, UserId } from '../../core/kernel/index.ts';
import type { OutboxMessage, Priority } from '../../core/outbox/index.ts';
import { byTime, createGroups, createOrdered, createUnique } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { Meter } from './outbox-pace.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

/** A message with how far its delivery has come. */
export interface MessageRow {
  readonly message: OutboxMessage;
  readonly state: 'waiting' | 'leased' | 'sent' | 'replaced' | 'dropped' | 'failed';
  /** A waiting message may be claimed from then on; of a leased one the lease ends then. */
  readonly due: Date;
  readonly attempt: number;
  readonly defects: number;
  readonly why: string | null;
  readonly settledAt: Date | null;
}

const RANK: Record<Priority, number> = { answer: 0, notice: 1, broadcast: 2 };

const byAge = byTime<MessageRow>(
  ({ message }) => message.notBefore,
  ({ message }) => message.id,
);
const byRank = (a: MessageRow, b: MessageRow): number =>
  RANK[a.message.priority] - RANK[b.message.priority] || byAge(a, b);
export const byNews = byTime<MessageRow>(
  ({ message }) => message.createdAt,
  ({ message }) => message.id,
);

export const isOpen = ({ settledAt }: MessageRow): boolean => settledAt === null;
const isMissed = ({ state, message }: MessageRow): boolean =>
  state === 'dropped' && message.kind === 'notice';

/** One person's messages of one priority, which go one after the other. */
const lineOf = ({ to, priority }: OutboxMessage): string => `${to}:${priority}`;

export const createOutboxTables = (journal: Journal) => {
  const messagesByKey = createUnique<string, MessageRow>(({ message }) => message.dedupeKey);
  const openMessages = createGroups<UserId, MessageRow>(
    (row) => (isOpen(row) ? [row.message.to] : []),
    byRank,
  );
  const openLines = createGroups<string, MessageRow>(
    (row) => (isOpen(row) ? [lineOf(row.message)] : []),
    byAge,
  );
  const missedMessages = createGroups<UserId, MessageRow>(
    (row) => (isMissed(row) ? [row.message.to] : []),
    byNews,
  );
  const leasedMessages = createGroups<UserId, MessageRow>(
    (row) => (row.state === 'leased' ? [row.message.to] : []),
    byAge,
  );
  const headsByRank = createOrdered<MessageRow>(byRank);
  return {
    messages: createTable<MessageId, MessageRow>('outbox', journal, [
      messagesByKey,
      openMessages,
      openLines,
      missedMessages,
      leasedMessages,
    ]),
    /** The oldest open message of each line: the only one of it that may be claimed. */
    heads: createTable<string, MessageRow>('outbox heads', journal, [headsByRank]),
    /** How fast messages go to all, and to each person. */
    gate: createTable<'all', Meter>('outbox gate', journal),
    chats: createTable<UserId, Meter>('outbox chats', journal),
    messagesByKey,
    openMessages,
    openLines,
    missedMessages,
    leasedMessages,
    headsByRank,
  };
};

export const write = (state: State, row: MessageRow): void => {
  state.messages.set(row.message.id, row);
  const line = lineOf(row.message);
  const [head] = state.openLines.of(line);
  const known = state.heads.get(line);
  if (head === known) return;
  if (head === undefined) state.heads.remove(line);
  else state.heads.set(line, head);
};

/** What will not be sent any more, and was not sent, keeps nothing but its key. */
export const forgotten = (row: MessageRow): MessageRow => ({
  ...row,
  message: { ...row.message, payload: null },
});

export const waitingFor = (state: State, person: UserId): readonly MessageRow[] =>
  state.openMessages.of(person).filter((row) => row.state === 'waiting');

/** The later of two moments. */
export const latest = (one: Date, other: Date): Date => (one > other ? one : other);
