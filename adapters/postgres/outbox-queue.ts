import {
  gathering,
  invariant,
  plusMs,
  type Json,
  type MessageId,
  type UserId,
} from '../../core/kernel/index.ts';
import {
  STRUGGLING_TRIES,
  type Claim,
  type ClaimedMessage,
  type DeliveryOutcome,
  type OutboxDepth,
  type OutboxQueue,
  type Addressee,
  type Try,
} from '../../core/outbox/index.ts';
import type { Language, Permission, Role } from '../../core/users/index.ts';
import { PRIORITIES } from './outbox.ts';
import { fragment, known, type Sql } from './sql.ts';
import type { OwnTransactions } from './transactions.ts';

/** As the index has it. */
const STRUGGLING = fragment(`attempts >= ${STRUGGLING_TRIES}`);
/** How many at most are settled by one statement. */
const SETTLED_AT_ONCE = 100;

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

/** The sending side; every call is a transaction of its own, and one round trip. */
export const createOutboxQueue = (own: OwnTransactions): OutboxQueue => {
  const settleSent = gathering(
    (sent: readonly Sent[]) => own.single((sql) => noteSent(sql, sent)),
    SETTLED_AT_ONCE,
  );
  return {
    ...lookingAfter(own),
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
        with mine as materialized (
          select o.id from outbox o join unnest(${tries.map(({ id }) => id)}::uuid[],
            ${tries.map(({ attempt }) => attempt)}::integer[]) as tried (id, attempt)
            on o.id = tried.id and o.attempts = tried.attempt and o.state = 'leased'
          order by o.id for no key update of o)
        update outbox o set due_at = ${until} from mine where o.id = mine.id`;
      }),
    settle: (tried, outcome, at) =>
      outcome.outcome === 'sent'
        ? settleSent({ id: tried.id, at })
        : own.single((sql) => settle(sql, { tried, outcome, at })),
    addressees: (users) =>
      own.single(async (sql) => {
        const rows = await sql<AddresseeRow>`
        select u.id, u.telegram_id, u.language, u.role, u.permissions, c.screen_message_id
        from users u left join conversations c on c.user_id = u.id
        where u.id = any(${users.map(known)}::uuid[])`;
        return new Map(rows.map((row) => [row.id, toAddressee(row)]));
      }),
  };
};

/** Of those that were sent, whoever is trying again meanwhile: in the order of all who lock several. */
const noteSent = async (sql: Sql, sent: readonly Sent[]): Promise<readonly void[]> => {
  await sql`
    with mine as materialized (
      select o.id, s.at from outbox o
        join unnest(${sent.map(({ id }) => id)}::uuid[], ${sent.map(({ at }) => at)}::timestamptz[])
          as s (id, at) on s.id = o.id
      where o.settled_at is null order by o.id for no key update of o)
    update outbox o set state = 'sent', payload = 'null', why = null, settled_at = mine.at,
      due_at = mine.at
    from mine where o.id = mine.id`;
  return [];
};

interface Sent {
  readonly id: MessageId;
  readonly at: Date;
}

interface AddresseeRow {
  readonly id: UserId;
  readonly telegram_id: bigint;
  readonly language: Language;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  readonly screen_message_id: bigint | null;
}

const toAddressee = (row: AddresseeRow): Addressee => ({
  userId: row.id,
  channelId: Number(row.telegram_id),
  language: row.language,
  role: row.role,
  permissions: row.permissions,
  screenMessageId: row.screen_message_id === null ? null : Number(row.screen_message_id),
});

/** How the queue stands, and what of it can be forgotten. */
const lookingAfter = (own: OwnTransactions): Pick<OutboxQueue, 'depth' | 'prune'> => ({
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
  readonly outcome: Exclude<DeliveryOutcome, { outcome: 'sent' }>;
  readonly at: Date;
}

const settle = async (sql: Sql, { tried, outcome, at }: Settled): Promise<void> => {
  const { id, attempt } = tried;
  switch (outcome.outcome) {
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
