import { forBotRole } from '../format.ts';

const tables = `
-- REV-8: orders to approve many waiting proofs, of one worker or of one campaign.
create table approval_batches (
  id uuid not null,
  admin_id uuid not null references users,
  worker_id uuid references users,
  campaign_id uuid references campaigns,
  created_at timestamptz not null,
  done_at timestamptz,
  constraint approval_batches_pkey primary key (id),
  constraint approval_batches_one_scope check (num_nonnulls(worker_id, campaign_id) = 1)
);
-- what is to be worked off, the oldest first
create index approval_batches_open on approval_batches (created_at, id) where done_at is null;

-- Their lists, in the order of the preview. A key of its own for each proof of an order: it gets one
-- outcome.
create table approval_batch_items (
  batch_id uuid not null references approval_batches,
  place integer not null,
  proof_id uuid not null references task_proofs,
  outcome text,
  paid bigint,
  constraint approval_batch_items_pkey primary key (batch_id, place),
  constraint approval_batch_items_proof_key unique (batch_id, proof_id),
  constraint approval_batch_items_place_in_list check (place between 0 and 499),
  constraint approval_batch_items_outcome_known check (outcome in
    ('approved', 'decided', 'claimed', 'flagged', 'own', 'frozen', 'no-right')),
  constraint approval_batch_items_approved_is_paid
    check ((outcome is not distinct from 'approved') = (paid is not null) and paid > 0)
);
create index approval_batch_items_pending on approval_batch_items (batch_id, place)
  where outcome is null;

-- REV-8: what an order could name, the oldest first
create index task_proofs_campaign_waiting on task_proofs (campaign_id, submitted_at, id)
  where status = 'pending';
create index task_proofs_worker_waiting on task_proofs (worker_id, submitted_at, id)
  where status = 'pending';
`;

const walls = `
create function approvals_settle_once() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception 'REV-8: what came of an order stands: % is settled once', tg_table_name
    using errcode = 'restrict_violation', table = tg_table_name,
      constraint = tg_table_name || '_settled_once';
end $$;
create trigger approval_batches_settled_once before update on approval_batches
  for each row when (old.done_at is not null or new.done_at is null)
  execute function approvals_settle_once();
create trigger approval_batch_items_settled_once before update on approval_batch_items
  for each row when (old.outcome is not null or new.outcome is null)
  execute function approvals_settle_once();
create trigger approval_batches_append_only before delete or truncate on approval_batches
  for each statement execute function refuse_change('REV-8');
create trigger approval_batch_items_append_only before delete or truncate on approval_batch_items
  for each statement execute function refuse_change('REV-8');
revoke all on function approvals_settle_once from public;
`;

/** Orders to approve many proofs. */
export const approvals = `
${tables}
${walls}
${forBotRole(`
    grant select on approval_batches, approval_batch_items to upah_bot;
    grant insert (id, admin_id, worker_id, campaign_id, created_at) on approval_batches to upah_bot;
    grant update (done_at) on approval_batches to upah_bot;
    grant insert (batch_id, place, proof_id) on approval_batch_items to upah_bot;
    grant update (outcome, paid) on approval_batch_items to upah_bot;
`)}
`;
