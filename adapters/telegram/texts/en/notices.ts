import type { CampaignLabel, Desk, Notice, NoticeKind } from '../../../../core/index.ts';
import { press, shortId, type Button } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { clockTime, count, link, money, witness } from '../../format.ts';
import { html, lines, trusted, unbroken, user, type Html } from '../../html.ts';
import type { notices as indonesian, SaidNotice } from '../id/notices.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { daily } from './figures.ts';
import { labels } from './labels.ts';
import { plural } from './plural.ts';

type Sayings = {
  readonly [K in NoticeKind]: (notice: Extract<Notice, { kind: K }>) => SaidNotice;
};

const said = (button: Button, headline: Html, ...rows: readonly (Html | null)[]): SaidNotice => ({
  headline,
  brief: unbroken(lines(headline, rows[0] ?? null)),
  text: lines(headline, ...rows),
  keyboard: [[button]],
});

const campaignLine = ({ taskKind, link: target }: CampaignLabel): Html =>
  html`${common.kind(taskKind)} · ${link(target)}`;

const quoted = (text: string): Html => html`“${user(text)}”`;

const toOffers = press(labels.offers, CODES.offers);
const toHistory = press(labels.history, CODES.history);
const toBalance = press(labels.balance, CODES.balance);
const toCampaigns = press(labels.campaigns, CODES.campaigns);
const toHome = press(labels.home, CODES.home);

const desks: Record<Desk, { readonly button: Button; readonly what: Html }> = {
  proofs: { button: press(labels.review, CODES.review), what: html`Proofs waiting for review` },
  deposits: {
    button: press(labels.deposits, CODES.deposits),
    what: html`Top-ups waiting to be checked`,
  },
  withdrawals: {
    button: press(labels.withdrawals, CODES.withdrawals),
    what: html`Withdrawals waiting to be processed`,
  },
};

const sayings: Sayings = {
  'proof.approved': ({ campaign, reward, balance }) =>
    said(
      toOffers,
      html`Your task was approved — your balance has been credited.`,
      campaignLine(campaign),
      html`Reward <b>${money(reward)}</b>`,
      html`Balance now <b>${money(balance)}</b>`,
    ),
  'proof.rejected': ({ campaign, reason }) =>
    said(
      toOffers,
      html`Task rejected — reason: ${reason === null ? html`not given.` : quoted(reason)}`,
      campaignLine(campaign),
      html`Please choose another one under Available Tasks.`,
    ),
  'proof.unapproved': ({ campaign, reason, taken, balance }) =>
    said(
      toHistory,
      html`The approval of your task was reversed — reason: ${quoted(reason)}`,
      campaignLine(campaign),
      html`Reward taken back: ${money(taken)}. Balance now <b>${money(balance)}</b>.`,
    ),
  'campaign.approval-undone': ({ campaign, returned, balance }) =>
    said(
      toHistory,
      html`An admin reversed the approval of one task in your campaign.`,
      campaignLine(campaign),
      html`Returned to your balance: ${money(returned)}. Balance now <b>${money(balance)}</b>.`,
    ),
  'task.reminder': ({ takeId, campaign, deadline }) =>
    said(
      press('📌 View Task', CODES.task, shortId(takeId)),
      html`⏰ Send the proof of your task before <b>${clockTime(new Date(deadline))}</b>.`,
      campaignLine(campaign),
      html`After that we cannot accept it, and the task goes back to the list.`,
    ),
  'task.expired': ({ campaign }) =>
    said(
      toOffers,
      html`The deadline has passed, so your task went back to the list.`,
      campaignLine(campaign),
      html`While it is available you may take it again.`,
    ),
  'task.withdrawn': ({ campaign }) =>
    said(
      toHome,
      html`Your task went back to the list because your account is suspended.`,
      campaignLine(campaign),
    ),
  'campaign.started': ({ campaign, target }) =>
    said(
      toCampaigns,
      html`Your campaign is live, with a target of <b>${plural(target, 'task')}</b>.`,
      campaignLine(campaign),
      html`We will keep you posted here.`,
    ),
  'campaign.half': ({ campaignId, campaign, completed, target }) =>
    said(
      press('📊 Progress', CODES.campaignPicture, shortId(campaignId)),
      html`Your campaign is halfway: ${count(completed)} of ${count(target)} tasks.`,
      campaignLine(campaign),
    ),
  'campaign.completed': ({ campaign, completed }) =>
    said(
      toCampaigns,
      html`Your campaign is completed: ${plural(completed, 'task')} approved.`,
      campaignLine(campaign),
    ),
  'campaign.paused-by-admin': ({ campaign, reason }) =>
    said(
      toCampaigns,
      html`An admin paused your campaign — reason: ${quoted(reason)}`,
      campaignLine(campaign),
      html`Tasks already taken will continue.`,
    ),
  'campaign.resumed-by-admin': ({ campaign, reason }) =>
    said(
      toCampaigns,
      html`An admin resumed your campaign — reason: ${quoted(reason)}`,
      campaignLine(campaign),
      html`It is live again.`,
    ),
  'campaign.deleted-by-admin': ({ campaign, reason, refunded, balance }) =>
    said(
      toHistory,
      html`An admin deleted your campaign — reason: ${quoted(reason)}`,
      campaignLine(campaign),
      html`Returned to your balance: <b>${money(refunded)}</b>. Balance now <b>${money(balance)}</b>.`,
    ),
  'campaign.slot-refunded': ({ campaign, refunded, balance }) =>
    said(
      toHistory,
      html`A task of your deleted campaign was closed: ${money(refunded)} is back in your balance.`,
      campaignLine(campaign),
      html`Balance now <b>${money(balance)}</b>.`,
    ),
  'deposit.approved': ({ claimed, credited, reason, balance }) =>
    said(
      toBalance,
      html`Top-up approved.`,
      html`Credited <b>${money(credited)}</b>`,
      html`Balance now <b>${money(balance)}</b>`,
      reason === null
        ? null
        : html`The amount you entered, ${money(claimed)}, was corrected — reason: ${quoted(reason)}`,
    ),
  'wallet.adjusted': ({ amount, reason, balance }) =>
    said(
      toHistory,
      amount < 0n
        ? html`An admin took <b>${money(0n - amount)}</b> out of your balance.`
        : html`An admin added <b>${money(amount)}</b> to your balance.`,
      html`Reason: ${quoted(reason)}`,
      html`Balance now <b>${money(balance)}</b>`,
    ),
  'revenue.paid-out': ({ amount, left, by, reason }) =>
    said(
      toHome,
      html`🏦 Platform revenue paid out: <b>${money(amount)}</b>`,
      html`By ${common.doneBy(by)}. Reason: ${quoted(reason)}`,
      html`Revenue left <b>${money(left)}</b>`,
    ),
  'deposit.rejected': ({ claimed, reason }) =>
    said(
      press(labels.topUp, CODES.topUp),
      html`Top-up of ${money(claimed)} rejected — reason: ${quoted(reason)}`,
      html`Your balance has not changed. Please submit again with the matching transfer proof.`,
    ),
  'withdrawal.processing': ({ amount }) =>
    said(
      toBalance,
      html`An admin is transferring your withdrawal of ${money(amount)}. It can no longer be canceled.`,
    ),
  'withdrawal.taken-over': ({ amount, maskedNumber, by }) =>
    said(
      press(labels.withdrawals, CODES.withdrawals),
      html`⚠️ The withdrawal of <b>${money(amount)}</b> to DANA ${user(maskedNumber)} was taken over by “${user(by, 40)}”.`,
      html`Do not transfer it. If you have already sent the money, tell “${user(by, 40)}” at once.`,
    ),
  'withdrawal.paid': ({ amount, maskedNumber, reference, balance }) =>
    said(
      toHistory,
      html`Your withdrawal was processed successfully.`,
      html`<b>${money(amount)}</b> sent to DANA ${user(maskedNumber)}.`,
      reference === null ? null : html`Reference: ${quoted(reference)}`,
      html`Balance now <b>${money(balance)}</b>.`,
    ),
  'withdrawal.rejected': ({ amount, reason, balance }) =>
    said(
      toBalance,
      html`Withdrawal of ${money(amount)} rejected — reason: ${quoted(reason)}`,
      html`The money is back in your balance. You may request again once the problem is solved.`,
      html`Balance now <b>${money(balance)}</b>.`,
    ),
  'account.suspended': ({ reason }) =>
    said(
      toHome,
      html`Your account is suspended — reason: ${quoted(reason)}`,
      html`Your balance stays on record. Contact an admin if you have questions.`,
    ),
  'account.unsuspended': () => said(toHome, html`Your account is active again. Welcome back!`),
  'account.admin-granted': ({ permissions }) =>
    said(
      toHome,
      html`You are now an admin. Open Home to see what is waiting.`,
      html`Your rights: ${user(common.permissions(permissions))}.`,
    ),
  'account.permissions': ({ permissions }) =>
    said(
      toHome,
      html`The operator has changed your admin rights.`,
      html`Your rights now: ${user(common.permissions(permissions))}.`,
    ),
  'account.role': ({ role }) =>
    said(
      toHome,
      html`An admin has changed your role to <b>${user(role === 'client' ? 'Client' : 'Worker')}</b>.`,
      html`Open Home to see your new menu.`,
    ),
  'account.admin-revoked': () =>
    said(toHome, html`You are no longer an admin. Open Home to continue.`),
  'account.missed': ({ total, newest }) =>
    said(
      toHome,
      html`Messages that could not reach you: <b>${count(total)}</b>`,
      ...newest.map((notice) => html`• ${say(notice).brief}`),
      total > newest.length ? html`… and ${count(total - newest.length)} more.` : null,
      trusted(''),
      html`Balance and History in the bot are up to date.`,
    ),
  'update.failed': () =>
    said(
      toHome,
      html`Sorry, we could not process one of your messages or button taps.`,
      html`No money has moved. Please try again.`,
    ),
  'update.parked': ({ updateId }) =>
    said(
      toHome,
      html`⚠️ A user’s action could not be processed (update number <b>${updateId}</b>).`,
      html`They are being asked to try again. Please tell the operator: the cause is in the log.`,
    ),
  'payments.frozen': ({ since, broken }) =>
    said(
      toHome,
      html`🛑 <b>Payments have been stopped</b> since ${dayTime(new Date(since))}: the books do not add up.`,
      html`Records that are wrong: <b>${count(broken)}</b>. Please tell the operator at once.`,
      trusted(''),
      html`<b>Do not transfer withdrawals now.</b> If you have already sent the money, do not reject the withdrawal; tap Transferred once payments resume.`,
      trusted(''),
      html`Proofs cannot be approved and withdrawals cannot be processed; all of them keep waiting. You can still reject them, and decide on top-ups.`,
    ),
  'payments.resumed': () =>
    said(toHome, html`✅ Payments are running again. Please continue with what is waiting.`),
  'audit.head': ({ number, rows, hash, at }) =>
    said(
      toHome,
      html`🔏 <b>Daily seal of the audit log</b>`,
      html`${dayTime(new Date(at))} · seal number ${count(number)} · rows: ${count(rows)}`,
      witness(number, hash),
      html`There is nothing for you to do; just do not delete this message. With the code above the operator can prove that old records were not changed.`,
    ),
  'approvals.done': ({ batchId, approved, paid, skipped }) =>
    said(
      press('📄 View Report', CODES.approvals, shortId(batchId)),
      html`Your bulk approval is done: <b>${plural(approved, 'proof')}</b> approved.`,
      approved === 0 ? null : html`Paid to workers: <b>${money(paid)}</b>`,
      skipped === 0 ? null : html`Skipped: ${count(skipped)}. The report says why.`,
    ),
  'report.daily': ({ yesterday, before, waiting }) =>
    said(
      press(labels.figures, CODES.figures),
      daily.headline(new Date(yesterday.day)),
      null,
      daily.figures(yesterday, before),
      html``,
      daily.waiting(waiting),
    ),
  'broadcast.done': ({ broadcastId, sent, blocked, failed, canceled }) =>
    said(
      press('📄 View Report', CODES.showBroadcast, shortId(broadcastId)),
      canceled === 0
        ? html`The broadcast is done: <b>${plural(sent, 'message')}</b> sent.`
        : html`The broadcast was canceled: <b>${plural(sent, 'message')}</b> had been sent.`,
      canceled === 0 ? null : html`Not sent: ${count(canceled)}`,
      blocked === 0 ? null : html`Unreachable: ${count(blocked)}`,
      failed === 0 ? null : html`Failed: ${count(failed)}`,
    ),
  'desk.waiting': ({ desk, waiting }) => {
    const { button, what } = desks[desk];
    return said(button, html`${what}: <b>${count(waiting)}</b>.`);
  },
};

const say = (notice: Notice): SaidNotice =>
  (sayings[notice.kind] as (notice: Notice) => SaidNotice)(notice);

export const notices: typeof indonesian = { say };
