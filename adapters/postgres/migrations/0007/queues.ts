import { forBotRole } from '../format.ts';
import { claims } from './claims.ts';

const inbox = `
drop function take_update(bigint, bigint, timestamptz);

-- All that handling an update begins with, in one go: what stands at the head of its lane, who says
-- it, where they are in their dialogue, the settings. Two statements: it is read after the lane is
-- ours. Where another has the lane the one row has no number.
create function take_update(of_bot bigint, of_lane bigint, at timestamptz)
  returns table (update_id bigint, payload json, prepared json, tries integer,
    received_at timestamptz, used_until timestamptz, told boolean, has_more boolean, settings text,
    user_id uuid, telegram_id bigint, username text, display_name text, language text, role text,
    former_role text, permissions text[], status text, suspension_reason text, suspended_by text,
    suspended_at timestamptz, terms_version integer, created_at timestamptz, acted_at timestamptz,
    unreachable_since timestamptz, is_granted boolean, has_conversation boolean, flow text,
    step text, version integer, data json, screen_message_id bigint, revision integer,
    expires_at timestamptz)
  language plpgsql set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  meter lanes;
begin
  select l.* into meter from lanes l where l.bot_id = of_bot and l.lane = of_lane
    for no key update skip locked; -- NO KEY: new updates of the lane come in meanwhile
  if not found then
    if exists (select from lanes l where l.bot_id = of_bot and l.lane = of_lane) then
      return next;
    end if;
    return;
  end if;
  return query
    with waiting as materialized (
      select i.* from inbox i
      where i.lane = of_lane and i.bot_id = of_bot and i.state = 'waiting'
      order by i.arrival limit 2)
    select head.update_id, head.payload, head.prepared, head.tries, head.received_at,
      meter.used_until, meter.told, (select count(*) > 1 from waiting),
      (select json_object_agg(s.key, s.value)::text from settings s),
      u.id, u.telegram_id, u.username, u.display_name, u.language, u.role, u.former_role,
      u.permissions, u.status, u.suspension_reason, u.suspended_by, u.suspended_at,
      u.terms_version, u.created_at, u.acted_at, u.unreachable_since,
      u.role is distinct from 'admin' and exists (select from admin_grants g
        where g.telegram_id = u.telegram_id and g.state = 'granted'),
      c.user_id is not null, c.flow, c.step, c.version, c.data, c.screen_message_id, c.revision,
      c.expires_at
    from (select w.* from waiting w order by w.arrival limit 1) head
      left join users u on u.telegram_id = of_lane
      left join conversations c on c.user_id = u.id
    where head.retry_at is null or head.retry_at <= at;
end $$;

-- Ends an update that was handled; with what the meter of its lane says from now on.
create function finish_update(of_bot bigint, of_update bigint, at timestamptz, is_metered boolean,
  of_used_until timestamptz, of_told boolean) returns void language plpgsql
  set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  of_lane bigint;
begin
  update inbox i set state = 'done', done_at = at, payload = null, prepared = null
    where i.bot_id = of_bot and i.update_id = of_update and i.state = 'waiting'
    returning i.lane into of_lane;
  if not found then
    raise exception 'update % of bot % does not wait', of_update, of_bot;
  end if;
  if is_metered then
    update lanes l set used_until = of_used_until, told = of_told
      where l.bot_id = of_bot and l.lane = of_lane;
  end if;
end $$;
revoke all on function take_update, finish_update from public;
${forBotRole(`
    grant execute on function take_update, finish_update to upah_bot;
`)}
`;

export const queues = [claims, inbox].join('\n');
