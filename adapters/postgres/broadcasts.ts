import type {
  Broadcast,
  BroadcastReport,
  BroadcastRepo,
  Outcome,
  NextRecipient,
  ReachOfEach,
} from '../../core/broadcasts/index.ts';
import { invariant, type BroadcastId, type UserId } from '../../core/kernel/index.ts';
import { readPage } from './paging.ts';
import { fragment, known, type Sql } from './sql.ts';

interface BroadcastRow {
  readonly id: BroadcastId;
  readonly admin_id: UserId;
  readonly audience: Broadcast['audience'];
  readonly text: string;
  readonly photo: string | null;
  readonly status: Broadcast['status'];
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly changed_by: UserId | null;
  readonly told_at: Date | null;
  readonly shown_in: bigint | null;
}

interface ReportRow extends BroadcastRow {
  readonly by_name: string;
  readonly recipients: number;
  readonly sent: number;
  readonly blocked: number;
  readonly failed: number;
  readonly canceled: number;
}

/** Which active people are addressed; none of this comes from outside. */
const ADDRESSED = {
  all: fragment('true'),
  clients: fragment(`u.role = 'client'`),
  workers: fragment(`u.role = 'worker'`),
  inactive: fragment('coalesce(u.acted_at, u.created_at) < since'),
} as const;

interface ReachRow {
  readonly everybody: number;
  readonly gone: number;
  readonly clients: number;
  readonly clients_gone: number;
  readonly workers: number;
  readonly workers_gone: number;
  readonly inactive: number;
  readonly inactive_gone: number;
}

/** Broadcasts with their recipients. */
export const createBroadcastRepo = (sql: Sql): BroadcastRepo => ({
  reach: (inactiveSince) => reachOfEach(sql, inactiveSince),
  add: (broadcast, inactiveSince) => insert(sql, broadcast, inactiveSince),
  report: async (id) => {
    const [row] = await sql<ReportRow>`
      select b.*, u.display_name as by_name
      from broadcasts b join users u on u.id = b.admin_id where b.id = ${known(id)}`;
    return row && toReport(row);
  },
  page: (asked) =>
    readPage(asked, {
      count: () => sql`select count(*)::int as total from broadcasts`,
      items: async (limit, offset) => {
        const rows = await sql<ReportRow>`
          select b.*, u.display_name as by_name
          from broadcasts b join users u on u.id = b.admin_id
          order by b.created_at desc, b.id desc limit ${limit} offset ${offset}`;
        return rows.map(toReport);
      },
    }),
  open: async () => {
    const [row] = await sql<{ id: BroadcastId }>`select id from broadcasts where ended_at is null`;
    return row?.id;
  },
  lock: async (id) => {
    const [row] = await sql<BroadcastRow>`
      select * from broadcasts where id = ${known(id)} for no key update`;
    return row && toBroadcast(row);
  },
  ...writesOn(sql),
});

/** Everybody is looked at once. */
const reachOfEach = async (sql: Sql, inactiveSince: Date): Promise<ReachOfEach> => {
  const { clients, workers, inactive } = ADDRESSED;
  const [reach] = await sql<ReachRow>`
    select count(*)::int as everybody, count(gone)::int as gone,
      count(*) filter (where ${clients})::int as clients,
      count(gone) filter (where ${clients})::int as clients_gone,
      count(*) filter (where ${workers})::int as workers,
      count(gone) filter (where ${workers})::int as workers_gone,
      count(*) filter (where ${inactive})::int as inactive,
      count(gone) filter (where ${inactive})::int as inactive_gone
    from (select u.*, u.unreachable_since as gone, ${inactiveSince}::timestamptz as since
      from users u where u.status = 'active') u`;
  invariant(reach, 'an aggregate is always one row');
  return {
    all: { recipients: reach.everybody, blocked: reach.gone },
    clients: { recipients: reach.clients, blocked: reach.clients_gone },
    workers: { recipients: reach.workers, blocked: reach.workers_gone },
    inactive: { recipients: reach.inactive, blocked: reach.inactive_gone },
  };
};

/** Two at once stand in a row at the index of the one that is open. */
const insert = async (
  sql: Sql,
  { id, adminId, audience, text, photo, status, createdAt }: Broadcast,
  inactiveSince: Date,
): Promise<boolean> => {
  const added = await sql`
    with people as materialized (
      select u.id, u.unreachable_since is not null as is_blocked
      from users u, (values (${inactiveSince}::timestamptz)) as known (since)
      where u.status = 'active' and ${ADDRESSED[audience]}
    ), added as (
      insert into broadcasts (id, admin_id, audience, text, photo, status, created_at, recipients,
        blocked)
      select ${id}::uuid, ${adminId}::uuid, ${audience}, ${text}, ${photo}::text, ${status},
        ${createdAt}::timestamptz, count(*), count(*) filter (where is_blocked)
      from people on conflict do nothing returning id
    ), listed as (
      insert into broadcast_recipients (broadcast_id, user_id, state)
      select a.id, p.id, case when p.is_blocked then 'blocked' else 'waiting' end
      from added a cross join people p
    )
    select id from added`;
  return added.length === 1;
};

type Writes = 'save' | 'waiting' | 'queued' | 'queue' | 'unqueue' | 'settle' | 'cancelWaiting';

const writesOn = (sql: Sql): Pick<BroadcastRepo, Writes> => ({
  save: async ({ id, status, endedAt, changedBy, toldAt, shownIn }) => {
    await sql`
      update broadcasts set status = ${status}, ended_at = ${endedAt}, changed_by = ${changedBy},
        told_at = ${toldAt}, shown_in = ${shownIn}
      where id = ${id}`;
  },
  waiting: (id, limit) => sql<NextRecipient>`
    select r.user_id as "userId", u.status = 'suspended' as "isSuspended"
    from broadcast_recipients r join users u on u.id = r.user_id
    where r.broadcast_id = ${id} and r.state = 'waiting' order by r.user_id limit ${limit}`,
  queued: (id) =>
    peopleOf(sql`
    select user_id from broadcast_recipients
    where broadcast_id = ${id} and state = 'queued' order by user_id`),
  queue: async (id, people) => {
    const moved = await sql`
      update broadcast_recipients set state = 'queued'
      where broadcast_id = ${id} and user_id = any(${people}::uuid[]) and state = 'waiting'
      returning user_id`;
    invariant(moved.length === people.length, 'only who waits is queued');
  },
  unqueue: async (id, people) => {
    const moved = await sql`
      update broadcast_recipients set state = 'waiting'
      where broadcast_id = ${id} and user_id = any(${people}::uuid[]) and state = 'queued'
      returning user_id`;
    invariant(moved.length === people.length, 'only who is queued waits again');
  },
  settle: (id, outcomes) => settle(sql, id, outcomes),
  cancelWaiting: async (id) => {
    await sql`
      with left_out as (
        update broadcast_recipients set state = 'canceled'
        where broadcast_id = ${id} and state = 'waiting' returning user_id)
      update broadcasts set canceled = canceled + (select count(*) from left_out)
      where id = ${id}`;
  },
});

const peopleOf = async (rows: Promise<object[]>): Promise<readonly UserId[]> =>
  ((await rows) as { user_id: UserId }[]).map(({ user_id: id }) => id);

/** Each is counted where it is noted, in one statement. */
const settle = async (sql: Sql, id: BroadcastId, outcomes: readonly Outcome[]): Promise<void> => {
  if (outcomes.length === 0) return;
  const [settled] = await sql<{ people: number }>`
    with settled as (
      update broadcast_recipients r set state = o.outcome
      from unnest(${outcomes.map(({ userId }) => userId)}::uuid[],
        ${outcomes.map(({ outcome }) => outcome)}::text[]) as o (user_id, outcome)
      where r.broadcast_id = ${id} and r.user_id = o.user_id and r.state = 'queued'
      returning r.state
    ), counted as (
      select count(*) filter (where state = 'sent') as sent,
        count(*) filter (where state = 'blocked') as blocked,
        count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'canceled') as canceled, count(*)::int as people
      from settled)
    update broadcasts b set sent = b.sent + c.sent, blocked = b.blocked + c.blocked,
      failed = b.failed + c.failed, canceled = b.canceled + c.canceled
    from counted c where b.id = ${id} returning c.people`;
  invariant(settled?.people === outcomes.length, 'only what was queued is settled, once');
};

const toBroadcast = (row: BroadcastRow): Broadcast => ({
  id: row.id,
  adminId: row.admin_id,
  audience: row.audience,
  text: row.text,
  photo: row.photo,
  status: row.status,
  createdAt: row.created_at,
  endedAt: row.ended_at,
  changedBy: row.changed_by,
  toldAt: row.told_at,
  shownIn: row.shown_in === null ? null : Number(row.shown_in),
});

const toReport = (row: ReportRow): BroadcastReport => {
  const { recipients, sent, blocked, failed, canceled } = row;
  return {
    broadcast: toBroadcast(row),
    by: { id: row.admin_id, displayName: row.by_name },
    progress: {
      recipients,
      sent,
      blocked,
      failed,
      canceled,
      waiting: recipients - sent - blocked - failed - canceled,
    },
  };
};
