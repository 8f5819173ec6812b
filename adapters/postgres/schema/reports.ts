import { defineEntity, p } from '@mikro-orm/postgresql';

/** Who did something on which day of Jakarta. */
export const activeDays = defineEntity({
  name: 'active_days',
  tableName: 'active_days',
  properties: {
    day: p.datetime().length(6).primary(),
    user_id: p.uuid().primary(),
  },
});

/** Append-only: what each day came to, and how the sums of all time stood at its end. */
export const dailyFigures = defineEntity({
  name: 'daily_figures',
  tableName: 'daily_figures',
  properties: {
    day: p.datetime().length(6).primary(),
    active_users: p.integer(),
    new_users: p.integer(),
    submitted: p.integer(),
    flagged: p.integer(),
    approved: p.integer(),
    rejected: p.integer(),
    review_minutes: p.integer().nullable(),
    rewards: p.bigint(),
    fees: p.bigint(),
    deposits: p.bigint(),
    withdrawals: p.bigint(),
    rewards_ever: p.bigint(),
    revenue: p.bigint(),
    outside: p.bigint(),
  },
});

/** The mornings of which admins were told. */
export const dailyReports = defineEntity({
  name: 'daily_reports',
  tableName: 'daily_reports',
  properties: {
    day: p.datetime().length(6).primary(),
    told_at: p.datetime().length(6),
  },
});
