import { forBotRole } from '../format.ts';
import { BY_KEYS } from './by-keys.ts';

/**
 * Taking a slot and moving a take along, a statement each. Callers of one campaign begin their search
 * at a slot by chance: all from the head of the index, they would pass over each other's locked rows,
 * and over every slot that was taken before and that an old snapshot may still want to see.
 */
export const takes = `
-- Locks the first free slot of a campaign from an id on. Rows are compared, not columns: so only the index
-- of free slots has this order. With campaign_id = of_campaign the planner may walk the primary key, over
-- everybody's slots.
create function free_slot(of_campaign uuid, statuses text[], beginning uuid) returns uuid
  language plpgsql ${BY_KEYS} as $$
declare
  slot uuid;
begin
  select t.id into slot from tasks t
    where t.status = 'available'
      and (t.campaign_id, t.id) >= (of_campaign, beginning)
      and (t.campaign_id, t.id) <= (of_campaign, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and exists (select from campaigns c where c.id = of_campaign and c.status = any(statuses))
    order by t.campaign_id, t.id limit 1 for no key update of t skip locked;
  return slot;
end $$;

-- No row where no slot was free. Not stored: the worker has a live or approved take of this kind and
-- link (TSK-2), also one that was being stored meanwhile.
create function take_slot(new_id uuid, of_campaign uuid, statuses text[], of_worker uuid,
  of_kind text, of_link_key text, at timestamptz, until timestamptz)
  returns table (slot uuid, is_stored boolean) language plpgsql ${BY_KEYS} as $$
declare
  place integer;
  beginning uuid;
begin
  select 1 + trunc(random() * c.target_total) into place from campaigns c where c.id = of_campaign;
  select t.id into beginning from tasks t where t.campaign_id = of_campaign and t.number = place;
  slot := free_slot(of_campaign, statuses, beginning);
  if slot is null then
    slot := free_slot(of_campaign, statuses, '00000000-0000-0000-0000-000000000000');
  end if;
  if slot is null then return; end if;
  insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at, deadline)
    values (new_id, slot, of_campaign, of_worker, of_kind, of_link_key, 'taken', at, until)
    on conflict (worker_id, kind, link_key)
      where status in ('taken', 'pending_review', 'approved') do nothing;
  is_stored := found;
  if is_stored then
    update tasks t set status = 'taken', take_id = new_id where t.id = slot;
  end if;
  return next;
end $$;

-- A take and its slot in one statement: the foreign key wants both in the same state.
create function move_take(of_take uuid, new_status text, ended timestamptz, slot_status text)
  returns void language plpgsql ${BY_KEYS} as $$
declare
  moved integer;
begin
  with changed as (
    update takes t set status = new_status, ended_at = ended where t.id = of_take
      returning t.id, t.task_id
  )
  update tasks s set status = slot_status,
      take_id = case when slot_status in ('available', 'closed') then null else of_take end
    from changed where s.id = changed.task_id and s.take_id = changed.id;
  get diagnostics moved = row_count;
  if moved <> 1 then
    raise exception 'TSK-1: take % is not stored, or not the current one of its slot', of_take;
  end if;
end $$;
revoke all on function free_slot, take_slot, move_take from public;

${forBotRole(`
    grant execute on function free_slot, take_slot, move_take to upah_bot;
`)}
`;
