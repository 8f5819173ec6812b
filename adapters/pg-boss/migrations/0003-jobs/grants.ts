/**
 * All that the bot's role needs: rows of jobs, queues and schedules. No DDL, no version to change,
 * and none of the functions that would run a given text. PostgreSQL lets everybody execute a new
 * function, so that is taken back first. Without that role (one DATABASE_URL) there is no grant.
 */
export const grants = `
revoke all on all functions in schema pgboss from public;
do $bot_role$
begin
  if exists (select from pg_roles where rolname = 'upah_bot') then
    grant usage on schema pgboss to upah_bot;
    grant execute on function pgboss.job_now, pgboss.create_queue to upah_bot;
    grant select on pgboss.version, pgboss.queue, pgboss.schedule, pgboss.job, pgboss.job_common,
      pgboss.job_dependency to upah_bot;
    grant update (cron_on, flow_on) on pgboss.version to upah_bot;
    grant insert, update on pgboss.queue, pgboss.job to upah_bot;
    grant delete on pgboss.job_dependency to upah_bot;
    grant insert, update, delete on pgboss.schedule, pgboss.job_common to upah_bot;
  end if;
end
$bot_role$;
`;
