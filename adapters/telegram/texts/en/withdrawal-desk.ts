import type { Page, Rupiah, Withdrawal, WithdrawalCase } from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { NUMBER_SLOT } from '../../screen.ts';
import { person, shortName } from '../people.ts';
import type { withdrawalDesk as indonesian } from '../id/withdrawal-desk.ts';
import { flagsOf, SIGNS, stageOf, STAGES, type WithdrawalFlag } from '../withdrawal-signs.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { plural } from './plural.ts';
import { age } from './spans.ts';

const EMPTY = trusted('');

const statuses = { paid: 'transferred', rejected: 'rejected', canceled: 'canceled by its owner' };

const meanings: Record<WithdrawalFlag, (shown: WithdrawalCase) => Html> = {
  first: () => html`<b>First withdrawal</b> by this user.`,
  newNumber: () => html`<b>New number</b>: first time this user has used it.`,
  shared: ({ othersWithNumber: others }) =>
    html`<b>Shared number</b>: also used by ${plural(others, 'other account')}.`,
  toppedUp: () => html`<b>Top-up money</b>: not all of it was earned from tasks.`,
};

const flags = (shown: WithdrawalCase): readonly Html[] =>
  flagsOf(shown).map((flag) => html`${SIGNS[flag]} ${meanings[flag](shown)}`);

const inOrder = ({ items, total }: Page<WithdrawalCase>): Html =>
  total > 1 && items[0]?.claimedBy
    ? html`, those you are processing first, then the oldest`
    : common.oldestFirst(total);

const legend = ({ items, total }: Page<WithdrawalCase>): Html | null =>
  total === 0
    ? null
    : html`<i>${SIGNS.first} first · ${SIGNS.newNumber} new number · ${SIGNS.shared} shared number ·
        ${SIGNS.toppedUp} top-up money${
          items.some(({ withdrawal }) => withdrawal.needsSecond)
            ? html` · ${STAGES.open} needs two admins · ${STAGES.endorsed} approved by one admin`
            : EMPTY
        }</i>`;

const whyTwo = ({ amount, flags: { toppedUp } }: Withdrawal, limit: Rupiah): Html => {
  const tooMuch =
    amount > limit
      ? html`the amount is above ${money(limit)}`
      : html`the amount was above the limit when it was requested`;
  if (!toppedUp) return tooMuch;
  return amount > limit
    ? html`${tooMuch}, and part of it is top-up money`
    : html`part of it is top-up money`;
};

const endorsement = ({ endorsedBy, withdrawal }: WithdrawalCase): Html | null =>
  endorsedBy === null || withdrawal.endorsement === null
    ? null
    : html`☑️ Approved by ${person(endorsedBy)} on ${dayTime(withdrawal.endorsement.at)}.`;

const fee = ({ amount, fee: cost }: Withdrawal): Html | false =>
  cost > 0n && html`🧾 Fee ${money(cost)}, total from the balance ${money(amount + cost)}`;

const head = (shown: WithdrawalCase): Html =>
  lines(
    html`📤 <b>Withdrawal of ${money(shown.withdrawal.amount)}</b>`,
    fee(shown.withdrawal),
    EMPTY,
    html`👤 ${person(shown.user)} <code>${shown.user.telegramId}</code>`,
    html`🕒 Requested ${dayTime(shown.withdrawal.createdAt)}`,
    ...flags(shown),
  );

const masked = ({ maskedNumber }: Withdrawal): Html => html`📱 DANA ${user(maskedNumber)}`;

const reference = (text: string | null): Html =>
  text === null ? html`Reference: none` : html`Reference: “${user(text, 100)}”`;

const receipt = (isThere: boolean): Html =>
  isThere ? html`Receipt: attached` : html`Receipt: none`;

const outcome = ({ withdrawal, decidedBy }: WithdrawalCase): Html | null => {
  if (withdrawal.status === 'pending') return null;
  const { status, decidedAt } = withdrawal;
  const by = decidedBy === null ? html`` : html` by ${person(decidedBy)}`;
  return lines(
    html`⚖️ <b>Already ${escapeHtml(statuses[status])}</b>${by} on ${dayTime(decidedAt)}`,
    withdrawal.status === 'paid' && reference(withdrawal.reference),
    withdrawal.status === 'paid' && receipt(withdrawal.receipt !== null),
    withdrawal.status === 'rejected' && common.userText(user(withdrawal.reason, 200)),
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
        ? html`✨ No withdrawals waiting for you.`
        : html`Withdrawals waiting: ${count(page.total)}${inOrder(page)}. Tap to open.`,
      legend(page),
    ),
  listButton: (shown, now) => {
    const { withdrawal, user: owner } = shown;
    const { amount, maskedNumber, createdAt } = withdrawal;
    const signs = flagsOf(shown).map((flag) => SIGNS[flag]);
    const sign = `${stageOf(shown)}${signs.join('')} `.trimStart();
    const tail = `…${maskedNumber.slice(-3)}`;
    return `${sign}${money(amount)} · ${shortName(owner)} ${tail} · ${age(createdAt, now)}`;
  },
  toOthers: '👥 With other admins',
  others: (page) =>
    lines(
      html`👥 <b>Being processed by other admins</b>`,
      EMPTY,
      page.total === 0
        ? html`None.`
        : html`Withdrawals: ${count(page.total)}${page.total > 1 ? html`, longest in process first` : EMPTY}.`,
    ),
  toList: '📋 List',
  waiting: (shown) =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      sentences(
        html`Tap Process to handle it and see the full number.`,
        html`After that its owner can no longer cancel it.`,
      ),
    ),
  own: (shown) =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      html`⚖️ This withdrawal is your own, so another admin will process it.`,
    ),
  ofTwo: (shown, said, limit) =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      html`👥 <b>Needs two admins</b>: ${whyTwo(shown.withdrawal, limit)}.`,
      said !== 'open' && endorsement(shown),
      EMPTY,
      {
        open: html`If everything is right, tap Approve. Another admin then processes it.`,
        mine: html`Another admin processes it now. Until then you can take your approval back.`,
        endorsed: html`Tap Process to handle it and see the full number. After that its owner can no
          longer cancel it.`,
      }[said],
      shown.others === 0 &&
        html`⚠️ No other admin has the right to handle withdrawals yet; ask the operator to
          add one.`,
    ),
  takeBack: '↩️ Take approval back',
  saidOfTwo: {
    endorse: '☑️ Approved. Another admin processes it now.',
    takeBackEndorsement: 'Your approval has been taken back.',
  },
  claimed: (shown, frozenSince) =>
    lines(
      head(shown),
      html`📱 DANA <code>${NUMBER_SLOT}</code>`,
      EMPTY,
      frozenSince === null
        ? html`Send <b>${money(shown.withdrawal.amount)}</b> to that number, then tap Transferred.`
        : sentences(
            html`🛑 <b>Do not transfer now</b>: payments have been stopped since ${dayTime(frozenSince)}.`,
            html`If you have already sent the money, do not reject this;`,
            html`tap Transferred once payments resume.`,
          ),
    ),
  ofOther: (shown) =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      html`👥 Being processed by ${holder(shown)}.`,
    ),
  decidedCard: (shown) => lines(head(shown), masked(shown.withdrawal), EMPTY, outcome(shown)),
  claimedToast: 'You are now processing this withdrawal.',
  takeOver: '🔄 Take over',
  warnTakeOver: (shown) =>
    lines(
      html`⚠️ <b>Check first!</b>`,
      EMPTY,
      html`Withdrawal of ${money(shown.withdrawal.amount)}, being processed by ${holder(shown)}.`,
      EMPTY,
      sentences(
        html`Ask whether the money has already been transferred.`,
        html`If so, do not take over: it could be sent twice.`,
      ),
    ),
  yesTakeOver: '🔄 Not transferred yet, take over',
  askReceipt: (shown) =>
    lines(
      html`✅ <b>Transferred</b>`,
      common.step(1, 3),
      EMPTY,
      html`👤 ${person(shown.user)}`,
      masked(shown.withdrawal),
      html`💸 ${money(shown.withdrawal.amount)}`,
      EMPTY,
      html`Send the receipt (picture or PDF) to pass on to the recipient, or tap Skip.`,
      html`Tap <b>Finish without receipt</b> to record it right away. This decision cannot be changed.`,
    ),
  finishBare: '✅ Finish without receipt',
  askReference: (shown) =>
    lines(
      html`✅ <b>Transferred</b>`,
      common.step(2, 3),
      EMPTY,
      html`${person(shown.user)}, ${money(shown.withdrawal.amount)}`,
      EMPTY,
      html`Type the reference number of the transfer for the recipient, or tap Skip.`,
    ),
  confirmPaid: (shown, hasReceipt, text) =>
    lines(
      html`✅ <b>Transferred</b>`,
      common.step(3, 3),
      EMPTY,
      html`👤 ${person(shown.user)}`,
      masked(shown.withdrawal),
      html`💸 ${money(shown.withdrawal.amount)}`,
      receipt(hasReceipt),
      reference(text),
      EMPTY,
      html`Confirm only if the money has really been sent. This decision cannot be changed.`,
    ),
  decided: (result) => {
    switch (result.outcome) {
      case 'paid':
        return '✅ Recorded as transferred. The recipient has been notified.';
      case 'rejected':
        return '❌ Rejected. The money is back in the owner’s balance, and they have been notified.';
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
        html`Do not reject it if the money has already been sent.`,
        html`Choose a reason for its owner, or type one of your own.`,
      ),
    ),
  reasons: [
    'The DANA number was not found. Please check the number.',
    'The DANA account cannot receive transfers yet.',
    'The name on the DANA account does not match your Upah account.',
    'We need to check your account. Please contact an admin.',
  ],
};
