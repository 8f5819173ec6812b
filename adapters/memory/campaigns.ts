import type {
  Campaign,
  CampaignBoard,
  CampaignDay,
  CampaignFilter,
  CampaignRepo,
  CampaignWithProgress,
  Progress,
  SlotRepo,
} from '../../core/campaigns/index.ts';
import {
  startOfWibDay,
  type CampaignId,
  type Ids,
  type TaskId,
  type UserId,
} from '../../core/kernel/index.ts';
import type { TaskStatus } from '../../core/tasks/index.ts';
import { escrowOf } from '../../core/wallet/index.ts';
import { byTime, compareText, createBags, createGroups, createOrdered } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable, pageFromEnd, pageWhere } from './tables.ts';
import { openAccount } from './wallet.ts';

/** A campaign with the numbers of its slots. */
export interface CampaignRow {
  readonly campaign: Campaign;
  readonly progress: Progress;
  /** Equal for campaigns that pay for the same action on the same link (TSK-2). */
  readonly action: string;
}

/** A task, as its campaign sees it. */
export interface SlotRow {
  readonly id: TaskId;
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly status: TaskStatus;
}

/** One word for "this kind on this link". */
export type ActionOf = (kind: string, linkKey: string) => string;

/** The same words are the same string: made, kept and compared once. */
export const createActions = (): ActionOf => {
  const byLink = new Map<string, Map<string, string>>();
  return (kind, linkKey) => {
    let kinds = byLink.get(linkKey);
    if (kinds === undefined) {
      kinds = new Map();
      byLink.set(linkKey, kinds);
    }
    let action = kinds.get(kind);
    if (action === undefined) {
      action = `${kind} ${linkKey}`;
      kinds.set(kind, action);
    }
    return action;
  };
};

const COUNTED_AS = {
  available: 'available',
  taken: 'taken',
  pending_review: 'underReview',
  approved: 'approved',
  closed: 'closed',
} as const satisfies Record<TaskStatus, keyof Progress>;

const NOTHING: Progress = {
  available: 0,
  taken: 0,
  underReview: 0,
  approved: 0,
  closed: 0,
  rejections: 0,
};

const byAge = byTime<CampaignRow>(
  ({ campaign }) => campaign.createdAt,
  ({ campaign }) => campaign.id,
);

const bestPaidFirst = (a: CampaignRow, b: CampaignRow): number =>
  compareAmount(b.campaign.pricePerTask, a.campaign.pricePerTask) || byAge(a, b);

const compareAmount = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

export const createCampaignTables = (journal: Journal) => {
  const campaignsByClient = createGroups<UserId, CampaignRow>(
    ({ campaign }) => [campaign.clientId],
    byAge,
  );
  const campaignsNewestFirst = createOrdered<CampaignRow>((a, b) => byAge(b, a));
  const onOffer = createOrdered<CampaignRow>(
    bestPaidFirst,
    ({ campaign, progress }) => campaign.status === 'active' && progress.available > 0,
  );
  const freeSlots = createBags<CampaignId, TaskId, SlotRow>(
    (slot) => slot.campaignId,
    (slot) => slot.id,
    (slot) => slot.status === 'available',
  );
  return {
    campaigns: createTable<CampaignId, CampaignRow>('campaigns', journal, [
      campaignsByClient,
      campaignsNewestFirst,
      onOffer,
    ]),
    slots: createTable<TaskId, SlotRow>('tasks', journal, [freeSlots]),
    campaignsByClient,
    campaignsNewestFirst,
    onOffer,
    freeSlots,
  };
};

type Change = { readonly [K in keyof Progress]?: number };

/** Changes a campaign's numbers. */
export const count = (state: State, id: CampaignId, change: Change): void => {
  const row = state.campaigns.need(id);
  const { available, taken, underReview, approved, closed, rejections } = row.progress;
  const progress = {
    available: available + (change.available ?? 0),
    taken: taken + (change.taken ?? 0),
    underReview: underReview + (change.underReview ?? 0),
    approved: approved + (change.approved ?? 0),
    closed: closed + (change.closed ?? 0),
    rejections: rejections + (change.rejections ?? 0),
  };
  state.campaigns.set(id, { ...row, progress });
};

/** Moves a slot to another status. */
export const moveSlot = (state: State, id: TaskId, status: TaskStatus): void => {
  const slot = state.slots.need(id);
  if (slot.status === status) return;
  state.slots.set(id, { ...slot, status });
  count(state, slot.campaignId, { [COUNTED_AS[slot.status]]: -1, [COUNTED_AS[status]]: 1 });
};

const keep = (row: CampaignRow, change: Campaign): CampaignRow => ({ ...row, campaign: change });

/** Campaigns in memory; a lock is a read, since transactions come one after the other. */
export const createCampaignRepo = (state: State): CampaignRepo => ({
  add: async (campaign) => {
    state.users.need(campaign.clientId);
    if (state.campaigns.get(campaign.id))
      throw new Error(`memory: campaign ${campaign.id} is there`);
    const action = state.actionOf(campaign.kind, campaign.link.key);
    state.campaigns.set(campaign.id, { campaign, progress: NOTHING, action });
    openAccount(state, escrowOf(campaign.id));
  },
  find: async (id) => state.campaigns.get(id)?.campaign,
  lock: async (id) => state.campaigns.get(id)?.campaign,
  save: async (changed) => {
    const row = state.campaigns.need(changed.id);
    const { status: _status, targetTotal: _target, ...kept } = withoutLife(row.campaign);
    state.campaigns.set(changed.id, keep(row, { ...changed, ...kept }));
  },
  settle: async (id, { completed, closed }) => {
    const row = state.campaigns.need(id);
    const campaign = {
      ...row.campaign,
      completedCount: row.campaign.completedCount + completed,
      closedCount: row.campaign.closedCount + closed,
    };
    state.campaigns.set(id, keep(row, campaign));
    return campaign;
  },
  listOf: async (client, page) => pageFromEnd(state.campaignsByClient.of(client), page, shown),
  lockOpenOf: async (client) =>
    state.campaignsByClient
      .of(client)
      .map(({ campaign }) => campaign)
      .filter(({ status }) => status === 'active' || status === 'paused')
      .toSorted((a, b) => compareText(a.id, b.id)),
});

const shown = ({ campaign, progress }: CampaignRow): CampaignWithProgress => ({
  campaign,
  progress,
});

/** A campaign without what belongs to the state that it is in. */
const withoutLife = (campaign: Campaign): Campaign => {
  if (campaign.status !== 'paused' && campaign.status !== 'deleted') return campaign;
  const { status: _status, reason: _reason, ...rest } = campaign;
  if (!('pausedBy' in rest)) return { ...rest, status: 'active' };
  const { pausedBy: _pausedBy, ...bare } = rest;
  return { ...bare, status: 'active' };
};

const PROGRESS: Record<NonNullable<CampaignFilter['progress']>, (of: Campaign) => boolean> = {
  none: ({ completedCount }) => completedCount === 0,
  'under-half': ({ completedCount, targetTotal }) =>
    completedCount > 0 && completedCount * 2 < targetTotal,
  'half-or-more': ({ completedCount, targetTotal }) => completedCount * 2 >= targetTotal,
};

/** Campaigns as lists and pictures show them, in memory. */
export const createCampaignBoard = (state: State): CampaignBoard => ({
  all: async ({ status, owner, progress }, page) =>
    pageWhere(state.campaignsNewestFirst.items, page, {
      suits: ({ campaign }) =>
        (status === undefined || campaign.status === status) &&
        (owner === undefined || campaign.clientId === owner) &&
        (progress === undefined || PROGRESS[progress](campaign)),
      show: (row) => ({ ...shown(row), owner: state.users.need(row.campaign.clientId) }),
    }),
  days: async (id, since) => {
    const days = new Map<number, CampaignDay>();
    const add = (at: Date, what: 'submitted' | 'approved' | 'rejected'): void => {
      if (at < since) return;
      const day = startOfWibDay(at);
      const known = days.get(day.getTime()) ?? { day, submitted: 0, approved: 0, rejected: 0 };
      days.set(day.getTime(), { ...known, [what]: known[what] + 1 });
    };
    for (const { proof, decisions } of state.proofsByCampaign.of(id)) {
      add(proof.submittedAt, 'submitted');
      const last = decisions.at(-1);
      if (last !== undefined) add(last.at, last.verdict);
    }
    return [...days.values()].toSorted((a, b) => a.day.getTime() - b.day.getTime());
  },
});

/** Slots in memory. */
export const createSlotRepo = (state: State, ids: Ids): SlotRepo => ({
  open: async ({ id }, howMany) => {
    const { progress } = state.campaigns.need(id);
    const { available, taken, underReview, approved, closed } = progress;
    const before = available + taken + underReview + approved + closed;
    for (let number = before + 1; number <= before + howMany; number += 1) {
      const taskId = ids.next<TaskId>();
      state.slots.set(taskId, { id: taskId, campaignId: id, number, status: 'available' });
    }
    count(state, id, { available: howMany });
  },
  closeAvailable: async (id) => {
    const free = [...state.freeSlots.all(id)];
    for (const slot of free) state.slots.set(slot.id, { ...slot, status: 'closed' });
    count(state, id, { available: -free.length, closed: free.length });
    return free.length;
  },
  progress: async (id) => state.campaigns.get(id)?.progress ?? NOTHING,
});
