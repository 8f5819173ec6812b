import { defineEntity, p } from '@mikro-orm/postgresql';

/** Which rows of the audit log no seal names yet; the database alone writes it. */
export const auditUnsealed = defineEntity({
  name: 'audit_unsealed',
  tableName: 'audit_unsealed',
  properties: {
    id: p.bigint().primary().autoincrement(false),
  },
});

/** Append-only: the chain over the audit log. */
export const auditSeals = defineEntity({
  name: 'audit_seals',
  tableName: 'audit_seals',
  properties: {
    number: p.bigint().primary().autoincrement(false),
    previous: p.blob().nullable(),
    total: p.bigint(),
    sealed_at: p.datetime().length(6),
    row_ids: p.array().columnType('bigint[]'),
    row_hashes: p.blob(),
    hash: p.blob(),
  },
  uniques: [
    { name: 'audit_seals_hash_key', properties: ['hash'] },
    { name: 'audit_seals_previous_key', properties: ['previous'] },
  ],
});
