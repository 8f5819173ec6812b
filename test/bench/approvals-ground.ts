import {
  APPROVALS_MAX,
  asSystem,
  type ApprovalBatchId,
  type CampaignId,
  type ProofId,
} from '../../core/index.ts';
import { uuidIds } from '../../adapters/system/index.ts';
import { APPROVE_FUNCTION } from './approve-function.ts';
import { bareCallers } from './bare-client.ts';
import { workOff } from './callers.ts';
import type { Side, Sizes } from './contest.ts';
import { CLIENTS, seedWork, type Work } from './seed-work.ts';
import { openGround, type WorkGround } from './work-ground.ts';

/** Sizes of every bench of approvals. */
export const APPROVAL_SIZES = { proofs: 2_000, campaigns: 200, callers: 8 } as const;

/** Rupiah for each task beside a reward of 500. */
export const FEE = 50;

/** On how many campaigns the proofs of a run are, and with which fee. */
export type Spread = Pick<Work, 'campaigns' | 'fee'>;

interface Waiting {
  readonly campaign: CampaignId;
  readonly proof: ProofId;
}

/** Approves all of these. */
type Approve = (waiting: readonly Waiting[]) => Promise<void>;

/** A database in which proofs wait anew before each run, and ways to approve them. */
export interface ApprovalsGround extends Pick<WorkGround, 'sql' | 'prove' | 'close'> {
  side(name: string, spread: Spread, approve: Approve): Side;
  /** `core.proofs.approve`, by so many callers at once. */
  readonly oneByOne: Approve;
  /** Orders of one campaign each, worked off as the job does it (REV-8). */
  readonly inBulk: Approve;
  /** The bare driver, by so many callers at once. */
  readonly bare: Approve;
}

export const openApprovals = async (sizes: Sizes): Promise<ApprovalsGround> => {
  const { proofs = 0, callers = 0 } = sizes;
  const ground = await openGround(proofs + CLIENTS);
  const { core, database, admin, sql } = ground;
  await sql(APPROVE_FUNCTION);
  const bare = await bareCallers({
    url: database.botUrl,
    connections: callers,
    text: 'select bench_approve($1, $2, $3)',
  });
  return {
    ...ground,
    side: (name, spread, approve) => sideOf(ground, { name, spread, proofs, approve }),
    oneByOne: (waiting) =>
      workOff(waiting, callers, ({ proof: proofId }) =>
        core.proofs.approve({ actor: admin.actor, proofId }),
      ),
    inBulk: (waiting) => approveInBulk(ground, waiting),
    bare: (waiting) => {
      const at = new Date();
      return bare.callAll(waiting.map(({ proof }) => [proof, admin.id, at]));
    },
    close: async () => {
      await bare.end();
      await ground.close();
    },
  };
};

interface Approving {
  readonly name: string;
  readonly spread: Spread;
  readonly proofs: number;
  readonly approve: Approve;
}

/** One slot more than half stays open, so that no run ends a campaign or tells of its half. */
const sideOf = (
  { sql }: Pick<WorkGround, 'sql'>,
  { name, spread, proofs, approve }: Approving,
): Side => {
  const each = Math.ceil(proofs / spread.campaigns);
  let waiting: readonly Waiting[] = [];
  return {
    name,
    prepare: async () => {
      await sql(seedWork({ ...spread, proofs: each, open: each + 1 }));
      waiting = await sql<Waiting>(`
        select c.id as campaign, p.proof from bench_proofs p join bench_campaigns c using (c)
        order by p.n`);
    },
    run: async () => {
      await approve(waiting);
      return waiting.length;
    },
    check: () => requireAllWritten(sql, spread.fee > 0),
  };
};

/** Whoever is fast because something was left out has not run. */
const requireAllWritten = async (sql: WorkGround['sql'], hasFee: boolean): Promise<void> => {
  const [found] = await sql<Record<string, number>>(`
    select count(*)::int as waiting,
      count(*) filter (where t.status = 'approved')::int as proofs,
      count(*) filter (where exists (select from outbox o
        where o.dedupe_key = 'proof:' || t.id || ':approved:' || t.worker_id))::int as notices,
      (select count(*)::int from wallet_transactions
        where reference_id in (select proof from bench_proofs)) as money
    from bench_proofs b join task_proofs t on t.id = b.proof`);
  const { waiting = 0, proofs, notices, money } = found ?? {};
  const isDone = proofs === waiting && notices === waiting;
  if (isDone && money === waiting * (hasFee ? 2 : 1)) return;
  throw new Error(`not everything was written: ${JSON.stringify(found)}`);
};

const approveInBulk = async (
  { core, admin: { actor } }: WorkGround,
  waiting: readonly Waiting[],
): Promise<void> => {
  for (const [campaignId, all] of Map.groupBy(waiting, ({ campaign }) => campaign)) {
    for (let from = 0; from < all.length; from += APPROVALS_MAX) {
      const proofIds = all.slice(from, from + APPROVALS_MAX).map(({ proof }) => proof);
      const scope = { kind: 'campaign', campaignId } as const;
      await core.approvals.start({ actor, scope, key: uuidIds.next<ApprovalBatchId>(), proofIds });
    }
  }
  for (let isMore = true; isMore;) {
    const { faults, next } = await core.approvals.run({
      actor: asSystem('bench'),
      limit: APPROVALS_MAX,
    });
    if (faults.length > 0) throw faults[0];
    isMore = next !== null;
  }
};
