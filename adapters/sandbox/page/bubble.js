import { button, clockTime, element, fileSize, icon } from './dom.js';
import { formatted } from './entities.js';

const PHOTO_MAX_PX = { width: 300, height: 300 };

/**
 * One message with what hangs on it. `actions` has openPhoto(url),
 * pressButton(message, button, node) and say(text).
 */
export function bubble(message, actions) {
  const own = message.from === 'person';
  const body = element(
    'div',
    { class: `bubble ${message.kind}${message.text === '' ? ' bare' : ''}` },
    message.replyTo ? replyQuote(message.replyTo) : null,
    message.photo ? photo(message.photo, actions) : null,
    message.document ? documentRow(message.document) : null,
    message.text === '' ? null : textBlock(message, actions),
    stamp(message, own),
  );
  const label = own ? 'Pesan Anda' : 'Pesan bot';
  const className = `message ${own ? 'own' : 'theirs'}`;
  return element(
    'article',
    { class: className, 'aria-label': label, 'data-id': message.id },
    body,
    message.buttons.length > 0 ? inlineKeyboard(message, actions) : null,
  );
}

function replyQuote({ text }) {
  return element('p', { class: 'reply-quote' }, text === '' ? 'Foto' : text.slice(0, 120));
}

function photo({ url, width, height }, { openPhoto }) {
  const image = element('img', { src: url, width, height, alt: 'Foto', loading: 'lazy' });
  const scale = Math.min(PHOTO_MAX_PX.width / width, PHOTO_MAX_PX.height / height, 1);
  image.style.width = `${Math.max(60, Math.round(width * scale))}px`;
  image.style.aspectRatio = `${width} / ${height}`;
  return button('photo-open', 'Perbesar foto', () => openPhoto(url), image);
}

function documentRow({ url, name, size }) {
  return element(
    'a',
    { class: 'file', href: url, download: name },
    element('span', { class: 'file-icon' }, icon('file')),
    element(
      'span',
      { class: 'file-words' },
      element('strong', {}, name),
      element('small', {}, fileSize(size)),
    ),
  );
}

function textBlock({ text, entities }, { say }) {
  return element('div', { class: 'text' }, formatted(text, entities, say));
}

function stamp(message, own) {
  const edited = own && message.edited ? 'diedit ' : '';
  return element(
    'span',
    { class: 'stamp' },
    `${edited}${clockTime(message.date)}`,
    own ? tick(message.seen) : null,
  );
}

function tick(seen) {
  const label = seen ? 'Diterima bot' : 'Terkirim';
  const sign = icon(seen ? 'ticks' : 'tick');
  return element('span', { class: 'tick', role: 'img', 'aria-label': label }, sign);
}

function inlineKeyboard(message, { pressButton }) {
  const rows = message.buttons.map((row) => {
    const nodes = row.map((key) => {
      const className = `inline-button ${key.style ?? ''}`.trim();
      const mark = key.url ? ' ↗' : key.copyText ? ' ⧉' : '';
      const node = element('button', { class: className, type: 'button' }, key.text + mark);
      node.addEventListener('click', () => pressButton(message, key, node));
      return node;
    });
    return element('div', { class: 'inline-row' }, ...nodes);
  });
  return element(
    'div',
    { class: 'inline-keyboard', role: 'group', 'aria-label': 'Tombol' },
    ...rows,
  );
}
