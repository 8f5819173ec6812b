import type { OwnRole, Role } from '../../../../core/index.ts';
import { html, lines, user, type Html } from '../../html.ts';
import type { account as indonesian } from '../id/account.ts';

const blank = html``;

const help: Record<Role, readonly Html[]> = {
  client: [
    html`<b>For Clients</b>`,
    html`1. <b>Top-Up</b>: transfer, then send the proof. Your balance is credited after a check.`,
    html`2. <b>New Campaign</b>: choose a kind, send a link, set the reward and target.`,
    html`3. Workers do the tasks and send proof. They are paid once an admin approves it.`,
    html`4. <b>My Campaigns</b>: track, pause or delete. Deleting refunds the unused slots.`,
    html`5. <b>Withdraw</b>: send your balance to your DANA number.`,
  ],
  worker: [
    html`<b>For Workers</b>`,
    html`1. <b>Available Tasks</b>: choose a task and tap Take.`,
    html`2. Do it before the deadline, then tap Send Proof and send a screenshot.`,
    html`3. An admin checks the proof. Once approved, the reward goes straight to your balance.`,
    html`4. <b>Withdraw</b>: send your balance to your DANA number.`,
  ],
  admin: [
    html`<b>For admins</b>`,
    html`<b>Review Proofs</b>: approve or reject, the oldest first.`,
    html`<b>Deposits</b>: compare the transfer proof with the bank statement, then decide.`,
    html`<b>Withdrawals</b>: tap Process, transfer to DANA, then tap Transferred.`,
    html`Your own proofs, top-ups and withdrawals are decided by another admin.`,
    html`To see your own balance, type /balance or /history.`,
  ],
};

const roleName: Record<OwnRole, Html> = { client: html`Client`, worker: html`Worker` };

export const account: typeof indonesian = {
  terms: (text: string): Html =>
    lines(
      html`<b>Upah Terms of Use</b>`,
      blank,
      html`<blockquote>${user(text, 3_000)}</blockquote>`,
      html`Please accept these terms to use Upah.`,
    ),
  termsChanged: 'The terms have just been updated. Please read and accept the new version.',
  chooseRole: (name: string): Html =>
    lines(
      html`👋 Hello, <b>${user(name, 40)}</b>! How would you like to use Upah?`,
      blank,
      html`🏢 <b>Client</b> — create campaigns and pay people to do the tasks.`,
      html`🙋 <b>Worker</b> — do small tasks and get paid.`,
    ),
  suspended: (reason: string): Html =>
    lines(
      html`🚫 <b>Your account is suspended.</b>`,
      html`Reason: “${user(reason)}”`,
      blank,
      html`Your balance stays on record. Contact an admin if you have questions.`,
    ),
  suspendedAnswer: 'Your account is suspended. The reason is in the message.',
  help: (role: Role): Html =>
    lines(
      html`❓ <b>Help</b>`,
      blank,
      ...help[role],
      blank,
      html`/menu opens Home, /cancel cancels the form you are filling in.`,
    ),
  switchTo: (role: OwnRole): string => `🔄 Switch to ${roleName[role]}`,
  roleChosen: (role: OwnRole): string => `You are now a ${roleName[role]}.`,
  languages: html`🌐 <b>Language</b> — choose your language.`,
  languageChosen: 'Language changed to English.',
  canceled: html`Canceled. Nothing has changed.`,
  nothingToCancel: html`There is nothing to cancel.`,
};
