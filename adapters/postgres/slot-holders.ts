import {
  invariant,
  type CampaignId,
  type Page,
  type PageRequest,
} from '../../core/kernel/index.ts';
import type { SlotHolder } from '../../core/tasks/index.ts';
import { readPage } from './paging.ts';
import { known, type Sql } from './sql.ts';
import { toTake, type TakeRow } from './tasks.ts';
import { usersById } from './users.ts';

/** See `TaskBoard.holders`: by the slots of the campaign, which know their current take. */
export const holdersPage = (
  sql: Sql,
  campaign: CampaignId,
  page: PageRequest,
): Promise<Page<SlotHolder>> =>
  readPage(page, {
    count: () => sql`
      select count(*)::int as total from tasks
      where campaign_id = ${known(campaign)} and status in ('taken', 'pending_review')`,
    items: async (limit, offset) => {
      const rows = await sql<TakeRow>`
        select k.* from tasks t join takes k on k.id = t.take_id
        where t.campaign_id = ${known(campaign)} and t.status in ('taken', 'pending_review')
        order by k.status = 'taken' desc,
          case k.status when 'taken' then k.deadline else k.taken_at end, k.id
        limit ${limit} offset ${offset}`;
      const workers = await usersById(
        sql,
        rows.map((row) => row.worker_id),
      );
      return rows.map((row) => {
        const worker = workers.get(row.worker_id);
        invariant(worker, `the worker of take ${row.id} is stored`);
        return { take: toTake(row), worker };
      });
    },
  });
