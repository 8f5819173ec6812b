import type { Withdrawal, WithdrawalCase } from '../../../../core/index.ts';
import { count, dayTime, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { NUMBER_SLOT } from '../../screen.ts';
import { person, shortName } from '../people.ts';
import type { withdrawalDesk as indonesian } from '../id/withdrawal-desk.ts';
import { common } from './common.ts';
import { span } from './spans.ts';

const EMPTY = trusted('');

const statuses = { paid: 'transferred', rejected: 'rejected', canceled: 'canceled by its owner' };

const flags = ({ flags: { newNumber, toppedUp } }: Withdrawal): Html | null =>
  newNumber || toppedUp
    ? lines(
        newNumber && html`⚠️ <b>New number</b>: this person uses it for the first time.`,
        toppedUp && html`⚠️ <b>Top-up money</b>: not all of it was earned by tasks.`,
      )
    : null;

const head = ({ withdrawal, user: owner }: WithdrawalCase): Html =>
  lines(
    html`📤 <b>Withdrawal of ${money(withdrawal.amount)}</b>`,
    EMPTY,
    html`👤 ${person(owner)} <code>${owner.telegramId}</code>`,
    html`🕒 Asked for ${dayTime(withdrawal.createdAt)}`,
    flags(withdrawal),
  );

const masked = ({ maskedNumber }: Withdrawal): Html => html`📱 DANA ${user(maskedNumber)}`;

const reference = (text: string | null): Html =>
  text === null ? html`Reference: none` : html`Reference: “${user(text, 100)}”`;

const outcome = (withdrawal: Withdrawal): Html | null => {
  if (withdrawal.status === 'pending') return null;
  const { status, decidedAt } = withdrawal;
  return lines(
    html`⚖️ <b>Already ${escapeHtml(statuses[status])}</b> on ${dayTime(decidedAt)}`,
    withdrawal.status === 'paid' ? reference(withdrawal.reference) : null,
    withdrawal.status === 'rejected' ? common.userText(user(withdrawal.reason, 200)) : null,
  );
};

const holder = ({ claimedBy, withdrawal }: WithdrawalCase): Html => {
  const since = withdrawal.status === 'canceled' ? undefined : withdrawal.claim?.at;
  const name = claimedBy === null ? html`another admin` : person(claimedBy);
  return since === undefined ? name : html`${name} since ${dayTime(since)}`;
};

export const withdrawalDesk: typeof indonesian = {
  list: (page) =>
    lines(
      html`📤 <b>Withdrawals</b>`,
      EMPTY,
      page.total === 0
        ? html`✨ No withdrawal is waiting for you.`
        : html`Waiting withdrawals: ${count(page.total)}, oldest first. Tap one to open it.`,
    ),
  listButton: ({ withdrawal, user: owner, claimedBy }, now) => {
    const { amount, maskedNumber, createdAt } = withdrawal;
    const flagged = withdrawal.flags.newNumber || withdrawal.flags.toppedUp;
    const sign = `${claimedBy === null ? '' : '▶️ '}${flagged ? '⚠️ ' : ''}`;
    const tail = `…${maskedNumber.slice(-3)}`;
    return `${sign}${money(amount)} · ${shortName(owner)} ${tail} · ${span(createdAt, now)}`;
  },
  toOthers: '👥 In process with other admins',
  others: (page) =>
    lines(
      html`👥 <b>In process with other admins</b>`,
      EMPTY,
      page.total === 0
        ? html`There is none.`
        : html`In process: ${count(page.total)}, the longest first.`,
    ),
  toList: '📋 List of withdrawals',
  waiting: (shown) =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      sentences(
        html`Tap Process to make it yours and see the whole number.`,
        html`From then on its owner cannot cancel it.`,
      ),
    ),
  claimed: (shown) =>
    lines(
      head(shown),
      html`📱 DANA <code>${NUMBER_SLOT}</code>`,
      EMPTY,
      html`Send <b>${money(shown.withdrawal.amount)}</b> to that number, then tap Transferred.`,
    ),
  ofOther: (shown) =>
    lines(head(shown), masked(shown.withdrawal), EMPTY, html`👥 In process with ${holder(shown)}.`),
  decidedCard: (shown) =>
    lines(head(shown), masked(shown.withdrawal), EMPTY, outcome(shown.withdrawal)),
  claimedToast: 'This withdrawal is now yours to process.',
  takeOver: '🔄 Take over',
  warnTakeOver: (shown) =>
    lines(
      html`⚠️ <b>Check first!</b>`,
      EMPTY,
      html`This withdrawal of ${money(shown.withdrawal.amount)} is in process with ${holder(shown)}.`,
      EMPTY,
      sentences(
        html`Ask whether they have already transferred it.`,
        html`If so, do not take it over: the money could be sent twice.`,
      ),
    ),
  yesTakeOver: '🔄 Not transferred, take over',
  askReceipt: (shown) =>
    lines(
      html`✅ <b>Transferred</b>`,
      common.step(1, 3),
      EMPTY,
      html`${person(shown.user)}, ${money(shown.withdrawal.amount)}`,
      EMPTY,
      html`Send the receipt (picture or PDF) to pass on to the receiver, or skip.`,
    ),
  askReference: (shown) =>
    lines(
      html`✅ <b>Transferred</b>`,
      common.step(2, 3),
      EMPTY,
      html`${person(shown.user)}, ${money(shown.withdrawal.amount)}`,
      EMPTY,
      html`Type the transfer's reference for the receiver, or skip.`,
    ),
  confirmPaid: (shown, hasReceipt, text) =>
    lines(
      html`✅ <b>Transferred</b>`,
      common.step(3, 3),
      EMPTY,
      html`👤 ${person(shown.user)}`,
      masked(shown.withdrawal),
      html`💸 ${money(shown.withdrawal.amount)}`,
      hasReceipt ? html`Receipt: attached` : html`Receipt: none`,
      reference(text),
      EMPTY,
      html`Confirm only if the money has really been sent. This decision cannot be changed.`,
    ),
  decided: (result) => {
    switch (result.outcome) {
      case 'paid':
        return '✅ Recorded as transferred. The receiver has been told.';
      case 'rejected':
        return '❌ Rejected. The money is back in the balance of its owner, who has been told.';
      case 'already-decided':
        return result.by === null
          ? `Already canceled by its owner on ${dayTime(result.at)}.`
          : `Already ${statuses[result.status]} by ${result.by.displayName} on ${dayTime(result.at)}.`;
    }
  },
  askReason: (shown) =>
    lines(
      html`❌ <b>Reject this withdrawal?</b>`,
      EMPTY,
      html`${person(shown.user)}, ${money(shown.withdrawal.amount)}`,
      EMPTY,
      sentences(
        html`Do not reject it if the money has been sent.`,
        html`Choose a reason for its owner, or type one of your own.`,
      ),
    ),
  reasons: [
    'The DANA number was not found. Please check it.',
    'The DANA account cannot receive transfers yet.',
    'The name of the DANA account differs from the owner of the Upah account.',
    'The activity of your account has to be checked first.',
  ],
};
