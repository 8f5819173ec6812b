import type { MessageEntity } from '../bot-api/types.ts';
import { linkEntity, type FormattedText } from './entity-order.ts';
import { byteOffset, cannotParse } from './links.ts';

const MARKS = '_*`[';
const TYPE_OF: Readonly<Record<string, string>> = { _: 'italic', '*': 'bold', '`': 'code' };

/** Telegram's first Markdown: four marks, no nesting, as tdlib's parse_markdown reads it. */
export function parseLegacyMarkdown(source: string): FormattedText {
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const char = source[at] ?? '';
    const next = source[at + 1] ?? '';
    if (char === '\\' && next !== '' && MARKS.includes(next)) {
      text += next;
      at += 2;
    } else if (MARKS.includes(char)) {
      const found = readMark(source, at, text.length);
      text += found.text;
      if (found.entity && found.entity.length > 0) entities.push(found.entity);
      at = found.end;
    } else {
      text += char;
      at += 1;
    }
  }
  return { text, entities };
}

interface Mark {
  readonly text: string;
  readonly entity: MessageEntity | undefined;
  readonly end: number;
}

function readMark(source: string, begin: number, offset: number): Mark {
  if (source.startsWith('```', begin)) return readPre(source, begin, offset);
  const mark = source[begin] ?? '';
  const close = find(source, mark === '[' ? ']' : mark, begin + 1, begin);
  const text = source.slice(begin + 1, close);
  const entity = { type: TYPE_OF[mark] ?? 'text_link', offset, length: text.length };
  if (mark !== '[') return { text, entity, end: close + 1 };
  if (source[close + 1] !== '(') return { text, entity: linkEntity(entity, text), end: close + 1 };
  const bracket = source.indexOf(')', close + 2);
  const urlEnd = bracket < 0 ? source.length : bracket;
  const url = source.slice(close + 2, urlEnd);
  return { text, entity: linkEntity(entity, url), end: urlEnd + 1 };
}

function readPre(source: string, begin: number, offset: number): Mark {
  const word = /^[^\s`]*/.exec(source.slice(begin + 3))?.[0] ?? '';
  const after = source[begin + 3 + word.length];
  const language = after === undefined || after === '`' ? '' : word;
  const start = begin + 3 + language.length;
  const lineBreak = /^(?:\n\r|\r\n|\n|\r)/.exec(source.slice(start))?.[0] ?? '';
  const from = start + lineBreak.length;
  const close = find(source, '```', from, begin);
  const text = source.slice(from, close);
  const entity = { type: 'pre', offset, length: text.length, ...(language !== '' && { language }) };
  return { text, entity, end: close + 3 };
}

function find(source: string, mark: string, from: number, begin: number): number {
  const close = source.indexOf(mark, from);
  if (close >= 0) return close;
  const where = byteOffset(source, begin);
  throw cannotParse(`Can't find end of the entity starting at byte offset ${where}`);
}
