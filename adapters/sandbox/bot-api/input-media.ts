import type { MessageContent } from '../state.ts';
import type { World } from '../world.ts';
import { badRequest } from './api-error.ts';
import { CAPTION, DOCUMENT_CAPTION, captionContent, readCaption, type Draft } from './content.ts';
import { readDocument, readPhoto } from './media.ts';
import { Params, isRecord, nestedParams, type FileParam } from './params.ts';

const KEYS = {
  photo: ['type', 'media', ...CAPTION, 'has_spoiler'],
  document: ['type', 'media', ...DOCUMENT_CAPTION, 'disable_content_type_detection'],
};

const UNMODELLED = ['animation', 'audio', 'video', 'live_photo'];

/** A photo or document given in a request, with its caption. */
export interface InputMedia {
  readonly type: 'photo' | 'document';
  readonly file: FileParam;
  readonly caption: Draft;
  readonly hasSpoiler: boolean;
}

/** The parameter `media`, without which there is nothing to read. */
export function requiredMedia(params: Params, what: string): unknown {
  const value = params.json('media', what) ?? undefined;
  if (value === undefined) throw badRequest('parameter "media" is required');
  return value;
}

/** Reads an InputMedia whose file is a part of the request (`attach://…`) or a file id. */
export function readInputMedia(params: Params, value: unknown): InputMedia {
  if (!isRecord(value)) throw cannotParse('expected an Object');
  const type = new Params(new Map(Object.entries(value)), new Map()).text('type') ?? '';
  if (UNMODELLED.includes(type)) throw badRequest(`the sandbox has no media of type "${type}"`);
  if (type !== 'photo' && type !== 'document') {
    throw cannotParse(`type "${type}" is unsupported`);
  }
  const given = nestedParams(value, `InputMedia of type ${type}`, KEYS[type]);
  const caption = readCaption(given);
  const reference = given.text('media') ?? '';
  const file = reference === '' ? undefined : params.attached(reference);
  if (!file) throw cannotParse('media not found');
  return { type, file, caption, hasSpoiler: given.flag('has_spoiler') };
}

/** The media as a message shows it: caption first, then the file, as Telegram checks them. */
export async function mediaContent(world: World, media: InputMedia): Promise<MessageContent> {
  const caption = captionContent(world, media.caption);
  if (media.type === 'document') {
    return { document: readDocument(world.files, media.file), ...caption };
  }
  const photo = await readPhoto(world.files, media.file);
  return {
    photo,
    ...caption,
    ...(media.caption.isAbove && { show_caption_above_media: true }),
    ...(media.hasSpoiler && { has_media_spoiler: true }),
  };
}

const cannotParse = (reason: string) => badRequest(`can't parse InputMedia: ${reason}`);
