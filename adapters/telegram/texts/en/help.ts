import type { Permission, Settings } from '../../../../core/index.ts';
import { money } from '../../format.ts';
import { html, lines, type Html } from '../../html.ts';
import type { help as indonesian } from '../id/help.ts';
import { plural } from './plural.ts';

const blank = html``;

const withdraw = ({ withdrawMin, withdrawFee }: Settings): Html =>
  html`🏧 <b>Cashing out.</b> Tap Withdraw and enter an amount (at least ${money(withdrawMin)}) and
  your DANA number. ${withdrawFee > 0n ? html`The fee is ${money(withdrawFee)}. ` : blank}The money is
  held until an admin has transferred it, and you can cancel as long as it is not being processed.`;

const paragraphs = (...parts: readonly (Html | false)[]): Html =>
  lines(
    ...parts
      .filter((part) => part !== false)
      .flatMap((part, at) => (at === 0 ? [part] : [blank, part])),
  );

export const help: typeof indonesian = {
  client: (settings) =>
    lines(
      html`<b>For Clients</b>: you pay people to watch, like, comment on or share what you
      post, or to follow you.`,
      blank,
      html`💳 <b>Topping up.</b> Tap Top-Up, transfer ${money(settings.depositMin)} or more, then send
      the transfer proof. Your balance is credited once an admin has checked it.`,
      blank,
      html`📢 <b>Creating a campaign.</b> Tap New Campaign: choose the kind of task, send the link, set
      reward and target. You see the total cost before you agree; then it is set aside from your
      balance.`,
      blank,
      html`📋 <b>Keeping track.</b> My Campaigns shows the progress of each one, with a chart. You can
      pause, resume, raise the target or delete; when you delete, the money for tasks nobody has done
      comes back at once. Share the campaign’s link to help workers find it.`,
      blank,
      html`✅ <b>Paying.</b> Workers are paid only after an admin has approved their proof. A rejected
      proof costs you nothing: somebody else does the task.`,
      blank,
      withdraw(settings),
    ),
  worker: (settings) =>
    lines(
      html`<b>For Workers</b>: you do small tasks and get paid.`,
      blank,
      html`🎯 <b>Taking a task.</b> Tap Available Tasks, choose one and tap Take. You can have
      ${plural(settings.takenAtOnceMax, 'task')} at a time.`,
      blank,
      html`⏰ <b>Deadline.</b> Every task has to be done within ${plural(settings.holdMinutes, 'minute')}.
      We remind you before the time is up; after that the task goes back to the list. Changed your
      mind? Tap Give Up Task.`,
      blank,
      html`📸 <b>Sending proof.</b> Open the task in My Tasks, tap Send Proof and send one clear
      screenshot. Use your own picture, and a new one for every task.`,
      blank,
      html`💰 <b>Reward.</b> An admin checks every proof. Once it is approved, the reward goes straight
      to your balance. If it is rejected, we tell you why. Type /earnings to see what you earned today
      and in the last 7 days.`,
      blank,
      withdraw(settings),
    ),
  admin: ({ reviewClaimMinutes, reversalDays, secondAdminAbove }, permissions) => {
    const may = (permission: Permission): boolean => permissions.includes(permission);
    return paragraphs(
      html`<b>For admins</b>: your menu holds what you may do. The operator gives these rights.`,
      may('review') &&
        html`🔍 <b>Review Proofs</b> opens the oldest proof; once you decide, the next one opens by
        itself. A proof you have open is given to no other admin for
        ${plural(reviewClaimMinutes, 'minute')}. Please give a reason when you reject: the worker reads
        it. A decision can be changed once, within ${plural(reversalDays, 'day')}.`,
      may('money') &&
        html`📥 <b>Deposits</b>: compare the transfer proof with the bank statement. Where the amount
        differs, correct it before you approve.`,
      may('money') &&
        html`📤 <b>Withdrawals</b>: tap Process before you transfer, so that nobody transfers twice.
        Then tap Transferred and attach the receipt. Withdrawals above ${money(secondAdminAbove)}, or of
        top-up money, need two admins: one approves, another one processes.`,
      may('review')
        ? html`📢 <b>Campaigns</b>: see every campaign and who holds its tasks; pause or delete with a
          reason that reaches the owner.`
        : html`📢 <b>Campaigns</b>: see every campaign and who holds its tasks.`,
      may('users')
        ? html`👥 <b>People</b>: find somebody, see their profile and timeline, suspend them,
          ${may('money') ? html`change their role or adjust their balance` : html`or change their role`}.
          📣 <b>Broadcast</b> on Home sends a message to many.`
        : may('money') &&
            html`👥 <b>People</b>: find somebody, see their profile and timeline, or adjust their balance.`,
      may('settings') &&
        html`🎛 <b>Upah Settings</b> on Home: limits, fees and terms. Changes take effect at once and
        are recorded.`,
      html`📊 <b>Figures</b> show how Upah is doing, 📜 <b>Audit</b> who did what.`,
      html`⚖️ What concerns yourself is decided by another admin. Your own balance: /balance, its
      history: /history.`,
    );
  },
};
