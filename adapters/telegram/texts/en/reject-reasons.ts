import type { ReadyReason } from '../../../../core/index.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import type { rejectReasons as indonesian } from '../id/reject-reasons.ts';
import { common } from './common.ts';

const EMPTY = trusted('');

const both = ({ id, en }: ReadyReason): Html =>
  lines(
    html`🇮🇩 Indonesian:`,
    common.userText(user(id, 200)),
    html`🇬🇧 English:`,
    common.userText(user(en, 200)),
  );

export const rejectReasons: typeof indonesian = {
  list: (reasons) =>
    lines(
      html`✏️ <b>Rejection reasons</b>`,
      html`Ready-made buttons for rejecting, from top to bottom. Workers read them in their own language.`,
      EMPTY,
      ...reasons.map(({ en }, at) => html`${at + 1}. ${user(en, 200)}`),
      EMPTY,
      html`Tap a number to change, move up or remove it.`,
    ),
  add: '➕ Add a reason',
  one: (reason, at) => lines(html`✏️ <b>Reason ${at + 1}</b>`, EMPTY, both(reason)),
  change: '✏️ Change',
  up: '⬆️ Move up',
  remove: '🗑 Remove',
  askIndonesian: (was) =>
    lines(
      was === null ? html`➕ <b>New reason</b>` : html`✏️ <b>Change the reason</b>`,
      common.step(1, 2),
      EMPTY,
      was === null ? null : lines(html`Current reason:`, common.userText(user(was.id, 200))),
      html`Type the reason in Indonesian, at most 200 characters.`,
    ),
  askEnglish: (id, was) =>
    lines(
      html`🇬🇧 <b>Reason in English</b>`,
      common.step(2, 2),
      EMPTY,
      common.userText(user(id, 200)),
      was === null ? null : lines(html`Current translation:`, common.userText(user(was.en, 200))),
      html`Type the English translation, or tap Same if none is needed.`,
    ),
  same: 'Same',
  keepEnglish: 'Keep this translation',
  saved: '✅ Reason saved.',
  removed: '🗑 Reason removed.',
  moved: '⬆️ Reason moved up.',
  changed: 'Another admin has just changed the list of reasons. This is the latest one.',
  number: (at) => String(at + 1),
};
