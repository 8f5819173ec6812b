import { plusMs, type UserId } from '../../core/kernel/index.ts';
import {
  STRUGGLING_TRIES,
  type Claim,
  type ClaimedMessage,
  type ClaimRequest,
  type DeliveryOutcome,
  type Fate,
  type Outbox,
  type OutboxMessage,
  type OutboxQueue,
  type Try,
} from '../../core/outbox/index.ts';
import { endedBefore } from './indexes.ts';
import {
  charged,
  chatRate,
  freeAt,
  keptFrom,
  paused,
  rateOfAll,
  roomAt,
  toDate,
  toMicros,
  UNUSED,
} from './outbox-pace.ts';
import {
  byNews,
  forgotten,
  isOpen,
  latest,
  waitingFor,
  write,
  type MessageRow,
} from './outbox-rows.ts';
import type { State } from './state.ts';

/** The writing side in memory. What is being sent right now is neither replaced nor dropped. */
export const createOutbox = (state: State): Outbox => ({
  add: async (message) => add(state, message),
  addMany: async ({ copies, ...message }) => {
    for (const copy of copies) add(state, { ...message, ...copy, topic: null });
  },
  fates: async (keys) => {
    const known = keys.flatMap((key) => state.messagesByKey.get(key) ?? []);
    return new Map(known.map((row) => [row.message.dedupeKey, fateOf(row)]));
  },
  recall: async (keys, at) =>
    keys.filter((key) => {
      const row = state.messagesByKey.get(key);
      if (row?.state !== 'waiting') return false;
      const { message, ...rest } = forgotten(row);
      const freed = { ...message, dedupeKey: `${key}:${message.id}` };
      write(state, { ...rest, message: freed, state: 'replaced', settledAt: at });
      return true;
    }),
  missed: async (user, since, limit) => {
    const missed = state.missedMessages
      .of(user)
      .filter(({ settledAt }) => settledAt !== null && settledAt >= since);
    const newest = missed.toReversed().slice(0, limit);
    return { total: missed.length, newest: newest.map(({ message }) => message.payload) };
  },
});

const add = (state: State, message: OutboxMessage): void => {
  if (state.messagesByKey.get(message.dedupeKey) !== undefined) return;
  const { unreachableSince } = state.users.need(message.to);
  const { topic } = message;
  const older = topic === null ? [] : waitingFor(state, message.to);
  let { notBefore } = message;
  for (const row of older.filter((one) => one.message.topic === topic)) {
    if (row.message.notBefore < notBefore) notBefore = row.message.notBefore;
    write(state, { ...forgotten(row), state: 'replaced', settledAt: message.createdAt });
  }
  const lost = unreachableSince !== null;
  write(state, {
    message: { ...message, notBefore },
    state: lost ? 'dropped' : 'waiting',
    due: notBefore,
    attempt: 0,
    defects: 0,
    why: null,
    settledAt: lost ? latest(unreachableSince, message.createdAt) : null,
  });
};

const fateOf = ({ state }: MessageRow): Fate =>
  state === 'waiting' || state === 'leased' ? 'open' : state;

const lease = (state: State, row: MessageRow, until: Date): ClaimedMessage => {
  const attempt = row.attempt + 1;
  write(state, { ...row, state: 'leased', due: until, attempt });
  return { ...row.message, attempt, defects: row.defects };
};

/** When the last lease of this person's messages ends. */
const sentUntil = (state: State, person: UserId): number =>
  Math.max(0, ...state.leasedMessages.of(person).map(({ due }) => toMicros(due)));

/** From when on the head of a line may go, as far as can be told now. */
const readyAt = (state: State, { due, message: { to } }: MessageRow, { pace }: ClaimRequest) =>
  Math.max(
    toMicros(due),
    sentUntil(state, to),
    freeAt(state.chats.get(to) ?? UNUSED, chatRate(pace)),
  );

const claim = (state: State, request: ClaimRequest): Claim => {
  const { limit, leaseMs, pace } = request;
  const now = toMicros(request.now);
  const rate = rateOfAll(pace);
  const room = roomAt(state.gate.get('all') ?? UNUSED, rate, now);
  const due: MessageRow[] = [];
  let short: number | undefined = room === 0 ? 1 : undefined;
  for (const row of room === 0 ? [] : state.headsByRank.items) {
    if (due.length >= limit) break;
    const taken = due.some(({ message }) => message.to === row.message.to);
    if (taken || readyAt(state, row, request) > now) continue;
    const kept = keptFrom(row.message.priority, rate);
    if (due.length >= room - kept) {
      short = kept + 1;
      break;
    }
    due.push(row);
  }
  const messages = due.map((row) => lease(state, row, plusMs(request.now, leaseMs)));
  for (const { to } of messages) charge(state, to, request);
  if (messages.length === limit) return { messages, againAt: request.now };
  return { messages, againAt: againAt(state, request, short) };
};

const charge = (state: State, to: UserId, { now, pace }: ClaimRequest): void => {
  const at = toMicros(now);
  if (pace.perChatPerSecond > 0) {
    state.chats.set(to, charged(state.chats.get(to) ?? UNUSED, chatRate(pace), at));
  }
  if (pace.perSecond > 0) {
    state.gate.set('all', charged(state.gate.get('all') ?? UNUSED, rateOfAll(pace), at));
  }
};

/** `short`: so much room is waited for. */
const againAt = (state: State, request: ClaimRequest, short: number | undefined): Date | null => {
  const heads = state.headsByRank.items;
  if (heads.length === 0) return null;
  if (short !== undefined) {
    return toDate(freeAt(state.gate.get('all') ?? UNUSED, rateOfAll(request.pace), short));
  }
  return toDate(heads.reduce((min, row) => Math.min(min, readyAt(state, row, request)), Infinity));
};

interface Ended {
  readonly row: MessageRow;
  readonly outcome: DeliveryOutcome;
  readonly at: Date;
}

const settle = (state: State, { row, outcome, at }: Ended): void => {
  switch (outcome.outcome) {
    case 'sent':
      return write(state, {
        ...forgotten(row),
        state: 'sent',
        due: at,
        why: null,
        settledAt: at,
      });
    case 'failed':
      return write(state, { ...row, state: 'failed', due: at, why: outcome.why, settledAt: at });
    case 'unreachable':
      return drop(state, row, at);
    case 'later':
      return putOff(state, { row, outcome, at });
  }
};

/** With all else that waits for its person. */
const drop = (state: State, row: MessageRow, at: Date): void => {
  const { to } = row.message;
  const person = state.users.need(to);
  const settledAt = latest(person.unreachableSince ?? at, at);
  state.users.set(to, { ...person, unreachableSince: person.unreachableSince ?? at });
  for (const one of [row, ...waitingFor(state, to)]) {
    write(state, { ...one, state: 'dropped', settledAt });
  }
};

/** Back into its row or to the end of it, and whatever else has to wait with it. */
const putOff = (
  state: State,
  { row, outcome, at }: Ended & { readonly outcome: { readonly outcome: 'later' } },
): void => {
  const { afterMs, scope, why, defect } = outcome;
  const { to } = row.message;
  const until = plusMs(at, afterMs);
  const defects = row.defects + (defect ? 1 : 0);
  const waiting: MessageRow = { ...row, state: 'waiting', due: until, why, defects };
  if (scope !== 'message' || row.attempt < STRUGGLING_TRIES) write(state, waiting);
  else if (newerWaits(state, row)) {
    write(state, { ...forgotten(waiting), state: 'replaced', settledAt: at });
  } else write(state, { ...waiting, message: { ...row.message, notBefore: until } });
  if (scope === 'chat') state.chats.set(to, paused(state.chats.get(to) ?? UNUSED, until));
  if (scope === 'all') state.gate.set('all', paused(state.gate.get('all') ?? UNUSED, until));
};

const newerWaits = (state: State, row: MessageRow): boolean =>
  row.message.topic !== null &&
  waitingFor(state, row.message.to).some(
    (other) => other.message.topic === row.message.topic && byNews(other, row) > 0,
  );

/** The row of a message that is still being sent by whoever made this try. */
const underWay = (state: State, { id, attempt }: Try): MessageRow | undefined => {
  const row = state.messages.get(id);
  return row?.state === 'leased' && row.attempt === attempt ? row : undefined;
};

const openRow = (state: State, { id }: Try): MessageRow | undefined => {
  const row = state.messages.get(id);
  return row && isOpen(row) ? row : undefined;
};

/** The sending side in memory; every call is a transaction of its own. */
export const createOutboxQueue = (state: State): OutboxQueue => ({
  claim: (request) => state.turns.run(async () => claim(state, request)),
  renew: (tries, until) =>
    state.turns.run(async () => {
      for (const one of tries) {
        const row = underWay(state, one);
        if (row) write(state, { ...row, due: until });
      }
    }),
  settle: (tried, outcome, at) =>
    state.turns.run(async () => {
      const row = outcome.outcome === 'sent' ? openRow(state, tried) : underWay(state, tried);
      if (row) settle(state, { row, outcome, at });
    }),
  addressees: (users) =>
    state.turns.run(async () => {
      const found = users.flatMap((id) => state.users.get(id) ?? []);
      return new Map(
        found.map(({ id: userId, telegramId: channelId, language, role, permissions }) => {
          const { screenMessageId = null } = state.conversations.get(userId) ?? {};
          return [userId, { userId, channelId, language, role, permissions, screenMessageId }];
        }),
      );
    }),
  depth: (now) =>
    state.turns.run(async () => {
      const rows = [...state.messages.values()];
      const open = rows.filter(isOpen);
      const struggling = open.filter(({ attempt }) => attempt >= STRUGGLING_TRIES);
      const due = [
        ...open.map(({ message }) => message.notBefore).filter((at) => at <= now),
        ...struggling.map(({ message }) => message.createdAt),
      ];
      return {
        waiting: open.length,
        oldestDue: due.reduce<Date | null>((min, at) => (min && min <= at ? min : at), null),
        failed: rows.filter((row) => row.state === 'failed').length,
        struggling: struggling.length,
      };
    }),
  prune: (before, limit) =>
    state.turns.run(async () => {
      const rows = state.messages.values();
      const old = endedBefore(rows, ({ settledAt }) => settledAt, { before, limit });
      for (const { message } of old) state.messages.remove(message.id);
      return old.length;
    }),
});
