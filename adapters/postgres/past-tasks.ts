import {
  rupiah,
  subtract,
  type Page,
  type PageRequest,
  type Rupiah,
  type UserId,
} from '../../core/kernel/index.ts';
import type { PastTask, TakeView } from '../../core/tasks/index.ts';
import { readPage } from './paging.ts';
import { known, type Sql } from './sql.ts';
import { viewsOf, type TakeRow } from './tasks.ts';

interface PastRow extends TakeRow {
  /** By the reversal of its proof (REV-7); null where there was none. */
  readonly taken_back: bigint | null;
  readonly reason: string | null;
}

/** See `TaskBoard.past`: a page of takes, then what is known of them all in one statement. */
export const pastPage = (sql: Sql, worker: UserId, page: PageRequest): Promise<Page<PastTask>> =>
  readPage(page, {
    count: () => sql`
      select count(*)::int as total from takes
      where worker_id = ${known(worker)} and ended_at is not null`,
    items: async (limit, offset) => {
      const rows = await sql<PastRow>`
        select t.*, last.reason, (
            select sum(moved.amount)::bigint from wallet_transactions x
            join postings moved on moved.transaction_id = x.id
            join wallets w on w.wallet_account_id = moved.from_account_id
            where x.reference_id = p.id and x.type = 'reversal' and w.user_id = t.worker_id
          ) as taken_back
        from (
          select * from takes where worker_id = ${known(worker)} and ended_at is not null
          order by ended_at desc, id desc limit ${limit} offset ${offset}) t
        left join task_proofs p on p.take_id = t.id
        left join lateral (
          select verdict, reason from proof_decisions d where d.proof_id = p.id
          order by d."order" desc limit 1) last on last.verdict = 'rejected'
        order by t.ended_at desc, t.id desc`;
      const outcomes = new Map(rows.map((row) => [row.id, row]));
      return (await viewsOf(sql, rows)).map((view) => pastOf(view, outcomes.get(view.take.id)));
    },
  });

const pastOf = (view: TakeView, row: PastRow | undefined): PastTask => ({
  ...view,
  paid: leftOf(view, rupiah(row?.taken_back ?? 0n)),
  reason: row?.reason ?? null,
});

/** What is left of a take's reward: all of it until it is reversed. */
const leftOf = ({ take, campaign }: TakeView, takenBack: Rupiah): Rupiah | null => {
  if (take.status === 'approved') return campaign.pricePerTask;
  const left = subtract(campaign.pricePerTask, takenBack);
  return take.status === 'reversed' && left > 0n ? left : null;
};
