import { forBotRole } from '../format.ts';

/**
 * Each of these facts has one transaction, whatever key it came with. It takes the place of the
 * plain index on what a transaction is about.
 */
const once = `
-- WAL-7, WAL-8: one reward, fee and reversal per proof, one refund per campaign and per task, one
-- deposit and one withdrawal per request
drop index wallet_transactions_reference;
create unique index wallet_transactions_once_per_reference
  on wallet_transactions (reference_id, type)
  where type in ('task_reward', 'platform_fee', 'reversal', 'campaign_refund', 'deposit',
    'withdraw');
`;

/** What money was promised on never changes, and is never removed. */
const kept = `
create function refuse_new_terms() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception '%: what % were made with never changes', tg_argv[0], tg_table_name
    using errcode = 'restrict_violation', table = tg_table_name,
      constraint = tg_table_name || '_keep_their_terms';
end $$;
create trigger campaigns_keep_their_terms before update of id, client_id, kind, link_key,
  price_per_task, fee_per_task, created_at on campaigns
  for each statement execute function refuse_new_terms('CAM-4');
create trigger tasks_keep_their_terms before update of id, campaign_id, number on tasks
  for each statement execute function refuse_new_terms('WAL-8');
create trigger takes_keep_their_terms before update of id, task_id, campaign_id, worker_id, kind,
  link_key, taken_at on takes
  for each statement execute function refuse_new_terms('WAL-8');
create trigger task_proofs_keep_their_terms before update of id, take_id, task_id, campaign_id,
  worker_id, submitted_at, file_sha256_received, file_sha256_stored on task_proofs
  for each statement execute function refuse_new_terms('PRF-4');
create trigger deposits_keep_their_terms before update of id, user_id, transaction_id, claimed,
  file_sha256_received, file_sha256_stored, created_at on deposits
  for each statement execute function refuse_new_terms('DEP-2');
create trigger withdrawals_keep_their_terms before update of id, user_id, transaction_id, amount,
  fee, number_index, number_masked, created_at on withdrawals
  for each statement execute function refuse_new_terms('WDR-2');
create trigger wallets_keep_their_terms before update on wallets
  for each statement execute function refuse_new_terms('WAL-2');

create function refuse_second_end() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception '%: % % has ended, as %', tg_argv[0], tg_table_name, old.id, old.status
    using errcode = 'restrict_violation', table = tg_table_name,
      constraint = tg_table_name || '_end_once';
end $$;
create trigger campaigns_end_once before update of status on campaigns
  for each row when (old.status in ('completed', 'deleted') and new.status <> old.status)
  execute function refuse_second_end('CAM-6');
create trigger deposits_end_once before update on deposits
  for each row when (old.status <> 'pending') execute function refuse_second_end('DEP-2');
create trigger withdrawals_end_once before update on withdrawals
  for each row when (old.status <> 'pending') execute function refuse_second_end('WDR-2');

create trigger users_append_only before delete or truncate on users
  for each statement execute function refuse_change('WAL-8');
create trigger wallets_append_only before delete or truncate on wallets
  for each statement execute function refuse_change('WAL-8');
create trigger campaigns_append_only before delete or truncate on campaigns
  for each statement execute function refuse_change('WAL-8');
create trigger tasks_append_only before delete or truncate on tasks
  for each statement execute function refuse_change('WAL-8');
create trigger takes_append_only before delete or truncate on takes
  for each statement execute function refuse_change('WAL-8');
create trigger task_proofs_append_only before delete or truncate on task_proofs
  for each statement execute function refuse_change('PRF-4');
create trigger deposits_append_only before delete or truncate on deposits
  for each statement execute function refuse_change('WAL-8');
create trigger withdrawals_append_only before delete or truncate on withdrawals
  for each statement execute function refuse_change('WAL-8');
`;

/**
 * At commit the tables agree with each other: within a transaction their rows come one after the
 * other. These triggers, and no others, are deferrable.
 */
const agreed = `
create function wallets_own_their_accounts() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from accounts w, accounts h
    where w.id = new.wallet_account_id and w.kind = 'wallet' and w.owner_id = new.user_id
      and h.id = new.hold_account_id and h.kind = 'hold' and h.owner_id = new.user_id;
  if found then return null; end if;
  raise exception 'WAL-2: the accounts of user % are not theirs', new.user_id
    using errcode = 'restrict_violation', table = 'wallets',
      constraint = 'wallets_own_their_accounts';
end $$;
create constraint trigger wallets_own_their_accounts after insert on wallets
  deferrable initially deferred for each row execute function wallets_own_their_accounts();

create function campaign_owes_its_escrow() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare
  of_campaign uuid;
  held bigint;
  owed bigint;
begin
  if tg_table_name = 'campaigns' then of_campaign := new.id;
  else of_campaign := new.owner_id;
  end if;
  select (c.price_per_task + c.fee_per_task)
      * (c.target_total - c.completed_count - c.closed_count), a.balance
    into owed, held
    from campaigns c join accounts a on a.kind = 'escrow' and a.owner_id = c.id
    where c.id = of_campaign;
  if held = owed then return null; end if;
  raise exception 'WAL-8: the escrow of campaign % holds %, its open slots need %', of_campaign,
    coalesce(held, 0), coalesce(owed, 0)
    using errcode = 'restrict_violation', table = 'campaigns',
      constraint = 'escrows_hold_what_is_owed';
end $$;
create constraint trigger escrows_hold_what_is_owed after insert on campaigns
  deferrable initially deferred
  for each row execute function campaign_owes_its_escrow();
create constraint trigger escrows_still_hold_what_is_owed
  after update of target_total, completed_count, closed_count on campaigns
  deferrable initially deferred for each row
  when (new.target_total - new.completed_count - new.closed_count
    <> old.target_total - old.completed_count - old.closed_count)
  execute function campaign_owes_its_escrow();
create constraint trigger escrows_hold_what_is_owed after update of balance on accounts
  deferrable initially deferred
  for each row when (new.kind = 'escrow') execute function campaign_owes_its_escrow();

-- Whether a deposit or a withdrawal, its transaction and what it moved tell the same.
create function request_agrees(of_transaction uuid) returns boolean language plpgsql stable
  set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from wallet_transactions t join deposits d on d.transaction_id = t.id
    where t.id = of_transaction and t.type = 'deposit'
      and (t.reference_kind, t.reference_id, t.user_id, t.amount, t.status)
        = ('deposit', d.id, d.user_id, d.claimed, d.status)
      and (select coalesce(sum(p.amount), 0) from postings p where p.transaction_id = t.id)
        = coalesce(d.credited, 0);
  if found then return true; end if;
  perform from wallet_transactions t join withdrawals r on r.transaction_id = t.id
      join wallets w on w.user_id = r.user_id,
    lateral (select
        coalesce(sum(p.amount) filter (where p.to_account_id = w.hold_account_id), 0) as held,
        coalesce(sum(p.amount) filter (where d.kind = 'outside'), 0) as paid,
        coalesce(sum(p.amount) filter (where d.kind = 'revenue'), 0) as fee,
        coalesce(sum(p.amount) filter (where d.kind = 'wallet'), 0) as returned
      from postings p join accounts d on d.id = p.to_account_id where p.transaction_id = t.id) m
    where t.id = of_transaction and t.type = 'withdraw'
      and (t.reference_kind, t.reference_id, t.user_id, t.amount, t.status)
        = ('withdrawal', r.id, r.user_id, r.amount,
          case r.status when 'paid' then 'approved' else r.status end)
      and m.held = r.amount + r.fee
      and case r.status
        when 'pending' then (m.paid, m.fee, m.returned) = (0, 0, 0)
        when 'paid' then (m.paid, m.fee, m.returned) = (r.amount, r.fee, 0)
        else (m.paid, m.fee, m.returned) = (0, 0, r.amount + r.fee)
      end;
  return found;
end $$;

create function requests_agree() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare
  of_transaction uuid;
begin
  if tg_table_name = 'wallet_transactions' then of_transaction := new.id;
  else of_transaction := new.transaction_id;
  end if;
  if request_agrees(of_transaction) then return null; end if;
  raise exception 'WAL-6: transaction % and the request that it is for tell different things',
    of_transaction
    using errcode = 'restrict_violation', table = tg_table_name,
      constraint = 'requests_agree_with_their_transactions';
end $$;
create constraint trigger deposits_agree after insert or update on deposits
  deferrable initially deferred for each row execute function requests_agree();
create constraint trigger withdrawals_agree after insert or update of status on withdrawals
  deferrable initially deferred for each row execute function requests_agree();
create constraint trigger wallet_transactions_agree after insert or update on wallet_transactions
  deferrable initially deferred for each row when (new.type in ('deposit', 'withdraw'))
  execute function requests_agree();

-- Whose money went where, and how much, is what the campaign, the proof and its judgement say.
create function postings_serve_their_purpose() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare
  t wallet_transactions;
  source accounts;
  destination accounts;
  c campaigns;
  worker uuid;
  fits boolean;
begin
  select * into t from wallet_transactions where id = new.transaction_id;
  if t.type in ('deposit', 'withdraw') then fits := request_agrees(t.id);
  else
    select * into source from accounts where id = new.from_account_id;
    select * into destination from accounts where id = new.to_account_id;
    if t.reference_kind = 'proof' then
      select p.worker_id into worker from task_proofs p where p.id = t.reference_id;
      select * into c from campaigns
        where id = (select p.campaign_id from task_proofs p where p.id = t.reference_id);
    elsif t.reference_kind = 'task' then
      select * into c from campaigns
        where id = (select k.campaign_id from tasks k where k.id = t.reference_id);
    elsif t.reference_kind = 'campaign' then
      select * into c from campaigns where id = t.reference_id;
    end if;
    fits := case t.type
      when 'task_reward' then source.owner_id = c.id and destination.owner_id = worker
        and t.user_id = worker and t.amount = c.price_per_task and new.amount = t.amount
        and exists (select from proof_decisions d
          where d.proof_id = t.reference_id and d.verdict = 'approved')
      when 'platform_fee' then source.owner_id = c.id and t.user_id is null
        and t.amount = c.fee_per_task and new.amount = t.amount
        and exists (select from proof_decisions d
          where d.proof_id = t.reference_id and d.verdict = 'approved')
      when 'campaign_funding' then t.reference_kind = 'campaign'
        and source.owner_id = c.client_id and destination.owner_id = c.id
        and t.user_id = c.client_id and new.amount = t.amount
        and t.amount % (c.price_per_task + c.fee_per_task) = 0
      when 'campaign_refund' then t.reference_kind in ('campaign', 'task')
        and c.status = 'deleted' and source.owner_id = c.id and destination.owner_id = c.client_id
        and t.user_id = c.client_id and new.amount = t.amount
        and t.amount % (c.price_per_task + c.fee_per_task) = 0
        and (t.reference_kind = 'campaign' or t.amount = c.price_per_task + c.fee_per_task)
      when 'reversal' then destination.owner_id = c.client_id and t.user_id = worker
        and case source.kind when 'wallet' then source.owner_id = worker
            and new.amount <= c.price_per_task else new.amount = c.fee_per_task end
        and exists (select from proof_decisions d where d.proof_id = t.reference_id
          and d."order" = 'reversal' and d.verdict = 'rejected')
      when 'adjustment' then new.amount = t.amount
        and t.user_id = coalesce(source.owner_id, destination.owner_id)
      else new.amount = t.amount
    end;
  end if;
  if fits is not true then
    raise exception 'WAL-6: % % moved % where it has no business', t.type, t.id, new.amount
      using errcode = 'restrict_violation', table = 'postings',
        constraint = 'postings_serve_their_purpose';
  end if;
  -- these two are for nothing else in the tables: the log alone says who moved money by hand
  if t.type not in ('adjustment', 'revenue_payout') or exists (select from audit_logs l
      where l.subject = 'transaction' and l.subject_id = t.id::text
        and l.action = case t.type when 'adjustment' then 'wallet.adjust' else 'revenue.payout' end)
  then return null; end if;
  raise exception 'AUD-1: % % has no row in the audit log', t.type, t.id
    using errcode = 'restrict_violation', table = 'postings',
      constraint = 'movements_by_hand_are_told';
end $$;
create constraint trigger postings_serve_their_purpose after insert on postings
  deferrable initially deferred for each row execute function postings_serve_their_purpose();

create function approvals_are_paid() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from task_proofs p join campaigns c on c.id = p.campaign_id
    where p.id = new.proof_id and p.status = (select d.verdict from proof_decisions d
        where d.proof_id = p.id order by d."order" desc limit 1)
      and (new.verdict = 'rejected' or (
        exists (select from wallet_transactions t
          where t.reference_id = p.id and t.type = 'task_reward')
        and (c.fee_per_task = 0 or exists (select from wallet_transactions t
          where t.reference_id = p.id and t.type = 'platform_fee'))));
  if found then return null; end if;
  raise exception 'WAL-8: proof % was % without what belongs to it', new.proof_id, new.verdict
    using errcode = 'restrict_violation', table = 'proof_decisions',
      constraint = 'approvals_are_paid';
end $$;
create constraint trigger approvals_are_paid after insert on proof_decisions
  deferrable initially deferred for each row execute function approvals_are_paid();
`;

/** The database alone names postings: their ids tell when they were written. */
const identities = `
alter table postings alter column id set default uuidv7();
create or replace function insert_postings(of_transaction uuid, from_kinds text[],
  from_owners uuid[], to_kinds text[], to_owners uuid[], amounts bigint[], made_at timestamptz)
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if cardinality(amounts) = 0 then return; end if;
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    select of_transaction, p.source, p.destination, p.amount, made_at
    from unnest(account_ids(from_kinds, from_owners), account_ids(to_kinds, to_owners), amounts)
      as p (source, destination, amount);
end $$;
${forBotRole(`
    revoke insert (id) on postings from upah_bot;
`)}
`;

/** What the proof of the ledger looks things up by. */
const indexes = `
-- what an account's postings come to, from the index alone
drop index postings_from_account;
create index postings_from_account on postings (from_account_id, transaction_id) include (amount);
drop index postings_to_account;
create index postings_to_account on postings (to_account_id, transaction_id) include (amount);
-- what the log says of one thing; ids are read in ranges of bytes, wherever the server is
alter table audit_logs alter column subject_id type text collate "C";
create index audit_logs_subject on audit_logs (subject, subject_id, action);
-- what was decided lately
create index proof_decisions_decided on proof_decisions (decided_at);
create index deposits_decided on deposits (decided_at) where decided_at is not null;
create index withdrawals_decided on withdrawals (decided_at) where decided_at is not null;
`;

/** What the ledger refuses beyond the first release, and the indexes that its proof reads. */
export const walls = `
${once}
${kept}
${agreed}
${identities}
${indexes}
revoke all on function refuse_new_terms, refuse_second_end, wallets_own_their_accounts,
  campaign_owes_its_escrow, request_agrees, requests_agree, postings_serve_their_purpose,
  approvals_are_paid from public;
${forBotRole(`
    grant execute on function request_agrees to upah_bot;
`)}
`;
