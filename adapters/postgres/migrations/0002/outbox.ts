import { forBotRole } from '../format.ts';

const tables = `
alter table outbox add column not_before timestamptz;
update outbox set not_before = created_at;
alter table outbox alter column not_before set not null;
alter table outbox add column defects integer not null default 0;

drop index outbox_open;
drop index outbox_person;
-- what to send next
create index outbox_open on outbox (priority, not_before, id) where settled_at is null;
-- the row of each person: who has one, and what stands first in it
create index outbox_row on outbox (priority, to_user, not_before, id) where settled_at is null;
-- what a newer message on the same topic replaces
create index outbox_topic on outbox (to_user, topic) where state = 'waiting' and topic is not null;
-- when the next lease ends, the next retry comes, the next message may go
create index outbox_due on outbox (due_at) where settled_at is null;
-- who is being sent something
create index outbox_leased on outbox (to_user) where state = 'leased';
-- what somebody missed
create index outbox_missed on outbox (to_user, settled_at, id)
  where state = 'dropped' and kind = 'notice';
-- what needs a person
create index outbox_failed on outbox (id) where state = 'failed';
-- what was tried too often
create index outbox_struggling on outbox (created_at) where settled_at is null and attempts >= 10;
-- what can be forgotten
create index outbox_settled on outbox (settled_at) where settled_at is not null;

-- used_until: the pace as one moment, up to which what was sent uses it up
alter table outbox_gate add column used_until timestamptz;
create table outbox_chats (
  user_id uuid primary key references users,
  paused_until timestamptz,
  used_until timestamptz
);
-- which chats have to wait
create index outbox_chats_paused on outbox_chats (paused_until);
create index outbox_chats_used on outbox_chats (used_until);
`;

/**
 * The subqueries below are scalar, with a LIMIT or an aggregate, so that they stay what they are:
 * looks into an index, one for each message at the front. For a join or NOT EXISTS the planner may
 * read all that is open instead.
 */
const isFirst = (row: string): string => `
      ${row}.id = (select head.id from outbox head
        where head.settled_at is null and head.priority = of_priority
          and head.to_user = ${row}.to_user
        order by head.not_before, head.id limit 1)`;

const isFree = (row: string): string => `
      (select bool_or(sent.due_at > at) from outbox sent
        where sent.state = 'leased' and sent.to_user = ${row}.to_user) is not true
      and coalesce((select greatest(c.paused_until, c.used_until - chat_slack) from outbox_chats c
        where c.user_id = ${row}.to_user limit 1), at) <= at`;

const claiming = `
-- Rounded up: our clocks count whole milliseconds, and must not ask a moment too early.
create function whole_ms(moment timestamptz) returns timestamptz language sql immutable
  set search_path = pg_catalog, public, pg_temp as $$
  select date_trunc('milliseconds', moment + interval '999 microseconds')
$$;

-- Up to so many messages of one priority that may go now, in the order of sending: due, first in
-- the row of their person, who is being sent nothing else and whose chat may have one more. They
-- are looked for at the front of the queue. Only where that is blocked, by many messages of few
-- people, it goes through the people one by one.
create function outbox_ready(of_priority smallint, at timestamptz, chat_slack interval,
  at_most integer) returns uuid[] language plpgsql stable
  set search_path = pg_catalog, public, pg_temp as $$
declare
  front constant integer := 500;
  ready uuid[];
begin
  ready := array(
    select near.id from (
      select o.id, o.to_user, o.not_before from outbox o
      where o.settled_at is null and o.priority = of_priority
        and o.not_before <= at and o.due_at <= at
      order by o.not_before, o.id limit front) near
    where ${isFirst('near')}
      and ${isFree('near')}
    order by near.not_before, near.id limit at_most);
  if cardinality(ready) = at_most or (select count(*) from (
      select from outbox o
      where o.settled_at is null and o.priority = of_priority
        and o.not_before <= at and o.due_at <= at limit front) near) < front
  then
    return ready;
  end if;
  return array(
    with recursive people as (
      (select o.to_user from outbox o where o.settled_at is null and o.priority = of_priority
        order by o.to_user limit 1)
      union all
      select (select o.to_user from outbox o
          where o.settled_at is null and o.priority = of_priority and o.to_user > p.to_user
          order by o.to_user limit 1)
        from people p where p.to_user is not null)
    select head.id from people p cross join lateral (
        select o.id, o.to_user, o.not_before, o.due_at from outbox o
        where o.settled_at is null and o.priority = of_priority and o.to_user = p.to_user
        order by o.not_before, o.id limit 1) head
    where head.due_at <= at and ${isFree('head')}
    order by head.not_before, head.id limit at_most);
end $$;

-- How many messages the pace of all still lets go, and when it lets go one more. In whole
-- microseconds: no rounding may put off what is due.
create function outbox_room(used_until timestamptz, at timestamptz, per_second double precision,
  out room integer, out next_at timestamptz) language plpgsql immutable
  set search_path = pg_catalog, public, pg_temp as $$
declare
  burst constant integer := greatest(1, floor(per_second));
  cost constant bigint := floor(1000000 / per_second);
  used constant bigint := greatest(0, extract(epoch from used_until - at) * 1000000);
begin
  room := greatest(0, burst - ceil(coalesce(used, 0)::numeric / cost));
  next_at := at + greatest(0, coalesce(used, 0) - cost * (burst - 1)) * interval '1 microsecond';
end $$;

-- When a claim that left nothing ready may bring something again; null where nothing is open.
create function outbox_again_at(at timestamptz, chat_slack interval) returns timestamptz
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select case when exists (select from outbox o where o.settled_at is null) then
    coalesce(least(
      (select o.due_at from outbox o where o.settled_at is null and o.due_at > at
        order by o.due_at limit 1),
      (select min(greatest(c.paused_until, c.used_until - chat_slack)) from outbox_chats c
        where (c.paused_until > at or c.used_until > at + chat_slack)
          and (select true from outbox o where o.settled_at is null and o.to_user = c.user_id
            and o.priority in (0, 1, 2) and o.due_at <= at limit 1))
    ), at + interval '1 second') -- what is due is locked by somebody who will soon be done
  end
$$;

-- One claim at a time (the gate), so that no person is ever sent two messages at once and the pace
-- is everybody's. The last row has no id and says when to ask again. A pace of 0 is no limit. No
-- sequential scans: what the planner knows of a queue is out of date as soon as it fills.
create function claim_messages(at timestamptz, at_most integer, lease_ms integer,
  per_second double precision, per_chat_per_second double precision)
  returns table (id uuid, to_user uuid, kind text, payload json, dedupe_key text, topic text,
    priority smallint, attempts integer, defects integer, not_before timestamptz,
    created_at timestamptz, again_at timestamptz)
  language plpgsql set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
#variable_conflict use_column
declare
  chat_burst constant integer := 5;
  chat_cost constant interval :=
    floor(1000000 / nullif(per_chat_per_second, 0)) * interval '1 microsecond';
  chat_slack constant interval := chat_cost * (chat_burst - 1);
  gate outbox_gate;
  room integer := at_most;
  next_at timestamptz;
  taken integer := 0;
  more integer;
  of_priority smallint;
  ready uuid[];
begin
  select g.* into gate from outbox_gate g for update;
  if per_second > 0 then
    select least(at_most, r.room), r.next_at into room, next_at
      from outbox_room(gate.used_until, at, per_second) r;
  end if;
  if room = 0 or gate.paused_until > at then
    return query select null::uuid, null::uuid, null, null::json, null, null, null::smallint,
      null::integer, null::integer, null::timestamptz, null::timestamptz,
      case when exists (select from outbox o where o.settled_at is null)
        then whole_ms(greatest(gate.paused_until, next_at, at)) end;
    return;
  end if;
  foreach of_priority in array '{0,1,2}'::smallint[] loop
    ready := outbox_ready(of_priority, at, chat_slack, room - taken);
    return query
      with free as materialized (
        select o.id, o.to_user from outbox o
        where o.id = any(ready) and o.settled_at is null and o.due_at <= at -- still
          and ${isFree('o')}
        for no key update skip locked -- whoever has it locked may take long: claims wait for nobody
      ), paced as (
        insert into outbox_chats as c (user_id, used_until)
        select f.to_user, at + chat_cost from free f where chat_cost is not null
        on conflict (user_id) do update set used_until = greatest(c.used_until, at) + chat_cost
      )
      update outbox o set state = 'leased', attempts = o.attempts + 1,
        due_at = at + lease_ms * interval '1 millisecond'
      from free f where o.id = f.id
      returning o.id, o.to_user, o.kind, o.payload, o.dedupe_key, o.topic, o.priority, o.attempts,
        o.defects, o.not_before, o.created_at, null::timestamptz;
    get diagnostics more = row_count;
    taken := taken + more;
    exit when taken = room;
  end loop;
  if per_second > 0 and taken > 0 then
    update outbox_gate g set used_until = greatest(gate.used_until, at)
      + taken * floor(1000000 / per_second) * interval '1 microsecond'
      returning g.used_until into gate.used_until;
    select r.next_at into next_at from outbox_room(gate.used_until, at, per_second) r;
  end if;
  return query select null::uuid, null::uuid, null, null::json, null, null, null::smallint,
    null::integer, null::integer, null::timestamptz, null::timestamptz,
    whole_ms(case when taken = at_most then at
      when taken = room then next_at
      else outbox_again_at(at, chat_slack) end);
end $$;
`;

const pruning = `
-- The bot may delete nothing itself, and this forgets nothing of the last day, whoever asks:
-- neither what is still owed, nor keys that tell a repeated change from a new one.
create function prune_outbox(before timestamptz, at_most integer) returns integer language plpgsql
  strict security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  gone integer;
begin
  if before > now() - interval '1 day' then
    raise exception 'NTF-2: messages are kept for a day at least after they were settled'
      using errcode = 'restrict_violation', table = 'outbox', constraint = 'outbox_kept_for_a_day';
  end if;
  -- The bot may write when a message was settled, but not when it was made.
  delete from outbox where id in (select o.id from outbox o
    where o.settled_at < before and o.created_at < now() - interval '1 day'
    order by o.settled_at limit at_most for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;
`;

/** Messages wait for their time, go out at a pace, and are forgotten in the end. */
export const outbox = `
${tables}
drop function claim_messages(timestamptz, integer, integer);
${claiming}
${pruning}
revoke all on function whole_ms, outbox_ready, outbox_room, outbox_again_at, claim_messages,
  prune_outbox from public;
${forBotRole(`
  grant insert (not_before, state, settled_at) on outbox to upah_bot;
  grant update (payload, not_before, defects) on outbox to upah_bot;
  grant update (used_until) on outbox_gate to upah_bot;
  grant select, insert on outbox_chats to upah_bot;
  grant update (paused_until, used_until) on outbox_chats to upah_bot;
  grant execute on function whole_ms, outbox_ready, outbox_room, outbox_again_at, claim_messages,
    prune_outbox to upah_bot;
`)}
`;
