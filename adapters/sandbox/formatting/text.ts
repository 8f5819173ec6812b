import { badRequest } from '../bot-api/api-error.ts';
import type { MessageEntity, User } from '../bot-api/types.ts';
import { isRecord, nestedParams, type Params } from '../bot-api/params.ts';
import type { FormattedText } from './entity-order.ts';
import { arranged, requireSound } from './entity-rules.ts';
import { findEntities } from './found-entities.ts';
import { parseHtml } from './html-entities.ts';
import { parseLegacyMarkdown } from './legacy-markdown.ts';
import { checkLink, emojiId, userOfLink } from './links.ts';
import { parseMarkdownV2 } from './markdown-v2.ts';

/** Limits of Telegram in UTF-16 units, counted after parsing. */
export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;
/** What comes in may be longer by its markup, but not beyond this. */
const SOURCE_MAX_BYTES = 32_768;

/** Finds the person behind a mention by id; a bot can only name people it has met. */
export type FindUser = (id: number) => User | undefined;

const PARSERS: Readonly<Record<string, (text: string) => FormattedText>> = {
  html: parseHtml,
  markdown: parseLegacyMarkdown,
  markdownv2: parseMarkdownV2,
};
/** What a bot may name; anything else Telegram finds itself. */
const NAMED_TYPES = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'blockquote',
  'expandable_blockquote',
];
const FOUND_TYPES = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
];
const ENTITY_KEYS = ['type', 'offset', 'length', 'url', 'user', 'language', 'custom_emoji_id'];

/**
 * Reads a text (or caption) of the bot with its markup: HTML, either Markdown, a list of entities,
 * or none. Refuses only what cannot be read; `completed` does the rest.
 */
export function readFormatted(
  params: Pick<Params, 'text' | 'json'>,
  textName: string,
  entitiesName: string,
  modeName = 'parse_mode',
): FormattedText {
  const raw = params.text(textName) ?? '';
  if (Buffer.byteLength(raw) > SOURCE_MAX_BYTES) throw badRequest('text is too long');
  const mode = params.text(modeName)?.toLowerCase() ?? '';
  if (raw === '' || mode === '' || mode === 'none') {
    return { text: raw, entities: readEntities(params, entitiesName) };
  }
  const parse = Object.hasOwn(PARSERS, mode) ? PARSERS[mode] : undefined;
  if (!parse) throw badRequest('unsupported parse_mode');
  if (!raw.isWellFormed()) throw badRequest('text must be encoded in UTF-8');
  return parse(raw);
}

/**
 * The text as it is shown: cleaned, trimmed, entities checked and arranged, and commands, links and
 * mentions found. Refuses entities that do not fit the text, wrong addresses and unknown people.
 */
export function completed(read: FormattedText, findUser: FindUser): FormattedText {
  // half of an emoji, for instance: a text that was cut in the middle of one
  if (!read.text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  requireSound(read.text, read.entities);
  const { text, entities } = trimmed(
    cleaned({ ...read, entities: read.entities.flatMap((entity) => resolved(entity, findUser)) }),
  );
  return { text, entities: arranged(entities, findEntities(text)) };
}

/** What a person types: commands, links and mentions are found, as Telegram does. */
export const plainText = (text: string): FormattedText =>
  completed({ text, entities: [] }, () => undefined);

/** Spaces and signs without a picture: a message of nothing else is none. */
const BLANK =
  /^[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\u{e0000}-\u{e007f}]*$/u;

/** Whether Telegram sees nothing in a text, also where it has characters. */
export const isBlank = (text: string): boolean => BLANK.test(text);

function readEntities(params: Pick<Params, 'json'>, name: string): MessageEntity[] {
  const value = params.json(name) ?? undefined;
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    throw badRequest(`the sandbox refuses "${name}" that is no Array; Telegram would ignore it`);
  }
  return value.map(readEntity).filter(({ type }) => NAMED_TYPES.includes(type));
}

function readEntity(value: unknown): MessageEntity {
  const given = nestedParams(value, 'MessageEntity', ENTITY_KEYS);
  const [type = '', offset, length] = [
    given.text('type'),
    given.integer('offset'),
    given.integer('length'),
  ];
  if (offset === undefined) throw badEntity('Can\'t find field "offset"');
  if (length === undefined) throw badEntity('Can\'t find field "length"');
  if (type === '') throw badEntity('Can\'t find field "type"');
  if (type === 'date_time') throw badRequest('the sandbox does not show entities of date_time');
  if (!NAMED_TYPES.includes(type) && !FOUND_TYPES.includes(type)) {
    throw badEntity('Unsupported type specified');
  }
  const [url, language] = [given.text('url'), given.text('language')];
  const user = type === 'text_mention' ? given.json('user') : undefined;
  return {
    type,
    offset,
    length,
    ...(type === 'text_link' && { url: url ?? '' }),
    ...(type === 'pre' && language && { language }),
    ...(type === 'custom_emoji' && {
      custom_emoji_id: emojiId(given.text('custom_emoji_id') ?? ''),
    }),
    ...(isRecord(user) && { user: user as unknown as User }),
  };
}

const badEntity = (reason: string) => badRequest(`can't parse MessageEntity: ${reason}`);

/** Looks up who is mentioned and what is linked to. A stranger in a link of markup is plain text. */
function resolved(entity: MessageEntity, findUser: FindUser): MessageEntity[] {
  const { type, offset, length, url = '' } = entity;
  if (type !== 'text_link' && type !== 'text_mention') return [entity];
  const userId = entity.user?.id ?? userOfLink(url);
  if (userId === undefined && type === 'text_link') {
    const link = checkLink(url);
    if ('url' in link) return [{ type: 'text_link', offset, length, url: link.url }];
    throw badRequest(`entity URL '${url}' is invalid: ${link.reason}`);
  }
  const user = findUser(userId ?? 0);
  if (user) return [{ type: 'text_mention', offset, length, user }];
  if (type === 'text_mention' && url !== '') return [];
  throw badRequest('user not found');
}

/** Carriage returns, marks that turn the writing around, and lines above and below letters. */
const LEFT_OUT = /[\r\u2028-\u202e]|\u030a|\u0333|\u033f/g;

/** Leaves out what Telegram does not show; other control characters become spaces. */
function cleaned({ text, entities }: FormattedText): FormattedText {
  const shift = (at: number): number => text.slice(0, at).replaceAll(LEFT_OUT, '').length;
  const moved = entities.map((entity) => {
    const offset = shift(entity.offset);
    return { ...entity, offset, length: shift(entity.offset + entity.length) - offset };
  });
  // oxlint-disable-next-line no-control-regex
  const clean = text.replaceAll(LEFT_OUT, '').replace(/[\u0000-\u0009\u000b-\u001f]/g, ' ');
  return { text: clean, entities: moved };
}

/** Takes spaces and line breaks off both ends, at the beginning only as far as no entity has them. */
function trimmed({ text, entities }: FormattedText): FormattedText {
  const isSpace = (at: number): boolean => text[at] === ' ' || text[at] === '\n';
  let end = text.length;
  while (end > 0 && isSpace(end - 1)) end -= 1;
  const kept = entities.filter(({ offset, length }) => length > 0 && offset < end);
  const firstEntity = Math.min(end, ...kept.map(({ offset }) => offset));
  let start = 0;
  while (start < firstEntity && isSpace(start)) start += 1;
  const moved = kept.map((entity) => ({
    ...entity,
    offset: entity.offset - start,
    length: Math.min(end, entity.offset + entity.length) - entity.offset,
  }));
  return { text: text.slice(start, end), entities: moved };
}
