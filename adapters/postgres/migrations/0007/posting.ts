import { BY_KEYS, found } from './by-keys.ts';

const REVENUE = `'00000000-0000-0000-0000-000000000001'::uuid`;
const OUTSIDE = `'00000000-0000-0000-0000-000000000002'::uuid`;

/** The account of a kind and its owner, by one look into the index; there must be one (WAL-2). */
const accountOf = (kind: string, owner: string): string => `coalesce(case ${kind}
        when 'revenue' then ${REVENUE} when 'outside' then ${OUTSIDE}
        else (select a.id from accounts a where a.kind = ${kind} and a.owner_id = ${owner})
      end, no_such_account(${kind}, ${owner}))`;

/** Money moves in one statement, of one transaction or of hundreds. */
export const posting = `
create function no_such_account(kind text, owner_id uuid) returns uuid language plpgsql stable
  set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception 'WAL-2: no such account: the % of %', kind, owner_id
    using errcode = 'foreign_key_violation', table = 'accounts';
end $$;

create or replace function account_ids(kinds text[], owners uuid[]) returns uuid[]
  language plpgsql stable ${BY_KEYS} as $$
begin
  return array(select ${accountOf('wanted.kind', 'wanted.owner_id')}
    from unnest(kinds, owners) as wanted (kind, owner_id));
end $$;

create or replace function insert_postings(of_transaction uuid, from_kinds text[],
  from_owners uuid[], to_kinds text[], to_owners uuid[], amounts bigint[], made_at timestamptz)
  returns void language plpgsql ${BY_KEYS} as $$
begin
  if cardinality(amounts) = 0 then return; end if;
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    select of_transaction, ${accountOf('p.from_kind', 'p.from_owner')},
      ${accountOf('p.to_kind', 'p.to_owner')}, p.amount, made_at
    from unnest(from_kinds, from_owners, to_kinds, to_owners, amounts)
      as p (from_kind, from_owner, to_kind, to_owner, amount);
end $$;

-- Many at once: one statement for all transactions and one for all postings, so that each account is
-- locked and written once. In the order of the ids: 'posted', or 'known' where the key was used
-- before, also by a concurrent caller; then nothing of it is written.
create function post_transactions(ids uuid[], types text[], of_users uuid[], totals bigint[],
  reference_kinds text[], reference_ids uuid[], keys text[], fingerprints text[], made_by text,
  made_at timestamptz, posting_of uuid[], from_kinds text[], from_owners uuid[], to_kinds text[],
  to_owners uuid[], amounts bigint[])
  returns text[] language plpgsql ${BY_KEYS} as $$
declare
  made uuid[];
begin
  with posted as (
    insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
        reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at)
      select t.id, t.type,
        case when t.type in ('deposit', 'withdraw') then 'pending' else 'approved' end,
        t.user_id, t.amount, t.reference_kind, t.reference_id, t.key, t.fingerprint, made_by,
        made_at, case when t.type in ('deposit', 'withdraw') then null else made_at end
      from unnest(ids, types, of_users, totals, reference_kinds, reference_ids, keys, fingerprints)
        as t (id, type, user_id, amount, reference_kind, reference_id, key, fingerprint)
      on conflict (idempotency_key) do nothing returning id)
    select array_agg(id) into made from posted;
  if cardinality(amounts) > 0 and made is not null then
    insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
      select p.of_transaction, ${accountOf('p.from_kind', 'p.from_owner')},
        ${accountOf('p.to_kind', 'p.to_owner')}, p.amount, made_at
      from unnest(posting_of, from_kinds, from_owners, to_kinds, to_owners, amounts)
        as p (of_transaction, from_kind, from_owner, to_kind, to_owner, amount)
      where cardinality(made) = cardinality(ids) or p.of_transaction = any(made);
  end if;
  if cardinality(made) = cardinality(ids) then
    return array_fill('posted'::text, array[cardinality(ids)]);
  end if;
  return array(select case when t.id = any(made) then 'posted' else 'known' end
    from unnest(ids) as t (id));
end $$;

-- One of many.
create or replace function post_transaction(new_id uuid, new_type text, of_user uuid,
  new_amount bigint, to_kind text, to_id uuid, new_key text, new_fingerprint text, made_by text,
  made_at timestamptz, from_kinds text[], from_owners uuid[], to_kinds text[], to_owners uuid[],
  amounts bigint[])
  returns text language plpgsql ${BY_KEYS} as $$
begin
  return (post_transactions(array[new_id], array[new_type], array[of_user], array[new_amount],
    array[to_kind], array[to_id], array[new_key], array[new_fingerprint], made_by, made_at,
    array_fill(new_id, array[cardinality(amounts)]), from_kinds, from_owners, to_kinds, to_owners,
    amounts))[1];
end $$;
`;

/**
 * WAL-3 … WAL-6 as in 0001. There the lock was one condition with an OR, for which every account was
 * read; here accounts are found by their keys, and the other rules are looked at in one pass.
 */
export const balances = `
create or replace function postings_keep_balances() returns trigger language plpgsql
  security definer ${BY_KEYS} as $$
declare
  revenue constant uuid := ${REVENUE};
  outside constant uuid := ${OUTSIDE};
  made_elsewhere boolean;
  misfit text;
  bad record;
begin
  select bool_or(t.born_in <> pg_current_xact_id()), max(
      format('a %s may not move money from this %s to this %s', t.type, s.kind, d.kind))
      filter (where concat_ws(' ', t.type, s.kind, d.kind) not in (
        'deposit outside wallet',
        'task_reward escrow wallet',
        'platform_fee escrow revenue',
        'campaign_funding wallet escrow',
        'campaign_refund escrow wallet',
        'withdraw wallet hold',
        'withdraw hold outside',
        'withdraw hold wallet',
        'withdraw hold revenue',
        'adjustment outside wallet',
        'adjustment wallet outside',
        'adjustment revenue wallet',
        'adjustment wallet revenue',
        'reversal wallet wallet',
        'reversal revenue wallet',
        'revenue_payout revenue outside')
      or (t.type in ('deposit', 'withdraw')
        and (coalesce(s.owner_id, t.user_id) is distinct from t.user_id
          or coalesce(d.owner_id, t.user_id) is distinct from t.user_id)))
    into made_elsewhere, misfit
    from fresh f
      join wallet_transactions t on ${found('t.id', 'f.transaction_id')}
      join accounts s on ${found('s.id', 'f.from_account_id')}
      join accounts d on ${found('d.id', 'f.to_account_id')};

  if made_elsewhere then
    -- A decision that is being made elsewhere is waited for, then seen.
    perform from fresh f join wallet_transactions t on ${found('t.id', 'f.transaction_id')}
      where t.born_in <> pg_current_xact_id()
      order by t.id for no key update of t;
    select t.id, t.status into bad
      from fresh f join wallet_transactions t on ${found('t.id', 'f.transaction_id')}
      where t.status <> 'pending' and t.born_in <> pg_current_xact_id() limit 1;
    if found then
      raise exception 'WAL-5: no posting joins transaction %, which is %', bad.id, bad.status
        using errcode = 'restrict_violation', table = 'postings',
          constraint = 'postings_join_no_decided_transaction';
    end if;
  end if;

  if misfit is not null then
    raise exception 'WAL-6: %', misfit
      using errcode = 'restrict_violation', table = 'postings',
        constraint = 'postings_fit_their_type';
  end if;

  -- What revenue and the outside world have is no balance; revenue is locked where money leaves it.
  perform from (
      select from_account_id as id from fresh
      union select to_account_id from fresh where to_account_id <> revenue order by id) m,
    lateral (select from accounts a where a.id = m.id for no key update) locked
    where m.id <> outside;
  -- One row of the sums that are kept (0007, growth): balances as they were changed, and beside them,
  -- from the postings, what has no balance. So the two sides tell on each other.
  with changed as (
    update accounts a set balance = a.balance + n.net
      from (
        select m.account_id, sum(m.change)::bigint as net from (
          select to_account_id as account_id, amount as change from fresh
          union all select from_account_id, -amount from fresh) m
        where m.account_id not in (revenue, outside)
        group by m.account_id) n
      where ${found('a.id', 'n.account_id')} and n.net <> 0
      returning with (old as was, new as made) made.kind, made.balance - was.balance as change
  )
  insert into tallies (wallets, holds, escrows, revenue, outside)
    select coalesce(sum(c.change) filter (where c.kind = 'wallet'), 0),
      coalesce(sum(c.change) filter (where c.kind = 'hold'), 0),
      coalesce(sum(c.change) filter (where c.kind = 'escrow'), 0), came.revenue, came.outside
    from (
        select coalesce(sum(case revenue when to_account_id then amount
            when from_account_id then -amount end), 0) as revenue,
          coalesce(sum(case outside when to_account_id then amount
            when from_account_id then -amount end), 0) as outside
        from fresh) came left join changed c on true
    group by came.revenue, came.outside;

  if exists (select from fresh where from_account_id = revenue) then
    if (select coalesce(sum(amount), 0) from postings where to_account_id = revenue) <
      (select coalesce(sum(amount), 0) from postings where from_account_id = revenue)
    then
      raise exception 'WAL-4: revenue would fall below zero'
        using errcode = 'check_violation', table = 'accounts',
          constraint = 'accounts_revenue_never_negative';
    end if;
  end if;
  return null;
end $$;
`;
