import { defineEntity, p } from '@mikro-orm/postgresql';

/** One row a person and bot, locked while an update of theirs is handled. */
export const lanes = defineEntity({
  name: 'lanes',
  tableName: 'lanes',
  properties: {
    bot_id: p.bigint().primary(),
    lane: p.bigint().primary(),
  },
});

/** Updates as they came. */
export const inbox = defineEntity({
  name: 'inbox',
  tableName: 'inbox',
  properties: {
    bot_id: p.bigint().primary(),
    update_id: p.bigint().primary(),
    arrival: p.bigint().autoincrement().generated('identity'),
    lane: p.bigint(),
    payload: p.json<unknown>().columnType('json').nullable(),
    prepared: p.json<unknown>().columnType('json').nullable(),
    state: p.text().defaultRaw("'waiting'"),
    tries: p.integer().defaultRaw('0'),
    error: p.text().nullable(),
    received_at: p.datetime().length(6),
    retry_at: p.datetime().length(6).nullable(),
    done_at: p.datetime().length(6).nullable(),
  },
  indexes: [
    {
      name: 'inbox_waiting',
      properties: ['lane', 'bot_id', 'arrival'],
      where: "state = 'waiting'",
    },
  ],
});

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
  },
  uniques: [{ name: 'outbox_dedupe_key_key', properties: ['dedupe_key'] }],
  indexes: [
    {
      name: 'outbox_open',
      properties: ['priority', 'created_at', 'id'],
      where: 'settled_at IS NULL',
    },
    {
      name: 'outbox_person',
      properties: ['to_user', 'created_at', 'id'],
      where: 'settled_at IS NULL',
    },
  ],
});

/** One row: claims pass one by one, and nobody passes while all chats are paused. */
export const outboxGate = defineEntity({
  name: 'outbox_gate',
  tableName: 'outbox_gate',
  properties: {
    single: p.boolean().primary().defaultRaw('true'),
    paused_until: p.datetime().length(6).nullable(),
  },
});
