import type {
  Inbox,
  InboxMark,
  InboxUpdate,
  KnownPerson,
  PreparedUpdate,
  WaitingUpdate,
} from '../../core/channel/index.ts';
import type { Json } from '../../core/kernel/index.ts';
import { toConversation, type ConversationRow } from './conversations.ts';
import { asJson, type Sql } from './sql.ts';
import type { OwnTransactions } from './transactions.ts';
import { toUser, type UserRow } from './users.ts';

interface UpdateRow {
  readonly bot_id: bigint;
  readonly update_id: bigint;
  readonly lane: bigint;
  readonly payload: Json;
  readonly prepared: Json;
  readonly tries: number;
  readonly received_at: Date;
}

type Unread = 'bot_id' | 'lane';

interface TakenRow extends Omit<UpdateRow, Unread>, Omit<UserRow, 'id'>, ConversationRow {
  readonly used_until: Date | null;
  readonly told: boolean;
  readonly has_more: boolean;
  /** As one text; null where none is stored. */
  readonly settings: string | null;
  readonly is_granted: boolean;
  readonly has_conversation: boolean;
}

/** Where nobody is known, or another has the lane, there is nothing in its columns. */
type FoundRow = { readonly [Column in keyof TakenRow]: TakenRow[Column] | null };

/**
 * Writing and looking; every call is a transaction of its own. What failed holds up what came after
 * it.
 */
export const createInbox = (own: OwnTransactions): Inbox => ({
  receive: (updates) => own.several((sql) => receive(sql, updates)),
  waitingLanes: (botId, now) =>
    own.single(async (sql) => {
      const rows = await sql<{ lane: bigint }>`
        select lane from (
          select distinct on (lane) lane, arrival, retry_at from inbox
          where bot_id = ${botId} and state = 'waiting' order by lane, arrival) head
        where retry_at is null or retry_at <= ${now} order by arrival`;
      return rows.map(({ lane }) => Number(lane));
    }),
  notePrepared: (noted) => own.single((sql) => notePrepared(sql, noted)),
  noteFailure: ({ botId, updateId, error, retryAt, counts }) =>
    own.single(async (sql) => {
      await sql`
        update inbox set tries = tries + ${counts ? 1 : 0}, error = ${clean(error)},
          retry_at = ${retryAt}
        where bot_id = ${botId} and update_id = ${updateId} and state = 'waiting'`;
    }),
  depth: (botId) => own.single((sql) => depth(sql, botId)),
  prune: (before, limit) =>
    own.single(async (sql) => {
      const [pruned] = await sql<{ removed: number }>`
        select prune_inbox(least(${before}::timestamptz, now() - interval '48 hours'), ${limit})
          as removed`;
      return pruned?.removed ?? 0;
    }),
});

/** Compared as text, as it was written: json has no equality, and jsonb does not hold every text. */
const notePrepared = async (
  sql: Sql,
  { botId, updateId, prepared, seen }: PreparedUpdate,
): Promise<boolean> => {
  const rows = await sql`
    update inbox set prepared = ${asJson(prepared)}
    where bot_id = ${botId} and update_id = ${updateId} and state = 'waiting'
      and (${seen === undefined} or prepared::text is not distinct from ${asJson(seen ?? null)}::text)
    returning update_id`;
  return rows.length === 1;
};

/** What no text of PostgreSQL can hold. */
const clean = (error: string): string => error.replaceAll('\0', '');

const depth = async (sql: Sql, botId: number): ReturnType<Inbox['depth']> => {
  const [row] = await sql<{ waiting: bigint; oldest: Date | null; parked: bigint }>`
    select w.waiting, w.oldest, p.parked
    from (select count(*) as waiting, min(received_at) as oldest from inbox
        where bot_id = ${botId} and state = 'waiting') w,
      (select count(*) as parked from inbox where bot_id = ${botId} and state = 'parked') p`;
  return {
    waiting: Number(row?.waiting ?? 0),
    oldestReceivedAt: row?.oldest ?? null,
    parked: Number(row?.parked ?? 0),
  };
};

/** In the order in which everybody locks several. */
const knowLanes = (sql: Sql, bots: readonly number[], lanes: readonly number[]): void =>
  sql.later`
    insert into lanes (bot_id, lane)
    select distinct * from unnest(${bots}::bigint[], ${lanes}::bigint[]) as l (bot_id, lane)
    order by bot_id, lane on conflict do nothing`;

/** The identity column counts in the order given, which is the order of handling. */
const receive = async (sql: Sql, updates: readonly InboxUpdate[]): Promise<readonly number[]> => {
  if (updates.length === 0) return [];
  const bots = updates.map(({ botId }) => botId);
  const lanes = updates.map(({ lane }) => lane);
  knowLanes(sql, bots, lanes);
  const fresh = await sql<{ lane: bigint }>`
    insert into inbox (bot_id, update_id, lane, payload, received_at)
    select bot_id, update_id, lane, payload, received_at from unnest(${bots}::bigint[],
      ${updates.map(({ updateId }) => updateId)}::bigint[], ${lanes}::bigint[],
      ${updates.map(({ payload }) => JSON.stringify(payload))}::json[],
      ${updates.map(({ receivedAt }) => receivedAt)}::timestamptz[])
      with ordinality as u (bot_id, update_id, lane, payload, received_at, place)
    order by place on conflict (bot_id, update_id) do nothing returning lane`;
  return [...new Set(fresh.map(({ lane }) => Number(lane)))];
};

/**
 * The handling side, inside the transaction of everything the update causes. `onSettings` is given
 * what stands in the table, as one text, with each update that is taken.
 */
export const createInboxMark = (
  sql: Sql,
  onSettings: (stored: string | null) => void,
): InboxMark => ({
  take: async (botId, lane, now) => {
    const [row] = await sql<FoundRow>`select * from take_update(${botId}, ${lane}, ${now})`;
    if (!row) return undefined;
    if (row.update_id === null) return 'in-hand';
    const taken = row as TakenRow;
    onSettings(taken.settings);
    return {
      ...toUpdate({ ...taken, bot_id: BigInt(botId), lane: BigInt(lane) }),
      tempo: { usedUntil: taken.used_until, told: taken.told },
      person: row.user_id === null ? undefined : toPerson(taken),
      hasMore: taken.has_more,
    };
  },
  done: async ({ botId, updateId, at, tempo }) =>
    sql.later`
      select finish_update(${botId}, ${updateId}, ${at}, ${tempo !== undefined},
        ${tempo?.usedUntil ?? null}, ${tempo?.told ?? false})`,
  park: async ({ botId, updateId, error, at }) => {
    // After whoever has its lane in hand: that transaction may be handling this very update.
    await sql`
      select from lanes l join inbox i using (bot_id, lane)
      where i.bot_id = ${botId} and i.update_id = ${updateId} for no key update of l`;
    const parked = await sql`
      update inbox set state = 'parked', done_at = ${at}, error = ${clean(error)},
        retry_at = null, payload = null, prepared = null
      where bot_id = ${botId} and update_id = ${updateId} and state = 'waiting'
      returning update_id`;
    return parked.length === 1;
  },
});

const toPerson = (row: TakenRow): KnownPerson => ({
  user: toUser({ ...row, id: row.user_id }),
  isGranted: row.is_granted,
  conversation: row.has_conversation ? toConversation(row) : undefined,
});

const toUpdate = (row: UpdateRow): WaitingUpdate => ({
  botId: Number(row.bot_id),
  updateId: Number(row.update_id),
  lane: Number(row.lane),
  payload: row.payload,
  prepared: row.prepared,
  tries: row.tries,
  receivedAt: row.received_at,
});
