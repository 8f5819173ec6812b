import type {
  CampaignId,
  Page,
  PageRequest,
  TakeId,
  TaskId,
  TaskKind,
  UserId,
} from '../kernel/index.ts';
import type { Campaign } from '../campaigns/index.ts';
import type { Offer, PastTask, SlotHolder, Take, TakeView, TaskStatus } from './task.ts';

/** What a worker has on their hands, for the limits of TSK-4. */
export interface WorkerLoad {
  readonly takenNow: number;
  /** Proofs sent since the given moment, rejected ones included. */
  readonly sentSince: number;
  /** The earliest deadline among the tasks taken now; null where there is none. */
  readonly firstDeadline: Date | null;
}

/** A worker who asks for a slot of a campaign. */
export interface Wish {
  readonly worker: UserId;
  readonly campaign: CampaignId;
  /** Since when proofs count for the limit of TSK-4. */
  readonly sentSince: Date;
}

/** All that decides about such a wish, beside who the worker is. */
export interface WishFacts {
  readonly campaign: Campaign;
  /** Their take of this campaign whose status is `taken`. */
  readonly underWay: TakeId | undefined;
  readonly load: WorkerLoad;
  /** As `TaskRepo.hasDone` for the campaign's kind and link. */
  readonly hasDone: boolean;
  /** How many rejections of theirs in this campaign stand; reversed ones do not (TSK-6). */
  readonly rejectionsStanding: number;
}

export interface TaskRepo {
  /**
   * Reads in one look what decides about a wish; undefined where there is no such campaign. Ask for
   * it after the worker's lock, in the same breath: it sees all that was committed before that lock.
   */
  factsFor(wish: Wish): Promise<WishFacts | undefined>;
  /**
   * Claims a free slot of the take's campaign as `claimSlot` does, and stores the take as `addTake`
   * does, both at once; resolves to the slot, undefined where none was left. Callers at the same
   * time spread over the free slots.
   */
  takeSlot(
    take: Omit<Take, 'taskId'>,
    statuses: readonly ('active' | 'paused')[],
  ): Promise<TaskId | undefined>;
  /**
   * Locks one available slot of the campaign if the campaign's status is among `statuses`, skipping
   * slots that others hold locked; undefined when none is left (TSK-3).
   */
  claimSlot(
    campaign: CampaignId,
    statuses: readonly ('active' | 'paused')[],
  ): Promise<TaskId | undefined>;
  /**
   * Stores a new take and moves its slot along. Refuses `task.already-done` where the worker has a
   * live or approved take of the same kind and link (TSK-2), also against a concurrent one.
   */
  addTake(take: Take, slot: TaskStatus): Promise<void>;
  find(id: TakeId): Promise<Take | undefined>;
  /** Locks and reads a take with its slot. */
  lock(id: TakeId): Promise<Take | undefined>;
  /** Replaces status and endedAt of a take, and the status of its slot. */
  save(take: Take, slot: TaskStatus): Promise<void>;
  /**
   * Notes that the worker of a take has been reminded of its deadline; false where the take is no
   * longer taken, or they were reminded before.
   */
  noteReminded(id: TakeId, at: Date): Promise<boolean>;
  /**
   * Whether the worker has a live or approved take of this kind and link in any campaign (TSK-2).
   */
  hasDone(worker: UserId, kind: TaskKind, linkKey: string): Promise<boolean>;
}

/** A take as sweeps find it: by its deadline, then by its id. */
export interface DueTake {
  readonly id: TakeId;
  readonly deadline: Date;
}

/** A part of a sweep's list. */
export interface DuePage {
  readonly limit: number;
  /** The last of the page before: what failed there does not stand in the way of the rest. */
  readonly after?: DueTake | undefined;
}

/** Whose offers, and what closes a campaign to them. */
export interface OfferTerms {
  readonly worker: UserId;
  /** So many standing rejections of its tasks (TSK-6); 0: none ever does. */
  readonly rejectionsMax: number;
}

/** Lists for workers and sweeps. */
export interface TaskBoard {
  /**
   * Best paid first, then oldest: active campaigns with slots that this worker may take (TSK-2,
   * TSK-6).
   */
  offers(terms: OfferTerms, page: PageRequest): Promise<Page<Offer>>;
  /** One offer as above; undefined where this worker may not take it. */
  offer(terms: OfferTerms, campaign: CampaignId): Promise<Offer | undefined>;
  /** Taken slots by their deadline first, then those under review, oldest first. */
  holders(campaign: CampaignId, page: PageRequest): Promise<Page<SlotHolder>>;
  /** The worker's takes that have ended, the newest end first; those of one moment by their id. */
  past(worker: UserId, page: PageRequest): Promise<Page<PastTask>>;
  /** The worker's takes that are taken or under review, oldest first. */
  liveOf(worker: UserId): Promise<readonly TakeView[]>;
  view(take: TakeId): Promise<TakeView | undefined>;
  /**
   * Takes past their deadline, oldest first, except those whose worker has an update received up to
   * the deadline that is still unprocessed (TSK-5). It counts for 24 hours, as long as Telegram
   * itself keeps what nobody fetches: updates of a bot that is no longer served wait for ever.
   */
  overdue(now: Date, page: DuePage): Promise<readonly DueTake[]>;
  /**
   * Takes whose deadline is after `now` and not after `until`, soonest first, whose worker has not
   * been reminded and had longer than that to do it (TSK-5).
   */
  dueSoon(now: Date, until: Date, page: DuePage): Promise<readonly DueTake[]>;
}
