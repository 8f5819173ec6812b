/**
 * What the database refuses by itself, whoever asks, the owner included (WAL-2 … WAL-6, AUD-2).
 * Every message begins with the rule, and `constraint` names it for programs.
 */
export const walls = `
create function refuse_change() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception '%: % are append-only, % is refused', tg_argv[0], tg_table_name, tg_op
    using errcode = 'restrict_violation', table = tg_table_name,
      constraint = tg_table_name || '_append_only';
end $$;

create trigger postings_append_only before update or delete or truncate on postings
  for each statement execute function refuse_change('WAL-5');
create trigger audit_logs_append_only before update or delete or truncate on audit_logs
  for each statement execute function refuse_change('AUD-2');
create trigger proof_decisions_append_only before update or delete or truncate on proof_decisions
  for each statement execute function refuse_change('REV-7');
create trigger wallet_transactions_append_only before delete or truncate on wallet_transactions
  for each statement execute function refuse_change('WAL-5');
create trigger accounts_append_only before delete or truncate on accounts
  for each statement execute function refuse_change('WAL-3');

create function accounts_change_by_postings_only() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.balance = 0 then return new; end if;
  elsif pg_trigger_depth() > 1 then
    return null;
  end if;
  raise exception 'WAL-3: a balance is the sum of its postings and changes by nothing else'
    using errcode = 'restrict_violation', table = 'accounts',
      constraint = 'accounts_change_by_postings_only';
end $$;
create trigger accounts_born_empty before insert on accounts
  for each row execute function accounts_change_by_postings_only();
create trigger accounts_change_by_postings_only before update on accounts
  for each statement execute function accounts_change_by_postings_only();

create function wallet_transactions_life() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if (new.status = 'pending') <> (new.type in ('deposit', 'withdraw'))
      or new.status not in ('pending', 'approved') then
      raise exception 'WAL-6: a % is not born %', new.type, new.status
        using errcode = 'restrict_violation', table = 'wallet_transactions',
          constraint = 'wallet_transactions_born_as_their_type';
    end if;
    new.born_in := pg_current_xact_id();
    return new;
  end if;
  if old.status <> 'pending' or new.status = 'pending'
    or to_jsonb(new) - '{status,decided_at}'::text[]
      is distinct from to_jsonb(old) - '{status,decided_at}'::text[]
  then
    raise exception 'WAL-5: transaction % is %, and only its status may change, once', old.id,
      old.status
      using errcode = 'restrict_violation', table = 'wallet_transactions',
        constraint = 'wallet_transactions_leave_pending_once';
  end if;
  return new;
end $$;
create trigger wallet_transactions_life before insert or update on wallet_transactions
  for each row execute function wallet_transactions_life();

create function postings_keep_balances() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  revenue constant uuid := '00000000-0000-0000-0000-000000000001';
  bad record;
begin
  -- A decision that is being made elsewhere is waited for, then seen.
  perform from wallet_transactions t
    where t.id in (select f.transaction_id from fresh f) and t.born_in <> pg_current_xact_id()
    order by t.id for no key update;
  select t.id, t.status into bad from wallet_transactions t
    where t.id in (select f.transaction_id from fresh f)
      and t.status <> 'pending' and t.born_in <> pg_current_xact_id()
    limit 1;
  if found then
    raise exception 'WAL-5: no posting joins transaction %, which is %', bad.id, bad.status
      using errcode = 'restrict_violation', table = 'postings',
        constraint = 'postings_join_no_decided_transaction';
  end if;

  select t.type, s.kind as source, d.kind as destination into bad
    from fresh f
    join wallet_transactions t on t.id = f.transaction_id
    join accounts s on s.id = f.from_account_id
    join accounts d on d.id = f.to_account_id
    where (t.type, s.kind, d.kind) not in (values
        ('deposit', 'outside', 'wallet'),
        ('task_reward', 'escrow', 'wallet'),
        ('platform_fee', 'escrow', 'revenue'),
        ('campaign_funding', 'wallet', 'escrow'),
        ('campaign_refund', 'escrow', 'wallet'),
        ('withdraw', 'wallet', 'hold'),
        ('withdraw', 'hold', 'outside'),
        ('withdraw', 'hold', 'wallet'),
        ('withdraw', 'hold', 'revenue'),
        ('adjustment', 'outside', 'wallet'),
        ('adjustment', 'wallet', 'outside'),
        ('adjustment', 'revenue', 'wallet'),
        ('adjustment', 'wallet', 'revenue'),
        ('reversal', 'wallet', 'wallet'),
        ('reversal', 'revenue', 'wallet'),
        ('revenue_payout', 'revenue', 'outside'))
      or (t.type in ('deposit', 'withdraw')
        and (coalesce(s.owner_id, t.user_id) is distinct from t.user_id
          or coalesce(d.owner_id, t.user_id) is distinct from t.user_id))
    limit 1;
  if found then
    raise exception 'WAL-6: a % may not move money from this % to this %', bad.type, bad.source,
      bad.destination
      using errcode = 'restrict_violation', table = 'postings',
        constraint = 'postings_fit_their_type';
  end if;

  perform from accounts a
    where (a.kind in ('wallet', 'hold', 'escrow')
        and a.id in (select from_account_id from fresh union all select to_account_id from fresh))
      or (a.id = revenue and revenue in (select from_account_id from fresh))
    order by a.id for no key update;
  update accounts a set balance = a.balance + n.net
    from (
      select m.account_id, sum(m.change)::bigint as net from (
        select to_account_id as account_id, amount as change from fresh
        union all select from_account_id, -amount from fresh) m
      group by m.account_id) n
    where a.id = n.account_id and a.kind in ('wallet', 'hold', 'escrow') and n.net <> 0;

  if exists (select from fresh where from_account_id = revenue) and
    (select coalesce(sum(amount), 0) from postings where to_account_id = revenue) <
    (select coalesce(sum(amount), 0) from postings where from_account_id = revenue)
  then
    raise exception 'WAL-4: revenue would fall below zero'
      using errcode = 'check_violation', table = 'accounts',
        constraint = 'accounts_revenue_never_negative';
  end if;
  return null;
end $$;
create trigger postings_keep_balances after insert on postings
  referencing new table as fresh for each statement execute function postings_keep_balances();
revoke all on function refuse_change, accounts_change_by_postings_only, wallet_transactions_life,
  postings_keep_balances from public;
`;
