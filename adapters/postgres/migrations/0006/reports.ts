import { forBotRole } from '../format.ts';

const days = `
-- RPT-1: who did something on which day of Jakarta, and when a person did so last. Of the days before
-- this release as much as is known from what people left behind.
alter table users add column acted_at timestamptz;
create table active_days (
  day timestamptz not null,
  user_id uuid not null references users,
  constraint active_days_pkey primary key (day, user_id)
);
create temporary table acted on commit drop as
  select created_at as at, id as user_id from users
  union all select taken_at, worker_id from takes
  union all select submitted_at, worker_id from task_proofs
  union all select decided_at, decided_by from proof_decisions
  union all select created_at, client_id from campaigns
  union all select created_at, user_id from deposits
  union all select created_at, user_id from withdrawals;
insert into active_days (day, user_id)
  select distinct date_bin('24 hours', at, '2000-01-01 00:00+07'), user_id from acted
  where at >= now() - interval '60 days';
update users u set acted_at = last.at
  from (select user_id, max(at) as at from acted group by user_id) last where last.user_id = u.id;
-- who was there within the last days, and who was not (ADM-5)
create index users_acted on users (acted_at, id);

-- Runs with the owner's rights: the bot says when, the database alone notes the day.
create function users_were_there() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into active_days (day, user_id)
    values (date_bin('24 hours', new.acted_at, '2000-01-01 00:00+07'), new.id)
    on conflict do nothing;
  return null;
end $$;
create trigger users_were_there after update of acted_at on users
  for each row when (new.acted_at is not null) execute function users_were_there();

-- RPT-1: what each day of Jakarta came to, noted once it was over, and how the sums of all time stood
-- at its end, so that no screen adds up the history.
create table daily_figures (
  day timestamptz not null,
  active_users integer not null,
  new_users integer not null,
  submitted integer not null,
  flagged integer not null,
  approved integer not null,
  rejected integer not null,
  review_minutes integer,
  rewards bigint not null,
  fees bigint not null,
  deposits bigint not null,
  withdrawals bigint not null,
  rewards_ever bigint not null,
  revenue bigint not null,
  outside bigint not null,
  constraint daily_figures_pkey primary key (day),
  constraint daily_figures_day_begins
    check (day = date_bin('24 hours', day, '2000-01-01 00:00+07'))
);
create trigger daily_figures_append_only before update or delete or truncate on daily_figures
  for each statement execute function refuse_change('RPT-1');

-- RPT-2: the mornings of which admins were told.
create table daily_reports (
  day timestamptz not null,
  told_at timestamptz not null,
  constraint daily_reports_pkey primary key (day)
);
create trigger daily_reports_append_only before update or delete or truncate on daily_reports
  for each statement execute function refuse_change('RPT-2');

-- Runs with the owner's rights, for the bot's role may delete nothing. What fourteen days of figures
-- still need stays, whatever the caller's clock says.
create function prune_active_days(before timestamptz, at_most integer) returns integer
  language plpgsql strict security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  removed integer;
begin
  delete from active_days a using (
      select o.day, o.user_id from active_days o
      where o.day < least(before, now() - interval '15 days')
      order by o.day, o.user_id limit at_most for update skip locked) old
    where a.day = old.day and a.user_id = old.user_id;
  get diagnostics removed = row_count;
  return removed;
end $$;
`;

const figures = `
-- RPT-1: what was sent on a day
create index task_proofs_sent on task_proofs (submitted_at, id);
-- RPT-1: what work was paid on a day, and taken back
create index wallet_transactions_work on wallet_transactions (type, created_at) include (amount)
  where type in ('task_reward', 'platform_fee', 'reversal');
-- what a worker has earned, from the index alone (ADM-3)
drop index wallet_transactions_earned;
create index wallet_transactions_earned on wallet_transactions (user_id, created_at)
  include (type, amount, id) where type in ('task_reward', 'reversal');
-- what an account's postings come to, from the index alone, also since a moment (WAL-11); what moved a
-- wallet, read from the end (ADM-3)
drop index postings_from_account;
create index postings_from_account on postings (from_account_id, created_at, transaction_id)
  include (amount);
drop index postings_to_account;
create index postings_to_account on postings (to_account_id, created_at, transaction_id)
  include (amount);
`;

const timelines = `
-- ADM-3: judgements by whose proof it was. The database alone says whose.
alter table proof_decisions add column worker_id uuid references users;
alter table proof_decisions disable trigger proof_decisions_append_only;
update proof_decisions d set worker_id = p.worker_id from task_proofs p where p.id = d.proof_id;
alter table proof_decisions enable trigger proof_decisions_append_only;
alter table proof_decisions alter column worker_id set not null;
create function proof_decisions_name_the_worker() returns trigger language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  new.worker_id := (select p.worker_id from task_proofs p where p.id = new.proof_id);
  return new;
end $$;
create trigger proof_decisions_name_the_worker before insert on proof_decisions
  for each row execute function proof_decisions_name_the_worker();

-- ADM-3: each of these is read from a moment on, newer or older, for one person
create index proof_decisions_worker on proof_decisions (worker_id, "order", decided_at, proof_id);
drop index task_proofs_worker;
create index task_proofs_worker on task_proofs (worker_id, submitted_at, id) include (status);
create index takes_worker on takes (worker_id, taken_at, id);
create index takes_worker_lost on takes (worker_id, ended_at, id)
  where status in ('expired', 'released', 'suspended');
create index deposits_user on deposits (user_id, created_at, id);
create index deposits_user_decided on deposits (user_id, decided_at, id)
  where decided_at is not null;
drop index withdrawals_user;
create index withdrawals_user on withdrawals (user_id, created_at, id);
create index withdrawals_user_decided on withdrawals (user_id, decided_at, id)
  where decided_at is not null;
create index audit_logs_standing on audit_logs (subject_id, at, id)
  where subject = 'user' and action in ('user.role', 'user.status');
`;

/** Who acted when, what each day came to, and each person's timeline (RPT-1, RPT-2, ADM-3). */
export const reports = `
${days}
${figures}
${timelines}
revoke all on function users_were_there, prune_active_days, proof_decisions_name_the_worker
  from public;
${forBotRole(`
    grant select on active_days to upah_bot;
    grant select, insert on daily_figures, daily_reports to upah_bot;
    grant update (acted_at) on users to upah_bot;
    grant execute on function prune_active_days to upah_bot;
`)}
`;
