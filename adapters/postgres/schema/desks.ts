import { defineEntity, p } from '@mikro-orm/postgresql';

/** Top-ups by hand. */
export const deposits = defineEntity({
  name: 'deposits',
  tableName: 'deposits',
  properties: {
    id: p.uuid().primary(),
    user_id: p.uuid(),
    transaction_id: p.uuid(),
    claimed: p.bigint(),
    credited: p.bigint().nullable(),
    status: p.text(),
    reason: p.text().nullable(),
    decided_at: p.datetime().length(6).nullable(),
    decided_by: p.uuid().nullable(),
    file_path: p.text(),
    file_sha256_received: p.text(),
    file_sha256_stored: p.text(),
    file_perceptual_hash: p.text().nullable(),
    file_size: p.bigint(),
    file_type: p.text(),
    file_channel_id: p.text().nullable(),
    created_at: p.datetime().length(6),
  },
  uniques: [{ name: 'deposits_transaction_id_key', properties: ['transaction_id'] }],
  indexes: [
    {
      name: 'deposits_decided',
      properties: ['decided_at'],
      where: 'decided_at IS NOT NULL',
    },
    {
      name: 'deposits_file_channel',
      properties: ['file_channel_id'],
      where: 'file_channel_id IS NOT NULL',
    },
    { name: 'deposits_file_sha256', properties: ['file_sha256_received'] },
    {
      name: 'deposits_user_pending',
      properties: ['user_id', 'created_at', 'id'],
      where: "status = 'pending'",
    },
    {
      name: 'deposits_waiting',
      properties: ['created_at', 'id'],
      where: "status = 'pending'",
    },
  ],
});

/** Money on its way out. */
export const withdrawals = defineEntity({
  name: 'withdrawals',
  tableName: 'withdrawals',
  properties: {
    id: p.uuid().primary(),
    user_id: p.uuid(),
    transaction_id: p.uuid(),
    amount: p.bigint(),
    fee: p.bigint(),
    number_sealed: p.text(),
    number_index: p.text(),
    number_masked: p.text(),
    new_number: p.boolean(),
    topped_up: p.boolean(),
    status: p.text(),
    claimed_by: p.uuid().nullable(),
    claimed_at: p.datetime().length(6).nullable(),
    decided_by: p.uuid().nullable(),
    decided_at: p.datetime().length(6).nullable(),
    reason: p.text().nullable(),
    reference: p.text().nullable(),
    receipt_path: p.text().nullable(),
    receipt_sha256_received: p.text().nullable(),
    receipt_sha256_stored: p.text().nullable(),
    receipt_perceptual_hash: p.text().nullable(),
    receipt_size: p.bigint().nullable(),
    receipt_type: p.text().nullable(),
    created_at: p.datetime().length(6),
  },
  uniques: [{ name: 'withdrawals_transaction_id_key', properties: ['transaction_id'] }],
  indexes: [
    {
      name: 'withdrawals_decided',
      properties: ['decided_at'],
      where: 'decided_at IS NOT NULL',
    },
    { name: 'withdrawals_number', properties: ['number_index', 'user_id'] },
    { name: 'withdrawals_user', properties: ['user_id', 'created_at'] },
    { name: 'withdrawals_user_number', properties: ['user_id', 'number_index'] },
    {
      name: 'withdrawals_waiting',
      properties: ['created_at', 'id'],
      where: "status = 'pending'",
    },
  ],
});
