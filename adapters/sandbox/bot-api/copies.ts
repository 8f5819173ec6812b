import type { Chat, MessageContent } from '../state.ts';
import { contentOf } from '../state.ts';
import { badRequest } from './api-error.ts';
import { CAPTION, captionContent, readCaption } from './content.ts';
import { findChat, findMessage, type Call, type Methods } from './method.ts';
import { EVERY_SEND, readDestination, send } from './sending.ts';
import type { InlineKeyboard, Message, MessageOrigin } from './types.ts';

const SOURCE = ['from_chat_id', 'message_id'];
const NO_REPLY = EVERY_SEND.filter((name) => !name.includes('reply'));

/** Sending once more what already stands in one of the bot's chats. */
export const copyMethods: Methods = {
  copyMessage: {
    params: [...EVERY_SEND, ...SOURCE, ...CAPTION, 'reply_markup'],
    run: (call) => {
      const draft = call.params.has('caption') ? readCaption(call.params) : undefined;
      const { message } = findSource(call, 'copy');
      const destination = readDestination(call);
      const { reply_markup: _, ...content } = contentOf(message);
      const isMedia = content.photo !== undefined || content.document !== undefined;
      const caption = draft && isMedia ? captionContent(call.world, draft) : undefined;
      const copy = caption ? recaptioned(content, caption, draft?.isAbove === true) : content;
      return { message_id: send(call, destination, copy).message_id };
    },
  },
  forwardMessage: {
    params: [...NO_REPLY, ...SOURCE],
    run: (call) => {
      const { message, from } = findSource(call, 'forward');
      const destination = readDestination(call);
      if (message.has_protected_content) {
        throw badRequest("message has protected content and can't be forwarded");
      }
      const { reply_markup: keyboard, ...content } = contentOf(message);
      const links = keyboard && onlyLinks(keyboard) ? { reply_markup: keyboard } : {};
      const origin = message.forward_origin ?? originOf(message, from);
      return send(call, destination, { ...content, ...links }, { forward_origin: origin });
    },
  },
};

function findSource(call: Call, purpose: string): { message: Message; from: Chat } {
  const from = findChat(call, 'from_chat_id');
  return { message: findMessage(call, from, purpose).message, from };
}

function recaptioned(
  content: MessageContent,
  caption: MessageContent,
  isAbove: boolean,
): MessageContent {
  const {
    caption: _,
    caption_entities: _entities,
    show_caption_above_media: _above,
    ...media
  } = content;
  const isPhoto = content.photo !== undefined;
  return { ...media, ...caption, ...(isAbove && isPhoto && { show_caption_above_media: true }) };
}

/** A person may keep forwarded messages from leading back to them. */
function originOf({ from, date }: Message, chat: Chat): MessageOrigin {
  if (from.is_bot || !chat.hidesForwards) return { type: 'user', date, sender_user: from };
  const name = [from.first_name, from.last_name].filter((part) => part !== undefined).join(' ');
  return { type: 'hidden_user', date, sender_user_name: name };
}

/** Buttons that report to the bot mean nothing elsewhere: such a keyboard is left behind. */
const onlyLinks = ({ inline_keyboard: rows }: InlineKeyboard): boolean =>
  rows.flat().every(({ url }) => url !== undefined);
