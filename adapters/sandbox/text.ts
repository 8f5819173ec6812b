import { badRequest } from './bot-api/api-error.ts';
import type { MessageEntity } from './bot-api/types.ts';
import { isRecord, type Params } from './bot-api/params.ts';
import { byPlace, parseHtml, type FormattedText } from './html-entities.ts';

/** Limits of Telegram in UTF-16 units, counted after parsing. */
export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;

/**
 * Reads a text (or caption) of the bot with its markup: HTML, a list of entities, or none.
 * Refuses MarkdownV2, which the sandbox does not read, instead of showing it wrongly.
 */
export function readFormatted(
  params: Pick<Params, 'text' | 'json'>,
  textName: string,
  entitiesName: string,
): FormattedText {
  const raw = params.text(textName) ?? '';
  const mode = params.text('parse_mode')?.toLowerCase() ?? '';
  if (mode === 'html') return completed(parseHtml(raw));
  if (mode.startsWith('markdown')) {
    throw badRequest('the sandbox reads parse_mode HTML only, not Markdown');
  }
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode');
  return completed({ text: raw, entities: readEntities(params.json(entitiesName)) });
}

/** What a person types: commands, links and mentions are found, as Telegram does. */
export const plainText = (text: string): FormattedText => completed({ text, entities: [] });

const completed = (formatted: FormattedText): FormattedText => addFound(trimmed(formatted));

function readEntities(value: unknown): MessageEntity[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest("can't parse entities: expected an Array");
  return value.map((entity: unknown) => {
    if (
      !isRecord(entity) ||
      typeof entity['type'] !== 'string' ||
      !Number.isInteger(entity['offset']) ||
      !Number.isInteger(entity['length'])
    ) {
      throw badRequest("can't parse entities: expected type, offset and length");
    }
    return entity as unknown as MessageEntity;
  });
}

function trimmed({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length;
  const short = text.trim();
  const moved = entities.flatMap((entity) => {
    const offset = Math.max(0, entity.offset - start);
    const end = Math.min(short.length, entity.offset + entity.length - start);
    return end > offset ? [{ ...entity, offset, length: end - offset }] : [];
  });
  return { text: short, entities: moved };
}

const FOUND: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['url', /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g],
  ['bot_command', /(?<![\w/@])\/[a-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])/gi],
  ['mention', /(?<![\w@/])@[a-z]\w{3,31}\b/gi],
];

function addFound({ text, entities }: FormattedText): FormattedText {
  const all = [...entities];
  const isFree = (offset: number, end: number): boolean =>
    !all.some(
      (entity) =>
        ['code', 'pre', 'text_link', 'url'].includes(entity.type) &&
        entity.offset < end &&
        offset < entity.offset + entity.length,
    );
  for (const [type, pattern] of FOUND) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      if (isFree(index, index + found.length)) {
        all.push({ type, offset: index, length: found.length });
      }
    }
  }
  return { text, entities: all.toSorted(byPlace) };
}
