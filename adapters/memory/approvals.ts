import type {
  ApprovalBatch,
  ApprovalBatchRepo,
  ApprovalReport,
  ApprovalScope,
  Candidate,
  ItemOutcome,
  PendingApproval,
  SkipReason,
} from '../../core/approvals/index.ts';
import { rupiah, ZERO, type ApprovalBatchId, type Rupiah } from '../../core/kernel/index.ts';
import type { Proof, ReviewCase } from '../../core/proofs/index.ts';
import { compareText, createGroups, createOrdered, partition, type Compare } from './indexes.ts';
import type { Journal } from './journal.ts';
import { createReviewDesk } from './review-desk.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

export interface ItemRow extends PendingApproval {
  readonly outcome: ItemOutcome | null;
}

const byOrder: Compare<PendingApproval> = (a, b) =>
  a.orderedAt.getTime() - b.orderedAt.getTime() ||
  compareText(a.batchId, b.batchId) ||
  a.place - b.place;

export const createApprovalTables = (journal: Journal) => {
  const itemsByBatch = createGroups<ApprovalBatchId, ItemRow>(({ batchId }) => [batchId], byOrder);
  const pendingApprovals = createOrdered<ItemRow>(byOrder, ({ outcome }) => outcome === null);
  return {
    approvalBatches: createTable<ApprovalBatchId, ApprovalBatch>('approval batches', journal),
    approvalItems: createTable<string, ItemRow>('approval batch items', journal, [
      itemsByBatch,
      pendingApprovals,
    ]),
    itemsByBatch,
    pendingApprovals,
  };
};

const keyOf = ({ batchId, place }: PendingApproval): string => `${batchId}:${place}`;

/** Orders to approve many proofs in memory. */
export const createApprovalBatchRepo = (state: State): ApprovalBatchRepo => ({
  add: async (batch, proofIds) => {
    if (state.approvalBatches.get(batch.id)) return false;
    state.approvalBatches.set(batch.id, batch);
    for (const [place, proofId] of proofIds.entries()) {
      state.proofs.need(proofId);
      const item = { batchId: batch.id, orderedAt: batch.createdAt, place, proofId, outcome: null };
      state.approvalItems.set(keyOf(item), item);
    }
    return true;
  },
  list: async (id) => state.itemsByBatch.of(id).map(({ proofId }) => proofId),
  report: async (id) => {
    const batch = state.approvalBatches.get(id);
    return batch && reportOf(batch, state.itemsByBatch.of(id));
  },
  pending: async ({ limit, after }) => {
    const { items } = state.pendingApprovals;
    const start = after ? partition(items, (item) => byOrder(item, after) <= 0) : 0;
    return items.slice(start, start + limit).map(({ outcome: _none, ...item }) => item);
  },
  lockPending: async (items) => ({
    batch: state.approvalBatches.need(items[0].batchId),
    pending: items
      .filter((item) => state.approvalItems.need(keyOf(item)).outcome === null)
      .toSorted(byOrder),
  }),
  settle: async (settled) => {
    for (const { item, outcome } of settled) {
      const stored = state.approvalItems.need(keyOf(item));
      if (stored.outcome !== null) throw new Error(`memory: ${keyOf(item)} has its outcome`);
      state.approvalItems.set(keyOf(item), { ...stored, outcome });
    }
  },
  finish: async (id, at) => {
    const batch = state.approvalBatches.need(id);
    const isOpen = state.itemsByBatch.of(id).some(({ outcome }) => outcome === null);
    if (isOpen || batch.doneAt !== null) return false;
    state.approvalBatches.set(id, { ...batch, doneAt: at });
    return true;
  },
  ...looksAt(state),
});

const reportOf = (batch: ApprovalBatch, items: readonly ItemRow[]): ApprovalReport => {
  const skipped: Record<SkipReason, number> = {
    decided: 0,
    claimed: 0,
    flagged: 0,
    own: 0,
    frozen: 0,
    'no-right': 0,
  };
  let [approved, paid] = [0, 0n];
  for (const { outcome } of items) {
    if (outcome === null) continue;
    if ('skipped' in outcome) skipped[outcome.skipped] += 1;
    else {
      approved += 1;
      paid += outcome.paid;
    }
  }
  return { batch, listed: items.length, approved, paid: rupiah(paid), skipped };
};

const isIn = (scope: ApprovalScope, proof: Pick<Proof, 'workerId' | 'campaignId'>): boolean =>
  scope.kind === 'worker'
    ? proof.workerId === scope.workerId
    : proof.campaignId === scope.campaignId;

const looksAt = (state: State): Pick<ApprovalBatchRepo, 'candidates' | 'sum'> => ({
  candidates: async (scope, { admin, now, limit }) => {
    const desk = createReviewDesk(state);
    const named: Candidate[] = [];
    const count = { suitable: 0, own: 0, flagged: 0, claimed: 0 };
    for (const { proof } of state.waitingProofs.items) {
      if (!isIn(scope, proof)) continue;
      const seen = await desk.case(proof.id, now);
      if (!seen) continue;
      const kind = kindOf(seen, admin);
      count[kind] += 1;
      if (kind !== 'suitable' || named.length === limit) continue;
      const { pricePerTask: reward, feePerTask: fee } = seen.campaign;
      named.push({ proofId: proof.id, reward, fee });
    }
    return { named, count };
  },
  sum: async (scope, proofIds) => {
    const rewards = proofIds.flatMap((id): readonly Rupiah[] => {
      const proof = state.proofs.get(id)?.proof;
      if (!proof || !isIn(scope, proof)) return [];
      return [state.campaigns.need(proof.campaignId).campaign.pricePerTask];
    });
    return { proofs: rewards.length, rewards: rewards.reduce((a, b) => rupiah(a + b), ZERO) };
  },
});

const kindOf = (
  { proof, campaign, flags, claim }: ReviewCase,
  admin: ApprovalBatch['adminId'],
): 'own' | 'flagged' | 'claimed' | 'suitable' => {
  if (proof.workerId === admin || campaign.clientId === admin) return 'own';
  if (flags.length > 0) return 'flagged';
  return claim !== null && claim.by.id !== admin ? 'claimed' : 'suitable';
};

/** Forgets an order that is done, with its list. */
export const forgetApprovals = (state: State, before: Date): number => {
  let forgotten = 0;
  for (const { id, doneAt } of state.approvalBatches.values()) {
    if (doneAt === null || doneAt >= before) continue;
    for (const key of state.itemsByBatch.of(id).map(keyOf)) state.approvalItems.forget(key);
    state.approvalBatches.forget(id);
    forgotten += 1;
  }
  return forgotten;
};
