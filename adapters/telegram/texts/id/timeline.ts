import type { Slice, TimelineEvent, User } from '../../../../core/index.ts';
import { clockTime, money, shortLink, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import { namedActor } from '../audit-values.ts';
import { person } from '../people.ts';
import { common } from './common.ts';
import { day } from './days.ts';
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

const lost = { expired: 'waktunya habis', released: 'dilepas', suspended: 'karena penangguhan' };
const ends = {
  approved: 'disetujui',
  paid: 'ditransfer',
  rejected: 'ditolak',
  canceled: 'dibatalkan pemiliknya',
};
const verdicts = { approved: '✅ Bukti disetujui', rejected: '❌ Bukti ditolak' };

const actor = (by: string): Html => {
  const named = namedActor(by);
  if (named === null) return html`“${user(by, 64)}”`;
  return named.isOperator ? html`operator` : html`sistem`;
};

const sayings: Sayings = {
  registered: () => html`👋 Mendaftar`,
  role: ({ from, to }) => html`👤 Peran: ${role(from)} → ${role(to)}`,
  suspended: ({ by }) => html`⛔ Ditangguhkan oleh ${actor(by)}`,
  unsuspended: ({ by }) => html`✅ Diaktifkan kembali oleh ${actor(by)}`,
  money: ({ type, amount, campaign: of }) =>
    html`${escapeHtml(transactionTypes[type])} <b>${signedMoney(amount)}</b>${
      of === null ? EMPTY : html` · ${campaign(of)}`
    }`,
  'campaign-made': ({ campaign: of, total }) =>
    html`📢 Membuat campaign · ${campaign(of)}, ${money(total)}`,
  'task-taken': ({ campaign: of }) => html`📌 Mengambil tugas · ${campaign(of)}`,
  'task-lost': ({ campaign: of, how }) =>
    html`↩️ Tugas kembali (${user(lost[how])}) · ${campaign(of)}`,
  'proof-sent': ({ campaign: of }) => html`📸 Mengirim bukti · ${campaign(of)}`,
  'proof-decided': ({ campaign: of, verdict, isReversal, reason }) =>
    html`${user(verdicts[verdict])}${isReversal ? html` (keputusan diubah)` : EMPTY} ·
      ${campaign(of)}${reason === null ? EMPTY : html`: “${user(reason, 80)}”`}`,
  'deposit-asked': ({ amount }) => html`💳 Mengajukan top-up ${money(amount)}`,
  'deposit-decided': ({ amount, status }) => html`💳 Top-up ${money(amount)} ${user(ends[status])}`,
  'withdrawal-asked': ({ amount }) => html`🏧 Mengajukan withdraw ${money(amount)}`,
  'withdrawal-decided': ({ amount, status }) =>
    html`🏧 Withdraw ${money(amount)} ${user(ends[status])}`,
};

const say = <K extends Kind>(event: Extract<TimelineEvent, { kind: K }>): Html =>
  (sayings[event.kind as K] as (of: typeof event) => Html)(event);

/** On the buttons that open what an event is about: a desk shows it. */
export const TIMELINE_SIGNS = {
  'proof-sent': '📸',
  'proof-decided': '📸',
  'deposit-asked': '💳',
  'deposit-decided': '💳',
  'withdrawal-asked': '🏧',
  'withdrawal-decided': '🏧',
  'campaign-made': '📢',
} as const satisfies Partial<Readonly<Record<Kind, string>>>;

export type LinkedKind = keyof typeof TIMELINE_SIGNS;

/** The events in lines, under the day that they are of; in the words of `say`. */
export const byDay = (
  items: readonly TimelineEvent[],
  say: (event: TimelineEvent) => Html,
): readonly Html[] =>
  items.flatMap((event, at) => {
    const before = items[at - 1];
    const line = html`<b>${at + 1}.</b> <i>${clockTime(event.at)}</i> ${say(event)}`;
    return before !== undefined && day(before.at) === day(event.at)
      ? [line]
      : [EMPTY, html`🗓 <b>${day(event.at)}</b>`, line];
  });

/** Everything about one person, newest first. */
export const timeline = {
  screen: (one: User, { items, newer }: Slice<TimelineEvent>): Html =>
    lines(
      html`🕓 <b>Linimasa</b> ${person(one)}`,
      newer === null && items.length > 1 && html`Terbaru di atas.`,
      items.length === 0 && lines(EMPTY, html`Belum ada kejadian.`),
      ...byDay(items, say),
    ),
  newer: '« Lebih baru',
  older: 'Lebih lama »',
  /** Opens what the event is about; `at`: its place on the screen, from 0. */
  open: (kind: LinkedKind, at: number): string => `${TIMELINE_SIGNS[kind]} ${at + 1}`,
};
