import { defineEntity, p } from '@mikro-orm/postgresql';

/** Orders to approve many proofs. */
export const approvalBatches = defineEntity({
  name: 'approval_batches',
  tableName: 'approval_batches',
  properties: {
    id: p.uuid().primary(),
    admin_id: p.uuid(),
    worker_id: p.uuid().nullable(),
    campaign_id: p.uuid().nullable(),
    created_at: p.datetime().length(6),
    done_at: p.datetime().length(6).nullable(),
  },
  indexes: [
    {
      name: 'approval_batches_open',
      properties: ['created_at', 'id'],
      where: 'done_at IS NULL',
    },
  ],
});

/** Their lists, with what came of each proof. */
export const approvalBatchItems = defineEntity({
  name: 'approval_batch_items',
  tableName: 'approval_batch_items',
  properties: {
    batch_id: p.uuid().primary(),
    place: p.integer().primary(),
    proof_id: p.uuid(),
    outcome: p.text().nullable(),
    paid: p.bigint().nullable(),
  },
  uniques: [{ name: 'approval_batch_items_proof_key', properties: ['batch_id', 'proof_id'] }],
  indexes: [
    {
      name: 'approval_batch_items_pending',
      properties: ['batch_id', 'place'],
      where: 'outcome IS NULL',
    },
  ],
});
