import type { TakeId, UserId } from '../../core/kernel/index.ts';
import {
  refuseTask,
  type Offer,
  type Take,
  type TakeStatus,
  type TakeView,
  type TaskBoard,
  type TaskRepo,
} from '../../core/tasks/index.ts';
import { actionOf, moveSlot, type CampaignRow } from './campaigns.ts';
import { byTime, createGroups, createOrdered, createPairCounts, partition } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageFrom } from './tables.ts';

const isLive = (status: TakeStatus): boolean => status === 'taken' || status === 'pending_review';

export const createTaskTables = (journal: Journal) => {
  const liveTakes = createGroups<UserId, Take>(
    (take) => (isLive(take.status) ? [take.workerId] : []),
    byTime(
      (take) => take.takenAt,
      (take) => take.id,
    ),
  );
  const doneActions = createPairCounts<Take>(
    (take) => take.workerId,
    (take) => actionOf(take.kind, take.linkKey),
    (take) => isLive(take.status) || take.status === 'approved',
  );
  const takenByDeadline = createOrdered<Take>(
    byTime(
      (take) => take.deadline,
      (take) => take.id,
    ),
    (take) => take.status === 'taken',
  );
  return {
    takes: createTable<TakeId, Take>('takes', journal, [liveTakes, doneActions, takenByDeadline]),
    liveTakes,
    doneActions,
    takenByDeadline,
  };
};

const earliest = (takes: readonly Take[]): Date | null =>
  takes.reduce<Date | null>(
    (first, { deadline }) => (first === null || deadline < first ? deadline : first),
    null,
  );

/** Tasks and takes in memory; a lock is a read, since transactions come one after the other. */
export const createTaskRepo = (state: State): TaskRepo => ({
  claimSlot: async (campaign, statuses) => {
    const status = state.campaigns.get(campaign)?.campaign.status;
    if (!statuses.some((allowed) => allowed === status)) return undefined;
    return state.freeSlots.any(campaign)?.id;
  },
  addTake: async (take, slot) => {
    state.users.need(take.workerId);
    if (state.doneActions.of(take.workerId).has(actionOf(take.kind, take.linkKey))) {
      throw refuseTask('task.already-done');
    }
    if (state.slots.need(take.taskId).status !== 'available') {
      throw new Error(`memory: slot ${take.taskId} is not available; claim one first`);
    }
    state.takes.set(take.id, take);
    moveSlot(state, take.taskId, slot);
  },
  find: async (id) => state.takes.get(id),
  lock: async (id) => state.takes.get(id),
  save: async ({ id, status, endedAt }, slot) => {
    const stored = state.takes.need(id);
    state.takes.set(id, { ...stored, status, endedAt });
    moveSlot(state, stored.taskId, slot);
  },
  load: async (worker, sentSince) => {
    const taken = state.liveTakes.of(worker).filter((take) => take.status === 'taken');
    const sent = state.proofsByWorker.of(worker);
    return {
      takenNow: taken.length,
      sentSince: sent.length - partition(sent, ({ proof }) => proof.submittedAt < sentSince),
      firstDeadline: earliest(taken),
    };
  },
  hasDone: async (worker, kind, linkKey) =>
    state.doneActions.of(worker).has(actionOf(kind, linkKey)),
});

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

/** TSK-5: an older update of this worker may carry the proof. */
const mayHaveAnswered = (state: State, take: Take): boolean =>
  state.waitingByLane
    .of(state.users.need(take.workerId).telegramId)
    .some(({ update }) => update.receivedAt <= take.deadline);

/** Lists for workers and sweeps, in memory. */
export const createTaskBoard = (state: State): TaskBoard => {
  const suits = (worker: UserId) => {
    const done = state.doneActions.of(worker);
    return ({ campaign, action }: CampaignRow): boolean =>
      campaign.clientId !== worker && !done.has(action);
  };
  return {
    offers: async (worker, page) =>
      pageFrom(state.onOffer.items.filter(suits(worker)), page, offerOf),
    offer: async (worker, id) => {
      const row = state.campaigns.get(id);
      if (row?.campaign.status !== 'active' || row.progress.available === 0) return undefined;
      return suits(worker)(row) ? offerOf(row) : undefined;
    },
    liveOf: async (worker) => state.liveTakes.of(worker).map((take) => viewOf(state, take)),
    view: async (id) => {
      const take = state.takes.get(id);
      return take && viewOf(state, take);
    },
    overdue: async (now, limit) => {
      const found: TakeId[] = [];
      for (const take of state.takenByDeadline.items) {
        if (take.deadline >= now || found.length >= limit) break;
        if (!mayHaveAnswered(state, take)) found.push(take.id);
      }
      return found;
    },
  };
};
