import type { OwnRole, Role } from '../../../../core/index.ts';
import { html, lines, user, type Html } from '../../html.ts';
import type { account as indonesian } from '../id/account.ts';
import { help } from './help.ts';

const blank = html``;

const roleNames: Record<Role, Html> = {
  client: html`Client`,
  worker: html`Worker`,
  admin: html`Admin`,
};

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
  help: (role, settings, permissions): Html =>
    lines(
      html`❓ <b>Help</b>`,
      blank,
      help[role](settings, permissions),
      blank,
      html`🆘 <b>Need help?</b> /menu opens Home, /cancel cancels the form you are filling in, /settings
      changes your language${role === 'admin' ? blank : html` and role`}. If something is wrong with
      money or a task, contact ${role === 'admin' ? html`the operator` : html`an admin`} and say when it
      happened.`,
    ),
  switchTo: (role: OwnRole): string => `🔄 Switch to ${roleNames[role]}`,
  roleFirst: 'Please choose your role first. After that you can continue.',
  roleChosen: (role: OwnRole): string => `You are now a ${roleNames[role]}.`,
  settings: (role: Role | null): Html =>
    lines(
      html`⚙️ <b>Settings</b>`,
      blank,
      html`🌐 Language: English`,
      role !== null && html`👤 Role: ${roleNames[role]}`,
      blank,
      html`Tap to change.`,
    ),
  languageChosen: 'Language changed to English.',
  canceled: html`Canceled. Nothing has changed.`,
  nothingToCancel: html`There is nothing to cancel.`,
  linkUnknown: 'We do not know that link. Please continue from Home.',
  linkForWorkers: lines(
    html`🎯 <b>This task is for workers</b>`,
    blank,
    html`That link leads to a paid task, but you are using Upah as a Client. To do it, switch your role to
    Worker.`,
  ),
};
