import { plusMs, type Json, type MessageId, type UserId } from '../../core/kernel/index.ts';
import type {
  ClaimedMessage,
  DeliveryOutcome,
  Outbox,
  OutboxQueue,
  Priority,
} from '../../core/outbox/index.ts';
import type { OwnTransactions } from './transactions.ts';
import type { Sql } from './sql.ts';

/** The order of priorities is the order of sending. */
const PRIORITIES: readonly Priority[] = ['answer', 'notice', 'broadcast'];

interface MessageRow {
  readonly id: MessageId;
  readonly to_user: UserId;
  readonly kind: string;
  readonly payload: Json;
  readonly dedupe_key: string;
  readonly topic: string | null;
  readonly priority: number;
  readonly attempts: number;
  readonly created_at: Date;
}

/** The writing side. What is being sent right now is neither replaced nor dropped. */
export const createOutbox = (sql: Sql): Outbox => ({
  add: async (message) => {
    // A row that somebody is just working on is skipped: no change of money waits for a message.
    await sql`
      with fresh as (
        insert into outbox (id, to_user, kind, payload, dedupe_key, topic, priority, due_at,
          created_at)
        values (${message.id}, ${message.to}::uuid, ${message.kind},
          ${JSON.stringify(message.payload)}, ${message.dedupeKey}, ${message.topic}::text,
          ${PRIORITIES.indexOf(message.priority)}, ${message.createdAt}, ${message.createdAt})
        on conflict (dedupe_key) do nothing returning id
      ), older as (
        select id from outbox where to_user = ${message.to}::uuid and settled_at is null
          and state = 'waiting' and topic = ${message.topic}::text and exists (select from fresh)
        for no key update skip locked
      )
      update outbox set state = 'replaced', settled_at = ${message.createdAt}::timestamptz
      from older where outbox.id = older.id`;
  },
});

/** The sending side; every call is a transaction of its own. */
export const createOutboxQueue = (own: OwnTransactions): OutboxQueue => ({
  claim: (now, limit, leaseMs) =>
    own.single(async (sql) => {
      const rows = await sql<MessageRow>`
        select * from claim_messages(${now}, ${limit}, ${leaseMs})
        order by priority, created_at, id`;
      return rows.map(toMessage);
    }),
  settle: (message, outcome, at) =>
    own.several(async (sql) => {
      const to = await settle(sql, message, outcome, at);
      if (to && outcome.outcome === 'unreachable') await drop(sql, to, at);
      if (to && outcome.outcome === 'later' && outcome.scope === 'all') {
        await sql`
          update outbox_gate
          set paused_until = greatest(paused_until, ${plusMs(at, outcome.afterMs)})`;
      }
    }),
});

const drop = async (sql: Sql, user: UserId, at: Date): Promise<void> => {
  await sql`
    update outbox set state = 'dropped', settled_at = ${at}
    where to_user = ${user} and settled_at is null and state = 'waiting'`;
};

/** Resolves to whom the message was for; undefined where somebody else settled it. */
const settle = async (
  sql: Sql,
  message: MessageId,
  outcome: DeliveryOutcome,
  at: Date,
): Promise<UserId | undefined> => {
  const later = outcome.outcome === 'later';
  const state = STATE_AFTER[outcome.outcome];
  const why = 'why' in outcome ? outcome.why : null;
  const [settled] = await sql<{ to_user: UserId }>`
    update outbox set state = ${state}, why = ${why},
      settled_at = ${later ? null : at}, due_at = ${later ? plusMs(at, outcome.afterMs) : at}
    where id = ${message} and settled_at is null returning to_user`;
  return settled?.to_user;
};

const STATE_AFTER: Record<DeliveryOutcome['outcome'], string> = {
  sent: 'sent',
  later: 'waiting',
  unreachable: 'dropped',
  failed: 'failed',
};

const toMessage = (row: MessageRow): ClaimedMessage => ({
  id: row.id,
  to: row.to_user,
  kind: row.kind,
  payload: row.payload,
  dedupeKey: row.dedupe_key,
  topic: row.topic,
  priority: PRIORITIES[row.priority] ?? 'notice',
  createdAt: row.created_at,
  attempt: row.attempts,
});
