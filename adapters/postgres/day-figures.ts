/**
 * SQL of what a day of Jakarta came to, the same for a day that is noted and for one that is counted
 * on the spot. Constants only; a bound is the text of a column or a literal of ours.
 */

const REVENUE = `'00000000-0000-0000-0000-000000000001'`;
const OUTSIDE = `'00000000-0000-0000-0000-000000000002'`;
/** The beginning of the day after: no daylight saving in Jakarta, whatever the session's zone. */
export const ONE_DAY = `interval '24 hours'`;

/** What an account's postings of that time come to; without `until` up to now. */
const movedOf = (account: string, from: string, until?: string): string => {
  const within = `p.created_at >= ${from}${until ? ` and p.created_at < ${until}` : ''}`;
  return `(
    (select coalesce(sum(p.amount), 0) from postings p
      where p.to_account_id = ${account} and ${within})
    - (select coalesce(sum(p.amount), 0) from postings p
      where p.from_account_id = ${account} and ${within}))::bigint`;
};
export const outsideMoved = (from: string, until?: string): string => movedOf(OUTSIDE, from, until);
export const revenueMoved = (from: string, until?: string): string => movedOf(REVENUE, from, until);

/** Rewards paid in that time less what reversals took out of workers' wallets. */
export const rewardsPaid = (from: string, until?: string): string => {
  const within = `t.created_at >= ${from}${until ? ` and t.created_at < ${until}` : ''}`;
  return `(
    (select coalesce(sum(t.amount), 0) from wallet_transactions t
      where t.type = 'task_reward' and ${within})
    - (select coalesce(sum(p.amount), 0) from wallet_transactions t
      join postings p on p.transaction_id = t.id and p.from_account_id <> ${REVENUE}
      where t.type = 'reversal' and ${within}))::bigint`;
};

/** Fees of tasks and of withdrawals less what reversals gave back. */
const feesReceived = (from: string, until: string): string => `(
  (select coalesce(sum(t.amount), 0) from wallet_transactions t
    where t.type = 'platform_fee' and t.created_at >= ${from} and t.created_at < ${until})
  + (select coalesce(sum(w.fee), 0) from withdrawals w
    where w.status = 'paid' and w.decided_at >= ${from} and w.decided_at < ${until})
  - (select coalesce(sum(p.amount), 0) from wallet_transactions t
    join postings p on p.transaction_id = t.id and p.from_account_id = ${REVENUE}
    where t.type = 'reversal' and t.created_at >= ${from} and t.created_at < ${until}))::bigint`;

/** The figures of each `d.day` of a relation `d`, beside it. */
const DAY_COUNTED = `
  (select count(*)::int from active_days a where a.day = d.day) as active_users,
  (select count(*)::int from users u
    where u.created_at >= d.day and u.created_at < d.day + ${ONE_DAY}) as new_users,
  sent.submitted, sent.flagged, judged.approved, judged.rejected, judged.review_minutes,
  ${rewardsPaid('d.day', `d.day + ${ONE_DAY}`)} as rewards,
  ${feesReceived('d.day', `d.day + ${ONE_DAY}`)} as fees,
  (select coalesce(sum(x.credited), 0)::bigint from deposits x where x.status = 'approved'
    and x.decided_at >= d.day and x.decided_at < d.day + ${ONE_DAY}) as deposits,
  (select coalesce(sum(x.amount), 0)::bigint from withdrawals x where x.status = 'paid'
    and x.decided_at >= d.day and x.decided_at < d.day + ${ONE_DAY}) as withdrawals`;

const SENT_AND_JUDGED = `
  cross join lateral (
    select count(*)::int as submitted, count(*) filter (where exists (
        select from proof_flags f where f.proof_id = s.id))::int as flagged
    from task_proofs s where s.submitted_at >= d.day and s.submitted_at < d.day + ${ONE_DAY}) sent
  cross join lateral (
    select count(*) filter (where j.verdict = 'approved')::int as approved,
      count(*) filter (where j.verdict = 'rejected')::int as rejected,
      percentile_disc(0.5) within group (
        order by floor(extract(epoch from j.decided_at - s.submitted_at) / 60)::int)
        as review_minutes
    from proof_decisions j join task_proofs s on s.id = j.proof_id
    where j."order" = 'first' and j.decided_at >= d.day and j.decided_at < d.day + ${ONE_DAY}
    ) judged`;

/** How the sums of all time stood with the last day closed before `d.day`, and until when. */
const BEFORE = `
  left join lateral (
    select c.day + ${ONE_DAY} as until, c.rewards_ever, c.revenue, c.outside
    from daily_figures c where c.day < d.day order by c.day desc limit 1) before on true`;
const REST_FROM = `coalesce(before.until, '-infinity')`;
const DAY_END = `d.day + ${ONE_DAY}`;
const OUTSIDE_AFTER = `coalesce(before.outside, 0) + ${outsideMoved(REST_FROM, DAY_END)}`;

/** Days as they are counted now: of `$1`, where `d` comes from. */
export const countedDays = (d: string): string => `
  select d.day, ${DAY_COUNTED}, -(${OUTSIDE_AFTER}) as liability
  from ${d} ${SENT_AND_JUDGED} ${BEFORE}`;

/** A day as it is noted, in the order of the table's columns. */
export const notedDay = (d: string): string => `
  select d.day, ${DAY_COUNTED},
    coalesce(before.rewards_ever, 0) + ${rewardsPaid(REST_FROM, DAY_END)} as rewards_ever,
    coalesce(before.revenue, 0) + ${revenueMoved(REST_FROM, DAY_END)} as revenue,
    ${OUTSIDE_AFTER} as outside
  from ${d} ${SENT_AND_JUDGED} ${BEFORE}`;
