import {
  invariant,
  plusMs,
  type Json,
  type MessageId,
  type UserId,
} from '../../core/kernel/index.ts';
import {
  STRUGGLING_TRIES,
  type Circular,
  type Claim,
  type ClaimedMessage,
  type DeliveryOutcome,
  type Fate,
  type Outbox,
  type OutboxMessage,
  type OutboxQueue,
  type Priority,
  type OutboxDepth,
  type Try,
} from '../../core/outbox/index.ts';
import { fragment, known, type Sql } from './sql.ts';
import type { OwnTransactions } from './transactions.ts';

/** The order of priorities is the order of sending. */
const PRIORITIES: readonly Priority[] = ['answer', 'notice', 'broadcast'];
/** As the index has it. */
const STRUGGLING = fragment(`attempts >= ${STRUGGLING_TRIES}`);

interface MessageRow {
  readonly id: MessageId;
  readonly to_user: UserId;
  readonly kind: string;
  readonly payload: Json;
  readonly dedupe_key: string;
  readonly topic: string | null;
  readonly priority: number;
  readonly attempts: number;
  readonly defects: number;
  readonly not_before: Date;
  readonly created_at: Date;
}

/** The writing side. What is being sent right now is neither replaced nor dropped. */
export const createOutbox = (sql: Sql): Outbox => ({
  add: (message) => add(sql, message),
  addMany: (circular) => addMany(sql, circular),
  fates: async (keys) => {
    const rows = await sql<{ key: string; fate: Fate }>`
      select dedupe_key as key,
        case when settled_at is null then 'open' else state end as fate
      from outbox where dedupe_key = any(${keys}::text[])`;
    return new Map(rows.map(({ key, fate }) => [key, fate]));
  },
  recall: async (keys, at) => {
    const rows = await sql<{ recalled: string }>`
      select recalled from recall_messages(${keys}::text[], ${at}::timestamptz)`;
    return rows.map(({ recalled }) => recalled);
  },
  missed: async (user, since, limit) => {
    const rows = await sql<{ payload: Json; total: number }>`
      with missed as (
        select payload, created_at, id from outbox
        where state = 'dropped' and kind = 'notice' and to_user = ${known(user)}
          and settled_at >= ${since})
      select counted.total, newest.payload
      from (select count(*)::int as total from missed) counted
        left join lateral (
          select payload, created_at, id from missed order by created_at desc, id desc
          limit ${limit}) newest on true
      where counted.total > 0 order by newest.created_at desc, newest.id desc`;
    return {
      total: rows[0]?.total ?? 0,
      newest: limit === 0 ? [] : rows.map(({ payload }) => payload),
    };
  },
});

/**
 * A row that somebody is just working on is skipped when it would be replaced: no change of money
 * waits for a message. Somebody who is away is locked until our transaction ends: they come back
 * before it, and the message goes out, or after it, and hear that they missed it.
 */
const add = async (sql: Sql, message: OutboxMessage): Promise<void> => {
  const { to, topic, createdAt } = message;
  await sql`
    with older as materialized (
      select id, not_before from outbox
      where ${topic}::text is not null and to_user = ${to}::uuid and topic = ${topic}::text
        and state = 'waiting'
      for no key update skip locked
    ), away as materialized (
      select unreachable_since as since from users
      where id = ${to}::uuid and unreachable_since is not null for share
    ), fresh as (
      insert into outbox (id, to_user, kind, payload, dedupe_key, topic, priority, not_before,
        due_at, created_at, state, settled_at)
      select ${message.id}::uuid, ${to}::uuid, ${message.kind},
        ${JSON.stringify(message.payload)}::json, ${message.dedupeKey}, ${topic}::text,
        ${PRIORITIES.indexOf(message.priority)}::smallint, place.since, place.since,
        ${createdAt}::timestamptz,
        case when away.since is null then 'waiting' else 'dropped' end,
        case when away.since is not null then greatest(away.since, ${createdAt}::timestamptz) end
      from (select least(${message.notBefore}::timestamptz, min(not_before)) as since from older)
          place left join away on true
      on conflict (dedupe_key) do nothing returning id
    )
    update outbox set state = 'replaced', payload = 'null', settled_at = ${createdAt}::timestamptz
    from older where outbox.id = older.id and exists (select from fresh)`;
};

/** As `add` does it, without a topic. */
const addMany = async (sql: Sql, { copies, ...message }: Circular): Promise<void> => {
  const { createdAt, notBefore } = message;
  await sql`
    with away as materialized (
      select id, unreachable_since as since from users
      where id = any(${copies.map(({ to }) => to)}::uuid[]) and unreachable_since is not null
      order by id for share
    )
    insert into outbox (id, to_user, kind, payload, dedupe_key, priority, not_before, due_at,
      created_at, state, settled_at)
    select copy.id, copy.to_user, ${message.kind}, ${JSON.stringify(message.payload)}::json,
      copy.dedupe_key, ${PRIORITIES.indexOf(message.priority)}::smallint,
      ${notBefore}::timestamptz, ${notBefore}::timestamptz, ${createdAt}::timestamptz,
      case when away.since is null then 'waiting' else 'dropped' end,
      case when away.since is not null then greatest(away.since, ${createdAt}::timestamptz) end
    from unnest(${copies.map(({ id }) => id)}::uuid[], ${copies.map(({ to }) => to)}::uuid[],
        ${copies.map(({ dedupeKey }) => dedupeKey)}::text[]) as copy (id, to_user, dedupe_key)
      left join away on away.id = copy.to_user
    on conflict (dedupe_key) do nothing`;
};

/** The sending side; every call is a transaction of its own, and one round trip. */
export const createOutboxQueue = (own: OwnTransactions): OutboxQueue => ({
  claim: ({ now, limit, leaseMs, pace: { perSecond, perChatPerSecond } }) =>
    own.single(async (sql) => {
      const rows = await sql<MessageRow & { readonly again_at: Date | null }>`
        select * from claim_messages(${now}, ${limit}, ${leaseMs}, ${perSecond},
          ${perChatPerSecond})
        order by id is null, priority, not_before, id`;
      return claimOf(rows);
    }),
  renew: (tries, until) =>
    own.single(async (sql) => {
      await sql`
        update outbox o set due_at = ${until}
        from unnest(${tries.map(({ id }) => id)}::uuid[],
          ${tries.map(({ attempt }) => attempt)}::integer[]) as tried (id, attempt)
        where o.id = tried.id and o.attempts = tried.attempt and o.state = 'leased'`;
    }),
  settle: (tried, outcome, at) => own.single((sql) => settle(sql, { tried, outcome, at })),
  depth: (now) =>
    own.single(async (sql) => {
      const [depth] = await sql<OutboxDepth>`
        select (select count(*)::int from outbox where settled_at is null) as waiting,
          least(struggling.oldest, (
            select min(head.not_before) from (values (0), (1), (2)) each (priority)
              cross join lateral (
                select o.not_before from outbox o
                where o.settled_at is null and o.priority = each.priority::smallint
                  and o.not_before <= ${now}
                order by o.not_before limit 1) head)) as "oldestDue",
          (select count(*)::int from outbox where state = 'failed') as "failed",
          struggling.messages as struggling
        from (select count(*)::int as messages, min(created_at) as oldest
          from outbox where settled_at is null and ${STRUGGLING}) struggling`;
      invariant(depth, 'a row of sub-selects is always one row');
      return depth;
    }),
  prune: (before, limit) =>
    own.single(async (sql) => {
      const [pruned] = await sql<{ gone: number }>`
        select prune_outbox(least(${before}::timestamptz, now() - interval '1 day'), ${limit}) as gone`;
      return pruned?.gone ?? 0;
    }),
});

/** The last row is no message: it says when to ask again. */
const claimOf = (rows: readonly (MessageRow & { readonly again_at: Date | null })[]): Claim => ({
  messages: rows.slice(0, -1).map(toMessage),
  againAt: rows.at(-1)?.again_at ?? null,
});

interface Settled {
  readonly tried: Try;
  readonly outcome: DeliveryOutcome;
  readonly at: Date;
}

const settle = async (sql: Sql, { tried, outcome, at }: Settled): Promise<void> => {
  const { id, attempt } = tried;
  switch (outcome.outcome) {
    case 'sent':
      await sql`
        update outbox set state = 'sent', payload = 'null', why = null, settled_at = ${at},
          due_at = ${at}
        where id = ${id} and settled_at is null`;
      return;
    case 'failed':
      await sql`
        update outbox set state = 'failed', why = ${outcome.why}, settled_at = ${at}, due_at = ${at}
        where id = ${id} and attempts = ${attempt} and state = 'leased'`;
      return;
    case 'unreachable':
      return drop(sql, tried, at);
    case 'later':
      return putOff(sql, { tried, outcome, at });
  }
};

/** With all else that waits for its person. */
const drop = async (sql: Sql, { id, attempt }: Try, at: Date): Promise<void> => {
  await sql`
    with person as materialized (
      select u.id, greatest(u.unreachable_since, ${at}::timestamptz) as moment
      from users u join outbox o on o.to_user = u.id
      where o.id = ${id} and o.attempts = ${attempt} and o.state = 'leased'
      for no key update of u
    ), settled as (
      update outbox o set state = 'dropped', settled_at = p.moment, due_at = ${at}
      from person p
      where o.id = ${id} and o.attempts = ${attempt} and o.state = 'leased' and o.to_user = p.id
      returning o.id, o.to_user, p.moment
    ), marked as (
      update users set unreachable_since = ${at} from settled s
      where users.id = s.to_user and unreachable_since is null
    )
    update outbox o set state = 'dropped', settled_at = s.moment from settled s
    where o.to_user = s.to_user and o.priority in (0, 1, 2) and o.settled_at is null
      and o.state = 'waiting' and o.id <> s.id`;
};

/** Back into its row or to the end of it, and whatever else has to wait with it. */
const putOff = async (
  sql: Sql,
  {
    tried: { id, attempt },
    outcome: { afterMs, scope, why, defect = false },
    at,
  }: Settled & { readonly outcome: { readonly outcome: 'later' } },
): Promise<void> => {
  const until = plusMs(at, afterMs);
  const toTheEnd = scope === 'message' && attempt >= STRUGGLING_TRIES;
  await sql`
    with settled as (
      update outbox o set why = ${why}, due_at = ${until}, defects = defects + ${defect ? 1 : 0}::int,
        not_before = case when ${toTheEnd}::boolean then ${until}::timestamptz else o.not_before end,
        state = case when newer.waits then 'replaced' else 'waiting' end,
        payload = case when newer.waits then 'null' else o.payload end,
        settled_at = case when newer.waits then ${at}::timestamptz end
      from (
        select old.id, ${toTheEnd}::boolean and exists (select from outbox fresh
          where fresh.to_user = old.to_user and fresh.topic = old.topic and fresh.state = 'waiting'
            and (fresh.created_at, fresh.id) > (old.created_at, old.id)) as waits
        from outbox old where old.id = ${id}) newer
      where o.id = newer.id and o.attempts = ${attempt} and o.state = 'leased'
      returning o.to_user
    ), all_paused as (
      update outbox_gate set paused_until = greatest(paused_until, ${until})
      where ${scope === 'all'}::boolean and exists (select from settled)
    )
    insert into outbox_chats as c (user_id, paused_until)
    select to_user, ${until} from settled where ${scope === 'chat'}::boolean
    on conflict (user_id) do update set paused_until = greatest(c.paused_until, ${until})`;
};

const toMessage = (row: MessageRow): ClaimedMessage => ({
  id: row.id,
  to: row.to_user,
  kind: row.kind,
  payload: row.payload,
  dedupeKey: row.dedupe_key,
  topic: row.topic,
  priority: PRIORITIES[row.priority] ?? 'notice',
  notBefore: row.not_before,
  createdAt: row.created_at,
  attempt: row.attempts,
  defects: row.defects,
});
