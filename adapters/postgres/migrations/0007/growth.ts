import { forBotRole } from '../format.ts';

/**
 * What would be counted row by row is kept as a sum of changes: each statement that changes it adds a
 * row, nobody updates one, so nobody waits for anybody. Every 256th row first gathers what is
 * committed into one, so that there are some hundreds however long the history is. A snapshot sees
 * either the rows or what they were gathered into: the sum is exact at any moment. `ledger verify`
 * compares it with what it stands for.
 */
const tallies = `
create table tallies (
  id bigint generated always as identity,
  wallets bigint not null default 0,
  holds bigint not null default 0,
  escrows bigint not null default 0,
  revenue bigint not null default 0,
  outside bigint not null default 0,
  proofs_waiting bigint not null default 0,
  proofs_decided bigint not null default 0,
  constraint tallies_pkey primary key (id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- One at a time, so that no row has to be locked before it goes; whoever comes meanwhile passes on.
-- Nobody but the owner may call it.
create function gather_tallies() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  if not pg_try_advisory_xact_lock('tallies'::regclass::oid::bigint) then return null; end if;
  with gone as (
    delete from tallies
    where id < new.id and id < (select id from tallies order by id limit 1) + 4096
    returning *
  )
  insert into tallies (wallets, holds, escrows, revenue, outside, proofs_waiting, proofs_decided)
    select sum(wallets), sum(holds), sum(escrows), sum(revenue), sum(outside),
      sum(proofs_waiting), sum(proofs_decided)
    from gone having count(*) > 0;
  return null;
end $$;
create trigger tallies_gather after insert on tallies
  for each row when (new.id % 256 = 0) execute function gather_tallies();

-- Postings tally what they move (postings_keep_balances); a balance that is changed by anything else
-- tells on itself, because no posting stands against it (not reached while its wall stands, WAL-3).
create function accounts_are_tallied() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  change constant bigint := new.balance - old.balance;
begin
  insert into tallies (wallets, holds, escrows) values (
    case new.kind when 'wallet' then change else 0 end,
    case new.kind when 'hold' then change else 0 end,
    case new.kind when 'escrow' then change else 0 end);
  return null;
end $$;
create trigger accounts_are_tallied after update on accounts
  for each row when (pg_trigger_depth() = 0 and old.balance <> new.balance)
  execute function accounts_are_tallied();

create function proofs_are_tallied() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into tallies (proofs_waiting) values (1);
  return null;
end $$;
create trigger proofs_are_tallied after insert on task_proofs
  for each row execute function proofs_are_tallied();

-- A proof is decided by its first decision, of which a statement may bring hundreds.
create function decisions_are_tallied() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  insert into tallies (proofs_waiting, proofs_decided)
    select -count(*), count(*) from fresh where "order" = 'first' having count(*) > 0;
  return null;
end $$;
create trigger decisions_are_tallied after insert on proof_decisions
  referencing new table as fresh for each statement execute function decisions_are_tallied();

-- The triggers above keep writers out until this is committed.
insert into tallies (wallets, holds, escrows, revenue, outside, proofs_waiting, proofs_decided)
  select coalesce(sum(balance) filter (where kind = 'wallet'), 0),
    coalesce(sum(balance) filter (where kind = 'hold'), 0),
    coalesce(sum(balance) filter (where kind = 'escrow'), 0),
    coalesce(sum(posted(id)) filter (where kind = 'revenue'), 0),
    coalesce(sum(posted(id)) filter (where kind = 'outside'), 0),
    (select count(*) from task_proofs where status = 'pending'),
    (select count(*) from task_proofs where status <> 'pending')
  from accounts;
revoke all on function gather_tallies, accounts_are_tallied, proofs_are_tallied,
  decisions_are_tallied from public;
${forBotRole(`
    grant select on tallies to upah_bot;
`)}
`;

const indexes = `
-- WAL-9: what a person asked to top up, newest first
create index wallet_transactions_deposits on wallet_transactions (user_id, created_at, id)
  where type = 'deposit';
`;

/** Sums that are kept, and the indexes that a long history needs. */
export const growth = `
${tallies}
${indexes}
`;
