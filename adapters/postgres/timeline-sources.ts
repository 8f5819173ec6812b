import {
  TIMELINE_SOURCES,
  type TimelineRequest,
  type TimelineSource,
} from '../../core/reports/index.ts';

/** Where a source's events stand, and what they say. Constants only, on the relation `here`. */
interface Source {
  readonly from: string;
  /** Whose they are, and which rows are events at all. */
  readonly where: string;
  /** Where several rows are one event: what is left of them. */
  readonly columns?: string;
  readonly group?: string;
  readonly at: string;
  readonly id: string;
  /** The column of `here` that is compared with the id. */
  readonly key?: 'number';
  readonly word?: string;
  readonly other?: string;
  readonly amount?: string;
  /** Joins that name the campaign as `c`, done for the rows that are shown. */
  readonly campaign?: string;
  /** What is more to be joined for those rows. */
  readonly shown?: string;
}

const USER = '(select user_id from here)';
const byCampaign = (id: string): string => `join campaigns c on c.id = ${id}`;
const ofProof = 'join task_proofs p on p.id = e.proof_id join campaigns c on c.id = p.campaign_id';

const decisions = (order: 'first' | 'reversal'): Source => ({
  from: 'proof_decisions e',
  where: `e.worker_id = ${USER} and e."order" = '${order}'`,
  at: 'e.decided_at',
  id: 'e.proof_id',
  word: 'e.verdict',
  other: 'e.reason',
  campaign: ofProof,
});

/** What came into a wallet with one transaction at one moment is one event, and what left it. */
const moves = (end: 'from' | 'to', sign: string): Source => ({
  from: 'postings e',
  columns: `e.created_at, e.transaction_id, ${sign}sum(e.amount)::bigint as amount`,
  where: `e.${end}_account_id = (
    select w.wallet_account_id from wallets w where w.user_id = ${USER})`,
  group: 'group by e.created_at, e.transaction_id',
  at: 'e.created_at',
  id: 'e.transaction_id',
  word: 't.type',
  amount: 'e.amount',
  campaign: `join wallet_transactions t on t.id = e.transaction_id
    left join tasks k on t.reference_kind = 'task' and k.id = t.reference_id
    left join task_proofs p on t.reference_kind = 'proof' and p.id = t.reference_id
    left join campaigns c on c.id = case t.reference_kind when 'campaign' then t.reference_id
      else coalesce(k.campaign_id, p.campaign_id) end`,
});

const SOURCES: Readonly<Record<TimelineSource, Source>> = {
  registered: { from: 'users e', where: `e.id = ${USER}`, at: 'e.created_at', id: 'e.id' },
  standing: {
    from: 'audit_logs e',
    where: `e.subject = 'user' and e.action in ('user.role', 'user.status')
      and e.subject_id = ${USER}::text and (e.action = 'user.status'
        or e."before" ->> 'role' is distinct from e."after" ->> 'role')`,
    at: 'e.at',
    id: 'e.id',
    key: 'number',
    word: `case when e.action = 'user.role' then 'role:' || coalesce(e."after" ->> 'role', '')
      when e."after" ->> 'status' = 'suspended' then 'suspended' else 'unsuspended' end`,
    other: `case e.action when 'user.role' then e."before" ->> 'role'
      else coalesce(a.display_name, e.actor) end`,
    shown: `left join users a on a.id = case
      when e.actor ~ '^user:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then substr(e.actor, 6)::uuid end`,
  },
  'campaign-made': {
    from: 'campaigns e',
    where: `e.client_id = ${USER}`,
    at: 'e.created_at',
    id: 'e.id',
    amount: '(e.price_per_task + e.fee_per_task) * e.target_total',
    campaign: byCampaign('e.id'),
  },
  'task-taken': {
    from: 'takes e',
    where: `e.worker_id = ${USER}`,
    at: 'e.taken_at',
    id: 'e.id',
    campaign: byCampaign('e.campaign_id'),
  },
  'proof-sent': {
    from: 'task_proofs e',
    where: `e.worker_id = ${USER}`,
    at: 'e.submitted_at',
    id: 'e.id',
    campaign: byCampaign('e.campaign_id'),
  },
  'proof-decided': decisions('first'),
  'proof-reversed': decisions('reversal'),
  'task-lost': {
    from: 'takes e',
    where: `e.worker_id = ${USER} and e.status in ('expired', 'released', 'suspended')`,
    at: 'e.ended_at',
    id: 'e.id',
    word: 'e.status',
    campaign: byCampaign('e.campaign_id'),
  },
  'deposit-asked': {
    from: 'deposits e',
    where: `e.user_id = ${USER}`,
    at: 'e.created_at',
    id: 'e.id',
    amount: 'e.claimed',
  },
  'deposit-decided': {
    from: 'deposits e',
    where: `e.user_id = ${USER} and e.decided_at is not null`,
    at: 'e.decided_at',
    id: 'e.id',
    word: 'e.status',
    amount: 'coalesce(e.credited, e.claimed)',
  },
  'withdrawal-asked': {
    from: 'withdrawals e',
    where: `e.user_id = ${USER}`,
    at: 'e.created_at',
    id: 'e.id',
    amount: 'e.amount',
  },
  'withdrawal-decided': {
    from: 'withdrawals e',
    where: `e.user_id = ${USER} and e.decided_at is not null`,
    at: 'e.decided_at',
    id: 'e.id',
    word: 'e.status',
    amount: 'e.amount',
  },
  'money-out': moves('from', '-'),
  'money-in': moves('to', ''),
};

type From = TimelineRequest['from'];

/** Of one moment, sources further down are newer; within a source ids decide. */
const beyond = (name: TimelineSource, { at, id, key }: Source, from: From): string => {
  if (from === null) return '';
  const isOlder = from.towards === 'older';
  const step = TIMELINE_SOURCES.indexOf(name) - TIMELINE_SOURCES.indexOf(from.place.source);
  const sign = isOlder ? '<' : '>';
  if (step === 0) {
    const there = `((select at from here), (select ${key ?? 'id'} from here))`;
    return `and (${at}, ${id}) ${sign} ${there}`;
  }
  const isNextTo = isOlder ? step < 0 : step > 0;
  return `and ${at} ${sign}${isNextTo ? '=' : ''} (select at from here)`;
};

/** At most `limit` events of a source next to the place, as rows of `EventRow`. */
export const eventsOf = (name: TimelineSource, from: From, limit: number): string => {
  const source = SOURCES[name];
  const order = from?.towards === 'newer' ? 'asc' : 'desc';
  return `(
    select '${name}' as source, ${source.at} as at, ${source.id}::text as id,
      ${source.word ?? 'null'}::text as word, ${source.other ?? 'null'}::text as other,
      ${source.amount ?? 'null'}::bigint as amount,
      ${source.campaign ? 'c.kind' : 'null'}::text as task_kind,
      ${source.campaign ? 'c.link_target' : 'null'}::text as link
    from (
      select ${source.columns ?? '*'} from ${source.from}
      where ${source.where} ${beyond(name, source, from)} ${source.group ?? ''}
      order by ${source.at} ${order}, ${source.id} ${order} limit ${Math.trunc(limit)}
    ) e ${source.campaign ?? ''} ${source.shown ?? ''})`;
};
