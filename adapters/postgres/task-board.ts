import { askTogether, invariant, type CampaignId, type UserId } from '../../core/kernel/index.ts';
import type { DuePage, DueTake, Offer, TaskBoard } from '../../core/tasks/index.ts';
import { campaignsById } from './campaigns.ts';
import { readPage } from './paging.ts';
import { pastPage } from './past-tasks.ts';
import { holdersPage } from './slot-holders.ts';
import { fragment, known, type Sql } from './sql.ts';
import { DONE_OR_UNDER_WAY } from './task-wishes.ts';
import { viewsOf, type TakeRow } from './tasks.ts';

/**
 * Active campaigns with slots that the worker `w`, a table of one row, may take (TSK-2), fewer than
 * `w.rejections_max` of whose rejections stand: a reversed one is another state of take or proof
 * (TSK-6).
 */
const OPEN_TO_WORKER = fragment(`
  campaigns c where c.status = 'active' and c.client_id <> w.id
    and exists (select from tasks t where t.campaign_id = c.id and t.status = 'available')
    and not exists (select from takes d where d.worker_id = w.id and d.kind = c.kind
      and d.link_key = c.link_key and d.status in ${DONE_OR_UNDER_WAY.text})
    and c.id <> all (array(select r.campaign_id from task_proofs r join takes e on e.id = r.take_id
      where r.worker_id = w.id and r.status = 'rejected' and e.status = 'rejected'
      group by r.campaign_id having count(*) >= w.rejections_max))`);

/** Lists for workers and sweeps. */
export const createTaskBoard = (sql: Sql): TaskBoard => ({
  offers: ({ worker, rejectionsMax }, page) =>
    readPage(page, {
      count: () => sql`
        with w as (select ${known(worker)}::uuid as id,
          nullif(${rejectionsMax}::int, 0) as rejections_max)
        select (select count(*)::int from ${OPEN_TO_WORKER}) as total from w`,
      items: async (limit, offset) => {
        const rows = await sql<{ id: CampaignId }>`
          with w as (select ${known(worker)}::uuid as id,
            nullif(${rejectionsMax}::int, 0) as rejections_max)
          select c.id from w cross join lateral (select c.* from ${OPEN_TO_WORKER}) c
          order by c.price_per_task desc, c.created_at, c.id limit ${limit} offset ${offset}`;
        return offersOf(
          sql,
          rows.map(({ id }) => id),
        );
      },
    }),
  offer: async ({ worker, rejectionsMax }, campaign) => {
    const rows = await sql<{ id: CampaignId }>`
      with w as (select ${known(worker)}::uuid as id,
        nullif(${rejectionsMax}::int, 0) as rejections_max)
      select c.id from w cross join lateral (
        select c.id from ${OPEN_TO_WORKER} and c.id = ${known(campaign)}) c`;
    const [offer] = await offersOf(
      sql,
      rows.map(({ id }) => id),
    );
    return offer;
  },
  holders: (campaign, page) => holdersPage(sql, campaign, page),
  past: (worker, page) => pastPage(sql, worker, page),
  liveOf: async (worker: UserId) =>
    viewsOf(
      sql,
      await sql<TakeRow>`
        select * from takes where worker_id = ${known(worker)}
          and status in ('taken', 'pending_review')
        order by taken_at, id`,
    ),
  view: async (take) => {
    const rows = await sql<TakeRow>`select * from takes where id = ${known(take)}`;
    return (await viewsOf(sql, rows))[0];
  },
  overdue: (now, page) => {
    const after = placeAfter(page);
    return sql<DueTake>`
      select t.id, t.deadline from takes t join users u on u.id = t.worker_id
      where t.status = 'taken' and t.deadline < ${now}::timestamptz
        and (t.deadline, t.id) > (${after.deadline}::timestamptz, ${after.id}::uuid)
        and not exists (select from inbox i where i.lane = u.telegram_id and i.state = 'waiting'
          and i.received_at <= t.deadline
          and i.received_at > ${now}::timestamptz - interval '24 hours')
      order by t.deadline, t.id limit ${page.limit}`;
  },
  dueSoon: (now, until, page) => {
    const after = placeAfter(page);
    return sql<DueTake>`
      select id, deadline from takes
      where status = 'taken' and reminded_at is null
        and deadline > ${now}::timestamptz and deadline <= ${until}::timestamptz
        and (deadline, id) > (${after.deadline}::timestamptz, ${after.id}::uuid)
        and deadline - taken_at > ${until}::timestamptz - ${now}::timestamptz
      order by deadline, id limit ${page.limit}`;
  },
});

const placeAfter = ({
  after,
}: DuePage): { readonly deadline: Date | string; readonly id: string } =>
  after ?? { deadline: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/** The campaigns as offers, in the order given. */
const offersOf = async (sql: Sql, ids: readonly CampaignId[]): Promise<Offer[]> => {
  if (ids.length === 0) return [];
  const [campaigns, counts] = await askTogether([
    campaignsById(sql, ids),
    sql<{ id: CampaignId; left: number }>`
      select campaign_id as id, count(*)::int as "left" from tasks
      where campaign_id = any(${ids}::uuid[]) and status = 'available' group by campaign_id`,
  ]);
  const left = new Map(counts.map((row) => [row.id, row.left]));
  return ids.map((id) => {
    const campaign = campaigns.get(id);
    invariant(campaign, `campaign ${id} was listed a moment ago`);
    const { kind, link } = campaign;
    return { campaignId: id, kind, link, campaign, slotsLeft: left.get(id) ?? 0 };
  });
};
