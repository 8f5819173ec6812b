import { isDeepStrictEqual } from 'node:util';
import { contentOf, type Chat, type MessageContent, type StoredMessage } from '../state.ts';
import { unixSeconds } from '../world.ts';
import { badRequest } from './api-error.ts';
import { CAPTION, TEXT, captionContent, readCaption, readText, textContent } from './content.ts';
import { mediaContent, readInputMedia, requiredMedia } from './input-media.ts';
import { readMarkup, settledInline } from './markup.ts';
import { findChat, findMessage, requireReachable, type Call, type Methods } from './method.ts';
import { refuseUnmodelled } from './sending.ts';
import type { InlineKeyboard, Message } from './types.ts';

const TARGET = ['chat_id', 'message_id', 'reply_markup', 'business_connection_id'];
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are ' +
  'exactly the same as a current content and reply markup of the message';

/** Changing in place. An edit without `reply_markup` takes the inline keyboard away. */
export const editMethods: Methods = {
  editMessageText: {
    params: [...TARGET, ...TEXT],
    run: (call) => {
      const draft = readText(call.params);
      const editable = findEditable(call);
      if (editable.stored.message.text === undefined) {
        throw badRequest('there is no text in the message to edit');
      }
      return replace(call, editable, textContent(call.world, draft));
    },
  },
  editMessageCaption: {
    params: [...TARGET, ...CAPTION],
    run: (call) => {
      const draft = readCaption(call.params);
      const editable = findEditable(call);
      const { photo, document, has_media_spoiler: hasSpoiler } = editable.stored.message;
      if (!photo && !document) throw badRequest('there is no caption in the message to edit');
      const content = {
        ...(photo && { photo }),
        ...(document && { document }),
        ...captionContent(call.world, draft),
        ...(photo && draft.isAbove && { show_caption_above_media: true as const }),
        ...(hasSpoiler && { has_media_spoiler: true as const }),
      };
      return replace(call, editable, content);
    },
  },
  editMessageMedia: {
    params: [...TARGET, 'media'],
    run: async (call) => {
      const media = readInputMedia(call.params, requiredMedia(call.params, 'input media'));
      const editable = findEditable(call);
      requireSameKind(editable.stored.message, media.type);
      return replace(call, editable, await mediaContent(call.world, media));
    },
  },
  editMessageReplyMarkup: {
    params: TARGET,
    run: (call) => {
      const editable = findEditable(call);
      const { reply_markup: _, ...content } = contentOf(editable.stored.message);
      return replace(call, editable, content);
    },
  },
};

/** An album stays an album of photos, or of documents. */
function requireSameKind(message: Message, type: 'photo' | 'document'): void {
  if (message.media_group_id === undefined || message[type]) return;
  throw badRequest("can't change media type in the album");
}

interface Editable {
  readonly chat: Chat;
  readonly stored: StoredMessage;
  /** The keyboard that the edit brings. */
  readonly markup: InlineKeyboard | undefined;
}

/** Keyboard first, then chat and message, as Telegram reads them. */
function findEditable(call: Call): Editable {
  const { params } = call;
  refuseUnmodelled(params);
  const markup = readMarkup(params);
  if (!params.has('chat_id') && !params.has('message_id')) {
    throw badRequest('message identifier is not specified');
  }
  const chat = findChat(call);
  const stored = findMessage(call, chat, 'edit');
  if (!stored.message.from.is_bot || !stored.editable) {
    throw badRequest("message can't be edited");
  }
  return { chat, stored, markup: settledInline(markup) };
}

function replace(
  { world }: Call,
  { chat, stored, markup }: Editable,
  bare: MessageContent,
): Message {
  const content = { ...bare, ...(markup && { reply_markup: markup }) };
  const old = contentOf(stored.message);
  if (isDeepStrictEqual(old, content)) throw badRequest(NOT_MODIFIED);
  requireReachable(chat);
  const kept = Object.entries(stored.message).filter(([name]) => !Object.hasOwn(old, name));
  const frame = Object.fromEntries(kept) as Omit<Message, keyof MessageContent>;
  stored.message = { ...frame, edit_date: unixSeconds(world), ...content };
  world.state.changed(chat);
  return stored.message;
}
