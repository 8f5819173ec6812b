import { badRequest } from './api-error.ts';
import { CAPTION, TEXT, captionContent, readCaption, readText, textContent } from './content.ts';
import { readDocument, readPhoto } from './media.ts';
import { writableChat, type Methods } from './method.ts';
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
      const { params, world } = call;
      if (!params.file('photo')) throw badRequest('there is no photo in the request');
      const draft = readCaption(params);
      const destination = readDestination(call);
      const caption = captionContent(world, draft);
      const photo = await readPhoto(world.files, params.file('photo'));
      return send(call, destination, {
        photo,
        ...caption,
        ...(draft.isAbove && { show_caption_above_media: true }),
        ...(params.flag('has_spoiler') && { has_media_spoiler: true }),
      });
    },
  },
  sendDocument: {
    params: [
      ...EVERY_SEND,
      ...CAPTION.filter((name) => name !== 'show_caption_above_media'),
      'reply_markup',
      'document',
      'disable_content_type_detection',
    ],
    run: (call) => {
      const { params, world } = call;
      if (!params.file('document')) throw badRequest('there is no document in the request');
      const draft = readCaption(params);
      const destination = readDestination(call);
      const caption = captionContent(world, draft);
      const document = readDocument(world.files, params.file('document'));
      return send(call, destination, { document, ...caption });
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
