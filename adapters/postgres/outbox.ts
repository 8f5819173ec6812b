import type { Json } from '../../core/kernel/index.ts';
import type { Circular, Fate, Outbox, OutboxMessage, Priority } from '../../core/outbox/index.ts';
import { known, type Sql } from './sql.ts';

/** The order of priorities is the order of sending. */
export const PRIORITIES: readonly Priority[] = ['answer', 'notice', 'broadcast'];
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
  return sql.later`
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
