import type { Permission, TaskKind } from '../../../../core/index.ts';
import { bar } from '../../format.ts';
import { escapeHtml, html, user, type Html } from '../../html.ts';
import { namedActor } from '../audit-values.ts';
import type { common as indonesian } from '../id/common.ts';

const kinds: Record<TaskKind, string> = {
  view: 'View',
  like: 'Like',
  comment: 'Comment',
  share: 'Share',
  follow: 'Follow',
};

const permissions: Record<Permission, string> = {
  review: 'review proofs and manage campaigns',
  money: 'handle top-ups, withdrawals and balances',
  users: 'manage users and broadcasts',
  settings: 'change settings',
};

export const common: typeof indonesian = {
  kind: (kind: TaskKind): Html => escapeHtml(kinds[kind]),
  permission: (permission) => permissions[permission],
  permissions: (all) => all.map((permission) => permissions[permission]).join('; '),
  step: (at: number, of: number): Html => html`Step ${at} of ${of} ${bar(at, of)}`,
  problem: (text: string): Html => html`⚠️ ${escapeHtml(text)}`,
  staleButton: 'That screen has changed. This is the latest one.',
  staleNothing: 'This button is no longer valid. Tap Home to continue.',
  dialogueGone: 'That step is no longer available. Please start again from Home.',
  lookFirst: 'The next one has only just appeared. Please check it first, then tap again.',
  readFirst: 'This screen has only just appeared. Please read it first, then tap again.',
  unknownCommand: 'We do not know that command. You will find the available ones under /help.',
  canceled: 'Canceled. Nothing has changed.',
  notUnderstood:
    'Sorry, we did not understand that message. Please choose one of the buttons below.',
  textExpected: 'Please answer with text, or choose one of the buttons.',
  photoExpected: 'This step needs a screenshot. Please send the picture here.',
  transferProofExpected: 'This step needs the transfer proof. Please send a picture or a PDF.',
  buttonExpected: 'Please choose one of the buttons below to continue.',
  fileNotExpected: 'We do not need that file yet. Choose a menu first, then send it when asked.',
  fileUnderWay: '⏳ We have your file and are still processing it. Please wait a moment.',
  fileLeftOut: 'Sorry, because of a technical problem we could not send the attached file here.',
  albumFirstOnly: 'You sent several pictures. We only used the first one.',
  menuBelow: 'The main menu is in the buttons at the bottom of the screen.',
  tooFast:
    'That was too fast, so your last step was not processed. Please wait a moment, then repeat it.',
  apology: 'Sorry, something went wrong on our side. No money has moved. Please try again.',
  oldestFirst: (total) => (total > 1 ? html`, oldest first` : html``),
  userText: (text: Html): Html => html`<blockquote>${text}</blockquote>`,
  doneBy: (by) => {
    const named = namedActor(by);
    if (named === null) return html`“${user(by, 60)}”`;
    const name = user(named.name, 32);
    return named.isOperator ? html`operator ${name}` : html`system (${name})`;
  },
};
