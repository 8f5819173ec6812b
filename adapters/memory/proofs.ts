import type { CampaignId, ProofId, TaskId, UserId } from '../../core/kernel/index.ts';
import type { Proof, ProofDecision, ProofFlag, ProofRepo } from '../../core/proofs/index.ts';
import { count } from './campaigns.ts';
import { marksOf } from './file-marks.ts';
import { byTime, createGroups, createOrdered, createPairCounts } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

/** A proof with its judgements, first one first, what was noticed, and who opened it last. */
export interface ProofRow {
  readonly proof: Proof;
  readonly decisions: readonly ProofDecision[];
  readonly flags: readonly ProofFlag[];
  readonly opened: { readonly by: UserId; readonly until: Date } | null;
}

const byAge = byTime<ProofRow>(
  ({ proof }) => proof.submittedAt,
  ({ proof }) => proof.id,
);

const byFirstDecision = byTime<ProofRow>(
  ({ proof, decisions }) => decisions[0]?.at ?? proof.submittedAt,
  ({ proof }) => proof.id,
);

const pairOf = (worker: UserId, campaign: CampaignId): string => `${worker} ${campaign}`;

export const createProofTables = (journal: Journal) => {
  const indexes = {
    waitingProofs: createOrdered<ProofRow>(byAge, ({ proof }) => proof.status === 'pending'),
    decidedProofs: createOrdered<ProofRow>(
      byFirstDecision,
      ({ decisions }) => decisions.length > 0,
    ),
    openProofs: createGroups<UserId, ProofRow>(
      ({ proof, opened }) => (opened && proof.status === 'pending' ? [opened.by] : []),
      byAge,
    ),
    proofsByWorker: createGroups<UserId, ProofRow>(({ proof }) => [proof.workerId], byAge),
    proofsByCampaign: createGroups<CampaignId, ProofRow>(({ proof }) => [proof.campaignId], byAge),
    proofsByTask: createGroups<TaskId, ProofRow>(({ proof }) => [proof.taskId], byAge),
    proofsByFile: createGroups<string, ProofRow>(({ proof }) => marksOf(proof.file), byAge),
    rejectedProofs: createGroups<string, ProofRow>(
      ({ proof }) =>
        proof.status === 'rejected' ? [pairOf(proof.workerId, proof.campaignId)] : [],
      byAge,
    ),
    verdicts: createPairCounts<ProofRow>(
      ({ proof }) => proof.workerId,
      ({ proof }) => proof.status,
    ),
  };
  return {
    proofs: createTable<ProofId, ProofRow>('task proofs', journal, Object.values(indexes)),
    ...indexes,
  };
};

const requireNext = (row: ProofRow, { order, proofId }: ProofDecision): void => {
  const expected = row.decisions.length === 0 ? 'first' : 'reversal';
  if (order !== expected || row.decisions.length > 1) {
    throw new Error(`memory: proof ${proofId} has its ${order} decision, or not its first`);
  }
};

const rejections = (row: ProofRow): number => (row.proof.status === 'rejected' ? 1 : 0);

/** Proofs in memory. */
export const createProofRepo = (state: State): ProofRepo => ({
  add: async (proof, flags) => {
    state.takes.need(proof.takeId);
    for (const { earlierProofId } of flags) state.proofs.need(earlierProofId);
    const known = state.proofsByTask
      .of(proof.taskId)
      .some((row) => row.proof.takeId === proof.takeId);
    if (known) throw new Error(`memory: take ${proof.takeId} has its proof`);
    state.proofs.set(proof.id, { proof, decisions: [], flags, opened: null });
  },
  decide: async (decision) => {
    const before = state.proofs.need(decision.proofId);
    requireNext(before, decision);
    const after = {
      ...before,
      proof: { ...before.proof, status: decision.verdict },
      decisions: [...before.decisions, decision],
    };
    state.proofs.set(decision.proofId, after);
    const change = rejections(after) - rejections(before);
    if (change !== 0) count(state, before.proof.campaignId, { rejections: change });
  },
  ...searching(state),
  decisions: async (id) => state.proofs.get(id)?.decisions ?? [],
});

/** How many rejections of this worker in this campaign stand (TSK-6). */
export const rejectionsStanding = (state: State, worker: UserId, campaign: CampaignId): number =>
  state.rejectedProofs
    .of(pairOf(worker, campaign))
    .filter(({ proof }) => state.takes.need(proof.takeId).status === 'rejected').length;

type Searching = Pick<ProofRepo, 'findOwnSame' | 'findSameOfOthers' | 'pastHashes'>;

/** PRF-3: what was sent before. */
const searching = (state: State): Searching => {
  const withFile = (file: Proof['file'], suits: (proof: Proof) => boolean): readonly ProofRow[] =>
    marksOf(file)
      .flatMap((mark) => state.proofsByFile.of(mark))
      .filter(({ proof }) => suits(proof))
      .toSorted(byAge);
  return {
    findOwnSame: async (worker, file) =>
      withFile(file, ({ workerId }) => workerId === worker).at(-1)?.proof,
    findSameOfOthers: async (worker, file) =>
      withFile(file, ({ workerId }) => workerId !== worker)[0]?.proof,
    pastHashes: async (worker, exceptLinkKey, limit) => {
      const past: { id: ProofId; perceptualHash: string }[] = [];
      const own = state.proofsByWorker.of(worker);
      for (let place = own.length - 1; place >= 0 && past.length < limit; place -= 1) {
        const { id, campaignId, file } = (own[place] as ProofRow).proof;
        if (file.perceptualHash === null) continue;
        if (state.campaigns.need(campaignId).campaign.link.key === exceptLinkKey) continue;
        past.push({ id, perceptualHash: file.perceptualHash });
      }
      return past;
    },
  };
};
