import { forBotRole } from '../format.ts';

/** What the owner's chat is told (WAL-12, WAL-13). */
export const owner = `
create table owner_notices (
  id uuid not null,
  news jsonb not null,
  at timestamptz not null,
  told_at timestamptz,
  constraint owner_notices_pkey primary key (id),
  constraint owner_notices_news_told check (jsonb_typeof(news) = 'object' and news ? 'kind')
);
-- what is yet to be told
create index owner_notices_untold on owner_notices (at, id) where told_at is null;

-- The days of Jakarta of which the owner was told how everything stands.
create table owner_reports (
  day timestamptz not null,
  told_at timestamptz not null,
  constraint owner_reports_pkey primary key (day)
);

create function owner_notices_life() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.told_at is null and to_jsonb(new) - 'told_at' = to_jsonb(old) - 'told_at' then
    return new;
  end if;
  raise exception 'WAL-12: what the owner is to hear stays as it is, and is told once'
    using errcode = 'restrict_violation', table = 'owner_notices',
      constraint = 'owner_notices_are_told_once';
end $$;
create trigger owner_notices_life before update on owner_notices
  for each row execute function owner_notices_life();
create trigger owner_notices_append_only before delete or truncate on owner_notices
  for each statement execute function refuse_change('WAL-12');
create trigger owner_reports_append_only before update or delete or truncate on owner_reports
  for each statement execute function refuse_change('WAL-13');
revoke all on function owner_notices_life from public;
${forBotRole(`
  grant select on owner_notices, owner_reports to upah_bot;
  grant insert (id, news, at) on owner_notices to upah_bot;
  grant update (told_at) on owner_notices to upah_bot;
  grant insert on owner_reports to upah_bot;
`)}
`;
