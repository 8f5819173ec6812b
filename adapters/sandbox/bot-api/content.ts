import type { FormattedText } from '../formatting/entity-order.ts';
import type { MessageContent } from '../state.ts';
import { CAPTION_MAX, TEXT_MAX, completed, isBlank, readFormatted } from '../formatting/text.ts';
import type { World } from '../world.ts';
import { badRequest } from './api-error.ts';
import { acquaintances } from './method.ts';
import { nestedParams, type Params } from './params.ts';
import type { LinkPreviewOptions } from './types.ts';

/** Parameters of every caption. */
export const CAPTION = ['caption', 'caption_entities', 'parse_mode', 'show_caption_above_media'];
/** Of a document's: Telegram shows it below. */
export const DOCUMENT_CAPTION = CAPTION.filter((name) => name !== 'show_caption_above_media');
/** Parameters of every text. */
export const TEXT = [
  'text',
  'entities',
  'parse_mode',
  'link_preview_options',
  'disable_web_page_preview',
];

const PREVIEW_KEYS = [
  'is_disabled',
  'url',
  'prefer_small_media',
  'prefer_large_media',
  'show_above_text',
];

/** A text or caption whose markup is read; what depends on the chat is still to come. */
export interface Draft {
  readonly read: FormattedText;
  readonly preview?: LinkPreviewOptions;
  /** The caption stands above its photo. */
  readonly isAbove?: boolean;
}

/** Reads a text; refuses an empty one and markup that cannot be parsed. */
export function readText(params: Params): Draft {
  if (!params.text('text')) throw badRequest('message text is empty');
  const read = readFormatted(params, 'text', 'entities');
  const preview = readPreview(params);
  return { read, ...(preview && { preview }) };
}

/** The text as the message shows it: 1 to 4096 UTF-16 units, of which some can be seen. */
export function textContent(world: World, { read, preview }: Draft): MessageContent {
  const { text, entities } = completed(read, acquaintances(world));
  if (isBlank(text)) throw badRequest('text must be non-empty');
  if (text.length > TEXT_MAX) throw badRequest('message is too long');
  return {
    text,
    ...(entities.length > 0 && { entities: [...entities] }),
    ...(preview && { link_preview_options: preview }),
  };
}

/** Reads a caption, which may be empty. */
export const readCaption = (params: Params): Draft => ({
  read: readFormatted(params, 'caption', 'caption_entities'),
  isAbove: params.flag('show_caption_above_media'),
});

/** The caption as the message shows it: at most 1024 UTF-16 units. */
export function captionContent(world: World, { read }: Draft): MessageContent {
  const { text, entities } = completed(read, acquaintances(world));
  if (text.length > CAPTION_MAX) throw badRequest('message caption is too long');
  return {
    ...(text !== '' && { caption: text }),
    ...(entities.length > 0 && { caption_entities: [...entities] }),
  };
}

/** The sandbox shows no previews; what the bot asked for is told back as Telegram does. */
function readPreview(params: Params): LinkPreviewOptions | undefined {
  const value = params.json('link_preview_options') ?? undefined;
  if (value === undefined) {
    return params.flag('disable_web_page_preview') ? { is_disabled: true } : undefined;
  }
  const given = nestedParams(value, 'LinkPreviewOptions', PREVIEW_KEYS);
  const url = given.text('url') ?? '';
  const flags = PREVIEW_KEYS.filter((key) => key !== 'url' && given.flag(key));
  if (url === '' && flags.length === 0) return undefined;
  return { ...(url !== '' && { url }), ...Object.fromEntries(flags.map((key) => [key, true])) };
}
