import type { CampaignId, Page, PageRequest, ProofId, TaskId, UserId } from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import type { Proof, ProofDecision, ProofFlag, ReviewCase, ReviewQueue } from './proof.ts';

export interface ProofRepo {
  /** Stores a proof with what was noticed about it (PRF-3). */
  add(proof: Proof, flags: readonly ProofFlag[]): Promise<void>;
  /**
   * Locks and reads a proof: the first lock of every decision, before campaign, slots and accounts.
   */
  lock(id: ProofId): Promise<Proof | undefined>;
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
  /** How many rejections of this worker in this campaign stand; reversed ones do not (TSK-6). */
  rejectionsStanding(worker: UserId, campaign: CampaignId): Promise<number>;
  /** First decision first. */
  decisions(id: ProofId): Promise<readonly ProofDecision[]>;
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
