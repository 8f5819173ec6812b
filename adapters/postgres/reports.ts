import {
  DAY_MS,
  invariant,
  plusMs,
  rupiah,
  startOfWibDay,
  type UserId,
} from '../../core/kernel/index.ts';
import type {
  DayFigures,
  MarketNow,
  PersonSums,
  ReportReader,
  WorkRecord,
} from '../../core/reports/index.ts';
import type { TrialBalance } from '../../core/wallet/index.ts';
import { countedDays, ONE_DAY, rewardsPaid } from './day-figures.ts';
import { fragment, known, type Sql } from './sql.ts';
import { readTimeline } from './timeline.ts';

/** Figures for admins: what is closed as it was noted, and what came since by index. */
export const createReportReader = (sql: Sql): ReportReader => ({
  now: (at) => marketNow(sql, at),
  days: async (first, at) => {
    const rows = await sql<DayRow>`
      with asked as (
        select * from generate_series(${first}::timestamptz, ${startOfWibDay(at)}::timestamptz,
          ${LENGTH}) as a (day)
      ), open as materialized (
        select day from asked where not exists (
          select from daily_figures c where c.day = asked.day)
      )
      select c.day, c.active_users, c.new_users, c.submitted, c.flagged, c.approved, c.rejected,
        c.review_minutes, c.rewards, c.fees, c.deposits, c.withdrawals, -c.outside as liability
      from daily_figures c where c.day >= ${first} and c.day <= ${at}
      union all ${COUNTED} order by day`;
    return rows.map(toDay);
  },
  balance: () => balance(sql),
  person: (user) => person(sql, user),
  timeline: (user, request) => readTimeline(sql, user, request),
});

const LENGTH = fragment(ONE_DAY);
const COUNTED = fragment(countedDays('open d'));

interface DayRow {
  readonly day: Date;
  readonly active_users: number;
  readonly new_users: number;
  readonly submitted: number;
  readonly flagged: number;
  readonly approved: number;
  readonly rejected: number;
  readonly review_minutes: number | null;
  readonly rewards: bigint;
  readonly fees: bigint;
  readonly deposits: bigint;
  readonly withdrawals: bigint;
  readonly liability: bigint;
}

const toDay = (row: DayRow): DayFigures => ({
  day: row.day,
  activeUsers: row.active_users,
  newUsers: row.new_users,
  submitted: row.submitted,
  flagged: row.flagged,
  approved: row.approved,
  rejected: row.rejected,
  reviewMinutes: row.review_minutes,
  rewards: rupiah(row.rewards),
  fees: rupiah(row.fees),
  deposits: rupiah(row.deposits),
  withdrawals: rupiah(row.withdrawals),
  liability: rupiah(row.liability),
});

/** The sums of all time with the last closed day, and until when; from the beginning before it. */
const CLOSED = fragment(`
  select coalesce(max(c.day) + ${ONE_DAY}, '-infinity') as until,
    coalesce(max(c.rewards_ever), 0) as rewards_ever
  from (select * from daily_figures order by day desc limit 1) c`);

const UNTIL = '(select until from closed)';
const REWARDS = fragment(rewardsPaid(UNTIL));

const ACTIVE_DAYS = 7;

interface NowRow extends Pick<MarketNow, 'activeUsers' | 'users' | 'runningCampaigns'> {
  readonly rewards: bigint;
  readonly proofs: number;
  readonly oldestProof: Date | null;
  readonly deposits: number;
  readonly oldestDeposit: Date | null;
  readonly withdrawals: number;
  readonly oldestWithdrawal: Date | null;
}

const marketNow = async (sql: Sql, at: Date): Promise<MarketNow> => {
  const since = plusMs(startOfWibDay(at), -(ACTIVE_DAYS - 1) * DAY_MS);
  const [now] = await sql<NowRow>`
    with closed as materialized (${CLOSED})
    select
      (select count(*)::int from users where acted_at >= ${since}) as "activeUsers",
      (select count(*)::int from users) as users,
      (select count(*)::int from campaigns where status = 'active') as "runningCampaigns",
      (select rewards_ever from closed) + ${REWARDS} as rewards,
      p.count as proofs, p.oldest as "oldestProof", d.count as deposits,
      d.oldest as "oldestDeposit", w.count as withdrawals, w.oldest as "oldestWithdrawal"
    from
      (select sum(proofs_waiting)::int as count, (
          select submitted_at from task_proofs where status = 'pending'
          order by submitted_at, id limit 1) as oldest from tallies) p,
      (select count(*)::int, min(created_at) as oldest from deposits where status = 'pending') d,
      (select count(*)::int, min(created_at) as oldest from withdrawals
        where status = 'pending') w`;
  invariant(now, 'a row of sub-selects is always one row');
  return {
    activeUsers: now.activeUsers,
    users: now.users,
    runningCampaigns: now.runningCampaigns,
    rewardsPaid: rupiah(now.rewards),
    proofs: { count: now.proofs, oldest: now.oldestProof },
    deposits: { count: now.deposits, oldest: now.oldestDeposit },
    withdrawals: { count: now.withdrawals, oldest: now.oldestWithdrawal },
  };
};

/** In one statement: both sides of it are of one moment. */
const balance = async (sql: Sql): Promise<TrialBalance> => {
  const [sums] = await sql<Record<keyof TrialBalance, bigint>>`
    select sum(wallets)::bigint as wallets, sum(holds)::bigint as holds,
      sum(escrows)::bigint as escrows, sum(revenue)::bigint as revenue,
      sum(outside)::bigint as outside
    from tallies`;
  invariant(sums, 'an aggregate is always one row');
  return {
    wallets: rupiah(sums.wallets),
    holds: rupiah(sums.holds),
    escrows: rupiah(sums.escrows),
    revenue: rupiah(sums.revenue),
    outside: rupiah(sums.outside),
  };
};

interface PersonRow extends WorkRecord {
  readonly toppedUp: bigint;
  readonly withdrawn: bigint;
  readonly campaigns: number;
  readonly inEscrow: bigint;
}

const person = async (sql: Sql, user: UserId): Promise<PersonSums> => {
  const [row] = await sql<PersonRow>`
    select
      count(*) filter (where status = 'approved')::int as approved,
      count(*) filter (where status = 'rejected')::int as rejected,
      count(*) filter (where status = 'pending')::int as waiting,
      (select coalesce(sum(credited), 0)::bigint from deposits
        where user_id = ${known(user)} and status = 'approved') as "toppedUp",
      (select coalesce(sum(amount), 0)::bigint from withdrawals
        where user_id = ${known(user)} and status = 'paid') as withdrawn,
      (select count(*)::int from campaigns where client_id = ${known(user)}) as campaigns,
      (select coalesce(sum(a.balance), 0)::bigint from campaigns c
        join accounts a on a.kind = 'escrow' and a.owner_id = c.id
        where c.client_id = ${known(user)}) as "inEscrow"
    from task_proofs where worker_id = ${known(user)}`;
  invariant(row, 'an aggregate is always one row');
  const { approved, rejected, waiting, toppedUp, withdrawn, campaigns, inEscrow } = row;
  return {
    work: { approved, rejected, waiting },
    toppedUp: rupiah(toppedUp),
    withdrawn: rupiah(withdrawn),
    campaigns,
    inEscrow: rupiah(inEscrow),
  };
};
