/**
 * What an approval writes, in one function of the database: the yardstick of `approve`. It locks
 * and writes the same rows in the same order as `core.proofs.approve`, and decides nothing.
 */
export const APPROVE_FUNCTION = `
create function bench_approve(of_proof uuid, by_admin uuid, made_at timestamptz)
  returns bigint language plpgsql as $$
declare
  p task_proofs;
  c campaigns;
  escrow uuid;
  wallet uuid;
  reward constant uuid := uuidv7();
  fee constant uuid := uuidv7();
  revenue constant uuid := '00000000-0000-0000-0000-000000000001';
  name constant text := 'user:' || by_admin;
  paid bigint;
begin
  perform from users where id = by_admin and status = 'active' and 'review' = any(permissions);
  if not found then raise exception 'no right'; end if;
  select * into p from task_proofs where id = of_proof for no key update;
  select * into c from campaigns where id = p.campaign_id for no key update;
  perform from freezes where lifted_at is null;
  if found or p.status <> 'pending' then raise exception 'not now'; end if;
  perform from tasks where id = p.task_id for no key update;

  with ended as (
    update takes set status = 'approved', ended_at = made_at where id = p.take_id
  )
  update tasks set status = 'approved' where id = p.task_id and take_id = p.take_id;
  insert into proof_decisions (proof_id, "order", verdict, decided_by, take_id, decided_at)
    values (p.id, 'first', 'approved', by_admin, p.take_id, made_at);
  update task_proofs set status = 'approved' where id = p.id;

  select a.id into escrow from accounts a where a.kind = 'escrow' and a.owner_id = c.id;
  select w.wallet_account_id into wallet from wallets w where w.user_id = p.worker_id;
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
      idempotency_key, fingerprint, created_by, created_at, decided_at)
    select t.id, t.type, 'approved', t.of_user, t.amount, 'proof', p.id,
      'proof:' || p.id || t.part, encode(sha256(t.id::text::bytea), 'hex'), name, made_at, made_at
    from (values (reward, 'task_reward', p.worker_id, c.price_per_task, ':reward'),
      (fee, 'platform_fee', null, c.fee_per_task, ':fee')) t (id, type, of_user, amount, part)
    where t.amount > 0;
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    select t.id, escrow, t.destination, t.amount, made_at
    from (values (reward, wallet, c.price_per_task), (fee, revenue, c.fee_per_task))
      t (id, destination, amount)
    where t.amount > 0;
  select balance into paid from accounts where id = wallet;
  update campaigns set completed_count = completed_count + 1 where id = c.id;

  insert into audit_logs (actor, action, subject, subject_id, "before", "after", at)
    values (name, 'proof.approve', 'proof', p.id::text, '{"status": "pending"}',
      jsonb_build_object('status', 'approved', 'reward', c.price_per_task::text, 'fee',
        c.fee_per_task::text), made_at);
  insert into outbox (id, to_user, kind, payload, dedupe_key, priority, not_before, due_at,
      created_at, state, settled_at)
    select uuidv7(), u.id, 'notice', json_build_object('kind', 'proof.approved', 'reward',
        json_build_object('rupiah', c.price_per_task::text), 'balance',
        json_build_object('rupiah', paid::text), 'campaign',
        json_build_object('link', c.link_target, 'taskKind', c.kind)),
      'proof:' || p.id || ':approved:' || u.id, 1, made_at, made_at, made_at,
      case when u.unreachable_since is null then 'waiting' else 'dropped' end, u.unreachable_since
    from users u where u.id = p.worker_id;
  return paid;
end $$;
grant execute on function bench_approve to upah_bot`;
