import { defineEntity, p } from '@mikro-orm/postgresql';

const OPEN = 'settled_at IS NULL';

/** Messages that the bot owes. */
export const outbox = defineEntity({
  name: 'outbox',
  tableName: 'outbox',
  properties: {
    id: p.uuid().primary(),
    to_user: p.uuid(),
    kind: p.text(),
    payload: p.json<unknown>().columnType('json'),
    dedupe_key: p.text(),
    topic: p.text().nullable(),
    priority: p.smallint(),
    state: p.text().defaultRaw("'waiting'"),
    attempts: p.integer().defaultRaw('0'),
    due_at: p.datetime().length(6),
    why: p.text().nullable(),
    created_at: p.datetime().length(6),
    settled_at: p.datetime().length(6).nullable(),
    not_before: p.datetime().length(6),
    defects: p.integer().defaultRaw('0'),
  },
  uniques: [{ name: 'outbox_dedupe_key_key', properties: ['dedupe_key'] }],
  indexes: [
    { name: 'outbox_open', properties: ['priority', 'not_before', 'id'], where: OPEN },
    { name: 'outbox_row', properties: ['priority', 'to_user', 'not_before', 'id'], where: OPEN },
    {
      name: 'outbox_topic',
      properties: ['to_user', 'topic'],
      where: "state = 'waiting' AND topic IS NOT NULL",
    },
    { name: 'outbox_due', properties: ['due_at'], where: OPEN },
    { name: 'outbox_leased', properties: ['to_user'], where: "state = 'leased'" },
    {
      name: 'outbox_missed',
      properties: ['to_user', 'settled_at', 'id'],
      where: "state = 'dropped' AND kind = 'notice'",
    },
    { name: 'outbox_failed', properties: ['id'], where: "state = 'failed'" },
    { name: 'outbox_struggling', properties: ['created_at'], where: `${OPEN} AND attempts >= 10` },
    { name: 'outbox_settled', properties: ['settled_at'], where: 'settled_at IS NOT NULL' },
  ],
});

/** One row: claims pass one by one, none while all chats are paused, and all at one pace. */
export const outboxGate = defineEntity({
  name: 'outbox_gate',
  tableName: 'outbox_gate',
  properties: {
    single: p.boolean().primary().defaultRaw('true'),
    paused_until: p.datetime().length(6).nullable(),
    used_until: p.datetime().length(6).nullable(),
  },
});

/** Until when each person's chat is paused, and how much of its pace is used up. */
export const outboxChats = defineEntity({
  name: 'outbox_chats',
  tableName: 'outbox_chats',
  properties: {
    user_id: p.uuid().primary(),
    paused_until: p.datetime().length(6).nullable(),
    used_until: p.datetime().length(6).nullable(),
  },
  indexes: [
    { name: 'outbox_chats_paused', properties: ['paused_until'] },
    { name: 'outbox_chats_used', properties: ['used_until'] },
  ],
});
