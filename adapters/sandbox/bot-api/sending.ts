import { privateChat, type Chat, type MessageContent } from '../state.ts';
import { unixSeconds } from '../world.ts';
import { badRequest } from './api-error.ts';
import { readMarkup, settled, type Markup } from './markup.ts';
import { findChat, requireReachable, type Call } from './method.ts';
import type { Params } from './params.ts';
import { findReply, readReply, type Reply } from './replies.ts';
import type { Message } from './types.ts';

/** What changes nothing that the sandbox shows when it is empty, and is refused when it is not. */
const UNMODELLED: Readonly<Record<string, string>> = {
  business_connection_id: 'business connection not found',
  message_thread_id: 'message thread not found',
  message_effect_id: 'the sandbox shows no message effects',
  allow_paid_broadcast: 'the sandbox has no paid broadcasts',
};

/** Parameters of everything that sends, but for the keyboard. */
export const EVERY_SEND = [
  'chat_id',
  'disable_notification',
  'protect_content',
  'reply_parameters',
  'reply_to_message_id',
  'allow_sending_without_reply',
  ...Object.keys(UNMODELLED),
];

/** Refuses options that would look as if they had worked. */
export function refuseUnmodelled(params: Params): void {
  for (const [name, reason] of Object.entries(UNMODELLED)) {
    if (!['', '0', 'false'].includes(params.text(name) ?? '')) throw badRequest(reason);
  }
}

/** Where a message goes, and with what around it. */
export interface Destination {
  readonly chat: Chat;
  readonly markup: Markup;
  readonly reply: Reply;
  readonly isProtected: boolean;
}

/** Telegram's order: the keyboard, then the chat, then the message to answer. */
export function readDestination(call: Call): Destination {
  refuseUnmodelled(call.params);
  const request = readReply(call);
  const markup = readMarkup(call.params);
  const chat = findChat(call);
  const reply = findReply(call, chat, request);
  return { chat, markup: settled(markup), reply, isProtected: call.params.flag('protect_content') };
}

/** What only some messages have. */
export type Extra = Pick<Message, 'media_group_id' | 'forward_origin'>;

/** Puts the message into the chat; refuses (403) when the person cannot be reached any more. */
export function send(
  { world }: Call,
  { chat, markup, reply, isProtected }: Destination,
  content: MessageContent,
  extra: Extra = {},
): Message {
  requireReachable(chat);
  const message: Message = {
    message_id: world.state.takeMessageId(),
    from: world.state.bot,
    chat: privateChat(chat),
    date: unixSeconds(world),
    ...extra,
    ...reply,
    ...content,
    ...(isProtected && { has_protected_content: true as const }),
    ...(markup.kind === 'inline' && { reply_markup: markup.keyboard }),
  };
  applyKeyboard(chat, markup, message.message_id);
  const isPlain = markup.kind === 'none' || markup.kind === 'inline';
  world.state.store(chat, { message, editable: isPlain && !extra.forward_origin, seen: true });
  return message;
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
