import { forBotRole } from '../format.ts';
import { BY_KEYS } from './by-keys.ts';

/**
 * Deciding proofs in two round trips, one or a hundred of them. `lock_cases` runs with the owner's
 * rights: locking an account asks for a right to update it, which the bot does not have.
 *
 * Takes are not locked: one that is under review, or was paid, changes only under the lock of its
 * proof.
 */

/** Of rows that come as JSON the planner expects a hundred, and would read whole tables for one. */
const ROW_BY_ROW = `${BY_KEYS} set enable_hashjoin = off set enable_mergejoin = off`;

const locking = `
create function lock_cases(wanted uuid[], of_admin uuid, to_pay boolean)
  returns table (
    id uuid, take_id uuid, task_id uuid, campaign_id uuid, worker_id uuid, status text,
    submitted_at timestamptz, file_path text, file_sha256_received text, file_sha256_stored text,
    file_perceptual_hash text, file_size bigint, file_type text, file_channel_id text,
    opened_by uuid, open_until timestamptz,
    client_id uuid, kind text, link_target text, link_key text, link_platform text,
    link_version integer, instructions text, price_per_task bigint, fee_per_task bigint,
    target_total integer, completed_count integer, closed_count integer, campaign_status text,
    paused_by text, status_reason text, campaign_created_at timestamptz,
    take_kind text, take_link_key text, take_status text, taken_at timestamptz,
    deadline timestamptz, ended_at timestamptz,
    is_flagged boolean, last_verdict text, last_by uuid, last_at timestamptz, balance bigint,
    admin_id uuid, telegram_id bigint, username text, display_name text, language text, role text,
    former_role text, permissions text[], admin_status text, suspension_reason text,
    suspended_by text, suspended_at timestamptz, terms_version integer, created_at timestamptz,
    acted_at timestamptz, unreachable_since timestamptz, frozen_since timestamptz)
  language plpgsql security definer ${ROW_BY_ROW} as $$
begin
  perform from task_proofs p where p.id = any(wanted) order by p.id for no key update;
  perform from campaigns c
    where c.id = any(array(select p.campaign_id from task_proofs p where p.id = any(wanted)))
    order by c.id for no key update; -- NO KEY: the check of a new take's foreign key does not wait
  if to_pay then
    perform from accounts a
      where a.id = any(array(
        select w.wallet_account_id from task_proofs p join wallets w on w.user_id = p.worker_id
          where p.id = any(wanted)
        union all
        select e.id from task_proofs p
            join accounts e on e.kind = 'escrow' and e.owner_id = p.campaign_id
          where p.id = any(wanted)))
      order by a.id for no key update;
  end if;
  return query
    select p.id, p.take_id, p.task_id, p.campaign_id, p.worker_id, p.status, p.submitted_at,
      p.file_path, p.file_sha256_received, p.file_sha256_stored, p.file_perceptual_hash,
      p.file_size, p.file_type, p.file_channel_id, p.opened_by, p.open_until,
      c.client_id, c.kind, c.link_target, c.link_key, c.link_platform, c.link_version,
      c.instructions, c.price_per_task, c.fee_per_task, c.target_total, c.completed_count,
      c.closed_count, c.status, c.paused_by, c.status_reason, c.created_at,
      t.kind, t.link_key, t.status, t.taken_at, t.deadline, t.ended_at,
      exists (select from proof_flags f where f.proof_id = p.id),
      d.verdict, d.decided_by, d.decided_at, b.balance,
      u.id, u.telegram_id, u.username, u.display_name, u.language, u.role, u.former_role,
      u.permissions, u.status, u.suspension_reason, u.suspended_by, u.suspended_at,
      u.terms_version, u.created_at, u.acted_at, u.unreachable_since,
      (select z.begun_at from freezes z where z.lifted_at is null)
    from unnest(wanted) with ordinality as one (id, place)
      left join task_proofs p on p.id = one.id
      left join campaigns c on c.id = p.campaign_id
      left join takes t on t.id = p.take_id
      left join wallets w on w.user_id = p.worker_id
      left join accounts b on b.id = w.wallet_account_id
      left join lateral (select l.verdict, l.decided_by, l.decided_at from proof_decisions l
        where l.proof_id = p.id order by l."order" desc limit 1) d on true
      left join users u on u.id = of_admin
    order by one.place;
end $$;
`;

/** Every table once, whatever the number of proofs. */
const writing = `
-- How many of these decisions were made: of the first one of a proof, or the one reversal of it.
create function judge_proofs(decisions json) returns integer language plpgsql
  ${ROW_BY_ROW} as $$
declare
  made integer;
begin
  with judged as (
    insert into proof_decisions (proof_id, "order", verdict, decided_by, reason, take_id, decided_at)
      select d.proof_id, d."order", d.verdict, d."by", d.reason, d.take_id, d.at
      from json_to_recordset(decisions) as d (proof_id uuid, "order" text, verdict text, "by" uuid,
        reason text, take_id uuid, at timestamptz)
    on conflict (proof_id, "order") do nothing returning proof_id, verdict, "order"
  )
  update task_proofs p set status = judged.verdict from judged
    where p.id = judged.proof_id and (judged."order" = 'reversal')
      = exists (select from proof_decisions earlier where earlier.proof_id = p.id);
  get diagnostics made = row_count;
  return made;
end $$;

-- What is written where proofs are paid; as post_transactions it answers 'posted' or 'known' for each
-- transaction. Campaigns come by id.
create function settle_proofs(decisions json, ended json, counted json, audit json, messages json,
  ids uuid[], types text[], of_users uuid[], totals bigint[], reference_kinds text[],
  reference_ids uuid[], keys text[], fingerprints text[], made_by text, made_at timestamptz,
  posting_of uuid[], from_kinds text[], from_owners uuid[], to_kinds text[], to_owners uuid[],
  amounts bigint[]) returns text[] language plpgsql ${ROW_BY_ROW} as $$
declare
  moved integer;
  outcomes text[];
begin
  with approved as (
    update takes t set status = 'approved', ended_at = e.at
      from json_to_recordset(ended) as e (id uuid, at timestamptz)
      where t.id = e.id and t.status = 'pending_review' returning t.id, t.task_id
  )
  update tasks k set status = 'approved' from approved
    where k.id = approved.task_id and k.take_id = approved.id;
  get diagnostics moved = row_count;
  if moved <> json_array_length(ended) then
    raise exception 'REV-3: a take is not under review, or not the current one of its slot: %', ended;
  end if;
  if judge_proofs(decisions) <> json_array_length(decisions) then
    raise exception 'REV-4: a proof has this decision, or not its first: %', decisions;
  end if;
  update campaigns c set completed_count = c.completed_count + n.approved, status = n.status,
      paused_by = n.paused_by, status_reason = n.status_reason
    from json_to_recordset(counted) as n (id uuid, approved integer, status text, paused_by text,
      status_reason text)
    where c.id = n.id;
  outcomes := post_transactions(ids, types, of_users, totals, reference_kinds, reference_ids, keys,
    fingerprints, made_by, made_at, posting_of, from_kinds, from_owners, to_kinds, to_owners, amounts);
  insert into audit_logs (actor, action, subject, subject_id, "before", "after", at)
    select l.actor, l.action, l.subject, l.subject_id, l."before", l."after", l.at
    from json_to_recordset(audit) as l (actor text, action text, subject text, subject_id text,
      "before" jsonb, "after" jsonb, at timestamptz);
  with away as materialized (
    select u.id, u.unreachable_since as since from users u
    where u.id = any(array(select (m ->> 'to_user')::uuid from json_array_elements(messages) m))
      and u.unreachable_since is not null
    order by u.id for share
  )
  insert into outbox (id, to_user, kind, payload, dedupe_key, priority, not_before, due_at,
      created_at, state, settled_at)
    select m.id, m.to_user, m.kind, m.payload, m.dedupe_key, m.priority, m.not_before, m.not_before,
      m.created_at, case when away.since is null then 'waiting' else 'dropped' end,
      case when away.since is not null then greatest(away.since, m.created_at) end
    from json_to_recordset(messages) as m (id uuid, to_user uuid, kind text, payload json,
        dedupe_key text, priority smallint, not_before timestamptz, created_at timestamptz)
      left join away on away.id = m.to_user
    on conflict (dedupe_key) do nothing;
  return outcomes;
end $$;
revoke all on function lock_cases, judge_proofs, settle_proofs from public;
`;

export const settle = `
${locking}
${writing}
${forBotRole(`
  grant execute on function lock_cases, judge_proofs, settle_proofs to upah_bot;
`)}
`;
