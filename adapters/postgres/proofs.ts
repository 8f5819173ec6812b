import {
  invariant,
  type CampaignId,
  type ProofId,
  type TakeId,
  type TaskId,
  type UserId,
} from '../../core/kernel/index.ts';
import type { ReceivedFile } from '../../core/files/index.ts';
import type { Proof, ProofDecision, ProofFlag, ProofRepo } from '../../core/proofs/index.ts';
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
  readonly opened_by: UserId | null;
  readonly open_until: Date | null;
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
  add: async (proof, flags) => {
    insertProof(sql, proof);
    for (const flag of flags) insertFlag(sql, proof.id, flag);
  },
  decide: async (decision) => {
    const [row] = await sql<{ made: number }>`
      select judge_proofs(${JSON.stringify([decisionRow(decision)])}) as made`;
    const { order, proofId } = decision;
    invariant(row?.made === 1, `proof ${proofId} has its ${order} decision, or not its first`);
  },
  ...searching(sql),
  decisions: async (id) => (await decisionsOf(sql, [id])).get(id) ?? [],
});

type Searching = Pick<ProofRepo, 'findOwnSame' | 'findSameOfOthers' | 'pastHashes'>;

/** PRF-3: what was sent before. */
const searching = (sql: Sql): Searching => ({
  findOwnSame: async (worker, file) => {
    const [row] = await sql<ProofRow>`
      select * from task_proofs where worker_id = ${known(worker)}
        and (file_sha256_received = ${file.sha256Received}
          or file_channel_id = ${file.channelFileId})
      order by submitted_at desc, id desc limit 1`;
    return row && toProof(row);
  },
  findSameOfOthers: (worker, file) => oldestOfOthers(sql, worker, file),
  pastHashes: (worker, exceptLinkKey, limit) =>
    sql<{ id: ProofId; perceptualHash: string }>`
      select p.id, p.file_perceptual_hash as "perceptualHash"
      from task_proofs p join campaigns c on c.id = p.campaign_id
      where p.worker_id = ${known(worker)} and c.link_key <> ${exceptLinkKey}
        and p.file_perceptual_hash is not null
      order by p.submitted_at desc, p.id desc limit ${limit}`,
});

/** Each mark by its own index: of a picture that thousands sent only the first is read. */
const oldestOfOthers = async (
  sql: Sql,
  worker: UserId,
  { sha256Received, channelFileId }: ReceivedFile,
): Promise<Proof | undefined> => {
  const [row] = await sql<ProofRow>`
    (select * from task_proofs where file_sha256_received = ${sha256Received}
        and worker_id <> ${worker} order by submitted_at, id limit 1)
    union all
    (select * from task_proofs where file_channel_id = ${channelFileId}
        and worker_id <> ${worker} order by submitted_at, id limit 1)
    order by submitted_at, id limit 1`;
  return row && toProof(row);
};

const insertFlag = (
  sql: Sql,
  id: ProofId,
  { kind, earlierProofId, distance }: ProofFlag,
) => sql.later`
  insert into proof_flags (proof_id, kind, earlier_proof_id, distance)
  values (${id}, ${kind}, ${earlierProofId}, ${distance})`;

const insertProof = (sql: Sql, { file, ...proof }: Proof) => sql.later`
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
    select * from proof_decisions
    where proof_id = any(array(select unnest(${proofs.map(known)}::uuid[])))
    order by proof_id, "order"`;
  return Map.groupBy(rows.map(toDecision), ({ proofId }) => proofId);
};

/** What was noticed about several proofs, in the order of its weight. */
export const flagsOf = async (
  sql: Sql,
  proofs: readonly ProofId[],
): Promise<ReadonlyMap<ProofId, readonly ProofFlag[]>> => {
  const rows = await sql<ProofFlag & { proof_id: ProofId }>`
    select proof_id, kind, earlier_proof_id as "earlierProofId", distance from proof_flags
    where proof_id = any(array(select unnest(${proofs}::uuid[])))
    order by proof_id, (kind = 'same-file') desc`;
  const found = new Map<ProofId, ProofFlag[]>();
  for (const { proof_id: id, ...flag } of rows) found.set(id, [...(found.get(id) ?? []), flag]);
  return found;
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

/** As `judge_proofs` reads it. */
export const decisionRow = ({ proofId, takeId, ...decision }: ProofDecision): object => ({
  ...decision,
  proof_id: proofId,
  take_id: takeId,
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
