import {
  DAY_MS,
  plusMs,
  subtract,
  type CampaignId,
  type Rupiah,
  type TakeId,
  type TaskId,
  type UserId,
} from '../../core/kernel/index.ts';
import {
  refuseTask,
  type DuePage,
  type DueTake,
  type Offer,
  type OfferTerms,
  type PastTask,
  type Take,
  type TakeStatus,
  type TakeView,
  type TaskBoard,
  type TaskRepo,
  type TaskStatus,
  type Wish,
  type WishFacts,
  type WorkerLoad,
} from '../../core/tasks/index.ts';
import type { Campaign } from '../../core/campaigns/index.ts';
import { moveSlot, type ActionOf, type CampaignRow } from './campaigns.ts';
import { byTime, createGroups, createOrdered, createPairCounts, partition } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageFrom, pageFromEnd, pageWhere } from './tables.ts';
import { rejectionsStanding, type ProofRow } from './proofs.ts';
import { takenBack } from './wallet-history.ts';

const isLive = (status: TakeStatus): boolean => status === 'taken' || status === 'pending_review';

const byAge = byTime<Take>(
  (take) => take.takenAt,
  (take) => take.id,
);

const byDeadline = byTime<DueTake>(
  ({ deadline }) => deadline,
  ({ id }) => id,
);

/** Taken slots by their deadline, then those under review, oldest first. */
const takenFirst = (a: Take, b: Take): number => {
  if (a.status !== b.status) return a.status === 'taken' ? -1 : 1;
  return a.status === 'taken' ? byDeadline(a, b) : byAge(a, b);
};

export const createTaskTables = (journal: Journal, actionOf: ActionOf) => {
  const liveTakes = createGroups<UserId, Take>(
    (take) => (isLive(take.status) ? [take.workerId] : []),
    byAge,
  );
  const doneActions = createPairCounts<Take>(
    (take) => take.workerId,
    (take) => actionOf(take.kind, take.linkKey),
    (take) => isLive(take.status) || take.status === 'approved',
  );
  const heldTakes = createGroups<CampaignId, Take>(
    (take) => (isLive(take.status) ? [take.campaignId] : []),
    takenFirst,
  );
  const takenByDeadline = createOrdered<Take>(byDeadline, (take) => take.status === 'taken');
  const endedTakes = createGroups<UserId, Take>(
    (take) => (take.endedAt === null ? [] : [take.workerId]),
    byTime(
      (take) => take.endedAt ?? take.takenAt,
      (take) => take.id,
    ),
  );
  return {
    takes: createTable<TakeId, Take>('takes', journal, [
      liveTakes,
      heldTakes,
      doneActions,
      takenByDeadline,
      endedTakes,
    ]),
    /** When workers were reminded of a take's deadline. */
    reminders: createTable<TakeId, Date>('reminders', journal),
    liveTakes,
    heldTakes,
    doneActions,
    takenByDeadline,
    endedTakes,
  };
};

const earliest = (takes: readonly Take[]): Date | null =>
  takes.reduce<Date | null>(
    (first, { deadline }) => (first === null || deadline < first ? deadline : first),
    null,
  );

const wasReminded = (state: State, id: TakeId): boolean => state.reminders.get(id) !== undefined;

/** Tasks and takes in memory; a lock is a read, since transactions come one after the other. */
export const createTaskRepo = (state: State): TaskRepo => ({
  factsFor: async (wish) => factsFor(state, wish),
  takeSlot: async (take, statuses) => {
    const taskId = claimSlot(state, take.campaignId, statuses);
    if (taskId !== undefined) addTake(state, { ...take, taskId }, 'taken');
    return taskId;
  },
  claimSlot: async (campaign, statuses) => claimSlot(state, campaign, statuses),
  addTake: async (take, slot) => addTake(state, take, slot),
  find: async (id) => state.takes.get(id),
  lock: async (id) => state.takes.get(id),
  save: async ({ id, status, endedAt }, slot) => {
    const stored = state.takes.need(id);
    state.takes.set(id, { ...stored, status, endedAt });
    moveSlot(state, stored.taskId, slot);
  },
  noteReminded: async (id, at) => {
    if (state.takes.get(id)?.status !== 'taken' || wasReminded(state, id)) return false;
    state.reminders.set(id, at);
    return true;
  },
  hasDone: async (worker, kind, linkKey) => hasDone(state, worker, { kind, linkKey }),
});

const claimSlot = (
  state: State,
  campaign: CampaignId,
  statuses: readonly Campaign['status'][],
): TaskId | undefined => {
  const status = state.campaigns.get(campaign)?.campaign.status;
  if (!statuses.some((allowed) => allowed === status)) return undefined;
  return state.freeSlots.any(campaign)?.id;
};

const addTake = (state: State, take: Take, slot: TaskStatus): void => {
  state.users.need(take.workerId);
  if (hasDone(state, take.workerId, take)) throw refuseTask('task.already-done');
  if (state.slots.need(take.taskId).status !== 'available') {
    throw new Error(`memory: slot ${take.taskId} is not available; claim one first`);
  }
  state.takes.set(take.id, take);
  moveSlot(state, take.taskId, slot);
};

const hasDone = (
  state: State,
  worker: UserId,
  { kind, linkKey }: Pick<Take, 'kind' | 'linkKey'>,
): boolean => state.doneActions.of(worker).has(state.actionOf(kind, linkKey));

const takenBy = (state: State, worker: UserId): readonly Take[] =>
  state.liveTakes.of(worker).filter((take) => take.status === 'taken');

const loadOf = (state: State, worker: UserId, sentSince: Date): WorkerLoad => {
  const taken = takenBy(state, worker);
  const sent = state.proofsByWorker.of(worker);
  return {
    takenNow: taken.length,
    sentSince: sent.length - partition(sent, ({ proof }) => proof.submittedAt < sentSince),
    firstDeadline: earliest(taken),
  };
};

const factsFor = (
  state: State,
  { worker, campaign: id, sentSince }: Wish,
): WishFacts | undefined => {
  const campaign = state.campaigns.get(id)?.campaign;
  if (!campaign) return undefined;
  return {
    campaign,
    underWay: takenBy(state, worker).find(({ campaignId }) => campaignId === id)?.id,
    load: loadOf(state, worker, sentSince),
    hasDone: hasDone(state, worker, { kind: campaign.kind, linkKey: campaign.link.key }),
    rejectionsStanding: rejectionsStanding(state, worker, id),
  };
};

const offerOf = ({ campaign, progress }: CampaignRow): Offer => ({
  campaignId: campaign.id,
  kind: campaign.kind,
  link: campaign.link,
  campaign,
  slotsLeft: progress.available,
});

const viewOf = (state: State, take: Take): TakeView => ({
  take,
  campaign: state.campaigns.need(take.campaignId).campaign,
});

/** What is left of a take's reward: all of it until it is reversed (REV-7). */
const leftOf = (state: State, take: Take, proof: ProofRow | undefined): Rupiah | null => {
  const { pricePerTask } = state.campaigns.need(take.campaignId).campaign;
  if (take.status === 'approved') return pricePerTask;
  if (take.status !== 'reversed' || !proof) return null;
  const left = subtract(pricePerTask, takenBack(state, take.workerId, proof.proof.id));
  return left > 0n ? left : null;
};

const pastOf = (state: State, take: Take): PastTask => {
  const proof = state.proofsByTask.of(take.taskId).find((row) => row.proof.takeId === take.id);
  const last = proof?.decisions.at(-1);
  return {
    ...viewOf(state, take),
    paid: leftOf(state, take, proof),
    reason: last?.verdict === 'rejected' ? last.reason : null,
  };
};

/** The campaigns in which this worker was rejected too often (TSK-6). */
const closedTo = (state: State, { worker, rejectionsMax }: OfferTerms): ReadonlySet<CampaignId> => {
  const closed = new Set<CampaignId>();
  if (rejectionsMax === 0 || !state.verdicts.of(worker).has('rejected')) return closed;
  const standing = state.proofsByWorker
    .of(worker)
    .filter(({ proof, decisions }) => proof.status === 'rejected' && decisions.length === 1);
  for (const [id, rows] of Map.groupBy(standing, ({ proof }) => proof.campaignId)) {
    if (rows.length >= rejectionsMax) closed.add(id);
  }
  return closed;
};

/** TSK-5: an older update of this worker may carry the proof, unless it waits for a day. */
const mayHaveAnswered = (state: State, take: Take, now: Date): boolean =>
  state.waitingByLane
    .of(state.users.need(take.workerId).telegramId)
    .map(({ update }) => update.receivedAt)
    .some((at) => at <= take.deadline && at > plusMs(now, -DAY_MS));

/** Those of `takes`, which are in order, that stand on the page and suit. */
const duePage = (
  takes: readonly Take[],
  { limit, after }: DuePage,
  suits: (take: Take) => boolean,
): readonly DueTake[] => {
  const found: DueTake[] = [];
  const from = after ? partition(takes, (take) => byDeadline(take, after) <= 0) : 0;
  for (const take of takes.slice(from)) {
    if (found.length >= limit) break;
    if (suits(take)) found.push({ id: take.id, deadline: take.deadline });
  }
  return found;
};

/** Lists for workers and sweeps, in memory. */
export const createTaskBoard = (state: State): TaskBoard => {
  const suits = (terms: OfferTerms) => {
    const done = state.doneActions.of(terms.worker);
    const closed = closedTo(state, terms);
    return ({ campaign, action }: CampaignRow): boolean =>
      campaign.clientId !== terms.worker && !done.has(action) && !closed.has(campaign.id);
  };
  return {
    offers: async (terms, page) =>
      pageWhere(state.onOffer.items, page, { suits: suits(terms), show: offerOf }),
    offer: async (terms, id) => {
      const row = state.campaigns.get(id);
      if (row?.campaign.status !== 'active' || row.progress.available === 0) return undefined;
      return suits(terms)(row) ? offerOf(row) : undefined;
    },
    past: async (worker, page) =>
      pageFromEnd(state.endedTakes.of(worker), page, (take) => pastOf(state, take)),
    holders: async (campaign, page) =>
      pageFrom(state.heldTakes.of(campaign), page, (take) => ({
        take,
        worker: state.users.need(take.workerId),
      })),
    liveOf: async (worker) => state.liveTakes.of(worker).map((take) => viewOf(state, take)),
    view: async (id) => {
      const take = state.takes.get(id);
      return take && viewOf(state, take);
    },
    overdue: async (now, page) => {
      const { items } = state.takenByDeadline;
      const over = items.slice(
        0,
        partition(items, ({ deadline }) => deadline < now),
      );
      return duePage(over, page, (take) => !mayHaveAnswered(state, take, now));
    },
    dueSoon: async (now, until, page) => {
      const lead = until.getTime() - now.getTime();
      const { items } = state.takenByDeadline;
      const soon = items.slice(
        partition(items, ({ deadline }) => deadline <= now),
        partition(items, ({ deadline }) => deadline <= until),
      );
      const hadLonger = ({ takenAt, deadline }: Take): boolean =>
        deadline.getTime() - takenAt.getTime() > lead;
      return duePage(soon, page, (take) => hadLonger(take) && !wasReminded(state, take.id));
    },
  };
};
