import type { Page, PageRequest, ProofId, TaskId, UserId } from '../kernel/index.ts';
import type { Proof, ProofDecision, ReviewCase, ReviewQueue } from './proof.ts';

export interface ProofRepo {
  add(proof: Proof): Promise<void>;
  /**
   * Locks and reads a proof: the first lock of every decision, before campaign, slots and accounts.
   */
  lock(id: ProofId): Promise<Proof | undefined>;
  /**
   * Appends a decision and sets the proof's status; at most one `first` and one `reversal` per
   * proof.
   */
  decide(decision: ProofDecision): Promise<void>;
  /** First decision first. */
  decisions(id: ProofId): Promise<readonly ProofDecision[]>;
}

/** What reviewers look at. */
export interface ReviewDesk {
  queue(): Promise<ReviewQueue>;
  /**
   * The oldest pending proof that is neither this admin's nor of this admin's campaign and not
   * among
   * `skipped`.
   */
  next(admin: UserId, skipped: readonly ProofId[]): Promise<ProofId | undefined>;
  case(id: ProofId): Promise<ReviewCase | undefined>;
  /** Every proof ever sent for a task, oldest first (PRF-4). */
  historyOf(task: TaskId): Promise<readonly ReviewCase[]>;
  /** Pending proofs, oldest first. */
  waiting(page: PageRequest): Promise<Page<ReviewCase>>;
}
