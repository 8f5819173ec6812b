import type {
  CampaignBoard,
  CampaignDay,
  CampaignFilter,
  OwnedCampaign,
} from '../../core/campaigns/index.ts';
import { invariant, type PageRequest } from '../../core/kernel/index.ts';
import { NOTHING_YET, progressOf, toCampaign, type CampaignRow } from './campaigns.ts';
import { readPage } from './paging.ts';
import { fragment, known, type Sql } from './sql.ts';
import { usersById } from './users.ts';

/** Campaigns as lists and pictures show them. */
export const createCampaignBoard = (sql: Sql): CampaignBoard => ({
  all: (filter, page) => allOf(sql, filter, page),
  days: (id, since) => sql<CampaignDay>`
    with happened as (
      select submitted_at as at, 'submitted' as what from task_proofs
      where campaign_id = ${known(id)} and submitted_at >= ${since}::timestamptz
      union all
      select d.decided_at, d.verdict from task_proofs p join proof_decisions d on d.proof_id = p.id
      where p.campaign_id = ${known(id)} and d.decided_at >= ${since}::timestamptz
        and (d."order" = 'reversal' or not exists (
          select from proof_decisions r where r.proof_id = p.id and r."order" = 'reversal'))
    )
    select date_bin('1 day', at, ${since}::timestamptz) as day,
      count(*) filter (where what = 'submitted')::int as submitted,
      count(*) filter (where what = 'approved')::int as approved,
      count(*) filter (where what = 'rejected')::int as rejected
    from happened group by day order by day`,
});

const PROGRESS: Readonly<Record<NonNullable<CampaignFilter['progress']>, string>> = {
  none: 'completed_count = 0',
  'under-half': 'completed_count > 0 and completed_count * 2 < target_total',
  'half-or-more': 'completed_count * 2 >= target_total',
};

const allOf = (sql: Sql, { status, owner, progress }: CampaignFilter, page: PageRequest) => {
  const suits = fragment(progress === undefined ? 'true' : PROGRESS[progress]);
  const [state, client] = [status ?? null, owner === undefined ? null : known(owner)];
  return readPage<OwnedCampaign>(page, {
    count: () => sql`
      select count(*)::int as total from campaigns
      where (${state}::text is null or status = ${state})
        and (${owner === undefined} or client_id = ${client}) and ${suits}`,
    items: async (limit, offset) =>
      withOwners(
        sql,
        await sql<CampaignRow>`
          select * from campaigns
          where (${state}::text is null or status = ${state})
            and (${owner === undefined} or client_id = ${client}) and ${suits}
          order by created_at desc, id desc limit ${limit} offset ${offset}`,
      ),
  });
};

const withOwners = async (sql: Sql, rows: readonly CampaignRow[]): Promise<OwnedCampaign[]> => {
  const ids = rows.map(({ id }) => id);
  const progress = await progressOf(sql, ids);
  const owners = await usersById(sql, [...new Set(rows.map((row) => row.client_id))]);
  return rows.map((row) => {
    const owner = owners.get(row.client_id);
    invariant(owner, `the owner of campaign ${row.id} is stored`);
    return { campaign: toCampaign(row), progress: progress.get(row.id) ?? NOTHING_YET, owner };
  });
};
