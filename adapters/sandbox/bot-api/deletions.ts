import type { Chat } from '../state.ts';
import { unixSeconds, type World } from '../world.ts';
import { badRequest } from './api-error.ts';
import { findChat, findMessage, type Call, type Methods } from './method.ts';
import type { Message } from './types.ts';

const DELETE_WITHIN_SECONDS = 48 * 3600;
const IDS_MAX = 100;

/** Taking messages away for both sides, the person's own ones too. */
export const deletionMethods: Methods = {
  deleteMessage: {
    params: ['chat_id', 'message_id'],
    run: (call) => {
      if (!call.params.text('chat_id')) throw badRequest('chat identifier is not specified');
      if ((call.params.integer('message_id') ?? 0) <= 0) {
        throw badRequest('message identifier is not specified');
      }
      const chat = findChat(call);
      remove(call.world, chat, [findMessage(call, chat, 'delete').message]);
      return true;
    },
  },
  deleteMessages: {
    params: ['chat_id', 'message_ids'],
    run: (call) => {
      const ids = readIds(call);
      const chat = findChat(call);
      remove(
        call.world,
        chat,
        ids.flatMap((id) => chat.messages.get(id)?.message ?? []),
      );
      return true;
    },
  },
};

/** All or none: one message that is too old keeps the others. */
function remove(world: World, chat: Chat, messages: readonly Message[]): void {
  if (messages.some(({ date }) => unixSeconds(world) - date > DELETE_WITHIN_SECONDS)) {
    throw badRequest("message can't be deleted for everyone");
  }
  for (const { message_id: id } of messages) world.state.remove(chat, id);
}

function readIds({ params }: Call): number[] {
  const value = params.json('message_ids') ?? [];
  if (!Array.isArray(value)) throw badRequest('expected an Array of message identifiers');
  if (value.length === 0) throw badRequest('message identifiers are not specified');
  if (value.length > IDS_MAX) throw badRequest('too many message identifiers specified');
  return value.map((id: unknown) => {
    if (!/^[1-9]\d{0,9}$/.test(String(id)))
      throw badRequest('invalid message identifier specified');
    return Number(id);
  });
}
