import { defineEntity, p } from '@mikro-orm/postgresql';

/** People, with what they chose and how they stand. */
export const users = defineEntity({
  name: 'users',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    telegram_id: p.bigint(),
    username: p.text().nullable(),
    display_name: p.text(),
    language: p.text(),
    role: p.text().nullable(),
    former_role: p.text().nullable(),
    permissions: p.array(String).default([]),
    status: p.text(),
    suspension_reason: p.text().nullable(),
    suspended_by: p.text().nullable(),
    suspended_at: p.datetime().length(6).nullable(),
    terms_version: p.integer().nullable(),
    created_at: p.datetime().length(6),
    acted_at: p.datetime().length(6).nullable(),
    unreachable_since: p.datetime().length(6).nullable(),
  },
  uniques: [{ name: 'users_telegram_id_key', properties: ['telegram_id'] }],
  indexes: [
    { name: 'users_acted', properties: ['acted_at', 'id'] },
    { name: 'users_admins', properties: ['created_at', 'id'], where: "role = 'admin'" },
    {
      name: 'users_display_name',
      expression:
        'CREATE INDEX users_display_name ON public.users USING btree (lower(display_name) text_pattern_ops)',
    },
    { name: 'users_newest', properties: ['created_at', 'id'] },
    {
      name: 'users_username',
      expression:
        'CREATE INDEX users_username ON public.users USING btree (lower(username) text_pattern_ops)',
    },
  ],
});

/** The operator's word on Telegram ids. */
export const adminGrants = defineEntity({
  name: 'admin_grants',
  tableName: 'admin_grants',
  properties: {
    telegram_id: p.bigint().primary().autoincrement(false),
    state: p.text(),
    permissions: p.array(String).default([]),
    decided_by: p.text(),
    decided_at: p.datetime().length(6),
  },
});

/** What differs from the defaults. */
export const settings = defineEntity({
  name: 'settings',
  tableName: 'settings',
  properties: {
    key: p.text().primary(),
    value: p.json<unknown>(),
  },
});

/** Append-only; the database counts the rows. */
export const auditLogs = defineEntity({
  name: 'audit_logs',
  tableName: 'audit_logs',
  properties: {
    id: p.bigint().primary().generated('identity'),
    actor: p.text(),
    action: p.text(),
    subject: p.text(),
    subject_id: p.text(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
    at: p.datetime().length(6),
    user_id: p.uuid().nullable(),
    campaign_id: p.uuid().nullable(),
  },
  indexes: [
    { name: 'audit_logs_by_actor', properties: ['actor', 'subject', 'at', 'id'] },
    { name: 'audit_logs_by_subject', properties: ['subject', 'at', 'id'] },
    {
      name: 'audit_logs_of_campaign',
      properties: ['campaign_id', 'subject', 'at', 'id'],
      where: 'campaign_id IS NOT NULL',
    },
    {
      name: 'audit_logs_of_user',
      properties: ['user_id', 'subject', 'at', 'id'],
      where: 'user_id IS NOT NULL',
    },
    {
      name: 'audit_logs_standing',
      properties: ['subject_id', 'at', 'id'],
      where: "subject = 'user' AND action in ('user.role', 'user.status')",
    },
    { name: 'audit_logs_subject', properties: ['subject', 'subject_id', 'action'] },
  ],
});

/** Where people are in their dialogues. */
export const conversations = defineEntity({
  name: 'conversations',
  tableName: 'conversations',
  properties: {
    user_id: p.uuid().primary(),
    flow: p.text().nullable(),
    step: p.text().nullable(),
    version: p.integer(),
    data: p.json<unknown>().columnType('json'),
    screen_message_id: p.bigint().nullable(),
    revision: p.integer(),
    expires_at: p.datetime().length(6).nullable(),
  },
});
