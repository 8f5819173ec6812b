import type {
  Audience,
  BroadcastProgress,
  BroadcastReport,
  BroadcastStatus,
} from '../../../../core/index.ts';
import { bar, count, percent } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import type { broadcasts as indonesian } from '../id/broadcasts.ts';
import { dayTime } from './days.ts';
import { plural } from './plural.ts';

const EMPTY = trusted('');

export const audiences: Record<Audience, string> = {
  all: 'All users',
  clients: 'All Clients',
  workers: 'All Workers',
  inactive: 'Inactive users',
};
const signs: Record<BroadcastStatus, string> = {
  running: '▶️',
  paused: '⏸',
  canceled: '⏹',
  done: '✅',
};
const titles: Record<BroadcastStatus, string> = {
  running: 'Broadcast is being sent',
  paused: 'Broadcast is paused',
  canceled: 'Broadcast was canceled',
  done: 'Broadcast is done',
};

const CELLS = 10;

/** Who was spared it by a cancellation is not done. */
const doneOf = ({ recipients, waiting, canceled }: BroadcastProgress): number =>
  recipients - waiting - canceled;

const share = (progress: BroadcastProgress): Html => {
  const { recipients } = progress;
  const done = doneOf(progress);
  const whole = recipients === 0 ? 100 : Math.floor((done / recipients) * 100);
  return html`${bar(done, recipients, CELLS)} ${percent(whole)}
    (${count(done)} of ${count(recipients)})`;
};

const figures = ({ sent, blocked, failed, canceled }: BroadcastProgress): readonly Html[] => [
  html`✉️ Sent: <b>${count(sent)}</b>`,
  ...(blocked === 0 ? [] : [html`🚫 Unreachable: ${count(blocked)}`]),
  ...(failed === 0 ? [] : [html`⚠️ Failed: ${count(failed)}`]),
  ...(canceled === 0 ? [] : [html`⏹ Not sent: ${count(canceled)}`]),
];

const duration = (minutes: number): string =>
  minutes < 1 ? 'less than a minute' : `about ${plural(minutes, 'minute')}`;

const title = ({ broadcast: { status, endedAt } }: BroadcastReport): string =>
  status === 'canceled' && endedAt === null ? 'Broadcast is being canceled' : titles[status];

export const broadcasts: typeof indonesian = {
  message: (text) =>
    lines(html`📣 <b>Announcement from the Upah admins</b>`, EMPTY, user(text, 3_500)),
  list: ({ total }) =>
    lines(
      html`📣 <b>Broadcasts</b>`,
      total === 0
        ? html`There has been no broadcast yet. Send a message to many users at once from here.`
        : html`${plural(total, 'broadcast')}, newest first. Tap one to see how it went.`,
    ),
  listButton: ({ broadcast, progress }) => {
    const { status, createdAt } = broadcast;
    return `${signs[status]} ${dayTime(createdAt)} · ${count(progress.sent)} sent`;
  },
  new: '➕ New Broadcast',
  askAudience: (days) =>
    lines(
      html`📣 <b>New broadcast</b>`,
      html`Who is it for? Suspended users do not get it.`,
      html`Inactive: has done nothing in the last ${escapeHtml(plural(days, 'day'))}.`,
    ),
  audience: ({ audience, recipients }) => `${audiences[audience]} (${count(recipients)})`,
  askText: ({ audience, recipients }, max, captionMax) =>
    lines(
      html`✍️ <b>What should it say?</b>`,
      html`For: ${escapeHtml(audiences[audience])} (${escapeHtml(plural(recipients, 'recipient'))})`,
      EMPTY,
      html`Type the text, at most ${count(max)} characters. Or send one picture (at most 10 MB) with
        a caption of at most ${count(captionMax)} characters.`,
    ),
  askCaption: (captionMax) =>
    lines(
      html`🖼 <b>We have your picture.</b>`,
      html`Now type the text to go below it, at most ${count(captionMax)} characters.`,
    ),
  preview: ({ text, recipients, blocked, minutes }) =>
    lines(
      broadcasts.message(text),
      EMPTY,
      html`———`,
      html`👥 ${escapeHtml(plural(recipients, 'recipient'))}${
        blocked === 0
          ? html``
          : html`,
        ${count(blocked)} unreachable`
      }${
        minutes === null
          ? html``
          : html` ·
        ${escapeHtml(duration(minutes))}`
      }. Send?`,
    ),
  started: ({ broadcast, progress }) =>
    lines(
      html`📣 <b>The broadcast has started</b>, to
        ${escapeHtml(plural(progress.recipients, 'recipient'))}.`,
      html`A message of its own shows the progress. There you can pause or cancel it.`,
      html`<blockquote>${user(broadcast.text, 700)}</blockquote>`,
    ),
  report: (report, minutes) => {
    const { broadcast, by, progress } = report;
    const { endedAt } = broadcast;
    return lines(
      html`📣 <b>${escapeHtml(title(report))}</b>`,
      share(progress),
      EMPTY,
      ...figures(progress),
      broadcast.status !== 'running' || minutes === null || progress.waiting === 0
        ? null
        : html`⏳ Time left: ${escapeHtml(duration(minutes))}`,
      EMPTY,
      html`For: ${escapeHtml(audiences[broadcast.audience])}`,
      html`By ${user(by.displayName, 64)}, ${dayTime(broadcast.createdAt)}`,
      endedAt === null ? null : html`Ended ${dayTime(endedAt)}`,
    );
  },
  card: (report, minutes) =>
    lines(
      broadcasts.report(report, minutes),
      report.broadcast.photo === null ? null : html`🖼 With a picture`,
      html`<blockquote>${user(report.broadcast.text, 700)}</blockquote>`,
    ),
  refresh: '🔄 Refresh',
  all: '📣 All Broadcasts',
  stop: '⏹ Cancel It',
  askStop: ({ progress: { waiting, sent } }) =>
    lines(
      html`⏹ <b>Cancel this broadcast?</b>`,
      html`Already sent and cannot be taken back: ${count(sent)}. Will not get it any more:
        ${count(waiting)}. A canceled broadcast cannot be resumed.`,
    ),
  confirmStop: '⏹ Yes, Cancel It',
  keep: '⬅️ Keep It',
  paused: '⏸ The broadcast is paused. What is on its way still arrives.',
  resumed: '▶️ The broadcast is resumed.',
  stopped: ({ broadcast: { status } }) =>
    status === 'done'
      ? 'The broadcast is done: nobody was left to cancel it for.'
      : '⏹ The broadcast is canceled.',
};
