import { askTogether, invariant, type ProofId, type UserId } from '../../core/kernel/index.ts';
import type {
  Claiming,
  ProofDecision,
  ReviewCase,
  ReviewClaim,
  ReviewDesk,
  ReviewQueue,
} from '../../core/proofs/index.ts';
import type { User } from '../../core/users/index.ts';
import { campaignsById } from './campaigns.ts';
import { atLeast, readPage } from './paging.ts';
import { decisionsOf, flagsOf, toProof, type ProofRow } from './proofs.ts';
import { known, type Sql } from './sql.ts';
import { usersById } from './users.ts';

/** What reviewers look at. */
export const createReviewDesk = (sql: Sql): ReviewDesk => ({
  queue: async () => {
    const [queue] = await sql<ReviewQueue>`
      select sum(proofs_waiting)::int as waiting, (
        select submitted_at from task_proofs where status = 'pending'
        order by submitted_at, id limit 1) as oldest
      from tallies`;
    invariant(queue, 'an aggregate is always one row');
    return queue;
  },
  ...claiming(sql),
  case: async (id, now) => {
    const rows = await sql<ProofRow>`select * from task_proofs where id = ${known(id)}`;
    return (await casesOf(sql, rows, now))[0];
  },
  historyOf: async (task, now) =>
    casesOf(
      sql,
      await sql<ProofRow>`
        select * from task_proofs where task_id = ${known(task)} order by submitted_at, id`,
      now,
    ),
  ...lists(sql),
});

/**
 * REV-6: who has which case open. The next one and what is left are never waited for: a transaction
 * that goes on to its next case has just decided one, and others may wait for that.
 */
const claiming = (sql: Sql): Pick<ReviewDesk, 'claimNext' | 'claim' | 'release'> => {
  const release = async (admin: UserId, except: ProofId | null): Promise<void> => {
    sql.later`
      with left_open as (
        select id from task_proofs where opened_by = ${admin} and status = 'pending'
          and id is distinct from ${except}::uuid
        for no key update skip locked
      )
      update task_proofs set opened_by = null, open_until = null from left_open
      where task_proofs.id = left_open.id`;
  };
  return {
    claimNext: async ({ admin, now, until, skipped }) => {
      const [next] = await sql<{ id: ProofId }>`
        with next as (
          select p.id from task_proofs p
          where p.status = 'pending' and p.worker_id <> ${admin}
            and (select c.client_id from campaigns c where c.id = p.campaign_id) <> ${admin}
            and (p.opened_by is null or p.opened_by = ${admin} or p.open_until <= ${now})
            and p.id <> all(${skipped.filter((id) => known(id) !== null)}::uuid[])
          order by p.submitted_at, p.id limit 1
          for no key update of p skip locked
        )
        update task_proofs set opened_by = ${admin}, open_until = ${until} from next
        where task_proofs.id = next.id returning task_proofs.id`;
      await release(admin, next?.id ?? null);
      return next?.id;
    },
    claim: async (id, { admin, now, until }: Claiming) => {
      const claimed = await sql`
        update task_proofs p set opened_by = ${admin}, open_until = ${until} from campaigns c
        where p.id = ${known(id)} and c.id = p.campaign_id and p.status = 'pending'
          and p.worker_id <> ${admin} and c.client_id <> ${admin}
          and (p.opened_by is null or p.opened_by = ${admin} or p.open_until <= ${now})
        returning p.id`;
      if (claimed.length === 0) return false;
      await release(admin, id);
      return true;
    },
    release: (admin) => release(admin, null),
  };
};

const lists = (sql: Sql): Pick<ReviewDesk, 'waiting' | 'decided'> => ({
  waiting: (page, now) =>
    readPage(page, {
      count: () => sql`select sum(proofs_waiting)::int as total from tallies`,
      items: async (limit, offset) =>
        casesOf(
          sql,
          await sql<ProofRow>`
            select * from task_proofs where id = any(array(
              select id from (
                select id, submitted_at from task_proofs where status = 'pending'
                order by submitted_at, id limit ${atLeast(limit + offset)}) oldest
              order by submitted_at, id limit ${limit} offset ${offset}))
            order by submitted_at, id`,
          now,
        ),
    }),
  decided: (page, now) =>
    readPage(page, {
      count: () => sql`select sum(proofs_decided)::int as total from tallies`,
      items: async (limit, offset) =>
        casesOf(
          sql,
          await sql<ProofRow>`
            select p.* from task_proofs p
              join proof_decisions d on d.proof_id = p.id and d."order" = 'first'
            where d.proof_id = any(array(
              select proof_id from (
                select proof_id, decided_at from proof_decisions where "order" = 'first'
                order by decided_at desc, proof_id desc limit ${atLeast(limit + offset)}) newest
              order by decided_at desc, proof_id desc limit ${limit} offset ${offset}))
            order by d.decided_at desc, d.proof_id desc`,
          now,
        ),
    }),
});

const casesOf = async (
  sql: Sql,
  rows: readonly ProofRow[],
  now: Date,
): Promise<readonly ReviewCase[]> => {
  if (rows.length === 0) return [];
  const workerIds = [...new Set(rows.map((row) => row.worker_id))];
  const ids = rows.map((row) => row.id);
  const [decisions, records, campaigns, flags] = await askTogether([
    decisionsOf(sql, ids),
    recordsOf(sql, workerIds),
    campaignsById(
      sql,
      rows.map((row) => row.campaign_id),
    ),
    flagsOf(sql, ids),
  ]);
  const people = await usersById(sql, [
    ...workerIds,
    ...rows.flatMap((row) => row.opened_by ?? []),
    ...[...decisions.values()].flat().map(({ by }) => by),
  ]);
  return rows.map((row) => {
    const worker = people.get(row.worker_id);
    const campaign = campaigns.get(row.campaign_id);
    invariant(worker && campaign, `worker and campaign of proof ${row.id} are stored`);
    const { approved = 0, rejected = 0 } = records.get(row.worker_id) ?? {};
    return {
      proof: toProof(row),
      campaign,
      worker,
      record: { approved, rejected, memberSince: worker.createdAt },
      flags: flags.get(row.id) ?? [],
      claim: claimOf(row, people, now),
      ...judgementOf(decisions.get(row.id) ?? [], people),
    };
  });
};

const judgementOf = (
  decisions: readonly ProofDecision[],
  people: ReadonlyMap<UserId, User>,
): Pick<ReviewCase, 'decisions' | 'reviewers'> => ({
  decisions,
  reviewers: decisions.map(({ by }) => {
    const reviewer = people.get(by);
    invariant(reviewer, 'who decided a proof is stored');
    return reviewer;
  }),
});

const claimOf = (
  { status, opened_by: admin, open_until: until }: ProofRow,
  people: ReadonlyMap<UserId, User>,
  now: Date,
): ReviewClaim | null => {
  if (status !== 'pending' || admin === null || until === null || until <= now) return null;
  const by = people.get(admin);
  invariant(by, 'who opened a proof is stored');
  return { by, until };
};

const recordsOf = async (sql: Sql, workers: readonly UserId[]) => {
  const rows = await sql<{ id: UserId; approved: number; rejected: number }>`
    select worker_id as id, count(*) filter (where status = 'approved')::int as approved,
      count(*) filter (where status = 'rejected')::int as rejected
    from task_proofs where worker_id = any(array(select unnest(${workers}::uuid[])))
    group by worker_id`;
  return new Map(rows.map((row) => [row.id, row]));
};
