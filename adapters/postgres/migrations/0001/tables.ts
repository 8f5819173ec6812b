/**
 * Every table of the first release. Ids are UUIDs made by us, money is whole rupiah in bigint,
 * times are timestamptz, states are text with a CHECK; a column that belongs to a state is there
 * exactly when the state says so. Each index names the question it answers.
 */
export const tables = `
create table users (
  id uuid primary key,
  telegram_id bigint not null,
  username text,
  display_name text not null,
  language text not null,
  role text,
  former_role text,
  status text not null,
  suspension_reason text,
  suspended_by text,
  suspended_at timestamptz,
  terms_version integer,
  created_at timestamptz not null,
  unreachable_since timestamptz,
  constraint users_telegram_id_key unique (telegram_id),
  constraint users_language_known check (language in ('id', 'en')),
  constraint users_role_known check (role in ('client', 'worker', 'admin')),
  constraint users_former_role_known check (former_role in ('client', 'worker')),
  constraint users_status_known check (status in ('active', 'suspended')),
  constraint users_suspension_fits_status check (
    (status = 'suspended') = (suspended_at is not null)
    and (status = 'suspended') = (suspended_by is not null)
    and (status = 'suspended') = (suspension_reason is not null)
  )
);
-- who is told of new work on the desks
create index users_admins on users (created_at, id) where role = 'admin';

create table admin_grants (
  telegram_id bigint primary key,
  state text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  constraint admin_grants_state_known check (state in ('granted', 'revoked'))
);

create table settings (
  key text primary key,
  value jsonb not null
);

create table accounts (
  id uuid primary key,
  kind text not null,
  owner_id uuid,
  balance bigint not null default 0,
  constraint accounts_kind_owner_key unique nulls not distinct (kind, owner_id),
  constraint accounts_kind_known
    check (kind in ('wallet', 'hold', 'escrow', 'revenue', 'outside')),
  constraint accounts_owner_fits_kind check ((kind in ('revenue', 'outside')) = (owner_id is null)),
  constraint accounts_platform_keeps_no_balance
    check (kind not in ('revenue', 'outside') or balance = 0),
  constraint accounts_balance_never_negative check (balance >= 0)
);
insert into accounts (id, kind) values
  ('00000000-0000-0000-0000-000000000001', 'revenue'),
  ('00000000-0000-0000-0000-000000000002', 'outside');

create table wallets (
  user_id uuid primary key references users,
  wallet_account_id uuid not null references accounts,
  hold_account_id uuid not null references accounts,
  constraint wallets_wallet_account_id_key unique (wallet_account_id),
  constraint wallets_hold_account_id_key unique (hold_account_id),
  constraint wallets_accounts_in_lock_order check (wallet_account_id < hold_account_id)
);

create table wallet_transactions (
  id uuid primary key,
  type text not null,
  status text not null,
  user_id uuid references users,
  amount bigint not null,
  reference_kind text not null,
  reference_id uuid not null,
  idempotency_key text not null,
  fingerprint text not null,
  created_by text not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  born_in xid8 not null default pg_current_xact_id(),
  constraint wallet_transactions_idempotency_key_key unique (idempotency_key),
  constraint wallet_transactions_type_known check (type in ('deposit', 'task_reward',
    'platform_fee', 'campaign_funding', 'campaign_refund', 'withdraw', 'adjustment', 'reversal',
    'revenue_payout')),
  constraint wallet_transactions_status_known
    check (status in ('pending', 'approved', 'rejected', 'canceled')),
  constraint wallet_transactions_amount_positive check (amount > 0),
  constraint wallet_transactions_reference_kind_known check (reference_kind in ('deposit',
    'withdrawal', 'campaign', 'proof', 'task', 'transaction')),
  constraint wallet_transactions_only_requests_are_decided
    check (type in ('deposit', 'withdraw') or status = 'approved'),
  constraint wallet_transactions_decided_at_fits_status
    check ((status = 'pending') = (decided_at is null))
);
-- a user's top-ups that moved nothing (history), and what they withdrew
create index wallet_transactions_requests on wallet_transactions (user_id, type)
  where type in ('deposit', 'withdraw');
-- all transactions of one proof, deposit or campaign, for the ledger's proof
create index wallet_transactions_reference on wallet_transactions (reference_id);

create table postings (
  id uuid primary key,
  transaction_id uuid not null references wallet_transactions,
  from_account_id uuid not null references accounts,
  to_account_id uuid not null references accounts,
  amount bigint not null,
  created_at timestamptz not null,
  constraint postings_amount_positive check (amount > 0),
  constraint postings_has_two_ends check (from_account_id <> to_account_id)
);
-- the postings of one transaction
create index postings_transaction on postings (transaction_id);
-- what left an account: history, sums of revenue, the ledger's proof
create index postings_from_account on postings (from_account_id, transaction_id);
-- what came into an account
create index postings_to_account on postings (to_account_id, transaction_id);

create table campaigns (
  id uuid primary key,
  client_id uuid not null references users,
  kind text not null,
  link_target text not null,
  link_key text not null,
  link_platform text not null,
  link_version integer not null,
  instructions text,
  price_per_task bigint not null,
  fee_per_task bigint not null,
  target_total integer not null,
  completed_count integer not null default 0,
  closed_count integer not null default 0,
  status text not null,
  paused_by text,
  created_at timestamptz not null,
  constraint campaigns_kind_known check (kind in ('view', 'like', 'comment', 'share', 'follow')),
  constraint campaigns_price_positive check (price_per_task > 0),
  constraint campaigns_fee_not_negative check (fee_per_task >= 0),
  constraint campaigns_counts_within_target check (
    target_total > 0 and completed_count >= 0 and closed_count >= 0
    and completed_count + closed_count <= target_total
  ),
  constraint campaigns_status_known
    check (status in ('active', 'paused', 'completed', 'deleted')),
  constraint campaigns_paused_by_known check (paused_by in ('owner', 'admin', 'suspension')),
  constraint campaigns_paused_by_fits_status
    check ((status = 'paused') = (paused_by is not null))
);
-- a client's own list, newest first
create index campaigns_client on campaigns (client_id, created_at, id);
-- the workers' board: best paid first, then oldest
create index campaigns_board on campaigns (price_per_task desc, created_at, id)
  where status = 'active';

create table tasks (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  number integer not null,
  status text not null,
  take_id uuid,
  constraint tasks_campaign_number_key unique (campaign_id, number),
  constraint tasks_status_known
    check (status in ('available', 'taken', 'pending_review', 'approved', 'closed')),
  constraint tasks_take_fits_status
    check ((status in ('taken', 'pending_review', 'approved')) = (take_id is not null))
);
-- the next slot to take, in lock order
create index tasks_available on tasks (campaign_id, id) where status = 'available';
-- progress of a campaign by state
create index tasks_campaign_status on tasks (campaign_id, status);
-- the slot of a take, for the foreign key below
create index tasks_take on tasks (take_id) where take_id is not null;

create table takes (
  id uuid primary key,
  task_id uuid not null references tasks,
  campaign_id uuid not null references campaigns,
  worker_id uuid not null references users,
  kind text not null,
  link_key text not null,
  status text not null,
  taken_at timestamptz not null,
  deadline timestamptz not null,
  ended_at timestamptz,
  constraint takes_id_status_key unique (id, status),
  constraint takes_kind_known check (kind in ('view', 'like', 'comment', 'share', 'follow')),
  constraint takes_status_known check (status in ('taken', 'pending_review', 'approved',
    'rejected', 'expired', 'released', 'suspended', 'reversed')),
  constraint takes_ended_at_fits_status
    check ((status in ('taken', 'pending_review')) = (ended_at is null))
);
-- TSK-2: one live or approved take per worker, kind and link
create unique index takes_one_live_per_link on takes (worker_id, kind, link_key)
  where status in ('taken', 'pending_review', 'approved');
-- TSK-1: one current take per slot
create unique index takes_one_current_per_slot on takes (task_id)
  where status in ('taken', 'pending_review', 'approved');
-- what a worker has on their hands
create index takes_worker_live on takes (worker_id, taken_at, id)
  where status in ('taken', 'pending_review');
-- the sweep of overdue takes
create index takes_deadline on takes (deadline, id) where status = 'taken';
-- TSK-1: a slot and its current take are always in the same state
alter table tasks add constraint tasks_agree_with_their_take
  foreign key (take_id, status) references takes (id, status);

create table task_proofs (
  id uuid primary key,
  take_id uuid not null references takes,
  task_id uuid not null references tasks,
  campaign_id uuid not null references campaigns,
  worker_id uuid not null references users,
  status text not null,
  submitted_at timestamptz not null,
  file_path text not null,
  file_sha256_received text not null,
  file_sha256_stored text not null,
  file_perceptual_hash text,
  file_size bigint not null,
  file_type text not null,
  file_channel_id text,
  constraint task_proofs_take_id_key unique (take_id),
  constraint task_proofs_status_known check (status in ('pending', 'approved', 'rejected')),
  constraint task_proofs_file_size_positive check (file_size > 0)
);
-- the review desk, oldest first
create index task_proofs_waiting on task_proofs (submitted_at, id) where status = 'pending';
-- how many proofs a worker sent today, and their record
create index task_proofs_worker on task_proofs (worker_id, submitted_at);
-- a task's whole history
create index task_proofs_task on task_proofs (task_id, submitted_at);
-- rejections of a campaign
create index task_proofs_campaign_rejected on task_proofs (campaign_id)
  where status = 'rejected';

create table proof_decisions (
  proof_id uuid not null references task_proofs,
  "order" text not null,
  verdict text not null,
  decided_by uuid not null references users,
  reason text,
  take_id uuid not null references takes,
  decided_at timestamptz not null,
  constraint proof_decisions_pkey primary key (proof_id, "order"),
  constraint proof_decisions_order_known check ("order" in ('first', 'reversal')),
  constraint proof_decisions_verdict_known check (verdict in ('approved', 'rejected'))
);

create table deposits (
  id uuid primary key,
  user_id uuid not null references users,
  transaction_id uuid not null references wallet_transactions,
  claimed bigint not null,
  credited bigint,
  status text not null,
  reason text,
  decided_at timestamptz,
  decided_by uuid references users,
  file_path text not null,
  file_sha256_received text not null,
  file_sha256_stored text not null,
  file_perceptual_hash text,
  file_size bigint not null,
  file_type text not null,
  file_channel_id text,
  created_at timestamptz not null,
  constraint deposits_transaction_id_key unique (transaction_id),
  constraint deposits_amounts_positive check (claimed > 0 and credited > 0),
  constraint deposits_status_known
    check (status in ('pending', 'canceled', 'approved', 'rejected')),
  constraint deposits_decided_at_fits_status
    check ((status = 'pending') = (decided_at is null)),
  constraint deposits_decided_by_fits_status
    check ((status in ('approved', 'rejected')) = (decided_by is not null)),
  constraint deposits_credited_fits_status
    check ((status = 'approved') = (credited is not null)),
  constraint deposits_reason_fits_status check (
    case status
      when 'rejected' then reason is not null
      when 'approved' then reason is not null or credited = claimed
      else reason is null
    end
  )
);
-- the deposit desk, oldest first
create index deposits_waiting on deposits (created_at, id) where status = 'pending';
-- what one user waits for
create index deposits_user_pending on deposits (user_id, created_at, id)
  where status = 'pending';
-- DEP-3: the same file again, by its bytes
create index deposits_file_sha256 on deposits (file_sha256_received);
-- DEP-3: the same file again, by the channel's id
create index deposits_file_channel on deposits (file_channel_id)
  where file_channel_id is not null;

create table withdrawals (
  id uuid primary key,
  user_id uuid not null references users,
  transaction_id uuid not null references wallet_transactions,
  amount bigint not null,
  fee bigint not null,
  number_sealed text not null,
  number_index text not null,
  number_masked text not null,
  new_number boolean not null,
  topped_up boolean not null,
  status text not null,
  claimed_by uuid references users,
  claimed_at timestamptz,
  decided_by uuid references users,
  decided_at timestamptz,
  reason text,
  reference text,
  receipt_path text,
  receipt_sha256_received text,
  receipt_sha256_stored text,
  receipt_perceptual_hash text,
  receipt_size bigint,
  receipt_type text,
  created_at timestamptz not null,
  constraint withdrawals_transaction_id_key unique (transaction_id),
  constraint withdrawals_amounts_positive check (amount > 0 and fee >= 0),
  constraint withdrawals_status_known
    check (status in ('pending', 'canceled', 'paid', 'rejected')),
  constraint withdrawals_claim_fits_status check (
    (claimed_by is null) = (claimed_at is null)
    and case status
      when 'canceled' then claimed_by is null
      when 'pending' then true
      else claimed_by is not null
    end
  ),
  constraint withdrawals_decided_at_fits_status
    check ((status = 'pending') = (decided_at is null)),
  constraint withdrawals_decided_by_fits_status
    check ((status in ('paid', 'rejected')) = (decided_by is not null)),
  constraint withdrawals_reason_fits_status
    check ((status = 'rejected') = (reason is not null)),
  constraint withdrawals_receipt_only_when_paid check (
    (status = 'paid' or (reference is null and receipt_path is null))
    and (receipt_path is null) = (receipt_sha256_received is null)
    and (receipt_path is null) = (receipt_sha256_stored is null)
    and (receipt_path is null) = (receipt_size is null)
    and (receipt_path is null) = (receipt_type is null)
    and (receipt_path is not null or receipt_perceptual_hash is null)
  )
);
-- the withdrawal desk, oldest first
create index withdrawals_waiting on withdrawals (created_at, id) where status = 'pending';
-- WDR-4: what a user asked for since a moment
create index withdrawals_user on withdrawals (user_id, created_at);
-- WDR-4: whether a user has used a number
create index withdrawals_user_number on withdrawals (user_id, number_index);

create table audit_logs (
  id bigint generated always as identity primary key,
  actor text not null,
  action text not null,
  subject text not null,
  subject_id text not null,
  "before" jsonb,
  "after" jsonb,
  at timestamptz not null
);

create table lanes (
  bot_id bigint not null,
  lane bigint not null,
  constraint lanes_pkey primary key (bot_id, lane)
);

create table inbox (
  bot_id bigint not null,
  update_id bigint not null,
  arrival bigint generated always as identity,
  lane bigint not null,
  payload json,
  prepared json,
  state text not null default 'waiting',
  tries integer not null default 0,
  error text,
  received_at timestamptz not null,
  retry_at timestamptz,
  done_at timestamptz,
  constraint inbox_pkey primary key (bot_id, update_id),
  constraint inbox_lane_known foreign key (bot_id, lane) references lanes (bot_id, lane),
  constraint inbox_state_known check (state in ('waiting', 'done', 'parked')),
  constraint inbox_ended_forgets check (
    (state = 'done') = (done_at is not null)
    and (state = 'waiting') = (payload is not null)
    and (state = 'waiting' or prepared is null)
  )
);
-- the head of a lane, all waiting lanes, and whether a person has something unprocessed (TSK-5)
create index inbox_waiting on inbox (lane, bot_id, arrival) where state = 'waiting';

create table outbox (
  id uuid primary key,
  to_user uuid not null references users,
  kind text not null,
  payload json not null,
  dedupe_key text not null,
  topic text,
  priority smallint not null,
  state text not null default 'waiting',
  attempts integer not null default 0,
  due_at timestamptz not null,
  why text,
  created_at timestamptz not null,
  settled_at timestamptz,
  constraint outbox_dedupe_key_key unique (dedupe_key),
  constraint outbox_priority_known check (priority in (0, 1, 2)),
  constraint outbox_state_known
    check (state in ('waiting', 'leased', 'sent', 'failed', 'dropped', 'replaced')),
  constraint outbox_settled_at_fits_state
    check ((state in ('waiting', 'leased')) = (settled_at is null))
);
-- what to send next: answers, notices, broadcasts, oldest first
create index outbox_open on outbox (priority, created_at, id) where settled_at is null;
-- what is open for one person, in order
create index outbox_person on outbox (to_user, created_at, id) where settled_at is null;

create table outbox_gate (
  single boolean primary key default true,
  paused_until timestamptz,
  constraint outbox_gate_is_one_row check (single)
);
insert into outbox_gate default values;

create table conversations (
  user_id uuid primary key references users,
  flow text,
  step text,
  version integer not null,
  data json not null,
  screen_message_id bigint,
  revision integer not null,
  expires_at timestamptz
);
`;
