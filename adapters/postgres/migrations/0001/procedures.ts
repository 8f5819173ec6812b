/**
 * The hot paths of the ledger and of the queues: one round trip each, planned once per connection.
 * They run with the caller's rights, except `lock_balances`: locking a row asks for a right to
 * update it, which the bot does not have on accounts.
 */
export const procedures = `
create function account_ids(kinds text[], owners uuid[]) returns uuid[] language plpgsql stable
  set search_path = pg_catalog, public, pg_temp as $$
declare
  ids uuid[];
begin
  select array_agg(
      case wanted.kind
        when 'revenue' then '00000000-0000-0000-0000-000000000001'::uuid
        when 'outside' then '00000000-0000-0000-0000-000000000002'::uuid
        else (select a.id from accounts a
          where a.kind = wanted.kind and a.owner_id = wanted.owner_id)
      end order by wanted.place)
    into ids from unnest(kinds, owners) with ordinality as wanted (kind, owner_id, place);
  if array_position(ids, null) is not null then
    raise exception 'WAL-2: no such account among % of %', kinds, owners
      using errcode = 'foreign_key_violation', table = 'accounts';
  end if;
  return coalesce(ids, '{}');
end $$;

-- What the postings of an account come to: the balance of revenue and of the outside world.
create function posted(of_account uuid) returns bigint language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select ((select coalesce(sum(p.amount), 0) from postings p where p.to_account_id = of_account) -
    (select coalesce(sum(p.amount), 0) from postings p
      where p.from_account_id = of_account))::bigint
$$;

create function lock_balances(kinds text[], owners uuid[])
  returns table (place integer, balance bigint) language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  ids constant uuid[] := account_ids(kinds, owners);
begin
  perform from accounts a where a.id = any(ids) and a.kind <> 'outside'
    order by a.id for no key update;
  return query select wanted.place::integer,
      case when a.kind in ('revenue', 'outside') then posted(a.id) else a.balance end
    from unnest(ids) with ordinality as wanted (id, place) join accounts a on a.id = wanted.id;
end $$;

create function insert_postings(of_transaction uuid, from_kinds text[], from_owners uuid[],
  to_kinds text[], to_owners uuid[], amounts bigint[], made_at timestamptz)
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if cardinality(amounts) = 0 then return; end if;
  insert into postings (id, transaction_id, from_account_id, to_account_id, amount, created_at)
    select uuidv7(), of_transaction, p.source, p.destination, p.amount, made_at
    from unnest(account_ids(from_kinds, from_owners), account_ids(to_kinds, to_owners), amounts)
      as p (source, destination, amount);
end $$;

-- 'posted', or 'known' where the key was used before, also by a concurrent caller.
create function post_transaction(new_id uuid, new_type text, of_user uuid, new_amount bigint,
  to_kind text, to_id uuid, new_key text, new_fingerprint text, made_by text, made_at timestamptz,
  from_kinds text[], from_owners uuid[], to_kinds text[], to_owners uuid[], amounts bigint[])
  returns text language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
      reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at)
    values (new_id, new_type,
      case when new_type in ('deposit', 'withdraw') then 'pending' else 'approved' end,
      of_user, new_amount, to_kind, to_id, new_key, new_fingerprint, made_by, made_at,
      case when new_type in ('deposit', 'withdraw') then null else made_at end)
    on conflict (idempotency_key) do nothing;
  if not found then return 'known'; end if;
  perform insert_postings(new_id, from_kinds, from_owners, to_kinds, to_owners, amounts, made_at);
  return 'posted';
end $$;

-- 'decided'; the status where it had left pending before; null where there is no such transaction.
create function decide_transaction(of_id uuid, decision text, made_at timestamptz,
  from_kinds text[], from_owners uuid[], to_kinds text[], to_owners uuid[], amounts bigint[])
  returns text language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  now_is text;
begin
  select t.status into now_is from wallet_transactions t where t.id = of_id for no key update;
  if now_is is distinct from 'pending' then return now_is; end if;
  perform insert_postings(of_id, from_kinds, from_owners, to_kinds, to_owners, amounts, made_at);
  update wallet_transactions set status = decision, decided_at = made_at where id = of_id;
  return 'decided';
end $$;

-- Two statements: what stands at the head is read after the lane is ours.
create function take_update(of_bot bigint, of_lane bigint, at timestamptz)
  returns setof inbox language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from lanes l where l.bot_id = of_bot and l.lane = of_lane
    for no key update skip locked; -- NO KEY: new updates of the lane come in meanwhile
  if not found then return; end if;
  return query select head.* from (
      select i.* from inbox i
      where i.lane = of_lane and i.bot_id = of_bot and i.state = 'waiting'
      order by i.arrival limit 1) head
    where head.retry_at is null or head.retry_at <= at;
end $$;

-- One claim at a time (the gate), so that no person is ever sent two messages at once. A message
-- may be claimed when it is the oldest open one of its person and due; the lease moves when it is
-- due.
create function claim_messages(at timestamptz, at_most integer, lease_ms integer)
  returns setof outbox language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  until timestamptz;
begin
  select g.paused_until into until from outbox_gate g for update;
  if until > at then return; end if;
  return query
    with due as materialized (
      select o.id from outbox o
      where o.settled_at is null and o.due_at <= at
        and not exists (select from outbox other
          where other.to_user = o.to_user and other.settled_at is null
            and ((other.created_at, other.id) < (o.created_at, o.id)
              or (other.state = 'leased' and other.due_at > at)))
      order by o.priority, o.created_at, o.id limit at_most)
    update outbox o
      set state = 'leased', attempts = o.attempts + 1,
        due_at = at + lease_ms * interval '1 millisecond'
      from due where o.id = due.id and o.settled_at is null
      returning o.*;
end $$;
revoke all on function account_ids, posted, lock_balances, insert_postings, post_transaction,
  decide_transaction, take_update, claim_messages from public;
`;
