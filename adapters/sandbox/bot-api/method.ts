import type { Chat, StoredMessage } from '../state.ts';
import type { FindUser } from '../formatting/text.ts';
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

/** The chat under `chat_id` (or another name); refuses one in which the person never spoke. */
export function findChat(
  { world, params }: Pick<Call, 'world' | 'params'>,
  name = 'chat_id',
): Chat {
  const id = params.text(name)?.trim() ?? '';
  if (id === '' && name !== 'chat_id') throw badRequest(`parameter "${name}" is required`);
  if (id === '') throw badRequest('chat_id is empty');
  const chat = /^[1-9]\d*$/.test(id) ? world.state.chats.get(Number(id)) : undefined;
  if (!chat?.started) throw badRequest('chat not found');
  return chat;
}

/** Telegram's servers look last at whether the person can still be written to. */
export function requireReachable(chat: Chat): void {
  if (chat.deactivated) throw new ApiError(403, 'Forbidden: user is deactivated');
  if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
}

/** A chat the bot may write into now. */
export function writableChat(call: Call): Chat {
  const chat = findChat(call);
  requireReachable(chat);
  return chat;
}

/** The message under `message_id`; the refusal reads "message to <purpose> not found". */
export function findMessage(call: Call, chat: Chat, purpose: string): StoredMessage {
  const stored = chat.messages.get(call.params.integer('message_id') ?? 0);
  if (!stored) throw badRequest(`message to ${purpose} not found`);
  return stored;
}

/** People the bot has met, and the bot itself. */
export const acquaintances =
  ({ state }: World): FindUser =>
  (id) => {
    if (id === state.bot.id) return state.bot;
    const chat = state.chats.get(id);
    return chat?.started ? chat.user : undefined;
  };
