import { randomInt } from 'node:crypto';
import type { MessageContent } from '../state.ts';
import type { World } from '../world.ts';
import { ApiError, badRequest } from './api-error.ts';
import { mediaContent, readInputMedia, requiredMedia, type InputMedia } from './input-media.ts';
import type { Call, Methods } from './method.ts';
import { EVERY_SEND, readDestination, send } from './sending.ts';
import type { Message } from './types.ts';

/** Of photos or files in one album. */
export const ALBUM_MAX = 10;
/** What Telegram's servers, not its library, refuse: they name the place in the album. */
const REFUSED_BY_SERVER = /(IMAGE_PROCESS_FAILED|PHOTO_INVALID_DIMENSIONS)$/;

/** Several photos, or several documents, in one bubble: a message each. */
export const albumMethods: Methods = {
  sendMediaGroup: { params: [...EVERY_SEND, 'media'], run: sendAlbum },
};

/** An id of its own for each album, as Telegram writes it: a decimal number. */
export const newAlbumId = (): string => `1${String(randomInt(10 ** 14)).padStart(14, '0')}`;

async function sendAlbum(call: Call): Promise<Message[]> {
  const { params, world } = call;
  const value = requiredMedia(params, 'media');
  if (!Array.isArray(value)) throw badRequest('expected an Array of InputMedia');
  const items = value.map((item: unknown) => readInputMedia(params, item));
  const destination = readDestination(call);
  const contents: MessageContent[] = [];
  for (const [index, item] of items.entries()) {
    contents.push(await contentAt(world, item, index + 1));
  }
  requireAlbum(items);
  const group = contents.length > 1 ? { media_group_id: newAlbumId() } : {};
  return contents.map((content) => send(call, destination, content, group));
}

function requireAlbum(items: readonly InputMedia[]): void {
  if (items.length === 0) throw badRequest('there are no messages to send');
  if (items.length > ALBUM_MAX) throw badRequest('too many messages to send as an album');
  const places = items.filter(({ type }) => type === 'photo').map(({ caption }) => caption.isAbove);
  if (new Set(places).size > 1) {
    throw badRequest('parameter show_caption_above_media must be the same for all messages');
  }
  if (new Set(items.map(({ type }) => type)).size > 1) {
    throw badRequest("document can't be mixed with other media types");
  }
}

async function contentAt(world: World, item: InputMedia, position: number) {
  try {
    return await mediaContent(world, item);
  } catch (error) {
    const code = error instanceof ApiError ? REFUSED_BY_SERVER.exec(error.message)?.[1] : undefined;
    if (code === undefined) throw error;
    throw badRequest(`failed to send message #${position} with the error message "${code}"`);
  }
}
