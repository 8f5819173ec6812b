import { forBotRole } from '../format.ts';

const tables = `
-- Payments stand still because a check of the books found rows that break a rule (WAL-13).
create table freezes (
  id uuid not null,
  begun_at timestamptz not null,
  findings jsonb not null,
  news integer not null default 1,
  owner_told integer not null default 0,
  lifted_at timestamptz,
  lifted_by text,
  lift_reason text,
  lifting integer,
  single boolean not null default true,
  constraint freezes_pkey primary key (id),
  constraint freezes_lifting_key unique (lifting),
  constraint freezes_find_something
    check (jsonb_typeof(findings) = 'array' and jsonb_array_length(findings) > 0),
  constraint freezes_lifted_whole
    check (num_nulls(lifted_at, lifted_by, lift_reason) in (0, 3) and lift_reason <> ''),
  constraint freezes_told_of_news check (news > 0 and owner_told between 0 and news),
  constraint freezes_single check (single)
);
-- One in force at most. It is also how the trigger below and every payment look for it.
create unique index freezes_in_force on freezes (single) where lifted_at is null;

-- Where the checks of the books stand: one row.
create table ledger_checks (
  single boolean not null default true,
  mark text,
  recent_at timestamptz,
  recent_broken integer,
  full_at timestamptz,
  full_broken integer,
  seen_liftings integer not null default 0,
  sound_liftings integer not null default 0,
  constraint ledger_checks_pkey primary key (single),
  constraint ledger_checks_single check (single)
);
insert into ledger_checks default values;
`;

const triggers = `
create function freezes_life() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.lifted_at is null and new.news = 1 and new.owner_told = 0 then return new; end if;
    raise exception 'WAL-13: a freeze begins in force and untold'
      using errcode = 'restrict_violation', table = 'freezes',
        constraint = 'freezes_begin_in_force';
  end if;
  if new.id <> old.id or new.begun_at <> old.begun_at
    or new.news < old.news or new.owner_told < old.owner_told
    or (old.lifted_at is not null and to_jsonb(new) - 'owner_told' <> to_jsonb(old) - 'owner_told')
  then
    raise exception 'WAL-13: freeze % is lifted once, and nothing of it is taken back', old.id
      using errcode = 'restrict_violation', table = 'freezes', constraint = 'freezes_lifted_once';
  end if;
  -- Liftings are told apart by their number: clocks may differ.
  if old.lifted_at is null and new.lifted_at is not null then
    select coalesce(max(lifting), 0) + 1 into new.lifting from freezes;
  end if;
  return new;
end $$;
create trigger freezes_life before insert or update on freezes
  for each row execute function freezes_life();
create trigger freezes_append_only before delete or truncate on freezes
  for each statement execute function refuse_change('WAL-13');

-- Whoever asks, and whatever the program above thinks: nothing pays while a freeze is in force.
create function postings_stop_when_frozen() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  since timestamptz;
  paying text;
begin
  select begun_at into since from freezes where lifted_at is null;
  if not found then return null; end if;
  select t.type into paying
    from fresh f
    join wallet_transactions t on t.id = f.transaction_id
    join accounts s on s.id = f.from_account_id
    join accounts d on d.id = f.to_account_id
    where t.type in ('task_reward', 'platform_fee', 'reversal', 'revenue_payout')
      or (t.type = 'withdraw' and s.kind = 'hold' and d.kind <> 'wallet')
    limit 1;
  if found then
    raise exception 'WAL-13: the books do not add up, so no % is paid', paying
      using errcode = 'restrict_violation', table = 'postings',
        constraint = 'postings_stop_when_frozen',
        detail = to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  end if;
  return null;
end $$;
create trigger postings_stop_when_frozen after insert on postings
  referencing new table as fresh for each statement execute function postings_stop_when_frozen();
revoke all on function freezes_life, postings_stop_when_frozen from public;
`;

/** A check that finds what cannot be stops what pays, until the operator lifts it (WAL-13). */
export const freezes = `
${tables}
${triggers}
${forBotRole(`
  grant select on freezes, ledger_checks to upah_bot;
  grant insert (id, begun_at, findings) on freezes to upah_bot;
  grant update (findings, news, owner_told, lifted_at, lifted_by, lift_reason)
    on freezes to upah_bot;
  grant update (mark, recent_at, recent_broken, full_at, full_broken, seen_liftings,
    sound_liftings)
    on ledger_checks to upah_bot;
`)}
`;
