import { invariant, type ProofId, type UserId } from '../../core/kernel/index.ts';
import type { ReviewCase, ReviewDesk, ReviewQueue } from '../../core/proofs/index.ts';
import { campaignsById } from './campaigns.ts';
import { readPage } from './paging.ts';
import { decisionsOf, toProof, type ProofRow } from './proofs.ts';
import { known, type Sql } from './sql.ts';
import { usersById } from './users.ts';

/** What reviewers look at. */
export const createReviewDesk = (sql: Sql): ReviewDesk => ({
  queue: async () => {
    const [queue] = await sql<ReviewQueue>`
      select count(*)::int as waiting, min(submitted_at) as oldest
      from task_proofs where status = 'pending'`;
    invariant(queue, 'an aggregate is always one row');
    return queue;
  },
  next: async (admin, skipped) => {
    const [row] = await sql<{ id: ProofId }>`
      select p.id from task_proofs p join campaigns c on c.id = p.campaign_id
      where p.status = 'pending' and p.worker_id <> ${admin} and c.client_id <> ${admin}
        and p.id <> all(${skipped.filter((id) => known(id) !== null)}::uuid[])
      order by p.submitted_at, p.id limit 1`;
    return row?.id;
  },
  case: async (id) => {
    const rows = await sql<ProofRow>`select * from task_proofs where id = ${known(id)}`;
    return (await casesOf(sql, rows))[0];
  },
  historyOf: async (task) =>
    casesOf(
      sql,
      await sql<ProofRow>`
        select * from task_proofs where task_id = ${known(task)} order by submitted_at, id`,
    ),
  waiting: (page) =>
    readPage(page, {
      count: () => sql`
        select count(*)::int as total from task_proofs where status = 'pending'`,
      items: async (limit, offset) =>
        casesOf(
          sql,
          await sql<ProofRow>`
            select * from task_proofs where status = 'pending'
            order by submitted_at, id limit ${limit} offset ${offset}`,
        ),
    }),
});

const casesOf = async (sql: Sql, rows: readonly ProofRow[]): Promise<ReviewCase[]> => {
  if (rows.length === 0) return [];
  const workerIds = [...new Set(rows.map((row) => row.worker_id))];
  const workers = await usersById(sql, workerIds);
  const records = await recordsOf(sql, workerIds);
  const campaigns = await campaignsById(
    sql,
    rows.map((row) => row.campaign_id),
  );
  const decisions = await decisionsOf(
    sql,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const worker = workers.get(row.worker_id);
    const campaign = campaigns.get(row.campaign_id);
    invariant(worker && campaign, `worker and campaign of proof ${row.id} are stored`);
    const { approved = 0, rejected = 0 } = records.get(row.worker_id) ?? {};
    return {
      proof: toProof(row),
      campaign,
      worker,
      record: { approved, rejected, memberSince: worker.createdAt },
      decisions: decisions.get(row.id) ?? [],
    };
  });
};

const recordsOf = async (sql: Sql, workers: readonly UserId[]) => {
  const rows = await sql<{ id: UserId; approved: number; rejected: number }>`
    select worker_id as id, count(*) filter (where status = 'approved')::int as approved,
      count(*) filter (where status = 'rejected')::int as rejected
    from task_proofs where worker_id = any(${workers}::uuid[]) group by worker_id`;
  return new Map(rows.map((row) => [row.id, row]));
};
