import {
  lineKey,
  readLineKey,
  type AuditEntry,
  type AuditFilter,
  type AuditLine,
  type AuditTrail,
  type LinePlace,
} from '../../core/audit/index.ts';
import { labelOf, type Campaign } from '../../core/campaigns/index.ts';
import {
  actorName,
  asUser,
  DAY_MS,
  sliceOf,
  startOfWibDay,
  type CampaignId,
  type SliceRequest,
  type UserId,
} from '../../core/kernel/index.ts';
import type { State } from './state.ts';

/** Whom a record concerns, and which campaign it belongs to. */
interface Concern {
  readonly userId?: UserId | null | undefined;
  readonly campaignId?: CampaignId | null | undefined;
}

interface Row {
  readonly entry: AuditEntry;
  readonly place: LinePlace;
}

const ofWork = (
  work: { readonly workerId: UserId; readonly campaignId: CampaignId } | undefined,
): Concern => ({ userId: work?.workerId, campaignId: work?.campaignId });

const ofCampaign = (campaign: Campaign | undefined): Concern => ({
  userId: campaign?.clientId,
  campaignId: campaign?.id,
});

/** What is forgotten concerns nobody any more. */
const concernOf = (state: State, { subject, subjectId }: AuditEntry): Concern => {
  const id = subjectId as never;
  switch (subject) {
    case 'user':
      return { userId: state.users.get(id)?.id };
    case 'campaign':
      return ofCampaign(state.campaigns.get(id)?.campaign);
    case 'take':
      return ofWork(state.takes.get(id));
    case 'proof':
      return ofWork(state.proofs.get(id)?.proof);
    case 'approvals': {
      const scope = state.approvalBatches.get(id)?.scope;
      if (scope === undefined) return {};
      return scope.kind === 'worker'
        ? { userId: scope.workerId }
        : { campaignId: scope.campaignId };
    }
    case 'deposit':
      return { userId: state.deposits.get(id)?.userId };
    case 'withdrawal':
      return { userId: state.withdrawals.get(id)?.userId };
    case 'transaction':
      return { userId: state.entries.get(id)?.transaction.userId };
    case 'freeze':
    case 'settings':
    case 'broadcast':
    case 'audit':
      return {};
  }
};

const isOn = (day: Date, at: Date): boolean => {
  const begins = startOfWibDay(day).getTime();
  return at.getTime() >= begins && at.getTime() < begins + DAY_MS;
};

const fits = (state: State, filter: AuditFilter, entry: AuditEntry): boolean => {
  const { userId, campaignId, actorId, subject, subjectId, day } = filter;
  if (subject && entry.subject !== subject) return false;
  if (subjectId && entry.subjectId !== subjectId) return false;
  if (day && !isOn(day, entry.at)) return false;
  const by = actorName(entry.actor);
  if (actorId && by !== actorName(asUser(actorId))) return false;
  if (!userId && !campaignId) return true;
  const concern = concernOf(state, entry);
  if (campaignId && concern.campaignId !== campaignId) return false;
  return !userId || concern.userId === userId || by === actorName(asUser(userId));
};

const isNewer = (a: LinePlace, b: LinePlace): boolean =>
  a.at === b.at ? a.id > b.id : a.at > b.at;

const newestFirst = (a: Row, b: Row): number => (isNewer(a.place, b.place) ? -1 : 1);

/** A record is named by its place in the log, from 1, as the seals name it. */
const rowsIn = (state: State): readonly Row[] =>
  state.audit.all().map((entry, index) => ({
    entry,
    place: { at: entry.at.getTime() * 1_000, id: state.audit.forgotten() + index + 1 },
  }));

/** The rows beyond a place, the nearest first. */
const beyond = (rows: readonly Row[], from: SliceRequest['from']): readonly Row[] => {
  const place = readLineKey(from?.key);
  if (from === null || place === undefined) return rows.toSorted(newestFirst);
  return from.towards === 'older'
    ? rows.filter((row) => isNewer(place, row.place)).toSorted(newestFirst)
    : rows
        .filter((row) => isNewer(row.place, place))
        .toSorted(newestFirst)
        .toReversed();
};

/** Goes through the whole log: what is sealed long ago is forgotten now and then. */
export const createAuditTrail = (state: State): AuditTrail => {
  const lineOf = ({ entry, place }: Row): AuditLine => {
    const { userId, campaignId } = concernOf(state, entry);
    const user = userId ? state.users.get(userId) : undefined;
    const campaign = campaignId ? state.campaigns.get(campaignId)?.campaign : undefined;
    const { actor, ...written } = entry;
    return {
      ...written,
      id: String(place.id),
      actor: actorName(actor),
      actorDisplayName:
        actor.kind === 'user' ? (state.users.get(actor.id)?.displayName ?? null) : null,
      concerns: user ? { userId: user.id, displayName: user.displayName } : null,
      campaign: campaign ? { id: campaign.id, ...labelOf(campaign) } : null,
      sealed: place.id <= (state.seals.all().at(-1)?.total ?? 0),
    };
  };
  return {
    browse: async (filter, slice) => {
      const rows = rowsIn(state).filter(({ entry }) => fits(state, filter, entry));
      const near = beyond(rows, slice.from).slice(0, slice.size + 1);
      const asked = readLineKey(slice.from?.key) ? slice : { ...slice, from: null };
      const { items, ...more } = sliceOf(near, asked, ({ place }) => lineKey(place));
      return { items: items.map(lineOf), ...more };
    },
    find: async (id) => {
      const row = rowsIn(state).find(({ place }) => String(place.id) === id);
      return row && lineOf(row);
    },
    campaignsOn: async (linkKey, limit) =>
      [...state.campaigns.values()]
        .flatMap(({ campaign }) => (campaign.link.key === linkKey ? [campaign] : []))
        .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
        .slice(0, limit)
        .map((campaign) => ({
          id: campaign.id,
          createdAt: campaign.createdAt,
          ...labelOf(campaign),
        })),
  };
};
