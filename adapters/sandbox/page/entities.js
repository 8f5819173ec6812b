import { element } from './dom.js';

const TAGS = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};
const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);

/** Text with its entities as DOM nodes. `onCommand` is called with a tapped /command. */
export function formatted(text, entities, onCommand) {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...nodesOf(text, 0, text.length, sorted, onCommand));
  return fragment;
}

function nodesOf(text, start, end, entities, onCommand) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const from = Math.max(at, entity.offset);
    const to = Math.min(end, entity.offset + entity.length);
    if (to <= from) continue;
    if (from > at) nodes.push(document.createTextNode(text.slice(at, from)));
    const inside = entities.slice(index + 1).filter((other) => other.offset < to);
    const children = nodesOf(text, from, to, inside, onCommand);
    nodes.push(wrap(entity, text.slice(from, to), children, onCommand));
    at = BLOCKS.has(entity.type) && text[to] === '\n' ? to + 1 : to; // a block ends its line
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function wrap(entity, text, children, onCommand) {
  const { type } = entity;
  if (type === 'text_link') return link(entity.url, children);
  if (type === 'url') return link(text, children);
  if (type === 'spoiler') return spoiler(children);
  if (type === 'bot_command') {
    const options = { class: 'inline-command', type: 'button' };
    return element('button', { ...options, on: { click: () => onCommand(text) } }, ...children);
  }
  if (type === 'mention' || type === 'hashtag') {
    return element('span', { class: 'mention' }, ...children);
  }
  if (type === 'code') {
    const copy = () => void navigator.clipboard?.writeText(text);
    return element('code', { title: 'Klik untuk menyalin', on: { click: copy } }, ...children);
  }
  return element(TAGS[type] ?? 'span', {}, ...children);
}

function link(address, children) {
  if (!/^(https?|tg|mailto|tel):/i.test(address)) return element('span', {}, ...children);
  const options = { href: address, target: '_blank', rel: 'noopener noreferrer' };
  return element('a', options, ...children);
}

function spoiler(children) {
  const options = { class: 'spoiler', type: 'button', 'aria-label': 'Tampilkan teks tersembunyi' };
  const node = element('button', options, element('span', {}, ...children));
  node.addEventListener('click', () => {
    node.classList.add('shown');
    node.removeAttribute('aria-label');
  });
  return node;
}
