import { BY_KEYS } from './by-keys.ts';

/**
 * Subject, its table, and what of its row names the person and the campaign: whom a record of the
 * audit log concerns (AUD-3). Said once: the trigger looks a row up by it, the proof of the ledger
 * many.
 */
const CONCERNS = [
  ['user', 'users', 'x.id', 'null::uuid'],
  ['campaign', 'campaigns', 'x.client_id', 'x.id'],
  ['take', 'takes', 'x.worker_id', 'x.campaign_id'],
  ['proof', 'task_proofs', 'x.worker_id', 'x.campaign_id'],
  ['approvals', 'approval_batches', 'x.worker_id', 'x.campaign_id'],
  ['deposit', 'deposits', 'x.user_id', 'null'],
  ['withdrawal', 'withdrawals', 'x.user_id', 'null'],
  ['transaction', 'wallet_transactions', 'x.user_id', 'null'],
] as const;

const IS_ID = `~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`;

export const audit = `
create or replace function audit_concern(subject text, subject_id text)
  returns table (user_id uuid, campaign_id uuid) language sql stable
begin atomic
  select found.user_id, found.campaign_id
  from (values (case when subject_id ${IS_ID} then subject_id::uuid end)) as about (id)
    left join lateral (
      ${CONCERNS.map(
        ([subject, table, user, campaign]) =>
          `select ${user}, ${campaign} from ${table} x where subject = '${subject}' and x.id = about.id`,
      ).join('\n      union all ')}
    ) as found (user_id, campaign_id) on true;
end;

create or replace function audit_logs_name_their_concern() returns trigger language plpgsql
  ${BY_KEYS} as $$
declare
  about uuid;
begin
  new.user_id := null;
  new.campaign_id := null;
  if new.subject_id !${IS_ID} then return new; end if;
  about := new.subject_id;
  case new.subject
    ${CONCERNS.map(
      ([subject, table, user, campaign]) => `when '${subject}' then
      select ${user}, ${campaign} into new.user_id, new.campaign_id from ${table} x where x.id = about;`,
    ).join('\n    ')}
    else null;
  end case;
  return new;
end $$;

-- Of a statement's rows together.
create or replace function audit_logs_wait_for_seal() returns trigger language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into audit_unsealed (id) select f.id from fresh f;
  return null;
end $$;
drop trigger audit_logs_wait_for_seal on audit_logs;
create trigger audit_logs_wait_for_seal after insert on audit_logs
  referencing new table as fresh for each statement execute function audit_logs_wait_for_seal();
`;
