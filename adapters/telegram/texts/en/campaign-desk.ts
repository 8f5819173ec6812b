import {
  type Campaign,
  type CampaignFilter,
  type CampaignStatus,
  type OwnedCampaign,
  type PausedBy,
  type SlotHolder,
  type User,
} from '../../../../core/index.ts';
import { bar, count, link, money, shortLink } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import type { campaignDesk as indonesian } from '../id/campaign-desk.ts';
import { person, shortName } from '../people.ts';
import { figures } from './campaign-figures.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { plural } from './plural.ts';

const EMPTY = trusted('');
const LIST_CELLS = 5;

const statuses: Record<CampaignStatus, string> = {
  active: '🟢 Active',
  paused: '⏸ Paused',
  completed: '✅ Completed',
  deleted: '🗑 Deleted',
};

const progresses: Record<NonNullable<CampaignFilter['progress']>, string> = {
  none: '▱ Nothing completed yet',
  'under-half': '◔ Less than half',
  'half-or-more': '◕ Half or more',
};

const pausedBy: Record<PausedBy, Html> = {
  owner: html`Paused by its owner.`,
  admin: html`Paused by an admin.`,
  suspension: html`Paused because its owner is suspended.`,
};

const mark = ({ status }: Campaign): string => statuses[status].split(' ')[0] ?? '';

/** One of a list: what tells it from another of the same owner is its link. */
const listed = ({ campaign, owner }: OwnedCampaign, at: number): Html => {
  const { kind, link: to, completedCount: done, targetTotal: target } = campaign;
  return lines(
    html`<b>${at + 1}.</b> ${user(mark(campaign))} ${common.kind(kind)} · ${shortLink(to.target, 32)}`,
    html`${bar(done, target, LIST_CELLS)} ${count(done)}/${count(target)} · “${user(shortName(owner))}”`,
  );
};

const quoted = (reason: string | null): Html | null =>
  reason === null ? null : common.userText(user(reason));

const standing = (campaign: Campaign): Html =>
  lines(
    html`<b>${user(statuses[campaign.status])}</b>`,
    campaign.status === 'paused' && pausedBy[campaign.pausedBy],
    campaign.status === 'paused' || campaign.status === 'deleted' ? quoted(campaign.reason) : null,
  );

const what = ({ kind, link: { target } }: Campaign): Html =>
  html`<b>${common.kind(kind)}</b> · ${link(target)}`;

const filtered = ({ status, progress, owner }: CampaignFilter, of: User | null): Html | null => {
  const parts = [
    ...(status === undefined ? [] : [user(statuses[status])]),
    ...(progress === undefined ? [] : [user(progresses[progress])]),
    ...(owner === undefined
      ? []
      : [of === null ? html`👤 a user without campaigns` : html`👤 ${person(of)}`]),
  ];
  return parts.length === 0 ? null : html`🔎 ${trusted(parts.join(' · '))}`;
};

const isFiltered = ({ status, progress, owner }: CampaignFilter): boolean =>
  status !== undefined || progress !== undefined || owner !== undefined;

const holder = ({ take, worker }: SlotHolder): Html =>
  take.status === 'taken'
    ? html`⏳ ${person(worker)}: until <b>${dayTime(take.deadline)}</b>`
    : html`🔍 ${person(worker)}: waiting for review, taken ${dayTime(take.takenAt)}`;

const askReason = html`Choose a reason for its owner, or type one of your own.`;

export const campaignDesk: typeof indonesian = {
  statuses,
  progresses,
  list: ({ items, total }, filter, owner) =>
    lines(
      html`📢 <b>Campaigns</b>`,
      filtered(filter, owner),
      EMPTY,
      total > 0 && html`Campaigns: ${count(total)}${total > 1 ? html`, newest first` : html``}.`,
      total === 0 &&
        (isFiltered(filter)
          ? html`No campaign matches. Change the filter.`
          : html`No campaigns yet.`),
      ...items.flatMap((item, at) => [EMPTY, listed(item, at)]),
    ),
  listButton: ({ campaign, owner }, at) =>
    `${at + 1}. ${mark(campaign)} ${common.kind(campaign.kind)} · ${shortName(owner)}`,
  filter: '🔎 Filter',
  filtering: (filter, owner, total) =>
    lines(
      html`🔎 <b>Filter campaigns</b>`,
      filtered(filter, owner),
      EMPTY,
      html`Matching campaigns: ${count(total)}. Choose a status, a progress or an owner; tap again
        to clear it.`,
    ),
  chosen: (label) => `☑️ ${label}`,
  pickOwner: '👤 Find an owner',
  dropOwner: '☑️ 👤 Any owner',
  show: (total) => `📋 Show campaigns (${count(total)})`,
  askOwner: lines(
    html`👤 <b>Whose campaigns?</b>`,
    EMPTY,
    html`Type an <code>@username</code>, a name or a Telegram ID.`,
  ),
  owners: ({ total }, text) =>
    lines(
      html`👤 <b>Whose campaigns?</b>`,
      EMPTY,
      total === 0
        ? html`Nobody matches “${user(text, 64)}”. Type another <code>@username</code>, name or Telegram ID.`
        : html`People matching “${user(text, 64)}”: ${count(total)}. Choose one, or type again.`,
    ),
  ownerButton: ({ displayName, username, telegramId }) =>
    `${shortName({ displayName })} · ${username === null ? telegramId : `@${username}`}`,
  card: (details, owner) => {
    const { campaign } = details;
    return lines(
      html`📢 ${what(campaign)}`,
      EMPTY,
      standing(campaign),
      figures(details),
      EMPTY,
      html`👤 ${person(owner)} <code>${owner.telegramId}</code>`,
      html`🗓 Created ${dayTime(campaign.createdAt)}`,
      campaign.instructions === null
        ? null
        : lines(html`📝 Instructions:`, common.userText(user(campaign.instructions, 1_000))),
    );
  },
  holdersButton: (held) => `👥 Slot holders (${count(held)})`,
  othersOf: (owner, total) => `👤 All of ${shortName(owner)}’s campaigns (${count(total)})`,
  holders: ({ items, total }, campaign) =>
    lines(
      html`👥 <b>Slot holders</b>`,
      what(campaign),
      EMPTY,
      total === 0 ? html`Nobody holds a slot now.` : trusted(items.map(holder).join('\n')),
    ),
  askPauseReason: ({ campaign }, owner) =>
    lines(
      html`⏸ <b>Pause this campaign?</b>`,
      html`${what(campaign)} · ${person(owner)}`,
      EMPTY,
      html`Tasks already taken will continue. Only an admin can resume it.`,
      askReason,
    ),
  pauseReasons: [
    'We need to check the link first.',
    'The instructions are not clear. Please delete it and create it again with new ones.',
    'This campaign has been reported. We are checking it.',
  ],
  paused: '⏸ Paused. Its owner has been notified.',
  askResumeReason: ({ campaign }, owner) =>
    lines(
      html`▶️ <b>Resume this campaign?</b>`,
      html`${what(campaign)} · ${person(owner)}`,
      EMPTY,
      html`Workers can take its tasks again.`,
      askReason,
    ),
  resumeReasons: ['We have checked it and found no problem.', 'The problem has been fixed.'],
  resumed: '▶️ Resumed. Its owner has been notified.',
  askDeleteReason: ({ campaign }, owner) =>
    lines(
      html`🗑 <b>Delete this campaign?</b>`,
      html`${what(campaign)} · ${person(owner)}`,
      EMPTY,
      html`Before it is deleted you will see how much money goes back.`,
      askReason,
    ),
  deleteReasons: [
    'The link breaks our terms.',
    'The content is no longer available.',
    'The instructions break our terms.',
  ],
  confirmDelete: ({ campaign, progress, refundable, tiedUp }, owner, reason) => {
    const going = progress.taken + progress.underReview;
    return lines(
      html`🗑 <b>Delete this campaign?</b>`,
      what(campaign),
      EMPTY,
      html`💰 <b>${money(refundable)}</b> goes back to
        ${person(owner)} for ${plural(progress.available, 'available slot')}.`,
      going > 0 &&
        html`⏳ ${plural(going, 'task')} still in progress, worth ${money(tiedUp)}:
          paid to the worker if approved, back to the owner if not.`,
      html`Reason for the owner:`,
      quoted(reason),
      EMPTY,
      html`A deleted campaign cannot be reactivated.`,
    );
  },
  deleted: ({ refunded }) =>
    `🗑 Deleted. ${money(refunded)} is back in the owner’s balance, and they have been notified.`,
  ended: 'This campaign has already ended. Nothing has changed.',
};
