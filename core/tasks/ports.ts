import type {
  CampaignId,
  Page,
  PageRequest,
  TakeId,
  TaskId,
  TaskKind,
  UserId,
} from '../kernel/index.ts';
import type { Offer, Take, TakeView, TaskStatus } from './task.ts';

/** What a worker has on their hands, for the limits of TSK-4. */
export interface WorkerLoad {
  readonly takenNow: number;
  /** Proofs sent since the given moment, rejected ones included. */
  readonly sentSince: number;
  /** The earliest deadline among the tasks taken now; null where there is none. */
  readonly firstDeadline: Date | null;
}

export interface TaskRepo {
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
  load(worker: UserId, sentSince: Date): Promise<WorkerLoad>;
  /**
   * Whether the worker has a live or approved take of this kind and link in any campaign (TSK-2).
   */
  hasDone(worker: UserId, kind: TaskKind, linkKey: string): Promise<boolean>;
}

/** Lists for workers and sweeps. */
export interface TaskBoard {
  /**
   * Best paid first, then oldest: active campaigns with slots that this worker may take (TSK-2).
   */
  offers(worker: UserId, page: PageRequest): Promise<Page<Offer>>;
  /** One offer as above; undefined where this worker may not take it. */
  offer(worker: UserId, campaign: CampaignId): Promise<Offer | undefined>;
  /** The worker's takes that are taken or under review, oldest first. */
  liveOf(worker: UserId): Promise<readonly TakeView[]>;
  view(take: TakeId): Promise<TakeView | undefined>;
  /**
   * Takes past their deadline, oldest first, except those whose worker has an update received up to
   * the deadline that is still unprocessed (TSK-5).
   */
  overdue(now: Date, limit: number): Promise<readonly TakeId[]>;
}
