import type { ApprovalBatchId, ProofId, Rupiah, UserId } from '../kernel/index.ts';
import type { ApprovalBatch, ApprovalReport, ApprovalScope, SkipReason } from './batch.ts';

/** What came of one proof of an order. */
export type ItemOutcome =
  { readonly approved: true; readonly paid: Rupiah } | { readonly skipped: SkipReason };

/** A proof of an order that has no outcome yet. */
export interface PendingApproval {
  readonly batchId: ApprovalBatchId;
  readonly orderedAt: Date;
  /** Where it stands in the list, from 0. */
  readonly place: number;
  readonly proofId: ProofId;
}

/** Pending proofs of one order. */
export type PendingOfOne = readonly [PendingApproval, ...PendingApproval[]];

/** An order that is worked on, and what of it is left to do. */
export interface LockedBatch {
  readonly batch: ApprovalBatch;
  readonly pending: readonly PendingApproval[];
}

/** A proof of an order with what came of it. */
export interface SettledApproval {
  readonly item: PendingApproval;
  readonly outcome: ItemOutcome;
}

/** A part of what is to be worked off. */
export interface ApprovalsPart {
  readonly limit: number;
  /** The last of the part before: what failed there does not stand in the way of the rest. */
  readonly after?: PendingApproval | undefined;
}

/** Whose eyes look at the waiting proofs, and when. */
export interface ApprovalsSeen {
  readonly admin: UserId;
  readonly now: Date;
}

/** A waiting proof that can be approved without being looked at, in rupiah. */
export interface Candidate {
  readonly proofId: ProofId;
  readonly reward: Rupiah;
  readonly fee: Rupiah;
}

/**
 * The waiting proofs of a scope, each counted once: as the admin's own (ACC-7), else as flagged
 * (PRF-3), else as open at another admin (REV-6), else as suitable.
 */
export interface Candidates {
  /** Oldest first, at most as many as were asked for. */
  readonly named: readonly Candidate[];
  readonly count: Readonly<Record<'suitable' | 'own' | 'flagged' | 'claimed', number>>;
}

/** Orders to approve many proofs (REV-8). */
export interface ApprovalBatchRepo {
  /** Stores an order with its list, once per id: false where it is stored already. */
  add(batch: ApprovalBatch, proofIds: readonly ProofId[]): Promise<boolean>;
  /** An order's list, as it was given. */
  list(id: ApprovalBatchId): Promise<readonly ProofId[]>;
  report(id: ApprovalBatchId): Promise<ApprovalReport | undefined>;
  /** What has no outcome: oldest order first, in the order of its list. */
  pending(part: ApprovalsPart): Promise<readonly PendingApproval[]>;
  /**
   * Locks the order of these proofs, the first lock of all, and reads it with those of them that have
   * no outcome yet, in the order of its list. So one run at a time works on an order.
   */
  lockPending(items: PendingOfOne): Promise<LockedBatch>;
  /** Notes what came of proofs of one order, of each once. */
  settle(settled: readonly SettledApproval[]): Promise<void>;
  /** Marks an order as done; false, and nothing changes, while an outcome is missing. */
  finish(id: ApprovalBatchId, at: Date): Promise<boolean>;
  candidates(
    scope: ApprovalScope,
    seen: ApprovalsSeen & { readonly limit: number },
  ): Promise<Candidates>;
  /** Those of these proofs that belong to the scope, and their rewards together. */
  sum(
    scope: ApprovalScope,
    proofIds: readonly ProofId[],
  ): Promise<{ readonly proofs: number; readonly rewards: Rupiah }>;
}
