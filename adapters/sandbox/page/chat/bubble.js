import { contactCard, documentCard, locationCard } from './cards.js';
import { button, element, icon } from '../parts/dom.js';
import { formatted } from './entities.js';
import { clockTime } from '../parts/format.js';
import { photoGrid } from './photos.js';
import { summary } from './summary.js';
import { t } from '../words/words.js';

/** So many keys in a row have room for more than their words. */
const ROOMY_KEYS = 4;

/**
 * One message, or the messages of one album, with what hangs on it. `names` are the bot's and the
 * person's. What can be pressed carries `data-act` and stays out of the tab order until the message
 * is the current one, see `roving.js`.
 */
export function bubble(messages, names) {
  const [first] = messages;
  const own = first.from === 'person';
  const captioned = messages.find(({ text }) => text !== '') ?? first;
  const photos = messages.filter(({ photo }) => photo);
  const documents = messages.filter(({ document }) => document);
  const words = captioned.text === '' ? null : textBlock(captioned);
  const isAbove = words !== null && photos.length > 0 && captioned.captionAbove === true;
  const body = element(
    'div',
    { class: `bubble ${first.kind}${mannerOf(first, { photos, words, isAbove })}` },
    first.forwardedFrom === undefined ? null : forwarded(first.forwardedFrom),
    first.replyTo ? quote(first, names) : null,
    isAbove ? words : null,
    photos.length > 0 ? photoGrid(photos) : null,
    ...documents.map(({ document }) => documentCard(document)),
    first.contact ? contactCard(first.contact) : null,
    first.location ? locationCard(first.location) : null,
    isAbove ? null : words,
    stamp(messages.at(-1), own),
  );
  const box = element('div', { class: 'box' }, body, moreButton());
  if (first.buttons.length > 0) box.append(inlineKeyboard(first));
  return element(
    'article',
    {
      class: `message ${own ? 'own' : 'theirs'}`,
      'aria-label': t(own ? 'message.own' : 'message.bot'),
      'data-id': first.id,
      tabindex: -1,
    },
    box,
  );
}

const textBlock = ({ text, entities }) =>
  element('div', { class: 'text' }, formatted(text, entities));

/** `bare` where there is nothing but photos, `above` where all that is said stands above them. */
function mannerOf({ replyTo, forwardedFrom }, { photos, words, isAbove }) {
  if (photos.length === 0 || (words !== null && !isAbove)) return '';
  return isAbove || replyTo || forwardedFrom !== undefined ? ' above' : ' bare';
}

const forwarded = (name) =>
  element('p', { class: 'forwarded' }, t('message.forwarded'), ' ', element('strong', {}, name));

/** The message that is answered: the part that was quoted of it, or its beginning. */
function quote({ replyTo, quote: part }, names) {
  return element(
    'button',
    {
      class: `quote${part === undefined ? '' : ' part'}`,
      type: 'button',
      'data-act': 'jump',
      'data-to': replyTo.id,
      tabindex: -1,
    },
    element('strong', {}, names[replyTo.from]),
    element('span', {}, part ?? summary(replyTo)),
  );
}

function moreButton() {
  const node = button('more', t('message.actions'), null, icon('more'));
  node.dataset.act = 'more';
  node.tabIndex = -1;
  node.setAttribute('aria-haspopup', 'menu');
  return node;
}

function stamp(message, own) {
  const edited = own && message.edited ? t('message.edited') : '';
  return element(
    'span',
    { class: 'stamp' },
    `${edited}${clockTime(message.date)}`,
    own ? tick(message.seen) : null,
  );
}

function tick(seen) {
  const label = t(seen ? 'message.seen' : 'message.sent');
  const sign = icon(seen ? 'ticks' : 'tick');
  return element('span', { class: 'tick', role: 'img', 'aria-label': label }, sign);
}

function inlineKeyboard({ buttons }) {
  const rows = buttons.map((row, rowIndex) => {
    const keys = row.map((key, index) => inlineButton(key, `${rowIndex}.${index}`));
    const isMany = keys.length > ROOMY_KEYS;
    return element('div', { class: `inline-row${isMany ? ' many' : ''}` }, ...keys);
  });
  const options = { class: 'inline-keyboard', role: 'group', 'aria-label': t('message.buttons') };
  return element('div', options, ...rows);
}

function inlineButton(key, place) {
  const mark = key.url ? 'link' : key.copyText ? 'copy' : null;
  return element(
    'button',
    {
      class: `inline-button ${key.style ?? ''}`.trim(),
      type: 'button',
      tabindex: -1,
      'data-act': 'press',
      'data-place': place,
      'data-press': key.data,
    },
    key.text,
    mark === null ? null : element('span', { class: 'inline-mark' }, icon(mark)),
  );
}
