import type {
  Campaign,
  CampaignRepo,
  CampaignWithProgress,
  PausedBy,
  Progress,
  SlotRepo,
} from '../../core/campaigns/index.ts';
import {
  invariant,
  rupiah,
  type CampaignId,
  type PageRequest,
  type TaskKind,
  type UserId,
} from '../../core/kernel/index.ts';
import { readPage } from './paging.ts';
import { known, type Sql } from './sql.ts';

export interface CampaignRow {
  readonly id: CampaignId;
  readonly client_id: UserId;
  readonly kind: TaskKind;
  readonly link_target: string;
  readonly link_key: string;
  readonly link_platform: string;
  readonly link_version: number;
  readonly instructions: string | null;
  readonly price_per_task: bigint;
  readonly fee_per_task: bigint;
  readonly target_total: number;
  readonly completed_count: number;
  readonly closed_count: number;
  readonly status: Campaign['status'];
  readonly paused_by: PausedBy | null;
  readonly status_reason: string | null;
  readonly created_at: Date;
}

/** Campaigns, each with its escrow account. */
export const createCampaignRepo = (sql: Sql): CampaignRepo => ({
  add: async (campaign) => {
    insertCampaign(sql, campaign);
  },
  find: async (id) => (await campaignsById(sql, [id])).get(id),
  lock: async (id, mode) => {
    // NO KEY: a foreign key's check of a new slot or take must not wait for us.
    const [row] =
      mode === 'change'
        ? await sql<CampaignRow>`
            select * from campaigns where id = ${known(id)} for no key update`
        : await sql<CampaignRow>`select * from campaigns where id = ${known(id)} for share`;
    return row && toCampaign(row);
  },
  save: async (campaign) => {
    const saved = await sql`
      update campaigns set status = ${campaign.status}, paused_by = ${pausedByOf(campaign)},
        status_reason = ${reasonOf(campaign)}, target_total = ${campaign.targetTotal}
      where id = ${campaign.id} returning id`;
    invariant(saved.length === 1, `campaign ${campaign.id} is not stored`);
  },
  settle: async (id, { completed, closed }) => {
    const [row] = await sql<CampaignRow>`
      update campaigns set completed_count = completed_count + ${completed}::integer,
        closed_count = closed_count + ${closed}::integer
      where id = ${id} returning *`;
    invariant(row, `campaign ${id} is not stored`);
    return toCampaign(row);
  },
  listOf: (client, page) => listOf(sql, client, page),
  lockOpenOf: async (client) => {
    const rows = await sql<CampaignRow>`
      select * from campaigns where client_id = ${known(client)} and status in ('active', 'paused')
      order by id for no key update`;
    return rows.map(toCampaign);
  },
});

const insertCampaign = (sql: Sql, campaign: Campaign) => sql.later`
  with escrow as (
    insert into accounts (id, kind, owner_id) values (uuidv7(), 'escrow', ${campaign.id}::uuid)
  )
  insert into campaigns (id, client_id, kind, link_target, link_key, link_platform, link_version,
    instructions, price_per_task, fee_per_task, target_total, completed_count, closed_count, status,
    paused_by, status_reason, created_at)
  values (${campaign.id}::uuid, ${campaign.clientId}, ${campaign.kind}, ${campaign.link.target},
    ${campaign.link.key}, ${campaign.link.platform}, ${campaign.link.version},
    ${campaign.instructions}, ${campaign.pricePerTask}, ${campaign.feePerTask},
    ${campaign.targetTotal}, ${campaign.completedCount}, ${campaign.closedCount},
    ${campaign.status}, ${pausedByOf(campaign)}, ${reasonOf(campaign)}, ${campaign.createdAt})`;

const listOf = (sql: Sql, client: UserId, page: PageRequest) =>
  readPage<CampaignWithProgress>(page, {
    count: () => sql`
      select count(*)::int as total from campaigns where client_id = ${known(client)}`,
    items: async (limit, offset) => {
      const rows = await sql<CampaignRow>`
        select * from campaigns where client_id = ${known(client)}
        order by created_at desc, id desc limit ${limit} offset ${offset}`;
      const progress = await progressOf(
        sql,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => ({
        campaign: toCampaign(row),
        progress: progress.get(row.id) ?? NOTHING_YET,
      }));
    },
  });

/** Several campaigns in one look; why the ids are a sub-select says `usersById`. */
export const campaignsById = async (
  sql: Sql,
  ids: readonly CampaignId[],
): Promise<ReadonlyMap<CampaignId, Campaign>> => {
  const rows = await sql<CampaignRow>`
    select * from campaigns where id = any(array(select unnest(${ids.map(known)}::uuid[])))`;
  return new Map(rows.map((row) => [row.id, toCampaign(row)]));
};

/** Slots in bulk: one statement, whatever their number. */
export const createSlotRepo = (sql: Sql): SlotRepo => ({
  open: async ({ id }, count) => {
    // uuidv7() grows within a connection, so ids and numbers have the same order.
    sql.later`
      insert into tasks (id, campaign_id, number, status)
      select uuidv7(), ${id}::uuid, last.number + place, 'available'
      from (select coalesce(max(number), 0) as number from tasks where campaign_id = ${id}) last,
        generate_series(1, ${count}::integer) place`;
  },
  closeAvailable: async (id) => {
    const [closed] = await sql<{ count: number }>`
      with free as materialized (
        select id from tasks where campaign_id = ${known(id)} and status = 'available'
        order by id for no key update
      ), closed as (
        update tasks set status = 'closed' from free where tasks.id = free.id
          and tasks.status = 'available' returning tasks.id
      )
      select count(*)::int as count from closed`;
    return closed?.count ?? 0;
  },
  progress: async (id) => (await progressOf(sql, [id])).get(id) ?? NOTHING_YET,
});

/** A campaign without a single slot. */
export const NOTHING_YET: Progress = {
  available: 0,
  taken: 0,
  underReview: 0,
  approved: 0,
  closed: 0,
  rejections: 0,
};

export const progressOf = async (
  sql: Sql,
  ids: readonly CampaignId[],
): Promise<ReadonlyMap<CampaignId, Progress>> => {
  const rows = await sql<Progress & { id: CampaignId }>`
    select campaign_id as id,
      count(*) filter (where status = 'available')::int as available,
      count(*) filter (where status = 'taken')::int as taken,
      count(*) filter (where status = 'pending_review')::int as "underReview",
      count(*) filter (where status = 'approved')::int as approved,
      count(*) filter (where status = 'closed')::int as closed,
      (select count(*)::int from task_proofs p
        where p.campaign_id = tasks.campaign_id and p.status = 'rejected') as rejections
    from tasks where campaign_id = any(${ids.map(known)}::uuid[]) group by campaign_id`;
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
};

export const pausedByOf = (campaign: Campaign): PausedBy | null =>
  campaign.status === 'paused' ? campaign.pausedBy : null;

export const reasonOf = (campaign: Campaign): string | null =>
  'reason' in campaign ? campaign.reason : null;

const lifeOf = ({ status, paused_by: pausedBy, status_reason: reason }: CampaignRow) => {
  if (status === 'deleted') return { status, reason };
  if (status !== 'paused') return { status };
  invariant(pausedBy !== null, 'the database keeps who paused');
  return { status, pausedBy, reason };
};

export const toCampaign = (row: CampaignRow): Campaign => ({
  ...lifeOf(row),
  id: row.id,
  clientId: row.client_id,
  kind: row.kind,
  link: {
    target: row.link_target,
    key: row.link_key,
    platform: row.link_platform,
    version: row.link_version,
  },
  instructions: row.instructions,
  pricePerTask: rupiah(row.price_per_task),
  feePerTask: rupiah(row.fee_per_task),
  targetTotal: row.target_total,
  completedCount: row.completed_count,
  closedCount: row.closed_count,
  createdAt: row.created_at,
});
