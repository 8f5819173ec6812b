import {
  nothingOpen,
  type OpenThings,
  type Profile,
  type Role,
  type User,
  type WorkRecord,
} from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import type { peopleDesk as indonesian } from '../id/people-desk.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { day, dayTime } from './days.ts';
import { plural } from './plural.ts';

const EMPTY = trusted('');

const names: Record<Role, string> = { client: 'Client', worker: 'Worker', admin: 'Admin' };
const roles: Record<Role, Html> = {
  client: html`🏢 ${trusted(names.client)}`,
  worker: html`🙋 ${trusted(names.worker)}`,
  admin: html`🛡 ${trusted(names.admin)}`,
};

const roleOf = ({ role }: Pick<User, 'role'>): Html =>
  role === null ? html`no role chosen yet` : roles[role];

const standing = ({ status }: User): Html =>
  status === 'active' ? html`🟢 active` : html`⛔ suspended`;

const listed = (one: User, at: number): Html =>
  lines(
    html`<b>${at + 1}.</b> ${person(one)}`,
    html`${roleOf(one)} · ${standing(one)} · since ${day(one.createdAt)}`,
  );

const OPEN: Record<keyof OpenThings, readonly [one: string, many: string]> = {
  campaigns: ['campaign', 'campaigns'],
  takenTasks: ['task in hand', 'tasks in hand'],
  proofsUnderReview: ['proof under review', 'proofs under review'],
  deposits: ['top-up waiting', 'top-ups waiting'],
  withdrawals: ['withdrawal waiting', 'withdrawals waiting'],
};

const stillOpen = (open: OpenThings): Html =>
  escapeHtml(
    (Object.keys(OPEN) as (keyof OpenThings)[])
      .filter((key) => open[key] > 0)
      .map((key) => plural(open[key], ...OPEN[key]))
      .join(', '),
  );

const suspension = (one: User, by: User | null): Html | null =>
  one.status === 'active'
    ? null
    : lines(
        html`⛔ <b>Suspended</b> since ${dayTime(one.suspension.at)} by
          ${by === null ? html`the operator` : person(by)}, reason:`,
        common.userText(user(one.suspension.reason)),
      );

const record = ({ approved, rejected, waiting }: WorkRecord): Html | null => {
  const decided = approved + rejected;
  if (decided + waiting === 0) return null;
  const rate = decided === 0 ? EMPTY : html` (${Math.round((approved / decided) * 100)}% approved)`;
  return html`🎯 Proofs: ${count(approved)} approved · ${count(rejected)} rejected · ${count(waiting)}
    waiting${rate}`;
};

const moneyOf = ({ balances, inEscrow, earned, toppedUp, withdrawn }: Profile): Html =>
  lines(
    html`💰 Balance <b>${money(balances.wallet)}</b>`,
    balances.hold > 0n && html`🔒 Held for withdrawals ${money(balances.hold)}`,
    inEscrow > 0n && html`📢 Set aside for campaigns ${money(inEscrow)}`,
    html`🧾 All time: rewards ${money(earned)} · topped up ${money(toppedUp)} · withdrawn
      ${money(withdrawn)}`,
  );

export const peopleDesk: typeof indonesian = {
  list: ({ items, total }, text) =>
    lines(
      html`👥 <b>People</b>`,
      text !== '' && html`🔎 “${user(text, 64)}”`,
      EMPTY,
      total === 0
        ? html`Nobody matches “${user(text, 64)}”.`
        : html`People: ${count(total)}${total > 1 ? html`, newest first` : EMPTY}.`,
      ...items.flatMap((one, at) => [EMPTY, listed(one, at)]),
      EMPTY,
      html`To search, type a name, an <code>@username</code> or a Telegram ID.`,
    ),
  listButton: (one, at) =>
    `${at + 1}. ${shortName(one)}${one.username === null ? '' : ` · @${one.username}`}`,
  everybody: '👥 Everybody',
  card: (profile) => {
    const { user: one, open, campaigns, lastActive, suspendedBy } = profile;
    return lines(
      html`👤 ${person(one)}`,
      html`Telegram ID <code>${one.telegramId}</code>`,
      html`${roleOf(one)} · ${standing(one)}`,
      one.role === 'admin' && html`🔑 ${user(common.permissions(one.permissions))}`,
      suspension(one, suspendedBy),
      EMPTY,
      html`🗓 Joined ${dayTime(one.createdAt)}`,
      html`👣 Last active ${lastActive === null ? html`not recorded yet` : day(lastActive)}`,
      EMPTY,
      moneyOf(profile),
      record(profile.work),
      campaigns > 0 && html`📢 Campaigns: ${count(campaigns)}`,
      nothingOpen(open) ? html`⏳ Nothing is open.` : html`⏳ Open: ${stillOpen(open)}`,
    );
  },
  profileOf: (one) => `👤 ${shortName(one)}’s profile`,
  timeline: '🕓 Timeline',
  suspend: '⛔ Suspend',
  unsuspend: '✅ Unsuspend',
  changeRole: '🔄 Change role',
  adjust: '🛠 Adjust balance',
  campaigns: (total) => `📢 Campaigns (${count(total)})`,
  askSuspendReason: (one) =>
    lines(
      html`⛔ <b>Suspend ${person(one)}?</b>`,
      EMPTY,
      html`Choose a reason, or type one of your own. The person will read it.`,
    ),
  suspendReasons: [
    'Repeated fake proofs.',
    'More than one account.',
    'Breach of the Upah terms.',
    'We need to check the activity of your account. Please contact an admin.',
  ],
  confirmSuspend: ({ user: one, open }, reason) =>
    lines(
      html`⛔ <b>Suspend ${person(one)}?</b>`,
      common.userText(user(reason)),
      EMPTY,
      html`They cannot use Upah until they are unsuspended, and are told the reason at once.`,
      open.takenTasks > 0 &&
        html`📌 Back to the list: ${plural(open.takenTasks, 'task')} in progress.`,
      open.campaigns > 0 && html`📢 Their ongoing campaigns are paused.`,
      open.proofsUnderReview + open.deposits + open.withdrawals > 0 &&
        html`⏳ Proofs, top-ups and withdrawals that wait go on waiting for an admin’s decision.`,
      html`💰 Their balance stays as it is.`,
    ),
  suspended: '⛔ Suspended. The person has been told.',
  confirmUnsuspend: (one) =>
    lines(
      html`✅ <b>Unsuspend ${person(one)}?</b>`,
      EMPTY,
      html`They can use Upah again and are told at once. Campaigns that this suspension paused go on;
        those paused for another cause stay paused.`,
    ),
  unsuspended: '✅ Active again. The person has been told.',
  confirmRole: (one, to) =>
    lines(
      html`🔄 <b>Change the role of ${person(one)}?</b>`,
      EMPTY,
      html`From ${roleOf(one)} to <b>${roles[to]}</b>. The balance stays the same, and the person is
        told.`,
    ),
  roleChanged: (to) => `🔄 The role is now ${names[to]}.`,
};
