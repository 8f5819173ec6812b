import type { TakeId, TaskId } from '../../core/kernel/index.ts';
import { refuseTask, type TaskRepo, type WishFacts } from '../../core/tasks/index.ts';
import { toCampaign, type CampaignRow } from './campaigns.ts';
import { fragment, known, type Sql } from './sql.ts';

/** The states in which a take keeps its worker from another one on the same link (TSK-2). */
export const DONE_OR_UNDER_WAY = fragment(`('taken', 'pending_review', 'approved')`);

/** What `take_slot` came to; see `migrations/0007/takes.ts`. */
interface TakenSlot {
  readonly slot: TaskId | null;
  readonly is_stored: boolean;
}

/** A worker's wish for a slot: what decides about it in one look, and its fulfilment in another. */
export const createWishes = (sql: Sql): Pick<TaskRepo, 'factsFor' | 'takeSlot'> => ({
  factsFor: async ({ worker, campaign, sentSince }) => {
    const [row] = await sql<FactsRow>`
      select c.*, mine.*,
        (select count(*)::int from task_proofs
          where worker_id = ${known(worker)} and submitted_at >= ${sentSince}) as sent_since,
        exists (select from takes d where d.worker_id = ${known(worker)} and d.kind = c.kind
          and d.link_key = c.link_key and d.status in ${DONE_OR_UNDER_WAY}) as has_done,
        (select count(*)::int from task_proofs p
          where p.worker_id = ${known(worker)} and p.campaign_id = c.id and p.status = 'rejected'
            and (select e.status from takes e where e.id = p.take_id) = 'rejected')
          as rejections_standing
      from campaigns c cross join lateral (
        select count(*) filter (where l.status = 'taken')::int as taken_now,
          min(deadline) filter (where l.status = 'taken') as first_deadline,
          (array_agg(l.id) filter (where l.status = 'taken' and l.campaign_id = c.id))[1]
            as under_way
        from takes l where l.worker_id = ${known(worker)}
          and l.status in ('taken', 'pending_review')) mine
      where c.id = ${known(campaign)}`;
    return row && toFacts(row);
  },
  takeSlot: async (take, statuses) => {
    const [taken] = await sql<TakenSlot>`
      select slot, is_stored from take_slot(${take.id}, ${take.campaignId}, ${statuses},
        ${take.workerId}, ${take.kind}, ${take.linkKey}, ${take.takenAt}, ${take.deadline})`;
    if (!taken?.slot) return undefined;
    if (!taken.is_stored) throw refuseTask('task.already-done');
    return taken.slot;
  },
});

interface FactsRow extends CampaignRow {
  readonly taken_now: number;
  readonly first_deadline: Date | null;
  readonly under_way: TakeId | null;
  readonly sent_since: number;
  readonly has_done: boolean;
  readonly rejections_standing: number;
}

const toFacts = (row: FactsRow): WishFacts => ({
  campaign: toCampaign(row),
  underWay: row.under_way ?? undefined,
  load: {
    takenNow: row.taken_now,
    sentSince: row.sent_since,
    firstDeadline: row.first_deadline,
  },
  hasDone: row.has_done,
  rejectionsStanding: row.rejections_standing,
});
