import type { Inbox, InboxMark, InboxUpdate, WaitingUpdate } from '../../core/channel/index.ts';
import { invariant, type Json } from '../../core/kernel/index.ts';
import { asJson, type Sql } from './sql.ts';
import type { OwnTransactions } from './transactions.ts';

interface UpdateRow {
  readonly bot_id: bigint;
  readonly update_id: bigint;
  readonly lane: bigint;
  readonly payload: Json;
  readonly prepared: Json;
  readonly tries: number;
  readonly received_at: Date;
}

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
  peek: (botId, lane, now) =>
    own.single(async (sql) => {
      const [row] = await sql<UpdateRow>`
        select * from (
          select * from inbox where lane = ${lane} and bot_id = ${botId} and state = 'waiting'
          order by arrival limit 1) head
        where retry_at is null or retry_at <= ${now}`;
      return row && toUpdate(row);
    }),
  notePrepared: (botId, updateId, prepared) =>
    own.single(async (sql) => {
      await sql`
        update inbox set prepared = ${asJson(prepared)}
        where bot_id = ${botId} and update_id = ${updateId} and state = 'waiting'`;
    }),
  noteFailure: ({ botId, updateId, error, retryAt }) =>
    own.single(async (sql) => {
      await sql`
        update inbox set tries = tries + 1, error = ${error.replaceAll('\0', '')},
          retry_at = ${retryAt}, state = ${retryAt === null ? 'parked' : 'waiting'},
          payload = case when ${retryAt === null}::boolean then null else payload end,
          prepared = case when ${retryAt === null}::boolean then null else prepared end
        where bot_id = ${botId} and update_id = ${updateId} and state = 'waiting'`;
    }),
});

/** The identity column counts in the order given, which is the order of handling. */
const receive = async (sql: Sql, updates: readonly InboxUpdate[]): Promise<readonly number[]> => {
  if (updates.length === 0) return [];
  const bots = updates.map(({ botId }) => botId);
  const lanes = updates.map(({ lane }) => lane);
  await sql`
    insert into lanes (bot_id, lane)
    select distinct * from unnest(${bots}::bigint[], ${lanes}::bigint[]) as l (bot_id, lane)
    order by bot_id, lane on conflict do nothing`;
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

/** The handling side, inside the transaction of everything the update causes. */
export const createInboxMark = (sql: Sql): InboxMark => ({
  take: async (botId, lane, now) => {
    const [row] = await sql<UpdateRow>`select * from take_update(${botId}, ${lane}, ${now})`;
    return row && toUpdate(row);
  },
  done: async (botId, updateId, at) => {
    const marked = await sql`
      update inbox set state = 'done', done_at = ${at}, payload = null, prepared = null
      where bot_id = ${botId} and update_id = ${updateId} returning update_id`;
    invariant(marked.length === 1, `update ${updateId} of bot ${botId} is not stored`);
  },
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
