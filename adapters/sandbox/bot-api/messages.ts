import type { Chat, MessageContent } from '../state.ts';
import { privateChat, quoted } from '../state.ts';
import { CAPTION_MAX, TEXT_MAX, readFormatted } from '../text.ts';
import { unixSeconds } from '../world.ts';
import { badRequest } from './api-error.ts';
import { readMarkup, type Markup } from './markup.ts';
import { readDocument, readPhoto } from './media.ts';
import { writableChat, type Call, type Methods } from './method.ts';
import { isRecord, type Params } from './params.ts';
import type { Message } from './types.ts';

const EVERY_SEND = [
  'chat_id',
  'parse_mode',
  'disable_notification',
  'protect_content',
  'reply_parameters',
  'reply_to_message_id',
  'allow_sending_without_reply',
  'reply_markup',
];
const CAPTION = ['caption', 'caption_entities', 'show_caption_above_media'];
const CHAT_ACTIONS =
  /^(typing|(upload|record)_(video|voice|video_note)|upload_(photo|document)|choose_sticker)$/;

/** Sending. Checked in Telegram's order: markup, then the chat, then length. */
export const messageMethods: Methods = {
  sendMessage: {
    params: [...EVERY_SEND, 'text', 'entities', 'link_preview_options', 'disable_web_page_preview'],
    run: (call) => {
      const { text, entities } = readFormatted(call.params, 'text', 'entities');
      if (text === '') throw badRequest('message text is empty');
      const markup = readMarkup(call.params);
      const chat = writableChat(call);
      if (text.length > TEXT_MAX) throw badRequest('message is too long');
      return send(call, chat, markup, {
        text,
        ...(entities.length > 0 && { entities: [...entities] }),
      });
    },
  },
  sendPhoto: {
    params: [...EVERY_SEND, ...CAPTION, 'photo', 'has_spoiler'],
    run: async (call) => {
      const caption = readCaption(call.params);
      const markup = readMarkup(call.params);
      const chat = writableChat(call);
      requireCaptionLength(caption);
      const photo = await readPhoto(call.world.files, call.params.file('photo'));
      return send(call, chat, markup, { photo, ...caption });
    },
  },
  sendDocument: {
    params: [...EVERY_SEND, ...CAPTION, 'document', 'disable_content_type_detection'],
    run: (call) => {
      const caption = readCaption(call.params);
      const markup = readMarkup(call.params);
      const chat = writableChat(call);
      requireCaptionLength(caption);
      const document = readDocument(call.world.files, call.params.file('document'));
      return send(call, chat, markup, { document, ...caption });
    },
  },
  sendChatAction: {
    params: ['chat_id', 'action'],
    run: (call) => {
      const action = call.params.text('action') ?? '';
      if (!CHAT_ACTIONS.test(action)) throw badRequest('wrong parameter action in request');
      const { user } = writableChat(call);
      call.world.feed.emit({ type: 'action', personId: user.id, action });
      return true;
    },
  },
};

/** Reads a caption with its entities; its length is checked apart, after the chat. */
export function readCaption(params: Pick<Params, 'text' | 'json'>): MessageContent {
  const { text, entities } = readFormatted(params, 'caption', 'caption_entities');
  return {
    ...(text !== '' && { caption: text }),
    ...(entities.length > 0 && { caption_entities: [...entities] }),
  };
}

/** Refuses a caption above 1024 UTF-16 units. */
export function requireCaptionLength({ caption = '' }: MessageContent): void {
  if (caption.length > CAPTION_MAX) throw badRequest('message caption is too long');
}

function send(call: Call, chat: Chat, markup: Markup, content: MessageContent): Message {
  const { world, params } = call;
  const reply = readReply(params, chat);
  const message: Message = {
    message_id: world.state.takeMessageId(),
    from: world.state.bot,
    chat: privateChat(chat),
    date: unixSeconds(world),
    ...(reply && { reply_to_message: reply }),
    ...content,
    ...(params.flag('protect_content') && { has_protected_content: true as const }),
    ...(markup.kind === 'inline' && { reply_markup: markup.keyboard }),
  };
  applyKeyboard(chat, markup, message.message_id);
  const editable = markup.kind === 'none' || markup.kind === 'inline';
  world.state.store(chat, { message, editable, seen: true });
  return message;
}

function readReply(params: Params, chat: Chat): Message | undefined {
  const value = params.json('reply_parameters');
  const id = isRecord(value) ? value['message_id'] : params.integer('reply_to_message_id');
  if (id === undefined) return undefined;
  const target = chat.messages.get(Number(id));
  if (target) return quoted(target.message);
  const isOptional =
    params.flag('allow_sending_without_reply') ||
    (isRecord(value) && value['allow_sending_without_reply'] === true);
  if (isOptional) return undefined;
  throw badRequest('message to be replied not found');
}

function applyKeyboard(chat: Chat, markup: Markup, messageId: number): void {
  chat.forceReply = undefined;
  if (markup.kind === 'keyboard') chat.keyboard = { messageId, markup: markup.keyboard };
  if (markup.kind === 'remove') chat.keyboard = undefined;
  if (markup.kind === 'force-reply') {
    const { placeholder } = markup;
    chat.forceReply = { messageId, ...(placeholder !== undefined && { placeholder }) };
  }
}
