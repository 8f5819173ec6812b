import {
  invariant,
  type CampaignId,
  type TakeId,
  type TaskId,
  type TaskKind,
  type UserId,
} from '../../core/kernel/index.ts';
import {
  refuseTask,
  type Take,
  type TakeStatus,
  type TakeView,
  type TaskRepo,
  type TaskStatus,
} from '../../core/tasks/index.ts';
import { campaignsById } from './campaigns.ts';
import { known, type Sql } from './sql.ts';
import { createWishes, DONE_OR_UNDER_WAY } from './task-wishes.ts';

interface TakeRow {
  readonly id: TakeId;
  readonly task_id: TaskId;
  readonly campaign_id: CampaignId;
  readonly worker_id: UserId;
  readonly kind: TaskKind;
  readonly link_key: string;
  readonly status: TakeStatus;
  readonly taken_at: Date;
  readonly deadline: Date;
  readonly ended_at: Date | null;
}

/** Slots one by one, and the takes of them. */
export const createTaskRepo = (sql: Sql): TaskRepo => ({
  ...createWishes(sql),
  claimSlot: async (campaign, statuses) => {
    const [found] = await sql<{ slot: TaskId | null }>`
      select free_slot(${known(campaign)}, ${statuses},
        '00000000-0000-0000-0000-000000000000') as slot`;
    return found?.slot ?? undefined;
  },
  addTake: (take, slot) => addTake(sql, take, slot),
  find: async (id) => {
    const [row] = await sql<TakeRow>`select * from takes where id = ${known(id)}`;
    return row && toTake(row);
  },
  lock: async (id) => {
    const [row] = await sql<TakeRow>`
      select takes.* from takes join tasks on tasks.id = takes.task_id
      where takes.id = ${known(id)} for no key update`;
    return row && toTake(row);
  },
  save: async (take, slot) => {
    sql.later`select move_take(${take.id}, ${take.status}, ${take.endedAt}, ${slot})`;
  },
  noteReminded: async (id, at) => {
    const noted = await sql`
      update takes set reminded_at = ${at}
      where id = ${known(id)} and status = 'taken' and reminded_at is null returning id`;
    return noted.length > 0;
  },
  hasDone: async (worker, kind, linkKey) => {
    const rows = await sql`
      select id from takes where worker_id = ${known(worker)} and kind = ${kind}
        and link_key = ${linkKey} and status in ${DONE_OR_UNDER_WAY}`;
    return rows.length > 0;
  },
});

/**
 * A slot names its take while the take is current; the foreign key wants both in the same state.
 */
const currentTake = (take: TakeId, slot: TaskStatus): TakeId | null =>
  slot === 'available' || slot === 'closed' ? null : take;

const addTake = async (sql: Sql, take: Take, slot: TaskStatus): Promise<void> => {
  const [made] = await sql<{ takes: number; slots: number }>`
    with fresh as (
      insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at,
        deadline, ended_at)
      values (${take.id}, ${take.taskId}::uuid, ${take.campaignId}, ${take.workerId}, ${take.kind},
        ${take.linkKey}, ${take.status}, ${take.takenAt}, ${take.deadline}, ${take.endedAt})
      on conflict (worker_id, kind, link_key) where status in ${DONE_OR_UNDER_WAY} do nothing
      returning id
    ), moved as (
      update tasks set status = ${slot}, take_id = ${currentTake(take.id, slot)}::uuid
      where id = ${take.taskId}::uuid and status = 'available' and exists (select from fresh)
      returning id
    )
    select (select count(*)::int from fresh) as takes, (select count(*)::int from moved) as slots`;
  if (made?.takes !== 1) throw refuseTask('task.already-done');
  invariant(made.slots === 1, `slot ${take.taskId} is not available: claim one first`);
};

/** Takes with what their workers need to do them. */
export const viewsOf = async (sql: Sql, rows: readonly TakeRow[]): Promise<TakeView[]> => {
  if (rows.length === 0) return [];
  const campaigns = await campaignsById(
    sql,
    rows.map((row) => row.campaign_id),
  );
  return rows.map((row) => {
    const campaign = campaigns.get(row.campaign_id);
    invariant(campaign, `the campaign of take ${row.id} is stored`);
    return { take: toTake(row), campaign };
  });
};

export const toTake = (row: TakeRow): Take => ({
  id: row.id,
  taskId: row.task_id,
  campaignId: row.campaign_id,
  workerId: row.worker_id,
  kind: row.kind,
  linkKey: row.link_key,
  status: row.status,
  takenAt: row.taken_at,
  deadline: row.deadline,
  endedAt: row.ended_at,
});

export type { TakeRow };
