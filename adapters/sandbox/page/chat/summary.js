import { t } from '../words/words.js';

const LENGTH_MAX = 120;

/** A message in one line: for quotes, the pinned bar and the bar above the text field. */
export function summary({ kind, text, document }) {
  if (text !== '') return text.replaceAll(/\s+/g, ' ').slice(0, LENGTH_MAX);
  if (kind === 'document') return document?.name ?? t('compose.file');
  return t(`message.${kind === 'text' ? 'photo' : kind}`);
}
