import type { ProofId, TaskId, UserId } from '../../core/kernel/index.ts';
import type {
  Proof,
  ProofDecision,
  ProofRepo,
  ReviewCase,
  ReviewDesk,
} from '../../core/proofs/index.ts';
import { count } from './campaigns.ts';
import { byTime, createGroups, createOrdered, createPairCounts } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageFrom } from './tables.ts';

/** A proof with its judgements, first one first. */
export interface ProofRow {
  readonly proof: Proof;
  readonly decisions: readonly ProofDecision[];
}

const byAge = byTime<ProofRow>(
  ({ proof }) => proof.submittedAt,
  ({ proof }) => proof.id,
);

export const createProofTables = (journal: Journal) => {
  const waitingProofs = createOrdered<ProofRow>(byAge, ({ proof }) => proof.status === 'pending');
  const proofsByWorker = createGroups<UserId, ProofRow>(({ proof }) => [proof.workerId], byAge);
  const proofsByTask = createGroups<TaskId, ProofRow>(({ proof }) => [proof.taskId], byAge);
  const verdicts = createPairCounts<ProofRow>(
    ({ proof }) => proof.workerId,
    ({ proof }) => proof.status,
  );
  return {
    proofs: createTable<ProofId, ProofRow>('task proofs', journal, [
      waitingProofs,
      proofsByWorker,
      proofsByTask,
      verdicts,
    ]),
    waitingProofs,
    proofsByWorker,
    proofsByTask,
    verdicts,
  };
};

const requireNext = (row: ProofRow, { order, proofId }: ProofDecision): void => {
  const expected = row.decisions.length === 0 ? 'first' : 'reversal';
  if (order !== expected || row.decisions.length > 1) {
    throw new Error(`memory: proof ${proofId} has its ${order} decision, or not its first`);
  }
};

const rejections = (row: ProofRow): number => (row.proof.status === 'rejected' ? 1 : 0);

/** Proofs in memory; a lock is a read, since transactions come one after the other. */
export const createProofRepo = (state: State): ProofRepo => ({
  add: async (proof) => {
    state.takes.need(proof.takeId);
    const known = state.proofsByTask
      .of(proof.taskId)
      .some((row) => row.proof.takeId === proof.takeId);
    if (known) throw new Error(`memory: take ${proof.takeId} has its proof`);
    state.proofs.set(proof.id, { proof, decisions: [] });
  },
  lock: async (id) => state.proofs.get(id)?.proof,
  decide: async (decision) => {
    const before = state.proofs.need(decision.proofId);
    requireNext(before, decision);
    const after = {
      proof: { ...before.proof, status: decision.verdict },
      decisions: [...before.decisions, decision],
    };
    state.proofs.set(decision.proofId, after);
    const change = rejections(after) - rejections(before);
    if (change !== 0) count(state, before.proof.campaignId, { rejections: change });
  },
  decisions: async (id) => state.proofs.get(id)?.decisions ?? [],
});

const caseOf = (state: State, { proof, decisions }: ProofRow): ReviewCase => {
  const worker = state.users.need(proof.workerId);
  const verdicts = state.verdicts.of(worker.id);
  return {
    proof,
    campaign: state.campaigns.need(proof.campaignId).campaign,
    worker,
    record: {
      approved: verdicts.get('approved') ?? 0,
      rejected: verdicts.get('rejected') ?? 0,
      memberSince: worker.createdAt,
    },
    decisions,
  };
};

/** What reviewers look at, in memory. */
export const createReviewDesk = (state: State): ReviewDesk => ({
  queue: async () => ({
    waiting: state.waitingProofs.items.length,
    oldest: state.waitingProofs.items[0]?.proof.submittedAt ?? null,
  }),
  next: async (admin, skipped) => {
    const passed = new Set(skipped);
    const row = state.waitingProofs.items.find(
      ({ proof }) =>
        proof.workerId !== admin &&
        state.campaigns.need(proof.campaignId).campaign.clientId !== admin &&
        !passed.has(proof.id),
    );
    return row?.proof.id;
  },
  case: async (id) => {
    const row = state.proofs.get(id);
    return row && caseOf(state, row);
  },
  historyOf: async (task) => state.proofsByTask.of(task).map((row) => caseOf(state, row)),
  waiting: async (page) => pageFrom(state.waitingProofs.items, page, (row) => caseOf(state, row)),
});
