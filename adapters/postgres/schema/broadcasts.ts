import { defineEntity, p } from '@mikro-orm/postgresql';

/** Messages of admins to many. */
export const broadcasts = defineEntity({
  name: 'broadcasts',
  tableName: 'broadcasts',
  properties: {
    id: p.uuid().primary(),
    admin_id: p.uuid(),
    audience: p.text(),
    text: p.text(),
    photo: p.text().nullable(),
    status: p.text(),
    created_at: p.datetime().length(6),
    ended_at: p.datetime().length(6).nullable(),
    changed_by: p.uuid().nullable(),
    told_at: p.datetime().length(6).nullable(),
    shown_in: p.bigint().nullable(),
    recipients: p.integer(),
    sent: p.integer().defaultRaw('0'),
    blocked: p.integer(),
    failed: p.integer().defaultRaw('0'),
    canceled: p.integer().defaultRaw('0'),
  },
  indexes: [
    {
      name: 'broadcasts_open',
      expression:
        'CREATE UNIQUE INDEX broadcasts_open ON public.broadcasts USING btree ((true)) WHERE (ended_at IS NULL)',
    },
    { name: 'broadcasts_newest', properties: ['created_at', 'id'] },
  ],
});

/** Whom they are for, with what came of each. */
export const broadcastRecipients = defineEntity({
  name: 'broadcast_recipients',
  tableName: 'broadcast_recipients',
  properties: {
    broadcast_id: p.uuid().primary(),
    user_id: p.uuid().primary(),
    state: p.text(),
  },
  indexes: [
    {
      name: 'broadcast_recipients_waiting',
      properties: ['broadcast_id', 'user_id'],
      where: "state = 'waiting'",
    },
    {
      name: 'broadcast_recipients_queued',
      properties: ['broadcast_id', 'user_id'],
      where: "state = 'queued'",
    },
  ],
});
