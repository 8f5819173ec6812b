import { defineEntity, p } from '@mikro-orm/postgresql';

/** What the owner is to hear beside the admins. */
export const ownerNotices = defineEntity({
  name: 'owner_notices',
  tableName: 'owner_notices',
  properties: {
    id: p.uuid().primary(),
    news: p.json<unknown>().columnType('jsonb'),
    at: p.datetime().length(6),
    told_at: p.datetime().length(6).nullable(),
  },
  indexes: [{ name: 'owner_notices_untold', properties: ['at', 'id'], where: 'told_at IS NULL' }],
});

/** The days of which the owner was told how everything stands. */
export const ownerReports = defineEntity({
  name: 'owner_reports',
  tableName: 'owner_reports',
  properties: {
    day: p.datetime().length(6).primary(),
    told_at: p.datetime().length(6),
  },
});
