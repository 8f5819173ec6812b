import { defineEntity, p } from '@mikro-orm/postgresql';

/** Payments stand still: the one in force, and those that were lifted. */
export const freezes = defineEntity({
  name: 'freezes',
  tableName: 'freezes',
  properties: {
    id: p.uuid().primary(),
    begun_at: p.datetime().length(6),
    findings: p.json<unknown>().columnType('jsonb'),
    news: p.integer().defaultRaw('1'),
    owner_told: p.integer().defaultRaw('0'),
    lifted_at: p.datetime().length(6).nullable(),
    lifted_by: p.text().nullable(),
    lift_reason: p.text().nullable(),
    lifting: p.integer().nullable(),
    single: p.boolean().defaultRaw('true'),
  },
  uniques: [
    { name: 'freezes_in_force', properties: ['single'], where: 'lifted_at IS NULL' },
    { name: 'freezes_lifting_key', properties: ['lifting'] },
  ],
});

/** One row: where the checks of the books stand. */
export const ledgerChecks = defineEntity({
  name: 'ledger_checks',
  tableName: 'ledger_checks',
  properties: {
    single: p.boolean().primary().defaultRaw('true'),
    mark: p.text().nullable(),
    recent_at: p.datetime().length(6).nullable(),
    recent_broken: p.integer().nullable(),
    full_at: p.datetime().length(6).nullable(),
    full_broken: p.integer().nullable(),
    seen_liftings: p.integer().defaultRaw('0'),
    sound_liftings: p.integer().defaultRaw('0'),
  },
});
