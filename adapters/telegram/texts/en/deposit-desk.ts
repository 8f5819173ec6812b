import type { Deposit, DepositCase, EarlierDeposit } from '../../../../core/index.ts';
import { count, money, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import type { depositDesk as indonesian, DepositsWaiting } from '../id/deposit-desk.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { plural } from './plural.ts';
import { age, span } from './spans.ts';

const EMPTY = trusted('');

const statuses = { approved: 'approved', rejected: 'rejected', canceled: 'canceled by the client' };

const queue = ({ waiting, oldest }: DepositsWaiting, now: Date): Html =>
  oldest === null
    ? html`No top-ups waiting.`
    : html`⏳ ${count(waiting)} waiting, oldest for ${escapeHtml(span(oldest, now))}`;

const decision = ({ deposit, decidedBy }: DepositCase): Html | null => {
  if (deposit.status === 'pending') return null;
  const reason = deposit.status === 'canceled' ? null : deposit.reason;
  const status = escapeHtml(statuses[deposit.status]);
  const by = decidedBy === null ? html`` : html` by “${user(shortName(decidedBy))}”`;
  return lines(
    html`⚖️ <b>Already ${status}</b>${by} on ${dayTime(deposit.decidedAt)}`,
    deposit.status === 'approved' && html`Credited: ${money(deposit.credited)}`,
    reason === null ? null : common.userText(user(reason, 100)),
  );
};

const outcome = (deposit: Deposit): Html => {
  if (deposit.status === 'pending') return html`still waiting`;
  const status = escapeHtml(statuses[deposit.status]);
  const credited = deposit.status === 'approved' ? html` for ${money(deposit.credited)}` : html``;
  return html`${status}${credited} on ${dayTime(deposit.decidedAt)}`;
};

const earlierLine = ({ deposit, user: client }: EarlierDeposit): Html =>
  html`• “${user(shortName(client))}”, ${money(deposit.claimed)}: ${outcome(deposit)}`;

const flag = ({ sameFile, earlier }: DepositCase): Html | null =>
  sameFile === 0
    ? null
    : lines(
        html`⚠️ <b>The same file was sent with ${plural(sameFile, 'other top-up')}:</b>`,
        ...earlier.map(earlierLine),
      );

const who = ({ deposit, user: client }: DepositCase): Html =>
  html`${person(client)}, top-up of ${money(deposit.claimed)}`;

export const depositDesk: typeof indonesian = {
  list: (page) =>
    lines(
      html`📥 <b>Deposits</b>`,
      EMPTY,
      page.total === 0
        ? html`✨ No top-ups waiting.`
        : html`Top-ups waiting: ${count(page.total)}${common.oldestFirst(page.total)}. Tap to check.`,
    ),
  listButton: ({ deposit, user: client, sameFile }, now) =>
    [
      `${sameFile > 0 ? '⚠️ ' : ''}${money(deposit.claimed)}`,
      shortName(client),
      age(deposit.createdAt, now),
    ].join(' · '),
  card: (shown, waiting, now) => {
    const { deposit, user: client } = shown;
    return lines(
      html`📥 <b>Deposits</b>`,
      queue(waiting, now),
      EMPTY,
      html`<b>Top-up ${money(deposit.claimed)}</b>`,
      html`👤 ${person(client)} <code>${client.telegramId}</code>`,
      html`🗓 Account age: ${escapeHtml(span(client.createdAt, now))}`,
      html`🕒 Sent ${dayTime(deposit.createdAt)}`,
      decision(shown),
      flag(shown),
      deposit.status === 'pending' && EMPTY,
      deposit.status === 'pending' &&
        html`Compare it with the bank statement. Approve if exactly
          ${money(deposit.claimed)} arrived; if not, tap <b>Different amount</b>.`,
    );
  },
  correct: '✏️ Different amount',
  openEarlier: ({ deposit, user: client }) =>
    `📂 ${money(deposit.claimed)} · ${shortName(client)} · other top-up`,
  next: '⏭ Next top-up',
  toList: '📋 List',
  skipped: 'Skipped.',
  again: '🔁 Check skipped ones',
  empty: ({ waiting }, skipped) =>
    lines(
      html`📥 <b>Deposits</b>`,
      EMPTY,
      waiting === 0
        ? html`✨ All top-ups have been checked. We will let you know when new ones arrive.`
        : sentences(
            html`There are no more top-ups for you.`,
            html`Still waiting: ${count(waiting)}, skipped by you or for another admin to check.`,
          ),
      skipped > 0 && html`You skipped ${count(skipped)}.`,
    ),
  decided: (result) => {
    switch (result.outcome) {
      case 'approved':
        return `✅ Approved. ${money(result.credited)} added to the client’s balance.`;
      case 'rejected':
        return '❌ Rejected. The client has been notified.';
      case 'already-decided':
        return result.by === null
          ? `Already canceled by the client on ${dayTime(result.at)}.`
          : `Already ${statuses[result.status]} by ${result.by.displayName} on ${dayTime(result.at)}.`;
    }
  },
  askReason: (shown) =>
    lines(
      html`❌ <b>Reject this top-up?</b>`,
      EMPTY,
      who(shown),
      EMPTY,
      html`Choose a reason for the client, or type one of your own.`,
    ),
  reasons: [
    'We did not find the transfer in our bank statement.',
    'The transfer proof is unreadable. Please send a clear one.',
    'This transfer proof has been used before.',
    'The account on the proof is not ours.',
  ],
  askAmount: (shown) =>
    lines(
      html`✏️ <b>Different amount</b>`,
      common.step(1, 3),
      EMPTY,
      who(shown),
      EMPTY,
      html`How much actually arrived? Example: <code>95.000</code>`,
    ),
  askCorrectionReason: (shown, credited) =>
    lines(
      html`✏️ <b>Different amount</b>`,
      common.step(2, 3),
      EMPTY,
      who(shown),
      html`Arrived: <b>${money(credited)}</b>`,
      EMPTY,
      html`Why does it differ? Choose a reason for the client, or type one of your own.`,
    ),
  correctionReasons: [
    'The amount that arrived differs from the one you entered.',
    'The sending bank deducted a fee.',
  ],
  confirmCorrection: (shown, credited, reason) => {
    const { deposit, user: client } = shown;
    const difference = credited - deposit.claimed;
    return lines(
      html`✏️ <b>Different amount</b>`,
      common.step(3, 3),
      EMPTY,
      html`👤 ${person(client)}`,
      html`Amount entered: ${money(deposit.claimed)}`,
      html`To be credited: <b>${money(credited)}</b>`,
      difference !== 0n && html`Difference: ${signedMoney(difference)}`,
      reason === null ? null : lines(html`Reason:`, common.userText(user(reason, 200))),
      EMPTY,
      html`Tap Confirm to credit the client. This decision cannot be changed.`,
    );
  },
};
