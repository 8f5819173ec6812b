import type { Page, PageRequest, ProofId, TaskId, UserId } from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import type { Proof, ProofDecision, ProofFlag, ReviewCase, ReviewQueue } from './proof.ts';
import type { LockedCases, Locking, Settlement } from './settlement.ts';

export interface ProofRepo {
  /** Stores a proof with what was noticed about it (PRF-3). */
  add(proof: Proof, flags: readonly ProofFlag[]): Promise<void>;
  /**
   * Appends a decision and sets the proof's status; at most one `first` and one `reversal` per
   * proof.
   */
  decide(decision: ProofDecision): Promise<void>;
  /** The newest proof of this person with this file (equal bytes or equal channel id). */
  findOwnSame(worker: UserId, file: ReceivedFile): Promise<Proof | undefined>;
  /** The oldest proof of anybody else with this file. */
  findSameOfOthers(worker: UserId, file: ReceivedFile): Promise<Proof | undefined>;
  /**
   * The perceptual hashes of what this person sent last for other links than this, newest first, at
   * most `limit`.
   */
  pastHashes(
    worker: UserId,
    exceptLinkKey: string,
    limit: number,
  ): Promise<readonly { readonly id: ProofId; readonly perceptualHash: string }[]>;
  /** First decision first. */
  decisions(id: ProofId): Promise<readonly ProofDecision[]>;
}

/** Locks what is decided, and writes what came of it. */
export interface CaseRepo {
  /**
   * Locks proofs, then their campaigns, then, to pay, the accounts of workers and escrows, each by id:
   * the first locks of every decision. Reads them as they are under these locks, in one go. A take that
   * is under review, or was paid, changes only under the lock of its proof.
   */
  lock(ids: readonly ProofId[], locking: Locking): Promise<LockedCases>;
  /**
   * Writes settlements of cases that are locked, in their order, in one go: at least one, all of one
   * actor and moment. Each counts one approval for its campaign. Posts as `WalletRepo.post` does: once
   * per key, and refuses `wallet.key-reused`, `wallet.overdrawn` and `freeze.in-force` for all of them.
   * A decision that was made already, or a take that is not under review, is a defect.
   */
  settle(settlements: readonly Settlement[]): Promise<void>;
}

/** What reviewers look at. */
export interface ReviewDesk {
  queue(): Promise<ReviewQueue>;
  /**
   * Gives this admin the oldest pending proof that is neither theirs nor of a campaign of theirs, not
   * among `skipped`, and that nobody else has open at `now`: from now on they have it open until
   * `until`, and what they had open before is free again. Two admins at once never get the same one
   * (REV-6).
   */
  claimNext(claim: NextClaim): Promise<ProofId | undefined>;
  /**
   * As above for one proof; false, and nothing changes, where it is not pending, is this admin's
   * own, or somebody else has it open.
   */
  claim(id: ProofId, claim: Claiming): Promise<boolean>;
  /** Frees what this admin has open. */
  release(admin: UserId): Promise<void>;
  /** One case, with its claim as of `now`. */
  case(id: ProofId, now: Date): Promise<ReviewCase | undefined>;
  /** Every proof ever sent for a task, oldest first (PRF-4). */
  historyOf(task: TaskId, now: Date): Promise<readonly ReviewCase[]>;
  /** Pending proofs, oldest first. */
  waiting(page: PageRequest, now: Date): Promise<Page<ReviewCase>>;
  /** Decided proofs, the newest first decision first: the way to a reversal (PRF-4, REV-7). */
  decided(page: PageRequest, now: Date): Promise<Page<ReviewCase>>;
}

/** Opening a case (REV-6). */
export interface Claiming {
  readonly admin: UserId;
  readonly now: Date;
  readonly until: Date;
}

export interface NextClaim extends Claiming {
  readonly skipped: readonly ProofId[];
}
