import type {
  Conversation,
  Conversations,
  Inbox,
  InboxMark,
  InboxUpdate,
  WaitingUpdate,
} from '../../core/channel/index.ts';
import type { Json, UserId } from '../../core/kernel/index.ts';
import { createGroups } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

/** An update with how handling it stands. */
export interface UpdateRow {
  readonly update: InboxUpdate;
  /** In the order of receiving. */
  readonly order: number;
  readonly state: 'waiting' | 'done' | 'parked';
  readonly tries: number;
  readonly prepared: Json;
  /** Not before this; null for at once. */
  readonly retryAt: Date | null;
  readonly lastError: string | null;
}

const updateKey = (botId: number, updateId: number): string => `${botId}:${updateId}`;
const laneKey = (botId: number, lane: number): string => `${botId}:${lane}`;
const byOrder = (a: UpdateRow, b: UpdateRow): number => a.order - b.order;

export const createChannelTables = (journal: Journal) => {
  const waiting = (row: UpdateRow): boolean => row.state === 'waiting';
  const waitingByBotLane = createGroups<string, UpdateRow>(
    (row) => (waiting(row) ? [laneKey(row.update.botId, row.update.lane)] : []),
    byOrder,
  );
  const waitingByLane = createGroups<number, UpdateRow>(
    (row) => (waiting(row) ? [row.update.lane] : []),
    byOrder,
  );
  return {
    inbox: createTable<string, UpdateRow>('inbox', journal, [waitingByBotLane, waitingByLane]),
    /** How many were received, for the order. */
    received: createTable<'all', number>('inbox order', journal),
    conversations: createTable<UserId, Conversation>('conversations', journal),
    waitingByBotLane,
    waitingByLane,
  };
};

const isDue = ({ retryAt }: UpdateRow, now: Date): boolean => retryAt === null || retryAt <= now;

/** The oldest of a lane, when its time has come: what failed holds up what came after it. */
const head = (state: State, key: string, now: Date): UpdateRow | undefined => {
  const [row] = state.waitingByBotLane.of(key);
  return row !== undefined && isDue(row, now) ? row : undefined;
};

const shown = (row: UpdateRow): WaitingUpdate => ({
  ...row.update,
  tries: row.tries,
  prepared: row.prepared,
});

const store = (state: State, update: InboxUpdate): boolean => {
  const key = updateKey(update.botId, update.updateId);
  if (state.inbox.get(key) !== undefined) return false;
  const order = (state.received.get('all') ?? 0) + 1;
  state.received.set('all', order);
  state.inbox.set(key, {
    update,
    order,
    state: 'waiting',
    tries: 0,
    prepared: null,
    retryAt: null,
    lastError: null,
  });
  return true;
};

/** The inbox in memory; every call is a transaction of its own. */
export const createInbox = (state: State): Inbox => {
  const change = (botId: number, updateId: number, by: (row: UpdateRow) => Partial<UpdateRow>) =>
    state.turns.run(async () => {
      const key = updateKey(botId, updateId);
      const row = state.inbox.get(key);
      if (row?.state === 'waiting') state.inbox.set(key, { ...row, ...by(row) });
    });
  return {
    receive: (updates) =>
      state.turns.run(async () => {
        const fresh = updates.filter((update) => store(state, update));
        return [...new Set(fresh.map(({ lane }) => lane))];
      }),
    waitingLanes: (botId, now) =>
      state.turns.run(async () => {
        const heads: UpdateRow[] = [];
        for (const [, group] of state.waitingByBotLane.entries()) {
          const [row] = group.items;
          if (row !== undefined && row.update.botId === botId && isDue(row, now)) heads.push(row);
        }
        return heads.toSorted(byOrder).map(({ update }) => update.lane);
      }),
    peek: (botId, lane, now) =>
      state.turns.run(async () => {
        const row = head(state, laneKey(botId, lane), now);
        return row && shown(row);
      }),
    notePrepared: (botId, updateId, prepared) => change(botId, updateId, () => ({ prepared })),
    noteFailure: ({ botId, updateId, error, retryAt }) =>
      change(botId, updateId, ({ update, prepared, tries }) => ({
        update: retryAt === null ? { ...update, payload: null } : update,
        prepared: retryAt === null ? null : prepared,
        tries: tries + 1,
        lastError: error,
        retryAt,
        state: retryAt === null ? 'parked' : 'waiting',
      })),
  };
};

/** The handling side of the inbox, inside a transaction. */
export const createInboxMark = (state: State): InboxMark => ({
  take: async (botId, lane, now) => {
    const row = head(state, laneKey(botId, lane), now);
    return row && shown(row);
  },
  done: async (botId, updateId, _at) => {
    const key = updateKey(botId, updateId);
    const row = state.inbox.need(key);
    const update = { ...row.update, payload: null };
    state.inbox.set(key, { ...row, update, prepared: null, state: 'done' });
  },
});

const NOWHERE: Omit<Conversation, 'userId'> = {
  flow: null,
  step: null,
  version: 0,
  data: null,
  screenMessageId: null,
  revision: 0,
  expiresAt: null,
};

/** Dialogues in memory. */
export const createConversations = (state: State): Conversations => ({
  find: async (user) => state.conversations.get(user),
  save: async (conversation) => {
    const { screenMessageId } = state.conversations.get(conversation.userId) ?? NOWHERE;
    state.conversations.set(conversation.userId, { ...conversation, screenMessageId });
  },
  noteScreen: async (userId, screenMessageId) => {
    const conversation = state.conversations.get(userId) ?? { ...NOWHERE, userId };
    state.conversations.set(userId, { ...conversation, screenMessageId });
  },
});
