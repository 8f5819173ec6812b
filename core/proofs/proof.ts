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

/**
 * What speaks for looking twice, noted when the proof came; never a rejection by itself (PRF-3).
 * `same-file`: equal bytes or equal channel id, sent before by somebody else. `similar`: nearly the
 * same picture as one that this worker sent for another link.
 */
export interface ProofFlag {
  readonly kind: 'same-file' | 'similar';
  readonly earlierProofId: ProofId;
  /** Differing bits of the two perceptual hashes, 0 … 256; 0 for the same file. */
  readonly distance: number;
}

/** Who has a case open, and until when others are not given it (REV-6). */
export interface ReviewClaim {
  readonly by: User;
  readonly until: Date;
}

/** Everything that deciding a proof needs to be seen. */
export interface ReviewCase {
  readonly proof: Proof;
  readonly campaign: Campaign;
  readonly worker: User;
  readonly record: WorkerRecord;
  /** In the order of their weight; at most three (PRF-3). */
  readonly flags: readonly ProofFlag[];
  /** Of whoever has it open now; null where nobody has, or their time has run out (REV-6). */
  readonly claim: ReviewClaim | null;
  readonly decisions: readonly ProofDecision[];
  /** Who made them, in the same order (PRF-4). */
  readonly reviewers: readonly User[];
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
  /** This person has sent this very file for another task (PRF-3). */
  'proof.same-file': { readonly sentAt: Date };
  /** What a reversal would move is no longer what was shown; rupiah, as it is now (REV-7). */
  'proof.reversal-changed': { readonly moves: Rupiah };
}
export const refuseProof = refusing<ProofRefusals>();
