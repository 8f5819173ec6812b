import { badRequest } from './bot-api/api-error.ts';
import type { MessageEntity } from './bot-api/types.ts';

/** Text with its markup taken out; entity offsets count UTF-16 units. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

interface OpenTag {
  readonly name: string;
  readonly argument: string;
  readonly offset: number;
}

const ENTITY_OF_TAG: Readonly<Record<string, string>> = {
  a: 'text_link',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  'tg-emoji': 'custom_emoji',
  pre: 'pre',
  code: 'code',
  blockquote: 'blockquote',
};
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/**
 * Telegram's HTML, after parse_html of tdlib's MessageEntity.cpp: same tags, same refusals, byte
 * offsets counted in UTF-8.
 */
export function parseHtml(html: string): FormattedText {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;
  while (at < html.length) {
    const char = html[at];
    if (char === '&') {
      const decoded = decodeReference(html, at);
      text += decoded.text;
      at = decoded.end;
    } else if (char !== '<') {
      text += char;
      at += 1;
    } else if (html[at + 1] === '/') {
      at = closeTag(html, at, open, text, entities);
    } else {
      const tag = readStartTag(html, at);
      open.push({ name: tag.name, argument: tag.argument, offset: text.length });
      at = tag.end;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) {
    throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  }
  return { text, entities: entities.map(withoutStrayLanguage).toSorted(byPlace) };
}

/** A language counts only on code that fills a pre. */
const withoutStrayLanguage = (entity: MessageEntity): MessageEntity => {
  if (entity.type !== 'code') return entity;
  const { language: _, ...code } = entity;
  return code;
};

/** Outer entities come before inner ones. */
export const byPlace = (a: MessageEntity, b: MessageEntity): number =>
  a.offset - b.offset || b.length - a.length;

const cannotParse = (reason: string) => badRequest(`can't parse entities: ${reason}`);

const byteOffset = (html: string, at: number): number => Buffer.byteLength(html.slice(0, at));

const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/.test(char);

function skip(html: string, from: number, test: (char: string | undefined) => boolean): number {
  let at = from;
  while (at < html.length && test(html[at])) at += 1;
  return at;
}

function decodeReference(html: string, at: number): { text: string; end: number } {
  const match = /^&(?:#(\d{1,8})|#x([0-9a-f]{1,6})|([a-z]+));?/i.exec(html.slice(at, at + 12));
  if (!match) return { text: '&', end: at + 1 };
  const [whole, decimal, hex, name] = match;
  const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : 0;
  const char = name ? NAMED.get(name) : code > 0 && code < 0x110000 && String.fromCodePoint(code);
  return char ? { text: char, end: at + whole.length } : { text: '&', end: at + 1 };
}

function readStartTag(html: string, begin: number): OpenTag & { end: number } {
  const where = byteOffset(html, begin);
  let at = skip(html, begin + 1, (char) => !isSpace(char) && char !== '>');
  if (at >= html.length) throw cannotParse(`Unclosed start tag at byte offset ${where}`);
  const name = html.slice(begin + 1, at).toLowerCase();
  if (!Object.hasOwn(ENTITY_OF_TAG, name)) {
    throw cannotParse(`Unsupported start tag "${name}" at byte offset ${where}`);
  }
  let argument = '';
  for (;;) {
    at = skip(html, at, isSpace);
    if (html[at] === '>') break;
    const attribute = readAttribute(html, at, name, where);
    argument = argumentOf(name, attribute) ?? argument;
    at = attribute.end;
  }
  if (name === 'span' && argument !== 'spoiler') {
    throw cannotParse(`Tag "span" must have class "tg-spoiler" at byte offset ${where}`);
  }
  return { name, argument, offset: 0, end: at + 1 };
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly end: number;
}

function readAttribute(html: string, begin: number, tag: string, where: number): Attribute {
  const unclosed = cannotParse(`Unclosed start tag "${tag}" at byte offset ${where}`);
  let at = skip(html, begin, (char) => !isSpace(char) && !'=>/"\''.includes(char ?? ''));
  const name = html.slice(begin, at).toLowerCase();
  if (at >= html.length) throw unclosed;
  if (name === '') {
    throw cannotParse(`Empty attribute name in the tag "${tag}" at byte offset ${where}`);
  }
  at = skip(html, at, isSpace);
  if (html[at] !== '=') {
    if (at >= html.length) throw unclosed;
    return { name, value: '', end: at };
  }
  at = skip(html, at + 1, isSpace);
  if (at >= html.length) throw unclosed;
  const quote = html[at];
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, at + 1);
    if (close < 0 || close + 1 >= html.length) throw unclosed;
    return { name, value: decodeAll(html.slice(at + 1, close)), end: close + 1 };
  }
  const end = skip(html, at, (char) => /[a-z0-9.-]/i.test(char ?? ''));
  if (end >= html.length) throw unclosed;
  if (!isSpace(html[end]) && html[end] !== '>') {
    throw cannotParse(`Unexpected end of name token at byte offset ${byteOffset(html, at)}`);
  }
  return { name, value: html.slice(at, end).toLowerCase(), end };
}

function decodeAll(value: string): string {
  let text = '';
  for (let at = 0; at < value.length;) {
    const step =
      value[at] === '&' ? decodeReference(value, at) : { text: value[at] ?? '', end: at + 1 };
    text += step.text;
    at = step.end;
  }
  return text;
}

function argumentOf(tag: string, { name, value }: Attribute): string | undefined {
  if (tag === 'a' && name === 'href') return value;
  if (tag === 'code' && name === 'class' && value.startsWith('language-')) return value.slice(9);
  if (tag === 'span' && name === 'class' && value.startsWith('tg-')) return value.slice(3);
  if (tag === 'tg-emoji' && name === 'emoji-id') return value;
  if (tag === 'blockquote' && name === 'expandable') return 'expandable';
  return undefined;
}

function closeTag(
  html: string,
  begin: number,
  open: OpenTag[],
  text: string,
  entities: MessageEntity[],
): number {
  const where = byteOffset(html, begin);
  const tag = open.pop();
  if (!tag) throw cannotParse(`Unexpected end tag at byte offset ${where}`);
  const nameEnd = skip(html, begin + 2, (char) => !isSpace(char) && char !== '>');
  const name = html.slice(begin + 2, nameEnd).toLowerCase();
  const end = skip(html, nameEnd, isSpace);
  if (html[end] !== '>') throw cannotParse(`Unclosed end tag at byte offset ${where}`);
  if (name !== '' && name !== tag.name) {
    throw cannotParse(
      `Unmatched end tag at byte offset ${where}, expected "</${tag.name}>", found "</${name}>"`,
    );
  }
  if (text.length > tag.offset) addEntity(tag, text, entities);
  return end + 1;
}

function addEntity(tag: OpenTag, text: string, entities: MessageEntity[]): void {
  const { offset } = tag;
  const length = text.length - offset;
  const type = ENTITY_OF_TAG[tag.name] ?? tag.name;
  const entity: MessageEntity = { type, offset, length };
  if (type === 'text_link') {
    const url = asLink(tag.argument === '' ? text.slice(offset) : tag.argument);
    if (url !== undefined) entities.push({ ...entity, url });
  } else if (type === 'pre') {
    const inner = entities.at(-1);
    const isSame = inner?.type === 'code' && inner.offset === offset && inner.length === length;
    if (isSame) entities.pop();
    entities.push(isSame && inner.language ? { ...entity, language: inner.language } : entity);
  } else if (type === 'code') {
    entities.push(tag.argument === '' ? entity : { ...entity, language: tag.argument });
  } else if (type === 'custom_emoji') {
    entities.push({ ...entity, custom_emoji_id: tag.argument });
  } else if (type === 'blockquote' && tag.argument !== '') {
    entities.push({ ...entity, type: 'expandable_blockquote' });
  } else {
    entities.push(entity);
  }
}

/** Telegram drops the link, not the text, when the address is no address. */
function asLink(address: string): string | undefined {
  if (/^(tg|mailto|tel|ton):/i.test(address)) return address;
  const full = /^https?:\/\//i.test(address) ? address : `http://${address}`;
  if (!URL.canParse(full) || !/\./.test(new URL(full).hostname)) return undefined;
  return new URL(full).href;
}
