import type { PastTask, TakeStatus } from '../../../../core/index.ts';
import { money, shortDay, signedMoney } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import type { earnings as indonesian } from '../id/earnings.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';

const blank = html``;
const REASON_SHOWN = 200;

const outcomes: Record<TakeStatus, Html> = {
  taken: html`📌 In progress`,
  pending_review: html`⏳ Under review`,
  approved: html`✅ Approved`,
  rejected: html`❌ Rejected`,
  expired: html`⌛ Time ran out`,
  released: html`↩️ Given up`,
  suspended: html`⛔ Ended because the account was suspended`,
  reversed: html`🔄 Approval reversed`,
};

const pastTask = ({ take, campaign, paid, reason }: PastTask): Html =>
  lines(
    html`${outcomes[take.status]} · ${common.kind(take.kind)} on ${user(campaign.link.platform)}`,
    paid !== null && html`Reward <b>${money(paid)}</b>`,
    reason !== null && html`Reason: “${user(reason, REASON_SHOWN)}”`,
    html`<i>${dayTime(take.endedAt ?? take.takenAt)}</i>`,
  );

export const earnings: typeof indonesian = {
  past: ({ items }) =>
    lines(
      html`🗂 <b>Past Tasks</b> — newest first`,
      blank,
      items.length === 0
        ? html`No task has ended yet. Tap My Tasks to see the ones in progress.`
        : trusted(items.map(pastTask).join('\n\n')),
    ),
  screen: ({ today, week, all }) =>
    lines(
      html`📈 <b>Earnings</b>`,
      blank,
      html`Today: <b>${signedMoney(today)}</b>`,
      html`Last 7 days: <b>${signedMoney(week)}</b>`,
      html`All time: <b>${signedMoney(all)}</b>`,
      blank,
      html`<i>Rewards reversed by an admin are already deducted.</i>`,
    ),
  chartTitle: 'Earnings',
  chartSubtitle: (days) => `Last ${days} days`,
  chartPerDay: 'Rewards per day',
  chartScale: ['K', 'M', 'B'],
  chartDay: (day) => shortDay(day, 'en'),
};
