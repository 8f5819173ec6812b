import {
  refusing,
  type CampaignId,
  type ProofId,
  type Rupiah,
  type TakeId,
  type TaskId,
  type UserId,
} from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import type { Campaign } from '../campaigns/index.ts';
import type { User } from '../users/index.ts';

export type ProofStatus = 'pending' | 'approved' | 'rejected';

/** A screenshot sent for a take, with where its judgement stands; kept for ever (PRF-4). */
export interface Proof {
  readonly id: ProofId;
  readonly takeId: TakeId;
  readonly taskId: TaskId;
  readonly campaignId: CampaignId;
  readonly workerId: UserId;
  readonly file: ReceivedFile;
  readonly status: ProofStatus;
  readonly submittedAt: Date;
}

/** One judgement: the first, or the one reversal (REV-4, REV-7). Append-only. */
export interface ProofDecision {
  readonly proofId: ProofId;
  readonly order: 'first' | 'reversal';
  readonly verdict: 'approved' | 'rejected';
  readonly by: UserId;
  readonly reason: string | null;
  /** The take that the verdict settled: a new one where a reversal took another slot. */
  readonly takeId: TakeId;
  readonly at: Date;
}

/** A worker's past, as reviewers see it (REV-1). */
export interface WorkerRecord {
  readonly approved: number;
  readonly rejected: number;
  readonly memberSince: Date;
}

/** Everything that deciding a proof needs to be seen. */
export interface ReviewCase {
  readonly proof: Proof;
  readonly campaign: Campaign;
  readonly worker: User;
  readonly record: WorkerRecord;
  readonly decisions: readonly ProofDecision[];
}

/** What waits for reviewers (REV-1). */
export interface ReviewQueue {
  readonly waiting: number;
  /** When the oldest was sent. */
  readonly oldest: Date | null;
}

/** What a decision came to; an earlier one is told with who decided last, what and when (REV-4). */
export type DecisionResult =
  | { readonly outcome: 'approved'; readonly reward: Rupiah; readonly workerBalance: Rupiah }
  | { readonly outcome: 'rejected' }
  | {
      readonly outcome: 'already-decided';
      readonly verdict: 'approved' | 'rejected';
      readonly by: User;
      readonly at: Date;
    };

export interface ProofRefusals {
  /** Nobody decides what is theirs: own proof or own campaign's (ACC-7). */
  'proof.own': null;
  'proof.not-decided': null;
  'proof.already-reversed': null;
  'proof.reversal-too-late': { readonly days: number };
  'proof.no-slot-left': null;
}
export const refuseProof = refusing<ProofRefusals>();
