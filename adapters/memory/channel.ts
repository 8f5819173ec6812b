import { isDeepStrictEqual } from 'node:util';
import {
  UNMETERED,
  type Conversation,
  type Conversations,
  type Inbox,
  type InboxMark,
  type InboxUpdate,
  type KnownPerson,
  type PreparedUpdate,
  type Tempo,
  type WaitingUpdate,
} from '../../core/channel/index.ts';
import { invariant, type Json, type UserId } from '../../core/kernel/index.ts';
import { createGroups, endedBefore } from './indexes.ts';
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
  /** When it was handled or given up; null while it waits. */
  readonly endedAt: Date | null;
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
    tempos: createTable<string, Tempo>('lanes', journal),
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
    endedAt: null,
  });
  return true;
};

const isAsSeen = ({ prepared }: UpdateRow, { seen }: PreparedUpdate): boolean =>
  seen === undefined || isDeepStrictEqual(prepared, seen);

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
    notePrepared: (noted) =>
      state.turns.run(async () => {
        const key = updateKey(noted.botId, noted.updateId);
        const row = state.inbox.get(key);
        if (row?.state !== 'waiting' || !isAsSeen(row, noted)) return false;
        state.inbox.set(key, { ...row, prepared: noted.prepared });
        return true;
      }),
    noteFailure: ({ botId, updateId, error, retryAt, counts }) =>
      change(botId, updateId, ({ tries }) => ({
        tries: counts ? tries + 1 : tries,
        lastError: error,
        retryAt,
      })),
    depth: (botId) =>
      state.turns.run(async () => {
        const own = [...state.inbox.values()].filter(({ update }) => update.botId === botId);
        const waiting = own.filter((row) => row.state === 'waiting');
        const received = waiting.map(({ update }) => update.receivedAt.getTime());
        return {
          waiting: waiting.length,
          oldestReceivedAt: received.length === 0 ? null : new Date(Math.min(...received)),
          parked: own.filter((row) => row.state === 'parked').length,
        };
      }),
    prune: (before, limit) =>
      state.turns.run(async () => {
        const rows = state.inbox.values();
        const old = endedBefore(rows, ({ endedAt }) => endedAt, { before, limit });
        for (const { update } of old) {
          state.inbox.remove(updateKey(update.botId, update.updateId));
        }
        return old.length;
      }),
  };
};

const personOf = (state: State, telegramId: number): KnownPerson | undefined => {
  const user = state.usersByTelegramId.get(telegramId);
  if (!user) return undefined;
  const isGranted = user.role !== 'admin' && state.adminGrants.get(telegramId)?.state === 'granted';
  return { user, isGranted, conversation: state.conversations.get(user.id) };
};

/** The handling side of the inbox, inside a transaction. */
export const createInboxMark = (state: State): InboxMark => {
  const end = (row: UpdateRow, how: Pick<UpdateRow, 'state' | 'endedAt' | 'lastError'>): void => {
    const { botId, updateId } = row.update;
    const update = { ...row.update, payload: null };
    state.inbox.set(updateKey(botId, updateId), { ...row, update, prepared: null, ...how });
  };
  return {
    take: async (botId, lane, now) => {
      const key = laneKey(botId, lane);
      const row = head(state, key, now);
      return (
        row && {
          ...shown(row),
          tempo: state.tempos.get(key) ?? UNMETERED,
          person: personOf(state, lane),
          hasMore: state.waitingByBotLane.of(key).length > 1,
        }
      );
    },
    done: async ({ botId, updateId, at, tempo }) => {
      const row = state.inbox.get(updateKey(botId, updateId));
      invariant(row?.state === 'waiting', `update ${updateId} of bot ${botId} does not wait`);
      end(row, { state: 'done', endedAt: at, lastError: row.lastError });
      if (tempo) state.tempos.set(laneKey(botId, row.update.lane), tempo);
    },
    park: async ({ botId, updateId, error, at }) => {
      const row = state.inbox.get(updateKey(botId, updateId));
      if (row?.state !== 'waiting') return false;
      end(row, { state: 'parked', endedAt: at, lastError: error });
      return true;
    },
  };
};

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
