/** Whose chat may have one more; as in 0002. */
const isFree = `
      (select bool_or(sent.due_at > at) from outbox sent
        where sent.state = 'leased' and sent.to_user = o.to_user) is not true
      and coalesce((select greatest(c.paused_until, c.used_until - chat_slack) from outbox_chats c
        where c.user_id = o.to_user limit 1), at) <= at`;

/**
 * NTF-3: a broadcast uses up the whole pace for as long as it runs, and each answer would wait for
 * the next message that the pace lets go. So a part of the burst is kept from it.
 */
export const claims = `
-- One claim at a time (the gate), so that no person is ever sent two messages at once and the pace
-- is everybody's. Notices leave a sixth of the burst to answers, broadcasts a third to both. The last
-- row has no id and says when to ask again. A pace of 0 is no limit. No sequential scans: what the
-- planner knows of a queue is out of date as soon as it fills.
create or replace function claim_messages(at timestamptz, at_most integer, lease_ms integer,
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
  burst constant integer := greatest(1, floor(per_second));
  cost constant interval := floor(1000000 / nullif(per_second, 0)) * interval '1 microsecond';
  gate outbox_gate;
  used timestamptz; -- by what goes out and by what is kept
  room integer;
  next_at timestamptz;
  taken integer := 0;
  allowed integer;
  more integer;
  of_priority smallint;
  ready uuid[];
  is_short boolean := false; -- of pace, for what is ready
begin
  -- Whoever waits for their answer waits for no disk here: a claim that a crash forgets is made
  -- again, and how the message ended, which is recorded safely, comes after it in the log.
  perform set_config('synchronous_commit', 'off', true);
  select g.* into gate from outbox_gate g for update;
  if cost is not null then
    select r.room, r.next_at into room, next_at
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
    continue when not exists (select from outbox o
      where o.settled_at is null and o.priority = of_priority and o.not_before <= at);
    allowed := at_most - taken;
    used := greatest(gate.used_until, at) + (taken + burst * of_priority / 6) * cost;
    if cost is not null then
      select least(allowed, r.room) into allowed from outbox_room(used, at, per_second) r;
    end if;
    ready := outbox_ready(of_priority, at, chat_slack, allowed + 1);
    return query
      with free as materialized (
        select o.id, o.to_user from outbox o
        where o.id = any(ready[1:allowed]) and o.settled_at is null and o.due_at <= at -- still
          and ${isFree}
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
    is_short := cardinality(ready) > allowed and more = allowed;
    exit when is_short or taken = at_most;
  end loop;
  if cost is not null and taken > 0 then
    update outbox_gate g set used_until = greatest(gate.used_until, at) + taken * cost;
  end if;
  if is_short and cost is not null then
    select r.next_at into next_at from outbox_room(used + more * cost, at, per_second) r;
  end if;
  return query select null::uuid, null::uuid, null, null::json, null, null, null::smallint,
    null::integer, null::integer, null::timestamptz, null::timestamptz,
    whole_ms(case when taken = at_most then at
      when is_short then next_at
      else outbox_again_at(at, chat_slack) end);
end $$;
`;
