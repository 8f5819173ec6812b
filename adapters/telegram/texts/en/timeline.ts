import type { TimelineEvent } from '../../../../core/index.ts';
import { money, shortLink, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import { byDay, TIMELINE_SIGNS, type timeline as indonesian } from '../id/timeline.ts';
import { namedActor } from '../audit-values.ts';
import { person } from '../people.ts';
import { common } from './common.ts';
import { transactionTypes } from './wallet.ts';

const EMPTY = trusted('');

type Kind = TimelineEvent['kind'];
type Sayings = { readonly [K in Kind]: (event: Extract<TimelineEvent, { kind: K }>) => Html };
type Labelled = Extract<TimelineEvent, { kind: 'task-taken' }>['campaign'];

const campaign = ({ taskKind, link }: Labelled): Html =>
  html`${common.kind(taskKind)} · ${shortLink(link, 28)}`;

const roles: Readonly<Record<string, string>> = {
  client: 'Client',
  worker: 'Worker',
  admin: 'Admin',
};
const role = (name: string | null): Html => escapeHtml(name === null ? '–' : (roles[name] ?? name));

const lost = { expired: 'time was up', released: 'given up', suspended: 'suspension' };
const ends = {
  approved: 'approved',
  paid: 'transferred',
  rejected: 'rejected',
  canceled: 'canceled by its owner',
};
const verdicts = { approved: '✅ Proof approved', rejected: '❌ Proof rejected' };

const actor = (by: string): Html => {
  const named = namedActor(by);
  if (named === null) return html`“${user(by, 64)}”`;
  return named.isOperator ? html`the operator` : html`the system`;
};

const sayings: Sayings = {
  registered: () => html`👋 Registered`,
  role: ({ from, to }) => html`👤 Role: ${role(from)} → ${role(to)}`,
  suspended: ({ by }) => html`⛔ Suspended by ${actor(by)}`,
  unsuspended: ({ by }) => html`✅ Unsuspended by ${actor(by)}`,
  money: ({ type, amount, campaign: of }) =>
    html`${escapeHtml(transactionTypes[type])} <b>${signedMoney(amount)}</b>${
      of === null ? EMPTY : html` · ${campaign(of)}`
    }`,
  'campaign-made': ({ campaign: of, total }) =>
    html`📢 Created campaign · ${campaign(of)}, ${money(total)}`,
  'task-taken': ({ campaign: of }) => html`📌 Took task · ${campaign(of)}`,
  'task-lost': ({ campaign: of, how }) =>
    html`↩️ Task returned (${user(lost[how])}) · ${campaign(of)}`,
  'proof-sent': ({ campaign: of }) => html`📸 Sent proof · ${campaign(of)}`,
  'proof-decided': ({ campaign: of, verdict, isReversal, reason }) =>
    html`${user(verdicts[verdict])}${isReversal ? html` (decision changed)` : EMPTY} ·
      ${campaign(of)}${reason === null ? EMPTY : html`: “${user(reason, 80)}”`}`,
  'deposit-asked': ({ amount }) => html`💳 Requested a top-up of ${money(amount)}`,
  'deposit-decided': ({ amount, status }) =>
    html`💳 Top-up of ${money(amount)} ${user(ends[status])}`,
  'withdrawal-asked': ({ amount }) => html`🏧 Requested a withdrawal of ${money(amount)}`,
  'withdrawal-decided': ({ amount, status }) =>
    html`🏧 Withdrawal of ${money(amount)} ${user(ends[status])}`,
};

const say = <K extends Kind>(event: Extract<TimelineEvent, { kind: K }>): Html =>
  (sayings[event.kind as K] as (of: typeof event) => Html)(event);

export const timeline: typeof indonesian = {
  screen: (one, { items, newer }) =>
    lines(
      html`🕓 <b>Timeline</b> of ${person(one)}`,
      newer === null && items.length > 1 && html`Newest first.`,
      items.length === 0 && lines(EMPTY, html`Nothing yet.`),
      ...byDay(items, say),
    ),
  newer: '« Newer',
  older: 'Older »',
  open: (kind, at) => `${TIMELINE_SIGNS[kind]} ${at + 1}`,
};
