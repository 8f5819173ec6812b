import { element } from '../parts/dom.js';
import { initials } from '../parts/format.js';
import { t } from '../words/words.js';

/** What an empty chat shows: the bot, and what it says of itself to this person. */
export function greeting({ name, username }, description) {
  const card = document.createDocumentFragment();
  card.append(
    element(
      'span',
      { class: 'avatar large-avatar', 'aria-hidden': 'true' },
      initials(...name.split(' ').slice(0, 2)),
    ),
    element('strong', {}, name),
    element('span', { class: 'greeting-handle' }, `@${username}`),
  );
  if (description) {
    card.append(
      element('p', { class: 'greeting-title' }, t('chat.about')),
      element('p', { class: 'greeting-about' }, description),
    );
  } else {
    card.append(element('p', {}, t('chat.greeting')));
  }
  return card;
}
