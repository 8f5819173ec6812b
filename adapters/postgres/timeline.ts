import {
  invariant,
  rupiah,
  type CampaignId,
  type DepositId,
  type ProofId,
  type TakeId,
  type TaskKind,
  type TransactionId,
  type UserId,
  type WithdrawalId,
} from '../../core/kernel/index.ts';
import type { CampaignLabel } from '../../core/outbox/index.ts';
import {
  TIMELINE_SOURCES,
  type EventPlace,
  type PlacedEvent,
  type TimelineEvent,
  type TimelineRequest,
  type TimelineSource,
} from '../../core/reports/index.ts';
import type { TransactionType } from '../../core/wallet/index.ts';
import { fragment, known, type Sql } from './sql.ts';
import { eventsOf } from './timeline-sources.ts';

interface EventRow {
  readonly source: TimelineSource;
  readonly at: Date;
  readonly id: string;
  /** What became of it: a status, a verdict, a type, a role. */
  readonly word: string | null;
  /** A reason, a name, the role before. */
  readonly other: string | null;
  readonly amount: bigint | null;
  readonly task_kind: TaskKind | null;
  readonly link: string | null;
}

/**
 * The newest events of every source from that place on, each by its own index, then the newest of
 * them all. Times are whole milliseconds, as every clock of ours gives them.
 */
export const readTimeline = async (
  sql: Sql,
  user: UserId,
  { from, limit }: TimelineRequest,
): Promise<readonly PlacedEvent[]> => {
  const { at, source, id } = from?.place ?? { at: null, source: null, id: null };
  const isNumber = source === 'standing';
  const rows = await sql<EventRow>`
    with here as materialized (
      select ${known(user)}::uuid as user_id, ${at}::timestamptz as at,
        ${isNumber ? null : id}::uuid as id, ${isNumber ? id : null}::bigint as number
    )
    ${fragment(TIMELINE_SOURCES.map((one) => eventsOf(one, from, limit)).join(' union all '))}`;
  const direction = from?.towards === 'newer' ? 1 : -1;
  return rows
    .map((row): PlacedEvent => ({ place: placeOf(row), event: eventOf(row) }))
    .toSorted((a, b) => direction * compare(a.place, b.place))
    .slice(0, limit);
};

const placeOf = ({ at, source, id }: EventRow): EventPlace => ({ at, source, id });

const compare = (a: EventPlace, b: EventPlace): number =>
  a.at.getTime() - b.at.getTime() ||
  TIMELINE_SOURCES.indexOf(a.source) - TIMELINE_SOURCES.indexOf(b.source) ||
  compareIds(a, b);

const compareIds = ({ source, id }: EventPlace, other: EventPlace): number => {
  if (source === 'standing') return Number(BigInt(id) - BigInt(other.id));
  return id < other.id ? -1 : 1;
};

type Body<E = TimelineEvent> = E extends TimelineEvent ? Omit<E, 'at'> : never;

const eventOf = (row: EventRow): TimelineEvent =>
  ({ at: row.at, ...READERS[row.source](row) }) as TimelineEvent;

const labelOf = ({ task_kind: taskKind, link }: EventRow): CampaignLabel | null =>
  taskKind === null || link === null ? null : { taskKind, link };

const campaignOf = (row: EventRow): CampaignLabel => {
  const label = labelOf(row);
  invariant(label, `${row.source} ${row.id} belongs to a campaign`);
  return label;
};

/** A word that the database knows to be one of these. */
const wordOf = <W extends string>({ word }: EventRow): W => word as W;

const amountOf = ({ amount }: EventRow) => rupiah(amount ?? 0n);

const judged =
  (isReversal: boolean) =>
  (row: EventRow): Body => ({
    kind: 'proof-decided',
    proofId: row.id as ProofId,
    campaign: campaignOf(row),
    verdict: wordOf<'approved' | 'rejected'>(row),
    isReversal,
    reason: row.other,
  });

const moved = (row: EventRow): Body => ({
  kind: 'money',
  transactionId: row.id as TransactionId,
  type: wordOf<TransactionType>(row),
  amount: amountOf(row),
  campaign: labelOf(row),
});

/** What each source tells. */
const READERS: Readonly<Record<TimelineSource, (row: EventRow) => Body>> = {
  registered: () => ({ kind: 'registered' }),
  standing: (row) => {
    const { word, other } = row;
    const by = other ?? '';
    if (word === 'suspended' || word === 'unsuspended') return { kind: word, by };
    return { kind: 'role', from: other, to: word?.slice('role:'.length) || null };
  },
  'campaign-made': (row) => ({
    kind: 'campaign-made',
    campaignId: row.id as CampaignId,
    campaign: campaignOf(row),
    total: amountOf(row),
  }),
  'task-taken': (row) => ({
    kind: 'task-taken',
    takeId: row.id as TakeId,
    campaign: campaignOf(row),
  }),
  'proof-sent': (row) => ({
    kind: 'proof-sent',
    proofId: row.id as ProofId,
    campaign: campaignOf(row),
  }),
  'proof-decided': judged(false),
  'proof-reversed': judged(true),
  'task-lost': (row) => ({
    kind: 'task-lost',
    takeId: row.id as TakeId,
    campaign: campaignOf(row),
    how: wordOf<'expired' | 'released' | 'suspended'>(row),
  }),
  'deposit-asked': (row) => ({
    kind: 'deposit-asked',
    depositId: row.id as DepositId,
    amount: amountOf(row),
  }),
  'deposit-decided': (row) => ({
    kind: 'deposit-decided',
    depositId: row.id as DepositId,
    amount: amountOf(row),
    status: wordOf<'approved' | 'rejected' | 'canceled'>(row),
  }),
  'withdrawal-asked': (row) => ({
    kind: 'withdrawal-asked',
    withdrawalId: row.id as WithdrawalId,
    amount: amountOf(row),
  }),
  'withdrawal-decided': (row) => ({
    kind: 'withdrawal-decided',
    withdrawalId: row.id as WithdrawalId,
    amount: amountOf(row),
    status: wordOf<'paid' | 'rejected' | 'canceled'>(row),
  }),
  'money-out': moved,
  'money-in': moved,
};
