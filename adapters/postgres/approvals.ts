import type {
  ApprovalBatch,
  ApprovalBatchRepo,
  ApprovalReport,
  ApprovalScope,
  Candidate,
  Candidates,
  PendingApproval,
  SkipReason,
} from '../../core/approvals/index.ts';
import {
  invariant,
  rupiah,
  ZERO,
  type ApprovalBatchId,
  type CampaignId,
  type ProofId,
  type Rupiah,
  type UserId,
} from '../../core/kernel/index.ts';
import { fragment, known, type Sql } from './sql.ts';

interface BatchRow {
  readonly id: ApprovalBatchId;
  readonly admin_id: UserId;
  readonly worker_id: UserId | null;
  readonly campaign_id: CampaignId | null;
  readonly created_at: Date;
  readonly done_at: Date | null;
}

/** Orders to approve many proofs; a key of its own for each proof of an order. */
export const createApprovalBatchRepo = (sql: Sql): ApprovalBatchRepo => ({
  add: (batch, proofIds) => insertBatch(sql, batch, proofIds),
  list: async (id) => {
    const rows = await sql<{ id: ProofId }>`
      select proof_id as id from approval_batch_items where batch_id = ${known(id)} order by place`;
    return rows.map((row) => row.id);
  },
  report: async (id) => {
    const batch = await findBatch(sql, id);
    return batch && reportOf(sql, batch);
  },
  pending: async ({ limit, after }) => sql<PendingApproval>`
    select b.id as "batchId", b.created_at as "orderedAt", i.place, i.proof_id as "proofId"
    from approval_batches b join approval_batch_items i on i.batch_id = b.id
    where b.done_at is null and i.outcome is null
      and (${after?.batchId ?? null}::uuid is null or (b.created_at, b.id, i.place)
        > (${after?.orderedAt ?? null}::timestamptz, ${after?.batchId ?? null}::uuid,
          ${after?.place ?? null}::integer))
    order by b.created_at, b.id, i.place limit ${limit}`,
  lockPending: async (items) => {
    const [{ batchId }] = items;
    const places = items.map(({ place }) => place);
    const [[row], left] = await Promise.all([
      sql<BatchRow>`select * from approval_batches where id = ${batchId} for no key update`,
      // a statement of its own: it sees what whoever had the lock before has committed
      sql<{ place: number }>`select place from approval_batch_items
        where batch_id = ${batchId} and place = any(${places}::integer[]) and outcome is null
        order by place`,
    ]);
    invariant(row, `order ${batchId} is stored`);
    const asked = new Map(items.map((item) => [item.place, item]));
    return { batch: toBatch(row), pending: left.flatMap(({ place }) => asked.get(place) ?? []) };
  },
  settle: async (settled) => {
    const rows = settled.map(({ item: { batchId, place }, outcome }) => ({
      batch_id: batchId,
      place,
      ...('skipped' in outcome
        ? { outcome: outcome.skipped, paid: null }
        : { outcome: 'approved', paid: outcome.paid.toString() }),
    }));
    const noted = await sql`
      update approval_batch_items i set outcome = s.outcome, paid = s.paid
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as s (batch_id uuid, place integer, outcome text, paid bigint)
      where i.batch_id = s.batch_id and i.place = s.place and i.outcome is null returning i.place`;
    invariant(noted.length === rows.length, 'one of these proofs has its outcome');
  },
  finish: async (id, at) => {
    const finished = await sql`
      update approval_batches b set done_at = ${at}
      where b.id = ${id} and b.done_at is null and not exists (
        select from approval_batch_items i where i.batch_id = b.id and i.outcome is null)
      returning b.id`;
    return finished.length === 1;
  },
  candidates: (scope, seen) => candidatesOf(sql, scope, seen),
  sum: async (scope, proofIds) => {
    const [row] = await sql<{ proofs: number; rewards: Rupiah | null }>`
      select count(*)::int as proofs, sum(c.price_per_task)::bigint as rewards
      from task_proofs p join campaigns c on c.id = p.campaign_id
      where p.id = any(${proofIds.map(known)}::uuid[]) and p.${column(scope)} = ${idOf(scope)}`;
    return { proofs: row?.proofs ?? 0, rewards: row?.rewards ?? ZERO };
  },
});

const insertBatch = async (
  sql: Sql,
  { id, adminId, scope, createdAt }: ApprovalBatch,
  proofIds: readonly ProofId[],
): Promise<boolean> => {
  const added = await sql`
    insert into approval_batches (id, admin_id, worker_id, campaign_id, created_at)
    values (${id}, ${adminId}, ${scope.kind === 'worker' ? scope.workerId : null},
      ${scope.kind === 'campaign' ? scope.campaignId : null}, ${createdAt})
    on conflict (id) do nothing returning id`;
  if (added.length === 0) return false;
  await sql`
    insert into approval_batch_items (batch_id, place, proof_id)
    select ${id}, listed.place - 1, listed.id
    from unnest(${proofIds}::uuid[]) with ordinality as listed (id, place)`;
  return true;
};

const findBatch = async (sql: Sql, id: ApprovalBatchId): Promise<ApprovalBatch | undefined> => {
  const [row] = await sql<BatchRow>`select * from approval_batches where id = ${known(id)}`;
  return row && toBatch(row);
};

const toBatch = (row: BatchRow): ApprovalBatch => ({
  id: row.id,
  adminId: row.admin_id,
  scope: toScope(row),
  createdAt: row.created_at,
  doneAt: row.done_at,
});

const toScope = ({ worker_id: workerId, campaign_id: campaignId, id }: BatchRow): ApprovalScope => {
  if (workerId !== null) return { kind: 'worker', workerId };
  invariant(campaignId !== null, `order ${id} has one scope`);
  return { kind: 'campaign', campaignId };
};

interface OutcomeRow {
  readonly outcome: SkipReason | 'approved' | null;
  readonly items: number;
  readonly paid: Rupiah | null;
}

const reportOf = async (sql: Sql, batch: ApprovalBatch): Promise<ApprovalReport> => {
  const rows = await sql<OutcomeRow>`
    select outcome, count(*)::int as items, sum(paid)::bigint as paid
    from approval_batch_items where batch_id = ${batch.id} group by outcome`;
  const items = (name: OutcomeRow['outcome']): number =>
    rows.find(({ outcome }) => outcome === name)?.items ?? 0;
  return {
    batch,
    listed: rows.reduce((total, row) => total + row.items, 0),
    approved: items('approved'),
    paid: rows.find(({ outcome }) => outcome === 'approved')?.paid ?? ZERO,
    skipped: {
      decided: items('decided'),
      claimed: items('claimed'),
      flagged: items('flagged'),
      own: items('own'),
      frozen: items('frozen'),
      'no-right': items('no-right'),
    },
  };
};

const column = ({ kind }: ApprovalScope) =>
  fragment(kind === 'worker' ? 'worker_id' : 'campaign_id');

const idOf = (scope: ApprovalScope): string | null =>
  known(scope.kind === 'worker' ? scope.workerId : scope.campaignId);

interface WaitingRow {
  readonly kind: keyof Candidates['count'];
  /** From 1 for the oldest of its kind. */
  readonly place: number;
  /** How many there are of its kind. */
  readonly of: number;
  readonly id: ProofId;
  readonly reward: bigint;
  readonly fee: bigint;
}

/** One statement, so that numbers and list are of the same moment. */
const candidatesOf = async (
  sql: Sql,
  scope: ApprovalScope,
  { admin, now, limit }: Parameters<ApprovalBatchRepo['candidates']>[1],
): Promise<Candidates> => {
  const rows = await sql<WaitingRow>`
    with waiting as (
      select p.id, p.submitted_at, c.price_per_task as reward, c.fee_per_task as fee,
        case
          when p.worker_id = ${admin} or c.client_id = ${admin} then 'own'
          when exists (select from proof_flags f where f.proof_id = p.id) then 'flagged'
          when p.open_until > ${now} and p.opened_by <> ${admin} then 'claimed'
          else 'suitable' end as kind
      from task_proofs p join campaigns c on c.id = p.campaign_id
      where p.status = 'pending' and p.${column(scope)} = ${idOf(scope)}
    ), placed as (
      select id, reward, fee, kind, (count(*) over (partition by kind))::int as of,
        (row_number() over (partition by kind order by submitted_at, id))::int as place
      from waiting
    )
    select * from placed where place = 1 or (kind = 'suitable' and place <= ${limit}::integer)
    order by place`;
  const count = { suitable: 0, own: 0, flagged: 0, claimed: 0 };
  for (const { kind, of } of rows) count[kind] = of;
  return { named: rows.filter(({ kind }) => kind === 'suitable').map(toCandidate), count };
};

const toCandidate = ({ id, reward, fee }: WaitingRow): Candidate => ({
  proofId: id,
  reward: rupiah(reward),
  fee: rupiah(fee),
});
