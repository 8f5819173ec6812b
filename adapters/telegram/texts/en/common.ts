import type { TaskKind } from '../../../../core/index.ts';
import { bar } from '../../format.ts';
import { escapeHtml, html, type Html } from '../../html.ts';
import type { common as indonesian } from '../id/common.ts';

const kinds: Record<TaskKind, string> = {
  view: 'View',
  like: 'Like',
  comment: 'Comment',
  share: 'Share',
  follow: 'Follow',
};

export const common: typeof indonesian = {
  kind: (kind: TaskKind): Html => escapeHtml(kinds[kind]),
  step: (at: number, of: number): Html => html`Step ${at} of ${of} ${bar(at, of)}`,
  problem: (text: string): Html => html`⚠️ ${escapeHtml(text)}`,
  staleButton: 'This screen has changed. Please go on from the newest one.',
  staleNothing: 'This button is no longer valid. Tap Home to go on.',
  dialogueGone: 'That step no longer exists, so we brought you back to Home.',
  canceled: 'Canceled. Nothing has changed.',
  notUnderstood: 'We did not understand that message. Please choose one of the buttons below.',
  textExpected: 'Please answer with text, or choose one of the buttons.',
  photoExpected: 'Please send a picture (a screenshot) here, not text.',
  transferProofExpected: 'Please send the transfer proof here: a picture or a PDF.',
  buttonExpected: 'Please choose one of the buttons below.',
  fileNotExpected: 'Nothing is waiting for a picture right now. Open the task first.',
  albumFirstOnly: 'You sent several pictures. We use the first one only.',
  menuBelow: 'The main menu is on the keyboard below.',
  apology: 'Sorry, something went wrong on our side. No money has moved. Please try again.',
  downloadFailed: 'The picture could not be fetched from Telegram. Please send it once more.',
  userText: (text: Html): Html => html`<blockquote>${text}</blockquote>`,
};
