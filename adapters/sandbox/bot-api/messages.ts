import { badRequest } from './api-error.ts';
import { CAPTION, DOCUMENT_CAPTION, TEXT, readCaption, readText, textContent } from './content.ts';
import { mediaContent, type InputMedia } from './input-media.ts';
import { writableChat, type Call, type Methods } from './method.ts';
import { EVERY_SEND, readDestination, refuseUnmodelled, send } from './sending.ts';

const ACTIONS =
  /^(typing|(upload|record)_(video|voice|video_note)|upload_(photo|document)|choose_sticker|find_location)$/;

/** Sending one message. Markup is read first, then keyboard and chat, then length and file. */
export const messageMethods: Methods = {
  sendMessage: {
    params: [...EVERY_SEND, ...TEXT, 'reply_markup'],
    run: (call) => {
      const draft = readText(call.params);
      const destination = readDestination(call);
      return send(call, destination, textContent(call.world, draft));
    },
  },
  sendPhoto: {
    params: [...EVERY_SEND, ...CAPTION, 'reply_markup', 'photo', 'has_spoiler'],
    run: async (call) => {
      const media = readMedia(call, 'photo');
      const destination = readDestination(call);
      return send(call, destination, await mediaContent(call.world, media));
    },
  },
  sendDocument: {
    params: [
      ...EVERY_SEND,
      ...DOCUMENT_CAPTION,
      'reply_markup',
      'document',
      'disable_content_type_detection',
    ],
    run: async (call) => {
      const media = readMedia(call, 'document');
      const destination = readDestination(call);
      return send(call, destination, await mediaContent(call.world, media));
    },
  },
  sendChatAction: {
    params: ['chat_id', 'action', 'business_connection_id', 'message_thread_id'],
    run: (call) => {
      refuseUnmodelled(call.params);
      const action = call.params.text('action')?.toLowerCase() ?? '';
      if (!ACTIONS.test(action)) throw badRequest('wrong parameter action in request');
      const { user } = writableChat(call);
      call.world.feed.emit({ type: 'action', personId: user.id, action });
      return true;
    },
  },
};

/** The file under the name of its type, with its caption. */
function readMedia({ params }: Call, type: InputMedia['type']): InputMedia {
  const file = params.file(type);
  if (!file) throw badRequest(`there is no ${type} in the request`);
  return { type, file, caption: readCaption(params), hasSpoiler: params.flag('has_spoiler') };
}
