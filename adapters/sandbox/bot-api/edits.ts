import { isDeepStrictEqual } from 'node:util';
import { contentOf, type Chat, type MessageContent, type StoredMessage } from '../state.ts';
import { TEXT_MAX, readFormatted } from '../text.ts';
import { unixSeconds } from '../world.ts';
import { ApiError, badRequest } from './api-error.ts';
import { readInlineMarkup } from './markup.ts';
import { readDocument, readPhoto } from './media.ts';
import { readCaption, requireCaptionLength } from './messages.ts';
import { findChat, findMessage, type Call, type Methods } from './method.ts';
import { Params, isRecord } from './params.ts';
import type { InlineKeyboard, Message } from './types.ts';

const TARGET = ['chat_id', 'message_id', 'reply_markup'];
const DELETE_WITHIN_SECONDS = 48 * 3600;
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are ' +
  'exactly the same as a current content and reply markup of the message';

/** Changing and deleting. An edit without `reply_markup` takes the inline keyboard away. */
export const editMethods: Methods = {
  editMessageText: {
    params: [...TARGET, 'text', 'entities', 'parse_mode', 'link_preview_options'],
    run: (call) => {
      const { text, entities } = readFormatted(call.params, 'text', 'entities');
      if (text === '') throw badRequest('message text is empty');
      const markup = readInlineMarkup(call.params);
      const { chat, stored } = findEditable(call);
      if (stored.message.text === undefined) {
        throw badRequest('there is no text in the message to edit');
      }
      if (text.length > TEXT_MAX) throw badRequest('message is too long');
      const content = { text, ...(entities.length > 0 && { entities: [...entities] }) };
      return replace(call, chat, stored, withKeyboard(content, markup));
    },
  },
  editMessageCaption: {
    params: [...TARGET, 'caption', 'caption_entities', 'parse_mode', 'show_caption_above_media'],
    run: (call) => {
      const caption = readCaption(call.params);
      const markup = readInlineMarkup(call.params);
      const { chat, stored } = findEditable(call);
      const { photo, document } = stored.message;
      if (!photo && !document) throw badRequest('there is no caption in the message to edit');
      requireCaptionLength(caption);
      const media = { ...(photo && { photo }), ...(document && { document }) };
      return replace(call, chat, stored, withKeyboard({ ...media, ...caption }, markup));
    },
  },
  editMessageMedia: { params: [...TARGET, 'media'], run: editMedia },
  editMessageReplyMarkup: {
    params: TARGET,
    run: (call) => {
      const markup = readInlineMarkup(call.params);
      const { chat, stored } = findEditable(call);
      const { reply_markup: _, ...content } = contentOf(stored.message);
      return replace(call, chat, stored, withKeyboard(content, markup));
    },
  },
  deleteMessage: {
    params: ['chat_id', 'message_id'],
    run: (call) => {
      const { world } = call;
      const chat = findChat(call);
      const { message } = findMessage(call, chat, 'delete');
      if (unixSeconds(world) - message.date > DELETE_WITHIN_SECONDS) {
        throw badRequest("message can't be deleted for everyone");
      }
      chat.messages.delete(message.message_id);
      if (chat.keyboard?.messageId === message.message_id) chat.keyboard = undefined;
      if (chat.forceReply?.messageId === message.message_id) chat.forceReply = undefined;
      world.state.changed(chat);
      return true;
    },
  },
};

async function editMedia(call: Call): Promise<Message> {
  const { params, world } = call;
  const media = params.json('media');
  if (!isRecord(media)) throw badRequest('media not found');
  const inner = new Params(new Map(Object.entries(media)), new Map());
  inner.requireKnown('InputMedia', [
    'type',
    'media',
    'caption',
    'caption_entities',
    'parse_mode',
    'show_caption_above_media',
    'has_spoiler',
    'disable_content_type_detection',
  ]);
  const caption = readCaption(inner);
  const markup = readInlineMarkup(params);
  const { chat, stored } = findEditable(call);
  requireCaptionLength(caption);
  const file = params.fileFrom(inner.text('media') ?? '');
  const type = inner.text('type');
  if (type === 'photo') {
    const photo = await readPhoto(world.files, file);
    return replace(call, chat, stored, withKeyboard({ photo, ...caption }, markup));
  }
  if (type === 'document') {
    const document = readDocument(world.files, file);
    return replace(call, chat, stored, withKeyboard({ document, ...caption }, markup));
  }
  throw badRequest(`the sandbox does not know the media type "${type ?? ''}"`);
}

function findEditable(call: Call): { chat: Chat; stored: StoredMessage } {
  const chat = findChat(call);
  const stored = findMessage(call, chat, 'edit');
  if (!stored.message.from.is_bot || !stored.editable) {
    throw badRequest("message can't be edited");
  }
  if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  return { chat, stored };
}

const withKeyboard = (
  content: MessageContent,
  keyboard: InlineKeyboard | undefined,
): MessageContent => ({ ...content, ...(keyboard && { reply_markup: keyboard }) });

function replace(call: Call, chat: Chat, stored: StoredMessage, content: MessageContent): Message {
  const old = stored.message;
  if (isDeepStrictEqual(contentOf(old), content)) throw badRequest(NOT_MODIFIED);
  const { message_id, from, date, reply_to_message, has_protected_content } = old;
  stored.message = {
    message_id,
    from,
    chat: old.chat,
    date,
    edit_date: unixSeconds(call.world),
    ...(reply_to_message && { reply_to_message }),
    ...(has_protected_content && { has_protected_content }),
    ...content,
  };
  call.world.state.changed(chat);
  return stored.message;
}
