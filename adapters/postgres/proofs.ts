import {
  invariant,
  type CampaignId,
  type ProofId,
  type TakeId,
  type TaskId,
  type UserId,
} from '../../core/kernel/index.ts';
import type { Proof, ProofDecision, ProofRepo } from '../../core/proofs/index.ts';
import { toFile, type FileRow } from './files.ts';
import { known, type Sql } from './sql.ts';

/** A row of `task_proofs`. */
export interface ProofRow extends FileRow {
  readonly id: ProofId;
  readonly take_id: TakeId;
  readonly task_id: TaskId;
  readonly campaign_id: CampaignId;
  readonly worker_id: UserId;
  readonly status: Proof['status'];
  readonly submitted_at: Date;
}

interface DecisionRow {
  readonly proof_id: ProofId;
  readonly order: ProofDecision['order'];
  readonly verdict: ProofDecision['verdict'];
  readonly decided_by: UserId;
  readonly reason: string | null;
  readonly take_id: TakeId;
  readonly decided_at: Date;
}

/** Proofs and their judgements; the key (proof, order) allows one first and one reversal. */
export const createProofRepo = (sql: Sql): ProofRepo => ({
  add: async (proof) => {
    await insertProof(sql, proof);
  },
  lock: async (id) => {
    const [row] = await sql<ProofRow>`
      select * from task_proofs where id = ${known(id)} for no key update`;
    return row && toProof(row);
  },
  decide: async (decision) => {
    const decided = await sql`
      with judged as (
        insert into proof_decisions (proof_id, "order", verdict, decided_by, reason, take_id,
          decided_at)
        values (${decision.proofId}, ${decision.order}, ${decision.verdict}, ${decision.by},
          ${decision.reason}, ${decision.takeId}, ${decision.at})
        on conflict (proof_id, "order") do nothing returning proof_id
      )
      update task_proofs set status = ${decision.verdict} from judged
      where task_proofs.id = judged.proof_id and (${decision.order} = 'reversal')
        = exists (select from proof_decisions earlier where earlier.proof_id = task_proofs.id)
      returning task_proofs.id`;
    const { order, proofId } = decision;
    invariant(decided.length === 1, `proof ${proofId} has its ${order} decision, or not its first`);
  },
  decisions: async (id) => (await decisionsOf(sql, [id])).get(id) ?? [],
});

const insertProof = (sql: Sql, { file, ...proof }: Proof) => sql`
  insert into task_proofs (id, take_id, task_id, campaign_id, worker_id, status, submitted_at,
    file_path, file_sha256_received, file_sha256_stored, file_perceptual_hash, file_size, file_type,
    file_channel_id)
  values (${proof.id}, ${proof.takeId}, ${proof.taskId}, ${proof.campaignId}, ${proof.workerId},
    ${proof.status}, ${proof.submittedAt}, ${file.path}, ${file.sha256Received},
    ${file.sha256Stored}, ${file.perceptualHash}, ${file.size}, ${file.type},
    ${file.channelFileId})`;

/** The judgements of several proofs, first ones first. */
export const decisionsOf = async (
  sql: Sql,
  proofs: readonly ProofId[],
): Promise<ReadonlyMap<ProofId, ProofDecision[]>> => {
  const rows = await sql<DecisionRow>`
    select * from proof_decisions where proof_id = any(${proofs.map(known)}::uuid[])
    order by proof_id, "order"`;
  return Map.groupBy(rows.map(toDecision), ({ proofId }) => proofId);
};

export const toProof = (row: ProofRow): Proof => ({
  id: row.id,
  takeId: row.take_id,
  taskId: row.task_id,
  campaignId: row.campaign_id,
  workerId: row.worker_id,
  file: toFile(row),
  status: row.status,
  submittedAt: row.submitted_at,
});

const toDecision = (row: DecisionRow): ProofDecision => ({
  proofId: row.proof_id,
  order: row.order,
  verdict: row.verdict,
  by: row.decided_by,
  reason: row.reason,
  takeId: row.take_id,
  at: row.decided_at,
});
