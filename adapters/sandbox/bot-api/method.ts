import type { Chat, StoredMessage } from '../state.ts';
import type { World } from '../world.ts';
import { ApiError, badRequest } from './api-error.ts';
import type { Params } from './params.ts';

/** One call of the bot. `gone` aborts when the caller hangs up or the sandbox stops. */
export interface Call {
  readonly world: World;
  readonly params: Params;
  readonly gone: AbortSignal;
}

/** A Bot API method: the parameters it accepts, and what it does. */
export interface Method {
  readonly params: readonly string[];
  readonly run: (call: Call) => unknown;
}

/** Methods by their Bot API name. */
export type Methods = Readonly<Record<string, Method>>;

/** The chat under `chat_id`; refuses one in which the person has not spoken yet. */
export function findChat({ world, params }: Call): Chat {
  const id = params.text('chat_id')?.trim() ?? '';
  if (id === '') throw badRequest('chat_id is empty');
  const chat = world.state.chats.get(Number(id));
  if (!chat?.started) throw badRequest('chat not found');
  return chat;
}

/** A chat the bot may write into now. */
export function writableChat(call: Call): Chat {
  const chat = findChat(call);
  if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  return chat;
}

/** The message under `message_id`; the refusal reads "message to <purpose> not found". */
export function findMessage(call: Call, chat: Chat, purpose: string): StoredMessage {
  const id = call.params.integer('message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const stored = chat.messages.get(id);
  if (!stored) throw badRequest(`message to ${purpose} not found`);
  return stored;
}
