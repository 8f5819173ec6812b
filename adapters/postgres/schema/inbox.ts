import { defineEntity, p } from '@mikro-orm/postgresql';

/** One row a person and bot, locked while an update of theirs is handled; their meter (SEC-3). */
export const lanes = defineEntity({
  name: 'lanes',
  tableName: 'lanes',
  properties: {
    bot_id: p.bigint().primary(),
    lane: p.bigint().primary(),
    used_until: p.datetime().length(6).nullable(),
    told: p.boolean().defaultRaw('false'),
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
    { name: 'inbox_ended', properties: ['done_at'], where: 'done_at IS NOT NULL' },
    { name: 'inbox_parked', properties: ['bot_id'], where: "state = 'parked'" },
  ],
});
