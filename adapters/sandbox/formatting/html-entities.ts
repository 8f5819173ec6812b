import { badRequest } from '../bot-api/api-error.ts';
import type { MessageEntity } from '../bot-api/types.ts';
import { byPlace, linkEntity, type FormattedText } from './entity-order.ts';
import { byteOffset, cannotParse, emojiId } from './links.ts';

interface OpenTag {
  readonly name: string;
  readonly argument: string;
  readonly offset: number;
}

/** What has come of the text so far. */
interface Read {
  text: string;
  readonly open: OpenTag[];
  readonly entities: MessageEntity[];
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
  const read: Read = { text: '', open: [], entities: [] };
  let at = 0;
  while (at < html.length) {
    const char = html[at];
    if (char === '&') {
      const decoded = decodeReference(html, at);
      read.text += decoded.text;
      at = decoded.end;
    } else if (char !== '<') {
      read.text += char;
      at += 1;
    } else if (html[at + 1] === '/') {
      at = closeTag(html, at, read);
    } else {
      const tag = readStartTag(html, at);
      read.open.push({ name: tag.name, argument: tag.argument, offset: read.text.length });
      at = tag.end;
    }
  }
  const { text, open, entities } = read;
  const unclosed = open.at(-1);
  if (unclosed) {
    throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw badRequest(
      "can't parse entities: Text contains invalid Unicode characters after decoding HTML " +
        'entities, check for unmatched surrogate code units',
    );
  }
  return { text, entities: entities.map(withoutStrayLanguage).toSorted(byPlace) };
}

/** A language counts only on code that fills a pre. */
const withoutStrayLanguage = (entity: MessageEntity): MessageEntity => {
  if (entity.type !== 'code') return entity;
  const { language: _, ...code } = entity;
  return code;
};

const isSpace = (char: string | undefined): boolean =>
  char !== undefined && ' \t\r\n\0\v'.includes(char);

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
  if (name === 'tg-time') throw badRequest('the sandbox does not show the tag "tg-time"');
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
  const endsAt = `at byte offset ${where}`;
  let at = skip(html, begin, (char) => !isSpace(char) && !'=>/"\''.includes(char ?? ''));
  const name = html.slice(begin, at);
  if (name === '') throw cannotParse(`Empty attribute name in the tag "${tag}" ${endsAt}`);
  at = skip(html, at, isSpace);
  if (at >= html.length) throw cannotParse(`Unclosed start tag "${tag}" ${endsAt}`);
  if (html[at] !== '=') return { name, value: '', end: at };
  at = skip(html, at + 1, isSpace);
  if (at >= html.length) throw cannotParse(`Unclosed start tag "${tag}" ${endsAt}`);
  const attribute = { name, ...readValue(html, at) };
  if (attribute.end >= html.length) throw cannotParse(`Unclosed start tag ${endsAt}`);
  return attribute;
}

function readValue(html: string, begin: number): { value: string; end: number } {
  const quote = html[begin];
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, begin + 1);
    if (close < 0) return { value: '', end: html.length };
    return { value: decodeAll(html.slice(begin + 1, close)), end: close + 1 };
  }
  const end = skip(html, begin, (char) => /[a-z0-9.-]/i.test(char ?? ''));
  if (end < html.length && !isSpace(html[end]) && html[end] !== '>') {
    throw cannotParse(`Unexpected end of name token at byte offset ${byteOffset(html, begin)}`);
  }
  return { value: html.slice(begin, end).toLowerCase(), end };
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

function closeTag(html: string, begin: number, { text, open, entities }: Read): number {
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
    const link = linkEntity(entity, tag.argument === '' ? text.slice(offset) : tag.argument);
    if (link) entities.push(link);
  } else if (type === 'pre' || type === 'code') {
    addCode(entity, tag.argument, entities);
  } else if (type === 'custom_emoji') {
    entities.push({ ...entity, custom_emoji_id: emojiId(tag.argument) });
  } else if (type === 'blockquote' && tag.argument !== '') {
    entities.push({ ...entity, type: 'expandable_blockquote' });
  } else {
    entities.push(entity);
  }
}

/** Code with a language that fills a pre, or is filled by one, is one block of that language. */
function addCode(entity: MessageEntity, argument: string, entities: MessageEntity[]): void {
  const inner = entities.at(-1);
  const isSame = inner?.offset === entity.offset && inner.length === entity.length;
  const partner = entity.type === 'pre' ? 'code' : 'pre';
  const language = entity.type === 'pre' ? inner?.language : argument;
  if (isSame && inner.type === partner && language) {
    entities.pop();
    entities.push({ ...entity, type: 'pre', language });
  } else {
    entities.push(argument === '' ? entity : { ...entity, language: argument });
  }
}
