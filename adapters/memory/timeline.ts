import type { AuditEntry } from '../../core/audit/index.ts';
import { labelOf } from '../../core/campaigns/index.ts';
import {
  actorName,
  add,
  rupiah,
  times,
  type CampaignId,
  type UserId,
} from '../../core/kernel/index.ts';
import type { Deposit } from '../../core/deposits/index.ts';
import type { CampaignLabel } from '../../core/outbox/index.ts';
import {
  TIMELINE_SOURCES,
  type EventPlace,
  type PlacedEvent,
  type TimelineEvent,
  type TimelineRequest,
  type TimelineSource,
} from '../../core/reports/index.ts';
import type { Posting } from '../../core/wallet/index.ts';
import type { Withdrawal } from '../../core/withdrawals/index.ts';
import { compareText } from './indexes.ts';
import type { State } from './state.ts';
import { effectOn, labelFor } from './wallet-history.ts';
import type { EntryRow } from './wallet.ts';

type EventBody<E = TimelineEvent> = E extends TimelineEvent ? Omit<E, 'at'> : never;

const placed = (
  { source, id }: Omit<EventPlace, 'at'>,
  at: Date,
  body: EventBody,
): PlacedEvent => ({ place: { at, source, id }, event: { ...body, at } as TimelineEvent });

const older = (a: EventPlace, b: EventPlace): number =>
  a.at.getTime() - b.at.getTime() ||
  TIMELINE_SOURCES.indexOf(a.source) - TIMELINE_SOURCES.indexOf(b.source) ||
  a.id.length - b.id.length ||
  compareText(a.id, b.id);

/** See `ReportReader.timeline`: gathered, sorted and cut. */
export const readTimeline = (
  state: State,
  user: UserId,
  { from, limit }: TimelineRequest,
): readonly PlacedEvent[] => {
  const all = [
    ...standing(state, user),
    ...work(state, user),
    ...state.campaignsByClient.of(user).map(({ campaign }) =>
      placed({ source: 'campaign-made', id: campaign.id }, campaign.createdAt, {
        kind: 'campaign-made',
        campaignId: campaign.id,
        campaign: labelOf(campaign),
        total: times(add(campaign.pricePerTask, campaign.feePerTask), campaign.targetTotal),
      }),
    ),
    ...[...state.deposits.values()].filter(({ userId }) => userId === user).flatMap(deposited),
    ...state.withdrawalsByUser.of(user).flatMap(withdrawn),
    ...state.histories.of(user).flatMap((row) => moved(state, row, user)),
  ].toSorted((a, b) => older(b.place, a.place));
  if (!from) return all.slice(0, limit);
  const { place: here, towards } = from;
  return towards === 'older'
    ? all.filter(({ place }) => older(place, here) < 0).slice(0, limit)
    : all
        .toReversed()
        .filter(({ place }) => older(place, here) > 0)
        .slice(0, limit);
};

const standing = (state: State, user: UserId): readonly PlacedEvent[] => {
  const { createdAt } = state.users.need(user);
  const told = state.audit.all().flatMap((entry, place) => {
    if (entry.subject !== 'user' || entry.subjectId !== user) return [];
    const body = standingOf(state, entry);
    const id = String(state.audit.forgotten() + place);
    return body ? [placed({ source: 'standing', id }, entry.at, body)] : [];
  });
  return [placed({ source: 'registered', id: user }, createdAt, { kind: 'registered' }), ...told];
};

const standingOf = (
  state: State,
  { action, actor, before, after }: AuditEntry,
): EventBody | undefined => {
  if (action === 'user.role') {
    const [from, to] = [before?.['role'] ?? null, after?.['role'] ?? null];
    if (from === to) return undefined;
    return { kind: 'role', from: from as string | null, to: to as string | null };
  }
  if (action !== 'user.status') return undefined;
  const by = (actor.kind === 'user' && state.users.get(actor.id)?.displayName) || actorName(actor);
  return { kind: after?.['status'] === 'suspended' ? 'suspended' : 'unsuspended', by };
};

const work = (state: State, user: UserId): readonly PlacedEvent[] => {
  const label = (id: CampaignId): CampaignLabel => labelOf(state.campaigns.need(id).campaign);
  const taken = [...state.takes.values()]
    .filter(({ workerId }) => workerId === user)
    .flatMap(({ id, campaignId, takenAt, endedAt, status }) => {
      const about = { takeId: id, campaign: label(campaignId) };
      const take = placed({ source: 'task-taken', id }, takenAt, { kind: 'task-taken', ...about });
      const isLost = status === 'expired' || status === 'released' || status === 'suspended';
      return isLost && endedAt
        ? [
            take,
            placed({ source: 'task-lost', id }, endedAt, {
              kind: 'task-lost',
              ...about,
              how: status,
            }),
          ]
        : [take];
    });
  const sent = state.proofsByWorker.of(user).flatMap(({ proof, decisions }) => {
    const about = { proofId: proof.id, campaign: label(proof.campaignId) };
    return [
      placed({ source: 'proof-sent', id: proof.id }, proof.submittedAt, {
        kind: 'proof-sent',
        ...about,
      }),
      ...decisions.map(({ order, verdict, reason, at }) => {
        const isReversal = order === 'reversal';
        const source: TimelineSource = isReversal ? 'proof-reversed' : 'proof-decided';
        const body = { kind: 'proof-decided', ...about, verdict, isReversal, reason } as const;
        return placed({ source, id: proof.id }, at, body);
      }),
    ];
  });
  return [...taken, ...sent];
};

const deposited = (deposit: Deposit): readonly PlacedEvent[] => {
  const { id, claimed, createdAt } = deposit;
  const asked = placed({ source: 'deposit-asked', id }, createdAt, {
    kind: 'deposit-asked',
    depositId: id,
    amount: claimed,
  });
  if (deposit.status === 'pending') return [asked];
  const { status, decidedAt } = deposit;
  const amount = deposit.status === 'approved' ? deposit.credited : claimed;
  const body = { kind: 'deposit-decided', depositId: id, amount, status } as const;
  return [asked, placed({ source: 'deposit-decided', id }, decidedAt, body)];
};

const withdrawn = (withdrawal: Withdrawal): readonly PlacedEvent[] => {
  const { id, amount, createdAt } = withdrawal;
  const about = { withdrawalId: id, amount };
  const asked = placed({ source: 'withdrawal-asked', id }, createdAt, {
    kind: 'withdrawal-asked',
    ...about,
  });
  if (withdrawal.status === 'pending') return [asked];
  const { status, decidedAt } = withdrawal;
  const body = { kind: 'withdrawal-decided', ...about, status } as const;
  return [asked, placed({ source: 'withdrawal-decided', id }, decidedAt, body)];
};

/** When it was made and when it was decided, where that moved the wallet. */
const moved = (state: State, row: EntryRow, user: UserId): readonly PlacedEvent[] => {
  const { id, type, reference, createdAt, decidedAt } = row.transaction;
  const part = (postings: readonly Posting[], at: Date): readonly PlacedEvent[] => {
    const amount = effectOn({ born: postings, closing: [] }, user);
    if (amount === 0n) return [];
    const source: TimelineSource = amount > 0n ? 'money-in' : 'money-out';
    const campaign = labelFor(state, reference);
    const body = {
      kind: 'money',
      transactionId: id,
      type,
      amount: rupiah(amount),
      campaign,
    } as const;
    return [placed({ source, id }, at, body)];
  };
  return [...part(row.born, createdAt), ...part(row.closing, decidedAt ?? createdAt)];
};
