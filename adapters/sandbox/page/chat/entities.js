import { button, element, icon } from '../parts/dom.js';
import { addressOf, safeAddress } from './links.js';
import { t } from '../words/words.js';

const TAGS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's' };
const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);
const COLOURED = new Set(['hashtag', 'cashtag', 'text_mention']);
const COLLAPSED_FROM = { characters: 150, lines: 4 };

/**
 * Text with its entities as DOM nodes. What can be pressed carries `data-act` and is heard by
 * `message-events.js`.
 */
export function formatted(text, entities) {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...nodesOf(text, { start: 0, end: text.length, isInside: false }, sorted));
  return fragment;
}

/** `isInside` something that is pressed: whatever is in it is not pressed apart. */
function nodesOf(text, { start, end, isInside }, entities) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const from = Math.max(at, entity.offset);
    const to = Math.min(end, entity.offset + entity.length);
    if (to <= from) continue;
    if (from > at) nodes.push(document.createTextNode(text.slice(at, from)));
    const inside = entities.slice(index + 1).filter((other) => other.offset < to);
    const part = text.slice(from, to);
    const draw = (isPressed) =>
      nodesOf(text, { start: from, end: to, isInside: isInside || isPressed }, inside);
    nodes.push(wrap(entity, part, { isInside, draw }));
    at = BLOCKS.has(entity.type) && text[to] === '\n' ? to + 1 : to; // a block ends its line
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function wrap({ type, url, language }, text, { isInside, draw }) {
  if (TAGS[type]) return element(TAGS[type], {}, ...draw(false));
  if (type === 'pre') return codeBlock(text, language, isInside);
  if (type === 'blockquote') return element('blockquote', {}, ...draw(false));
  if (type === 'expandable_blockquote') return expandable(text, isInside, draw);
  if (COLOURED.has(type)) return element('span', { class: 'mention' }, ...draw(false));
  const address = safeAddress(url ?? addressOf(type, text) ?? '');
  if (isInside) return element(type === 'code' ? 'code' : 'span', {}, ...draw(false));
  if (address !== undefined) {
    const options = { href: address, target: '_blank', rel: 'noopener noreferrer', tabindex: -1 };
    return element('a', options, ...draw(true));
  }
  if (type === 'spoiler') return spoiler(draw(true));
  if (type === 'bot_command') return pressable('mention', { 'data-act': 'say' }, ...draw(true));
  if (type === 'code') {
    const options = { 'data-act': 'copy', title: t('message.code') };
    return element('code', {}, pressable('', options, ...draw(true)));
  }
  return element('span', {}, ...draw(false));
}

/** A word in a line that is pressed like a button: a real one could not break over lines. */
const pressable = (className, options, ...children) =>
  element('span', { class: className, role: 'button', tabindex: -1, ...options }, ...children);

function spoiler(children) {
  const options = { 'data-act': 'spoiler', 'aria-label': t('message.spoiler') };
  return pressable('spoiler', options, element('span', { 'aria-hidden': 'true' }, ...children));
}

/** With the name of its language, and a button that copies it. */
function codeBlock(text, language, isInside) {
  const copy = button('code-copy', t('message.code.copy'), null, icon('copy'));
  copy.dataset.act = 'copy-block';
  copy.tabIndex = -1;
  return element(
    'div',
    { class: 'code-block' },
    element('span', { class: 'code-head' }, language ?? 'code', isInside ? null : copy),
    element('pre', {}, element('code', {}, text)),
  );
}

/** A long quote shows its first lines until it is pressed. */
function expandable(text, isInside, draw) {
  const isLong =
    text.length > COLLAPSED_FROM.characters || text.split('\n').length >= COLLAPSED_FROM.lines;
  if (isInside || !isLong) return element('blockquote', {}, ...draw(false));
  const more = button('expand', t('message.more'), null, icon('down'));
  more.dataset.act = 'expand';
  more.tabIndex = -1;
  more.setAttribute('aria-expanded', 'false');
  return element(
    'blockquote',
    { class: 'expandable' },
    element('div', { class: 'expandable-text' }, ...draw(false)),
    more,
  );
}
