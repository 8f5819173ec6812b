import { forBotRole } from '../format.ts';

/** A list of rights as the core writes it: known ones, in the order of PERMISSIONS, each once. */
const IN_ORDER = `permissions = array_remove(array[
    case when 'review' = any(permissions) then 'review' end,
    case when 'money' = any(permissions) then 'money' end,
    case when 'users' = any(permissions) then 'users' end,
    case when 'settings' = any(permissions) then 'settings' end], null)`;

const ALL = `'{review,money,users,settings}'`;
const ALL_JSON = '["review","money","users","settings"]';

/** ADM-1: admins are those who have a right; who was one before has all of them. */
const permissions = `
alter table users add column permissions text[] not null default '{}';
update users set permissions = ${ALL} where role = 'admin';
alter table users
  add constraint users_permissions_known check (${IN_ORDER}),
  add constraint users_permissions_fit_role check
    ((role is not distinct from 'admin') = (cardinality(permissions) > 0));

alter table admin_grants add column permissions text[] not null default '{}';
update admin_grants set permissions = ${ALL} where state = 'granted';
alter table admin_grants
  add constraint admin_grants_permissions_known check (${IN_ORDER}),
  add constraint admin_grants_permissions_fit_state check
    ((state = 'granted') = (cardinality(permissions) > 0));
`;

/** Notices of the release before that are owed or were missed say what an admin may do (NTF-2). */
const notices = `
update outbox set payload = (payload::jsonb || '{"permissions":${ALL_JSON}}')::json
where kind = 'notice' and payload ->> 'kind' = 'account.admin-granted'
  and payload ->> 'permissions' is null;
update outbox set payload = jsonb_set(payload::jsonb, '{newest}', (
    select coalesce(jsonb_agg(case when told ->> 'kind' = 'account.admin-granted'
      and told ->> 'permissions' is null then told || '{"permissions":${ALL_JSON}}'
      else told end order by place), '[]')
    from jsonb_array_elements(payload::jsonb -> 'newest') with ordinality as news (told, place)))::json
where kind = 'notice' and payload ->> 'kind' = 'account.missed';
`;

/**
 * ADM-2: what is too much for one admin is endorsed by one and processed by another, neither of them
 * its owner. What waits, unclaimed, is treated as if it were asked for now.
 */
const endorsements = `
alter table withdrawals add column needs_second boolean not null default false,
  add column endorsed_by uuid references users, add column endorsed_at timestamptz;
update withdrawals set needs_second = true
where status = 'pending' and claimed_by is null and (topped_up or amount > 1000000);
alter table withdrawals alter column needs_second drop default,
  add constraint withdrawals_endorsed_whole check ((endorsed_by is null) = (endorsed_at is null)),
  add constraint withdrawals_endorsed_where_needed check (needs_second or endorsed_by is null),
  add constraint withdrawals_not_endorsed_by_owner check (endorsed_by <> user_id),
  add constraint withdrawals_claimed_after_endorsed
    check (not needs_second or claimed_by is null or endorsed_by is not null),
  add constraint withdrawals_claimed_by_another check (claimed_by <> endorsed_by),
  add constraint withdrawals_paid_by_another check (status <> 'paid' or decided_by <> endorsed_by),
  drop constraint withdrawals_claim_fits_status,
  add constraint withdrawals_claim_fits_status check (
    (claimed_by is null) = (claimed_at is null)
    and case status
      when 'canceled' then claimed_by is null
      when 'pending' then true
      when 'rejected' then needs_second or claimed_by is not null
      else claimed_by is not null
    end
  );

create trigger withdrawals_keep_second before update of needs_second on withdrawals
  for each statement execute function refuse_new_terms('ADM-2');

create function refuse_endorsement() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception 'ADM-2: %', case tg_op
      when 'INSERT' then 'a withdrawal is asked for before anybody endorses it, and top-up money needs two'
      else 'whose word a claim began with does not change' end
    using errcode = 'restrict_violation', table = tg_table_name,
      constraint = 'withdrawals_endorsed_in_order';
end $$;
create trigger withdrawals_born_unendorsed before insert on withdrawals
  for each row when (new.endorsed_by is not null or (new.topped_up and not new.needs_second))
  execute function refuse_endorsement();
create trigger withdrawals_endorsement_stands before update of endorsed_by, endorsed_at on withdrawals
  for each row when (old.claimed_by is not null
    and (old.endorsed_by, old.endorsed_at) is distinct from (new.endorsed_by, new.endorsed_at))
  execute function refuse_endorsement();
`;

/** What each admin may do, and who confirmed a withdrawal first (ADM-1, ADM-2). */
export const team = [
  permissions,
  notices,
  endorsements,
  forBotRole(`
    grant update (permissions) on users to upah_bot;
    grant update (permissions) on admin_grants to upah_bot;
    grant update (endorsed_by, endorsed_at) on withdrawals to upah_bot;`),
].join('\n');
