import type {
  Audience,
  Broadcast,
  BroadcastReport,
  BroadcastRepo,
  Reach,
  RecipientOutcome,
} from '../../core/broadcasts/index.ts';
import type { BroadcastId, UserId } from '../../core/kernel/index.ts';
import type { User } from '../../core/users/index.ts';
import { byTime, compareText, createGroups, createOrdered } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageFromEnd } from './tables.ts';

type RecipientState = 'waiting' | 'queued' | RecipientOutcome;

export interface RecipientRow {
  readonly broadcastId: BroadcastId;
  readonly userId: UserId;
  readonly state: RecipientState;
}

const keyOf = (id: BroadcastId, user: UserId): string => `${id}:${user}`;
const groupOf = (id: BroadcastId, state: RecipientState): string => `${id}:${state}`;

export const createBroadcastTables = (journal: Journal) => {
  const recipientsByState = createGroups<string, RecipientRow>(
    ({ broadcastId, state }) => [groupOf(broadcastId, state)],
    (a, b) => compareText(a.userId, b.userId),
  );
  const broadcastsByAge = createOrdered<Broadcast>(
    byTime(
      ({ createdAt }) => createdAt,
      ({ id }) => id,
    ),
  );
  return {
    broadcasts: createTable<BroadcastId, Broadcast>('broadcasts', journal, [broadcastsByAge]),
    broadcastRecipients: createTable<string, RecipientRow>('broadcast recipients', journal, [
      recipientsByState,
    ]),
    recipientsByState,
    broadcastsByAge,
  };
};

interface Addressed {
  readonly audience: Audience;
  readonly inactiveSince: Date;
}

const isIn =
  ({ audience, inactiveSince }: Addressed) =>
  (user: User): boolean => {
    if (user.status !== 'active') return false;
    switch (audience) {
      case 'all':
        return true;
      case 'clients':
        return user.role === 'client';
      case 'workers':
        return user.role === 'worker';
      case 'inactive':
        return (user.actedAt ?? user.createdAt) < inactiveSince;
    }
  };

const addressedBy = (state: State, addressed: Addressed): readonly User[] =>
  [...state.users.values()].filter(isIn(addressed));

const isOpen = ({ endedAt }: Broadcast): boolean => endedAt === null;

const reportOf = (state: State, broadcast: Broadcast): BroadcastReport => {
  const count = (how: RecipientState): number =>
    state.recipientsByState.of(groupOf(broadcast.id, how)).length;
  const outcomes = {
    sent: count('sent'),
    blocked: count('blocked'),
    failed: count('failed'),
    canceled: count('canceled'),
  };
  const waiting = count('waiting') + count('queued');
  const { sent, blocked, failed, canceled } = outcomes;
  return {
    broadcast,
    by: { id: broadcast.adminId, displayName: state.users.need(broadcast.adminId).displayName },
    progress: { recipients: sent + blocked + failed + canceled + waiting, ...outcomes, waiting },
  };
};

/** Notes a recipient's next state; whoever is not in the state that it follows is a defect. */
const move = (
  state: State,
  { broadcastId, userId }: Pick<RecipientRow, 'broadcastId' | 'userId'>,
  { from, to }: { readonly from: RecipientState; readonly to: RecipientState },
): void => {
  const key = keyOf(broadcastId, userId);
  const row = state.broadcastRecipients.need(key);
  if (row.state !== from) throw new Error(`memory: ${key} is ${row.state}, not ${from}`);
  state.broadcastRecipients.set(key, { ...row, state: to });
};

/** Broadcasts in memory. */
export const createBroadcastRepo = (state: State): BroadcastRepo => ({
  reach: async (inactiveSince) => {
    const reachOf = (audience: Audience): Reach => {
      const people = addressedBy(state, { audience, inactiveSince });
      const blocked = people.filter(({ unreachableSince }) => unreachableSince !== null);
      return { recipients: people.length, blocked: blocked.length };
    };
    return {
      all: reachOf('all'),
      clients: reachOf('clients'),
      workers: reachOf('workers'),
      inactive: reachOf('inactive'),
    };
  },
  add: async (broadcast, inactiveSince) => {
    const { id: broadcastId, audience } = broadcast;
    const known = [...state.broadcasts.values()];
    if (known.some((one) => one.id === broadcastId || isOpen(one))) return false;
    state.broadcasts.set(broadcastId, broadcast);
    for (const user of addressedBy(state, { audience, inactiveSince })) {
      state.broadcastRecipients.set(keyOf(broadcastId, user.id), {
        broadcastId,
        userId: user.id,
        state: user.unreachableSince === null ? 'waiting' : 'blocked',
      });
    }
    return true;
  },
  report: async (id) => {
    const broadcast = state.broadcasts.get(id);
    return broadcast && reportOf(state, broadcast);
  },
  page: async (asked) =>
    pageFromEnd(state.broadcastsByAge.items, asked, (one) => reportOf(state, one)),
  open: async () => state.broadcastsByAge.items.findLast(isOpen)?.id,
  lock: async (id) => state.broadcasts.get(id),
  ...writesTo(state),
});

/** A list of its own: who is moved leaves the group. */
const peopleIn = (state: State, group: string, limit?: number): readonly UserId[] =>
  state.recipientsByState
    .of(group)
    .slice(0, limit)
    .map(({ userId }) => userId);

const writesTo = (
  state: State,
): Pick<
  BroadcastRepo,
  'save' | 'waiting' | 'queued' | 'queue' | 'unqueue' | 'settle' | 'cancelWaiting'
> => ({
  save: async ({ id, status, endedAt, changedBy, toldAt, shownIn }) => {
    const before = state.broadcasts.need(id);
    if (
      !isOpen(before) &&
      (endedAt?.getTime() !== before.endedAt?.getTime() || status !== before.status)
    ) {
      throw new Error(`memory: broadcast ${id} has ended`);
    }
    const { waiting } = reportOf(state, before).progress;
    if (endedAt !== null && waiting > 0) throw new Error(`memory: ${waiting} of ${id} wait`);
    state.broadcasts.set(id, { ...before, status, endedAt, changedBy, toldAt, shownIn });
  },
  waiting: async (id, limit) =>
    peopleIn(state, groupOf(id, 'waiting'), limit).map((userId) => ({
      userId,
      isSuspended: state.users.need(userId).status === 'suspended',
    })),
  queued: async (id) => peopleIn(state, groupOf(id, 'queued')),
  queue: async (broadcastId, people) => {
    for (const userId of people) {
      move(state, { broadcastId, userId }, { from: 'waiting', to: 'queued' });
    }
  },
  unqueue: async (broadcastId, people) => {
    for (const userId of people) {
      move(state, { broadcastId, userId }, { from: 'queued', to: 'waiting' });
    }
  },
  settle: async (broadcastId, outcomes) => {
    for (const { userId, outcome } of outcomes) {
      move(state, { broadcastId, userId }, { from: 'queued', to: outcome });
    }
  },
  cancelWaiting: async (broadcastId) => {
    for (const userId of peopleIn(state, groupOf(broadcastId, 'waiting'))) {
      move(state, { broadcastId, userId }, { from: 'waiting', to: 'canceled' });
    }
  },
});

/** Forgets a broadcast that has ended, with its recipients. */
export const forgetBroadcasts = (state: State, before: Date): number => {
  let forgotten = 0;
  for (const { id, endedAt } of state.broadcasts.values()) {
    if (endedAt === null || endedAt >= before) continue;
    for (const how of ['sent', 'blocked', 'failed', 'canceled'] as const) {
      for (const userId of peopleIn(state, groupOf(id, how))) {
        state.broadcastRecipients.forget(keyOf(id, userId));
      }
    }
    state.broadcasts.forget(id);
    forgotten += 1;
  }
  return forgotten;
};
