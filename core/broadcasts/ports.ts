import type { BroadcastId, Page, PageRequest, UserId } from '../kernel/index.ts';
import type { Audience, Broadcast, BroadcastReport, RecipientOutcome } from './broadcast.ts';

/** How many there are. */
export interface Reach {
  readonly recipients: number;
  /** Those of them who cannot be reached. */
  readonly blocked: number;
}

export type ReachOfEach = Readonly<Record<Audience, Reach>>;

/** Somebody whose turn it is. */
export interface NextRecipient {
  readonly userId: UserId;
  readonly isSuspended: boolean;
}

/** What came of somebody's message. */
export interface Outcome {
  readonly userId: UserId;
  readonly outcome: RecipientOutcome;
}

/** Broadcasts with their recipients. Of each, every recipient is waiting, queued, or has an outcome. */
export interface BroadcastRepo {
  /**
   * How many people each audience has now; suspended ones are in none. Who did nothing since then is
   * inactive; of whom nothing is known, who came before it.
   */
  reach(inactiveSince: Date): Promise<ReachOfEach>;
  /**
   * Stores a broadcast with everybody who is in its audience at this moment, once per id; who cannot
   * be reached is blocked at once. False, and nothing is stored, where this id is stored already or
   * another broadcast has not ended, also of two at once.
   */
  add(broadcast: Broadcast, inactiveSince: Date): Promise<boolean>;
  report(id: BroadcastId): Promise<BroadcastReport | undefined>;
  /** Newest first. */
  page(asked: PageRequest): Promise<Page<BroadcastReport>>;
  /** The one that has not ended; there is one at most. */
  open(): Promise<BroadcastId | undefined>;
  /** Reads and locks it until the transaction ends. */
  lock(id: BroadcastId): Promise<Broadcast | undefined>;
  /**
   * Writes status, end, `changedBy`, `toldAt` and `shownIn`. It ends once, and not before every
   * recipient has an outcome.
   */
  save(broadcast: Broadcast): Promise<void>;
  /** People who wait to be queued, so many at most, and whether they are suspended now. */
  waiting(id: BroadcastId, limit: number): Promise<readonly NextRecipient[]>;
  /** People whose message stands in the outbox. */
  queued(id: BroadcastId): Promise<readonly UserId[]>;
  /** Notes that their messages stand in the outbox. Only of who waits. */
  queue(id: BroadcastId, people: readonly UserId[]): Promise<void>;
  /** Notes that their messages were taken back out of the outbox: they wait again. */
  unqueue(id: BroadcastId, people: readonly UserId[]): Promise<void>;
  /** Notes what came of people whose message stood in the outbox, once for each. */
  settle(id: BroadcastId, outcomes: readonly Outcome[]): Promise<void>;
  /** Everybody who waits is canceled. */
  cancelWaiting(id: BroadcastId): Promise<void>;
}
