import { forBotRole } from '../format.ts';

const tables = `
-- ADM-5: messages of admins to many. How many of its recipients have which outcome stands beside it:
-- a list of past ones counts nobody.
create table broadcasts (
  id uuid not null,
  admin_id uuid not null references users,
  audience text not null,
  text text not null,
  photo text,
  status text not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  changed_by uuid references users,
  told_at timestamptz,
  shown_in bigint,
  recipients integer not null,
  sent integer not null default 0,
  blocked integer not null,
  failed integer not null default 0,
  canceled integer not null default 0,
  constraint broadcasts_pkey primary key (id),
  constraint broadcasts_audience_known check (audience in ('all', 'clients', 'workers', 'inactive')),
  constraint broadcasts_status_known check (status in ('running', 'paused', 'canceled', 'done')),
  constraint broadcasts_text_fits
    check (char_length(text) between 1 and case when photo is null then 3500 else 900 end),
  constraint broadcasts_counted check (least(sent, blocked, failed, canceled) >= 0
    and sent + blocked + failed + canceled <= recipients),
  constraint broadcasts_end_is_whole check (ended_at is null
    or (status in ('canceled', 'done') and sent + blocked + failed + canceled = recipients)),
  constraint broadcasts_done_has_ended check (status <> 'done' or ended_at is not null)
);
-- one at a time
create unique index broadcasts_open on broadcasts ((true)) where ended_at is null;
-- the list of past ones
create index broadcasts_newest on broadcasts (created_at, id);

create table broadcast_recipients (
  broadcast_id uuid not null references broadcasts,
  user_id uuid not null references users,
  state text not null,
  constraint broadcast_recipients_pkey primary key (broadcast_id, user_id),
  constraint broadcast_recipients_state_known
    check (state in ('waiting', 'queued', 'sent', 'blocked', 'failed', 'canceled'))
);
-- who comes next, and whose message stands in the outbox
create index broadcast_recipients_waiting on broadcast_recipients (broadcast_id, user_id)
  where state = 'waiting';
create index broadcast_recipients_queued on broadcast_recipients (broadcast_id, user_id)
  where state = 'queued';
`;

const walls = `
create function broadcast_stands() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception 'ADM-5: what was sent to many stands: % changes no more', tg_table_name
    using errcode = 'restrict_violation', table = tg_table_name,
      constraint = tg_table_name || '_stands';
end $$;
create trigger broadcasts_words_stand before update on broadcasts
  for each row when (
    (old.id, old.admin_id, old.audience, old.text, old.photo, old.created_at, old.recipients)
    is distinct from
    (new.id, new.admin_id, new.audience, new.text, new.photo, new.created_at, new.recipients))
  execute function broadcast_stands();
create trigger broadcasts_end_once before update on broadcasts
  for each row when (old.ended_at is not null and
    (old.status, old.ended_at, old.sent, old.blocked, old.failed, old.canceled)
    is distinct from
    (new.status, new.ended_at, new.sent, new.blocked, new.failed, new.canceled))
  execute function broadcast_stands();
create trigger broadcasts_cancel_stands before update on broadcasts
  for each row when (old.status = 'canceled' and new.status <> 'canceled'
    and (new.status <> 'done' or new.canceled > 0))
  execute function broadcast_stands();
create trigger broadcast_recipients_outcome_stands before update on broadcast_recipients
  for each row when (old.state not in ('waiting', 'queued')
    or (old.broadcast_id, old.user_id) is distinct from (new.broadcast_id, new.user_id))
  execute function broadcast_stands();
create trigger broadcasts_append_only before delete or truncate on broadcasts
  for each statement execute function refuse_change('ADM-5');
create trigger broadcast_recipients_append_only before delete or truncate on broadcast_recipients
  for each statement execute function refuse_change('ADM-5');
`;

const recalling = `
-- Takes back what waits to be sent. Its key is free again, which the bot may give no other row.
create function recall_messages(keys text[], at timestamptz) returns table (recalled text)
  language sql strict security definer set search_path = pg_catalog, public, pg_temp as $$
  with waiting as materialized (
    select o.id, o.dedupe_key from outbox o
    where o.dedupe_key = any(keys) and o.state = 'waiting' order by o.id for no key update)
  update outbox o set state = 'replaced', payload = 'null', settled_at = at,
    dedupe_key = o.dedupe_key || ':' || o.id
  from waiting w where o.id = w.id returning w.dedupe_key
$$;
`;

/** Messages of admins to many (ADM-5). */
export const broadcasts = `
${tables}
${walls}
${recalling}
revoke all on function broadcast_stands, recall_messages from public;
${forBotRole(`
    grant select on broadcasts, broadcast_recipients to upah_bot;
    grant insert (id, admin_id, audience, text, photo, status, created_at, recipients, blocked)
      on broadcasts to upah_bot;
    grant update (status, ended_at, changed_by, told_at, shown_in, sent, blocked, failed, canceled)
      on broadcasts to upah_bot;
    grant insert (broadcast_id, user_id, state) on broadcast_recipients to upah_bot;
    grant update (state) on broadcast_recipients to upah_bot;
    grant execute on function recall_messages to upah_bot;
`)}
`;
