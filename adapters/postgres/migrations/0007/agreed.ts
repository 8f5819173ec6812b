import { BY_KEYS } from './by-keys.ts';

/** As the index says it: no other may be taken for the question what was posted for a proof. */
const ONCE = `('task_reward', 'platform_fee', 'reversal', 'campaign_refund', 'deposit', 'withdraw')`;

/** What a posting is held against. */
const CAMPAIGN = `k.id, k.client_id, k.price_per_task, k.fee_per_task, k.status`;

/** What stays as it is, but for its plans. */
const LOOKING_UP = [
  'campaign_owes_its_escrow',
  'request_agrees',
  'wallets_own_their_accounts',
  'postings_stop_when_frozen',
  'lock_balances',
  'decide_transaction',
];

/**
 * What is true at commit, as in 0004. There, some of it was asked in a way that lets the planner read
 * all rewards ever paid for the one in hand; here each question is a look into one index.
 */
export const agreed = `
create or replace function proof_decisions_name_the_worker() returns trigger language plpgsql
  ${BY_KEYS} as $$
begin
  select p.worker_id into new.worker_id from task_proofs p where p.id = new.proof_id;
  return new;
end $$;

${LOOKING_UP.map(
  (name) => `alter function ${name} set plan_cache_mode = force_generic_plan;
alter function ${name} set enable_seqscan = off;`,
).join('\n')}

create or replace function approvals_are_paid() returns trigger language plpgsql ${BY_KEYS} as $$
declare
  stands text;
  fee bigint;
  verdict text;
  rewarded boolean;
  charged boolean;
begin
  select p.status, c.fee_per_task into stands, fee
    from task_proofs p join campaigns c on c.id = p.campaign_id where p.id = new.proof_id;
  select d.verdict into verdict from proof_decisions d
    where d.proof_id = new.proof_id order by d."order" desc limit 1;
  if stands = verdict then
    if new.verdict = 'rejected' then return null; end if;
    select bool_or(t.type = 'task_reward'), bool_or(t.type = 'platform_fee') into rewarded, charged
      from wallet_transactions t where t.reference_id = new.proof_id and t.type in ${ONCE};
    if rewarded and (charged or fee = 0) then return null; end if;
  end if;
  raise exception 'WAL-8: proof % was % without what belongs to it', new.proof_id, new.verdict
    using errcode = 'restrict_violation', table = 'proof_decisions',
      constraint = 'approvals_are_paid';
end $$;

create or replace function postings_serve_their_purpose() returns trigger language plpgsql
  ${BY_KEYS} as $$
declare
  t record;
  source record;
  destination record;
  c record;
  judged boolean;
  fits boolean;
begin
  select w.id, w.type, w.user_id, w.amount, w.reference_kind, w.reference_id into t
    from wallet_transactions w where w.id = new.transaction_id;
  if t.type in ('deposit', 'withdraw') then fits := request_agrees(t.id);
  else
    select a.kind, a.owner_id into source from accounts a where a.id = new.from_account_id;
    select a.kind, a.owner_id into destination from accounts a where a.id = new.to_account_id;
    if t.reference_kind = 'proof' then
      select ${CAMPAIGN}, p.worker_id into c
        from task_proofs p join campaigns k on k.id = p.campaign_id where p.id = t.reference_id;
    elsif t.reference_kind = 'task' then
      select ${CAMPAIGN}, null::uuid as worker_id into c
        from tasks s join campaigns k on k.id = s.campaign_id where s.id = t.reference_id;
    else
      select ${CAMPAIGN}, null::uuid as worker_id into c
        from campaigns k where k.id = t.reference_id and t.reference_kind = 'campaign';
    end if;
    if t.type in ('task_reward', 'platform_fee') then
      judged := exists (select from proof_decisions d
        where d.proof_id = t.reference_id and d.verdict = 'approved');
    elsif t.type = 'reversal' then
      judged := exists (select from proof_decisions d
        where d.proof_id = t.reference_id and d."order" = 'reversal' and d.verdict = 'rejected');
    end if;
    fits := case t.type
      when 'task_reward' then source.owner_id = c.id and destination.owner_id = c.worker_id
        and t.user_id = c.worker_id and t.amount = c.price_per_task and new.amount = t.amount
        and judged
      when 'platform_fee' then source.owner_id = c.id and t.user_id is null
        and t.amount = c.fee_per_task and new.amount = t.amount and judged
      when 'campaign_funding' then t.reference_kind = 'campaign'
        and source.owner_id = c.client_id and destination.owner_id = c.id
        and t.user_id = c.client_id and new.amount = t.amount
        and t.amount % (c.price_per_task + c.fee_per_task) = 0
      when 'campaign_refund' then t.reference_kind in ('campaign', 'task')
        and c.status = 'deleted' and source.owner_id = c.id and destination.owner_id = c.client_id
        and t.user_id = c.client_id and new.amount = t.amount
        and t.amount % (c.price_per_task + c.fee_per_task) = 0
        and (t.reference_kind = 'campaign' or t.amount = c.price_per_task + c.fee_per_task)
      when 'reversal' then destination.owner_id = c.client_id and t.user_id = c.worker_id
        and case source.kind when 'wallet' then source.owner_id = c.worker_id
            and new.amount <= c.price_per_task else new.amount = c.fee_per_task end
        and judged
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
  if t.type not in ('adjustment', 'revenue_payout') then return null; end if;
  if exists (select from audit_logs l
      where l.subject = 'transaction' and l.subject_id = t.id::text
        and l.action = case t.type when 'adjustment' then 'wallet.adjust' else 'revenue.payout' end)
  then return null; end if;
  raise exception 'AUD-1: % % has no row in the audit log', t.type, t.id
    using errcode = 'restrict_violation', table = 'postings',
      constraint = 'movements_by_hand_are_told';
end $$;
`;
