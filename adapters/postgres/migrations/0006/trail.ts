import { forBotRole } from '../format.ts';

/**
 * The audit log by whom and what it is about (AUD-3). Both columns say nothing that the row does not
 * say already, and the database alone fills them: so they stand outside the seals' hash, old seals
 * stay what they are, and `upah ledger verify` compares them with what the row is about. Whatever
 * filter is asked for, its rows stand together in an index, the kind second: several kinds are
 * merged, so that few of many are found as fast as many (see `audit-trail.ts`).
 */
export const trail = `
alter table audit_logs add column user_id uuid, add column campaign_id uuid;

-- Whom a record concerns, and which campaign it belongs to: one row. A subject never changes either.
-- Its names are bound here, and it becomes part of the statement that asks. What is no id is told by its
-- form, which the planner can look at before it reads a constant as an id.
create function audit_concern(subject text, subject_id text)
  returns table (user_id uuid, campaign_id uuid) language sql stable
begin atomic
  select found.user_id, found.campaign_id
  from (values (case when subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then subject_id::uuid end)) as about (id)
    left join lateral (
      select u.id, null::uuid from users u where subject = 'user' and u.id = about.id
      union all
      select c.client_id, c.id from campaigns c where subject = 'campaign' and c.id = about.id
      union all
      select t.worker_id, t.campaign_id from takes t where subject = 'take' and t.id = about.id
      union all
      select p.worker_id, p.campaign_id from task_proofs p
        where subject = 'proof' and p.id = about.id
      union all
      select b.worker_id, b.campaign_id from approval_batches b
        where subject = 'approvals' and b.id = about.id
      union all
      select d.user_id, null from deposits d where subject = 'deposit' and d.id = about.id
      union all
      select w.user_id, null from withdrawals w where subject = 'withdrawal' and w.id = about.id
      union all
      select t.user_id, null from wallet_transactions t
        where subject = 'transaction' and t.id = about.id
    ) as found (user_id, campaign_id) on true;
end;

create function audit_logs_name_their_concern() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  select c.user_id, c.campaign_id into new.user_id, new.campaign_id
    from audit_concern(new.subject, new.subject_id) c;
  return new;
end $$;
create trigger audit_logs_name_their_concern before insert on audit_logs
  for each row execute function audit_logs_name_their_concern();
revoke all on function audit_concern, audit_logs_name_their_concern from public;

-- What was written before has its columns filled once; nothing that a seal covers changes.
alter table audit_logs disable trigger audit_logs_append_only;
update audit_logs l set user_id = c.user_id, campaign_id = c.campaign_id
  from audit_logs o cross join lateral audit_concern(o.subject, o.subject_id) c
  where o.id = l.id and num_nonnulls(c.user_id, c.campaign_id) > 0;
alter table audit_logs enable trigger audit_logs_append_only;

-- AUD-3: what concerns a person, what belongs to a campaign, what somebody did, what is of a kind
create index audit_logs_of_user on audit_logs (user_id, subject, at, id)
  where user_id is not null;
create index audit_logs_of_campaign on audit_logs (campaign_id, subject, at, id)
  where campaign_id is not null;
create index audit_logs_by_actor on audit_logs (actor, subject, at, id);
create index audit_logs_by_subject on audit_logs (subject, at, id);
-- AUD-3: which campaigns somebody means by a link
create index campaigns_link on campaigns (link_key, created_at, id);

${forBotRole(`
    grant execute on function audit_concern to upah_bot;
`)}
`;
