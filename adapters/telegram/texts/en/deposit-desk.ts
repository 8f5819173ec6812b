import type { Deposit, DepositCase } from '../../../../core/index.ts';
import { count, dayTime, money } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import type { depositDesk as indonesian } from '../id/deposit-desk.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { age, span } from './spans.ts';

const EMPTY = trusted('');

const statuses = { approved: 'approved', rejected: 'rejected', canceled: 'canceled by the client' };

const standing = (deposit: Deposit, now: Date): Html => {
  if (deposit.status === 'pending') {
    return html`⏳ Waiting for ${escapeHtml(span(deposit.createdAt, now))}`;
  }
  const reason = deposit.status === 'canceled' ? null : deposit.reason;
  return lines(
    html`⚖️ <b>Already ${escapeHtml(statuses[deposit.status])}</b> on ${dayTime(deposit.decidedAt)}`,
    deposit.status === 'approved' ? html`Credited: ${money(deposit.credited)}` : null,
    reason === null ? null : common.userText(user(reason, 200)),
  );
};

const who = ({ deposit, user: client }: DepositCase): Html =>
  html`${person(client)}, claims a transfer of ${money(deposit.claimed)}`;

export const depositDesk: typeof indonesian = {
  list: (page) =>
    lines(
      html`📥 <b>Deposits</b>`,
      EMPTY,
      page.total === 0
        ? html`✨ No top-ups waiting.`
        : html`Waiting top-ups: ${count(page.total)}${common.oldestFirst(page.total)}. Tap to check.`,
    ),
  listButton: ({ deposit, user: client, sameFile }, now) =>
    [
      `${sameFile > 0 ? '⚠️ ' : ''}${money(deposit.claimed)}`,
      shortName(client),
      age(deposit.createdAt, now),
    ].join(' · '),
  card: (shown, now) => {
    const { deposit, user: client, sameFile } = shown;
    return lines(
      html`📥 <b>Top-up ${money(deposit.claimed)}</b>`,
      EMPTY,
      html`👤 ${person(client)} <code>${client.telegramId}</code>`,
      html`🕒 Sent ${dayTime(deposit.createdAt)}`,
      standing(deposit, now),
      sameFile === 0
        ? null
        : html`⚠️ <b>The same file was sent with other top-ups: ${count(sameFile)}.</b>`,
      EMPTY,
      deposit.status === 'pending'
        ? html`Compare it with the bank statement. Approve if exactly
          ${money(deposit.claimed)} arrived; if not, tap Correct the amount.`
        : null,
    );
  },
  correct: '✏️ Correct the amount',
  toList: '📋 List of deposits',
  decided: (result) => {
    switch (result.outcome) {
      case 'approved':
        return `✅ Approved. ${money(result.credited)} added to the client's balance.`;
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
    'The transfer proof is unreadable.',
    'This transfer proof has been used before.',
    'The account on the proof is not ours.',
  ],
  askAmount: (shown) =>
    lines(
      html`✏️ <b>Correct the amount</b>`,
      common.step(1, 3),
      EMPTY,
      who(shown),
      EMPTY,
      html`How much actually arrived? Example: <code>95.000</code>`,
    ),
  askCorrectionReason: (shown, credited) =>
    lines(
      html`✏️ <b>Correct the amount</b>`,
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
  confirmCorrection: (shown, credited, reason) =>
    lines(
      html`✏️ <b>Correct the amount</b>`,
      common.step(3, 3),
      EMPTY,
      who(shown),
      html`To be credited: <b>${money(credited)}</b>`,
      reason === null ? null : lines(html`Reason:`, common.userText(user(reason))),
      EMPTY,
      html`Tap Confirm to credit the client. This decision cannot be changed.`,
    ),
};
