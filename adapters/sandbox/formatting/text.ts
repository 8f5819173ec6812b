import { badRequest } from '../bot-api/api-error.ts';
import type { MessageEntity, User } from '../bot-api/types.ts';
import { isRecord, nestedParams, type Params } from '../bot-api/params.ts';
import type { FormattedText } from './entity-order.ts';
import { arranged, requireSound } from './entity-rules.ts';
import { findEntities } from './found-entities.ts';
import { parseHtml } from './html-entities.ts';
import { parseLegacyMarkdown } from './legacy-markdown.ts';
import { cannotParse, checkLink, emojiId, userOfLink } from './links.ts';
import { parseMarkdownV2 } from './markdown-v2.ts';

/** Limits of Telegram in UTF-16 units, counted after parsing. */
export const TEXT_MAX = 4096;
export const CAPTION_MAX = 1024;

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
  const mode = params.text(modeName)?.toLowerCase() ?? '';
  const parse = Object.hasOwn(PARSERS, mode) ? PARSERS[mode] : undefined;
  if (parse) return parse(raw);
  if (mode !== '' && mode !== 'none') throw badRequest('unsupported parse_mode');
  return { text: raw, entities: readEntities(params.json(entitiesName)) };
}

/**
 * The text as it is shown: cleaned, trimmed, entities checked and arranged, and commands, links and
 * mentions found. Refuses entities that do not fit the text, wrong addresses and unknown people.
 */
export function completed(read: FormattedText, findUser: FindUser): FormattedText {
  requireSound(read.text, read.entities);
  const { text, entities } = trimmed(
    cleaned({ ...read, entities: read.entities.flatMap((entity) => resolved(entity, findUser)) }),
  );
  return { text, entities: arranged(text, entities, findEntities(text)) };
}

/** What a person types: commands, links and mentions are found, as Telegram does. */
export const plainText = (text: string): FormattedText =>
  completed({ text, entities: [] }, () => undefined);

function readEntities(value: unknown): MessageEntity[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw cannotParse('expected an Array of MessageEntity');
  return value.map(readEntity).filter(({ type }) => NAMED_TYPES.includes(type));
}

function readEntity(value: unknown): MessageEntity {
  const given = nestedParams(value, 'MessageEntity', ENTITY_KEYS);
  const [type = '', offset, length] = [
    given.text('type'),
    given.integer('offset'),
    given.integer('length'),
  ];
  if (offset === undefined || length === undefined) {
    throw cannotParse('expected type, offset and length');
  }
  if (!NAMED_TYPES.includes(type) && !FOUND_TYPES.includes(type)) {
    throw cannotParse('unsupported type specified');
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

/** Telegram shows no carriage returns, and other control characters as spaces. */
function cleaned({ text, entities }: FormattedText): FormattedText {
  const shift = (at: number): number => text.slice(0, at).replaceAll('\r', '').length;
  const moved = entities.map((entity) => {
    const offset = shift(entity.offset);
    return { ...entity, offset, length: shift(entity.offset + entity.length) - offset };
  });
  // oxlint-disable-next-line no-control-regex
  const clean = text.replaceAll('\r', '').replace(/[\u0000-\u0009\u000b-\u001f]/g, ' ');
  return { text: clean, entities: moved };
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
