import { defineEntity, p } from '@mikro-orm/postgresql';

/** Funded orders. */
export const campaigns = defineEntity({
  name: 'campaigns',
  tableName: 'campaigns',
  properties: {
    id: p.uuid().primary(),
    client_id: p.uuid(),
    kind: p.text(),
    link_target: p.text(),
    link_key: p.text(),
    link_platform: p.text(),
    link_version: p.integer(),
    instructions: p.text().nullable(),
    price_per_task: p.bigint(),
    fee_per_task: p.bigint(),
    target_total: p.integer(),
    completed_count: p.integer().defaultRaw('0'),
    closed_count: p.integer().defaultRaw('0'),
    status: p.text(),
    paused_by: p.text().nullable(),
    status_reason: p.text().nullable(),
    created_at: p.datetime().length(6),
  },
  indexes: [
    {
      name: 'campaigns_board',
      columns: [{ name: 'price_per_task', sort: 'desc' }, { name: 'created_at' }, { name: 'id' }],
      properties: ['price_per_task', 'created_at', 'id'],
      where: "status = 'active'",
    },
    { name: 'campaigns_client', properties: ['client_id', 'created_at', 'id'] },
    { name: 'campaigns_link', properties: ['link_key', 'created_at', 'id'] },
    { name: 'campaigns_newest', properties: ['created_at', 'id'] },
    { name: 'campaigns_status_newest', properties: ['status', 'created_at', 'id'] },
  ],
});

/** Slots of campaigns. */
export const tasks = defineEntity({
  name: 'tasks',
  tableName: 'tasks',
  properties: {
    id: p.uuid().primary(),
    campaign_id: p.uuid(),
    number: p.integer(),
    status: p.text(),
    take_id: p.uuid().nullable(),
  },
  uniques: [{ name: 'tasks_campaign_number_key', properties: ['campaign_id', 'number'] }],
  indexes: [
    {
      name: 'tasks_available',
      properties: ['campaign_id', 'id'],
      where: "status = 'available'",
    },
    { name: 'tasks_campaign_status', properties: ['campaign_id', 'status'] },
    { name: 'tasks_take', properties: ['take_id'], where: 'take_id IS NOT NULL' },
  ],
});

/** Workers' holds on slots. */
export const takes = defineEntity({
  name: 'takes',
  tableName: 'takes',
  properties: {
    id: p.uuid().primary(),
    task_id: p.uuid(),
    campaign_id: p.uuid(),
    worker_id: p.uuid(),
    kind: p.text(),
    link_key: p.text(),
    status: p.text(),
    taken_at: p.datetime().length(6),
    deadline: p.datetime().length(6),
    ended_at: p.datetime().length(6).nullable(),
    reminded_at: p.datetime().length(6).nullable(),
  },
  uniques: [
    { name: 'takes_id_status_key', properties: ['id', 'status'] },
    {
      name: 'takes_one_current_per_slot',
      properties: ['task_id'],
      where: "status in ('taken', 'pending_review', 'approved')",
    },
    {
      name: 'takes_one_live_per_link',
      properties: ['worker_id', 'kind', 'link_key'],
      where: "status in ('taken', 'pending_review', 'approved')",
    },
  ],
  indexes: [
    { name: 'takes_deadline', properties: ['deadline', 'id'], where: "status = 'taken'" },
    {
      name: 'takes_unreminded',
      properties: ['deadline', 'id'],
      where: "status = 'taken' AND reminded_at IS NULL",
    },
    { name: 'takes_worker', properties: ['worker_id', 'taken_at', 'id'] },
    {
      name: 'takes_worker_ended',
      properties: ['worker_id', 'ended_at', 'id'],
      where: 'ended_at IS NOT NULL',
    },
    {
      name: 'takes_worker_live',
      properties: ['worker_id', 'taken_at', 'id'],
      where: "status in ('taken', 'pending_review')",
    },
    {
      name: 'takes_worker_lost',
      properties: ['worker_id', 'ended_at', 'id'],
      where: "status in ('expired', 'released', 'suspended')",
    },
  ],
});

/** Screenshots with where their judgement stands. */
export const taskProofs = defineEntity({
  name: 'task_proofs',
  tableName: 'task_proofs',
  properties: {
    id: p.uuid().primary(),
    take_id: p.uuid(),
    task_id: p.uuid(),
    campaign_id: p.uuid(),
    worker_id: p.uuid(),
    status: p.text(),
    submitted_at: p.datetime().length(6),
    file_path: p.text(),
    file_sha256_received: p.text(),
    file_sha256_stored: p.text(),
    file_perceptual_hash: p.text().nullable(),
    file_size: p.bigint(),
    file_type: p.text(),
    file_channel_id: p.text().nullable(),
    opened_by: p.uuid().nullable(),
    open_until: p.datetime().length(6).nullable(),
  },
  uniques: [{ name: 'task_proofs_take_id_key', properties: ['take_id'] }],
  indexes: [
    { name: 'task_proofs_campaign', properties: ['campaign_id', 'submitted_at'] },
    {
      name: 'task_proofs_campaign_rejected',
      properties: ['campaign_id'],
      where: "status = 'rejected'",
    },
    {
      name: 'task_proofs_campaign_waiting',
      properties: ['campaign_id', 'submitted_at', 'id'],
      where: "status = 'pending'",
    },
    {
      name: 'task_proofs_file_channel',
      properties: ['file_channel_id', 'submitted_at', 'id'],
      where: 'file_channel_id IS NOT NULL',
    },
    {
      name: 'task_proofs_file_sha256',
      properties: ['file_sha256_received', 'submitted_at', 'id'],
    },
    {
      name: 'task_proofs_opened',
      properties: ['opened_by'],
      where: "status = 'pending' AND opened_by IS NOT NULL",
    },
    { name: 'task_proofs_sent', properties: ['submitted_at', 'id'] },
    { name: 'task_proofs_task', properties: ['task_id', 'submitted_at'] },
    {
      name: 'task_proofs_waiting',
      properties: ['submitted_at', 'id'],
      where: "status = 'pending'",
    },
    {
      name: 'task_proofs_worker',
      properties: ['worker_id', 'submitted_at', 'id'],
      include: ['status'],
    },
    {
      name: 'task_proofs_worker_rejected',
      properties: ['worker_id', 'campaign_id'],
      where: "status = 'rejected'",
    },
    {
      name: 'task_proofs_worker_waiting',
      properties: ['worker_id', 'submitted_at', 'id'],
      where: "status = 'pending'",
    },
  ],
});

/** Append-only: what was noticed when a proof came. */
export const proofFlags = defineEntity({
  name: 'proof_flags',
  tableName: 'proof_flags',
  properties: {
    proof_id: p.uuid().primary(),
    kind: p.text().primary(),
    earlier_proof_id: p.uuid(),
    distance: p.integer(),
  },
});

/** Append-only judgements. */
export const proofDecisions = defineEntity({
  name: 'proof_decisions',
  tableName: 'proof_decisions',
  properties: {
    proof_id: p.uuid().primary(),
    order: p.text().primary(),
    verdict: p.text(),
    decided_by: p.uuid(),
    reason: p.text().nullable(),
    take_id: p.uuid(),
    decided_at: p.datetime().length(6),
    worker_id: p.uuid(),
  },
  indexes: [
    { name: 'proof_decisions_decided', properties: ['decided_at'] },
    {
      name: 'proof_decisions_first',
      properties: ['decided_at', 'proof_id'],
      where: '"order" = \'first\'',
    },
    {
      name: 'proof_decisions_worker',
      properties: ['worker_id', 'order', 'decided_at', 'proof_id'],
    },
  ],
});
