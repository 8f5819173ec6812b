import {
  lastTwo,
  overDays,
  ZERO,
  type DayFigures,
  type Desk,
  type DeskQueue,
  type DeskTold,
  type Figures,
  type ScaleWords,
} from '../../../../core/index.ts';
import { count, money, percent, shortDay } from '../../format.ts';
import { escapeHtml, html, lines, type Html } from '../../html.ts';
import { type figures as indonesian, type Picture } from '../id/figures.ts';
import { dayTime } from './days.ts';
import { span } from './spans.ts';

const blank = html``;
const scaleWords: ScaleWords = ['K', 'M', 'B'];

/** A share of nothing is none. */
const share = (value: number | null): Html => (value === null ? html`none yet` : percent(value));

const minutes = (value: number | null): Html =>
  value === null
    ? html`none yet`
    : escapeHtml(span(new Date(0), new Date(Math.round(value) * 60_000)));

type Pair<T> = readonly [now: T, before: T];

/** `12 ▲ from 10`: how a figure stands beside the one before it. */
const beside = <T extends number | bigint>(
  [now, before]: Pair<T>,
  say: (value: T) => Html,
): Html => {
  if (now === before) return html`<b>${say(now)}</b> (same)`;
  return html`<b>${say(now)}</b> ${escapeHtml(now > before ? '▲' : '▼')} from ${say(before)}`;
};

type Day = Omit<DayFigures, 'day' | 'liability'>;

/** Each figure of a day, compared with the day before. */
const dayBesideDay = (day: Day, before: Day): Html =>
  lines(
    html`👥 Active users: ${beside([day.activeUsers, before.activeUsers], count)}`,
    html`🆕 New users: ${beside([day.newUsers, before.newUsers], count)}`,
    html`📸 Proofs sent: ${beside([day.submitted, before.submitted], count)}`,
    html`✅ Approved: ${beside([day.approved, before.approved], count)}`,
    html`❌ Rejected: ${beside([day.rejected, before.rejected], count)}`,
    html`💸 Rewards paid: ${beside([day.rewards, before.rewards], money)}`,
    html`📥 Top-ups: ${beside([day.deposits, before.deposits], money)}`,
    html`📤 Withdrawals: ${beside([day.withdrawals, before.withdrawals], money)}`,
  );

/** What waits on each desk. */
const waiting = ({
  proofs,
  deposits,
  withdrawals,
  at,
}: Pick<Figures, 'proofs' | 'deposits' | 'withdrawals' | 'at'>): Html =>
  lines(
    html`🔍 Proofs: ${queue(proofs, at)}`,
    html`📥 Deposits: ${queue(deposits, at)}`,
    html`📤 Withdrawals: ${queue(withdrawals, at)}`,
  );

const queue = ({ count: some, oldest }: DeskQueue, at: Date): Html =>
  oldest === null
    ? html`none`
    : html`<b>${count(some)}</b>, oldest ${escapeHtml(span(oldest, at))}`;

const captions: Readonly<Record<Picture, (figures: Figures) => Html>> = {
  activity: ({ activeUsers, users, days }) => {
    const { today } = lastTwo({ days });
    return lines(
      html`👥 <b>Activity</b>`,
      html`Today: ${count(today.activeUsers)} active, ${count(today.newUsers)} new`,
      html`Last 7 days: ${count(activeUsers)} of ${count(users)} users active`,
      html`Last 14 days: ${count(overDays(days).newUsers)} new users`,
    );
  },
  proofs: ({ days }) =>
    lines(
      html`📸 <b>Proofs</b>`,
      html`Today: ${judged(lastTwo({ days }).today)}`,
      html`Last 14 days: ${judged(overDays(days))}`,
    ),
  rejections: ({ days }) => {
    const all = overDays(days);
    return lines(
      html`❌ <b>Rejection rate</b>`,
      html`Today: ${share(overDays([lastTwo({ days }).today]).rejectionRate)}`,
      html`Last 14 days: ${share(all.rejectionRate)}
        (${count(all.rejected)} of ${count(all.rejected + all.approved)} decisions)`,
    );
  },
  reviewing: ({ days, proofs, at }) => {
    const { today, yesterday } = lastTwo({ days });
    return lines(
      html`⏱ <b>Review time</b>`,
      html`Today: ${minutes(today.reviewMinutes)}`,
      html`Yesterday: ${minutes(yesterday.reviewMinutes)}`,
      html`Waiting for review: ${queue(proofs, at)}`,
    );
  },
  money: ({ days }) =>
    lines(
      html`💸 <b>Money</b>`,
      html`Today: ${moved(lastTwo({ days }).today)}`,
      html`Last 14 days: ${moved(overDays(days))}`,
    ),
  liability: ({ days }) =>
    lines(
      html`🧮 <b>Liability</b>`,
      html`Now: <b>${money(lastTwo({ days }).today.liability ?? ZERO)}</b>`,
      html`Yesterday: ${money(lastTwo({ days }).yesterday.liability ?? ZERO)}`,
      html`<i>Cash that must exist: what users, campaigns and the platform own.</i>`,
    ),
};

const judged = (of: Pick<DayFigures, 'submitted' | 'approved' | 'rejected'>): Html =>
  html`${count(of.submitted)} sent, ${count(of.approved)} approved, ${count(of.rejected)} rejected`;

const moved = (of: Pick<DayFigures, 'rewards' | 'deposits' | 'withdrawals'>): Html =>
  html`rewards ${money(of.rewards)}, top-ups ${money(of.deposits)}, withdrawals ${money(of.withdrawals)}`;

const pictures: Readonly<Record<Picture, string>> = {
  activity: '👥 Activity',
  proofs: '📸 Proofs',
  rejections: '❌ Rejections',
  reviewing: '⏱ Review time',
  money: '💸 Money',
  liability: '🧮 Liability',
};

/** Yesterday in a few lines, each compared with the day before (RPT-2). */
export const daily = {
  headline: (day: Date): Html =>
    html`📊 Daily report: yesterday, ${escapeHtml(shortDay(day, 'en'))}, compared with the day before.`,
  figures: (day: Day, before: Day): Html =>
    lines(
      html`👥 Active users: ${beside([day.activeUsers, before.activeUsers], count)}`,
      html`📸 Proofs sent: ${beside([day.submitted, before.submitted], count)}`,
      html`❌ Rejection rate: <b>${share(overDays([day]).rejectionRate)}</b>,
        before ${share(overDays([before]).rejectionRate)}`,
      html`💸 Rewards paid: ${beside([day.rewards, before.rewards], money)}`,
      html`📥 Top-ups: ${beside([day.deposits, before.deposits], money)}`,
      html`📤 Withdrawals: ${beside([day.withdrawals, before.withdrawals], money)}`,
    ),
  waiting: ({ proofs, deposits, withdrawals }: Readonly<Record<Desk, DeskTold>>): Html =>
    lines(
      html`<b>Waiting now</b>`,
      html`🔍 Proofs: ${told(proofs)}`,
      html`📥 Deposits: ${told(deposits)}`,
      html`📤 Withdrawals: ${told(withdrawals)}`,
    ),
};

/** A message may be read much later: the moment is said, and no age. */
const told = ({ count: some, oldest }: DeskTold): Html =>
  oldest === null
    ? html`none`
    : html`<b>${count(some)}</b>, oldest since ${dayTime(new Date(oldest))}`;

/** The words on each picture, with a name for each of its series. */
const charts = {
  activity: {
    title: 'Activity',
    subtitle: 'People per day, last 14 days',
    series: { active: 'Active users', new: 'New users' },
  },
  proofs: {
    title: 'Proofs',
    subtitle: 'Per day, last 14 days',
    series: { submitted: 'Sent', approved: 'Approved', rejected: 'Rejected' },
  },
  rejections: {
    title: 'Rejection rate',
    subtitle: 'Of the proofs decided, last 14 days',
    series: { rate: 'Rejection rate' },
  },
  reviewing: {
    title: 'Review time',
    subtitle: 'Median in minutes, last 14 days',
    series: { minutes: 'Minutes' },
  },
  money: {
    title: 'Money',
    subtitle: 'Per day, last 14 days',
    series: { rewards: 'Rewards', deposits: 'Top-ups', withdrawals: 'Withdrawals' },
  },
  liability: {
    title: 'Liability',
    subtitle: 'Cash that must exist, last 14 days',
    series: { liability: 'Liability' },
  },
};

/** The marketplace in figures, for admins (RPT-1). */
export const figures: typeof indonesian = {
  screen: (now: Figures): Html => {
    const { today, yesterday } = lastTwo(now);
    const all = overDays(now.days);
    return lines(
      html`📊 <b>Figures</b> — ${dayTime(now.at)}`,
      blank,
      html`<b>Today</b>, compared with all of yesterday`,
      dayBesideDay(today, yesterday),
      blank,
      html`<b>Waiting</b>`,
      waiting(now),
      blank,
      html`<b>Review of proofs</b>`,
      html`Rejection rate: ${share(all.rejectionRate)} in 14 days,
        ${share(overDays([today]).rejectionRate)} today`,
      html`Flagged ⚠️: ${share(all.flaggedShare)} in 14 days`,
      html`Review time (median): ${minutes(today.reviewMinutes)} today,
        ${minutes(yesterday.reviewMinutes)} yesterday`,
      blank,
      html`<b>Overall</b>`,
      html`Active in the last 7 days: <b>${count(now.activeUsers)}</b> of ${count(now.users)} users`,
      html`Ongoing campaigns: <b>${count(now.runningCampaigns)}</b>`,
      html`Rewards paid in all: <b>${money(now.rewardsPaid)}</b>`,
    );
  },
  caption: (picture: Picture, now: Figures): Html => captions[picture](now),
  pictures,
  chosen: (label: string): string => `• ${label}`,
  refresh: '🔄 Refresh',
  inFigures: '📊 In figures',
  charts,
  chartScale: scaleWords,
  chartDay: (day: Date): string => shortDay(day, 'en'),
};
