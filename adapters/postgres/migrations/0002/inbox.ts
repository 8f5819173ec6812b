import { forBotRole } from '../format.ts';

/**
 * The meter of each lane (SEC-3), taken and stored with the update in hand; parked updates get the
 * time they ended at, so that they are forgotten as handled ones are.
 */
export const inbox = `
alter table lanes
  add column used_until timestamptz,
  add column told boolean not null default false;

alter table inbox drop constraint inbox_ended_forgets;
update inbox set done_at = now() where state = 'parked';
alter table inbox add constraint inbox_ended_forgets check (
  (state = 'waiting') = (done_at is null)
  and (state = 'waiting') = (payload is not null)
  and (state = 'waiting' or prepared is null)
);
-- what may be forgotten, oldest first
create index inbox_ended on inbox (done_at) where done_at is not null;
-- how many need a person
create index inbox_parked on inbox (bot_id) where state = 'parked';

drop function take_update(bigint, bigint, timestamptz);

-- Two statements: what stands at the head is read after the lane is ours.
create function take_update(of_bot bigint, of_lane bigint, at timestamptz)
  returns table (bot_id bigint, update_id bigint, lane bigint, payload json, prepared json,
    tries integer, received_at timestamptz, used_until timestamptz, told boolean)
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  meter lanes;
begin
  select l.* into meter from lanes l where l.bot_id = of_bot and l.lane = of_lane
    for no key update skip locked; -- NO KEY: new updates of the lane come in meanwhile
  if not found then return; end if;
  return query select head.bot_id, head.update_id, head.lane, head.payload, head.prepared,
      head.tries, head.received_at, meter.used_until, meter.told
    from (
      select i.* from inbox i
      where i.lane = of_lane and i.bot_id = of_bot and i.state = 'waiting'
      order by i.arrival limit 1) head
    where head.retry_at is null or head.retry_at <= at;
end $$;

-- Runs with the owner's rights, for the bot's role may delete nothing. Telegram delivers an update
-- again for 24 hours, and whoever forgets it sooner would handle it twice. done_at is the bot's to
-- write, received_at is not once it is stored: what came lately stays, whatever is said of its end.
create function prune_inbox(before timestamptz, at_most integer) returns integer language plpgsql
  strict security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  removed integer;
begin
  if before > now() - interval '48 hours' then
    raise exception 'WAL-7: an update is remembered for 48 hours after it ended'
      using errcode = 'check_violation', table = 'inbox';
  end if;
  delete from inbox i using (
      select o.bot_id, o.update_id from inbox o
      where o.done_at < before and o.state in ('done', 'parked')
        and o.received_at < now() - interval '48 hours'
      order by o.done_at limit at_most for update skip locked) old
    where i.bot_id = old.bot_id and i.update_id = old.update_id;
  get diagnostics removed = row_count;
  return removed;
end $$;
revoke all on function take_update, prune_inbox from public;
${forBotRole(`
    grant update (used_until, told) on lanes to upah_bot;
    grant execute on function take_update, prune_inbox to upah_bot;
`)}
`;
