import { randomInt } from 'node:crypto';
import { badRequest } from './bot-api/api-error.ts';
import type { InlineButton, Message, Update } from './bot-api/types.ts';
import {
  privateChat,
  quoted,
  type Chat,
  type MessageContent,
  type StoredMessage,
} from './state.ts';
import { CAPTION_MAX, TEXT_MAX, plainText } from './text.ts';
import { unixSeconds, type World } from './world.ts';

/** What a person did. `updateId` is absent when the bot did not ask for this kind of update. */
export interface Done {
  readonly messageId: number;
  readonly updateId?: number;
}

/** A press either reports to the bot or opens a link. */
export interface Pressed {
  readonly updateId?: number;
  readonly url?: string;
}

const MESSAGE_LIFE_MS = 24 * 3600 * 1000;
const QUERY_LIFE_MS = 150 * 1000;
const ALBUM_MAX = 10;

/** A text of 1 to 4096 UTF-16 units; whoever has blocked the bot cannot speak. */
export function say(world: World, chat: Chat, text: string, replyTo?: number): Done {
  const formatted = plainText(text);
  if (formatted.text === '') throw badRequest('nothing to say');
  if (formatted.text.length > TEXT_MAX) throw badRequest('message is too long');
  const { entities } = formatted;
  const content = {
    text: formatted.text,
    ...(entities.length > 0 && { entities: [...entities] }),
  };
  return post(world, chat, content, { ...(replyTo !== undefined && { replyTo }) });
}

/** One photo, or several as an album: an update each, with a common media_group_id. */
export async function sendPhotos(
  world: World,
  chat: Chat,
  photos: readonly Buffer[],
  caption = '',
): Promise<Done[]> {
  if (photos.length < 1 || photos.length > ALBUM_MAX) throw badRequest('an album has 1-10 photos');
  const captioned = asCaption(caption);
  const sizes = await Promise.all(photos.map((bytes) => world.files.addPhoto(bytes)));
  const group = photos.length > 1 ? { mediaGroupId: `1${randomInt(10 ** 14)}` } : {};
  return sizes.map((photo, index) =>
    post(world, chat, { photo, ...(index === 0 && captioned) }, group),
  );
}

/** A file as it is; without `mimeType` its type comes from the name's extension. */
export function sendDocument(
  world: World,
  chat: Chat,
  file: { bytes: Buffer; filename: string; mimeType?: string | undefined },
  caption = '',
): Done {
  const captioned = asCaption(caption);
  const document = world.files.addDocument(file.bytes, file.filename, file.mimeType);
  return post(world, chat, { document, ...captioned });
}

/** Changes the person's own text or caption. */
export function edit(world: World, chat: Chat, messageId: number, text: string): Done {
  const stored = chat.messages.get(messageId);
  if (!stored || stored.message.from.is_bot) throw badRequest('that is not your message');
  const hasCaption = stored.message.text === undefined;
  const { entities: _e, caption_entities: _c, ...rest } = stored.message;
  const formatted = plainText(text);
  const found = formatted.entities.length > 0 ? [...formatted.entities] : undefined;
  stored.message = {
    ...rest,
    edit_date: unixSeconds(world),
    ...(hasCaption ? { caption: formatted.text } : { text: formatted.text }),
    ...(found && (hasCaption ? { caption_entities: found } : { entities: found })),
  };
  world.state.changed(chat);
  const lane = `chat:${chat.user.id}`;
  return done(messageId, world.queue.add('edited_message', stored.message, lane, MESSAGE_LIFE_MS));
}

/**
 * Presses the button with this label or callback data; a leading emoji may be left out.
 * Refuses a button that is not there, naming those that are.
 */
export function click(world: World, chat: Chat, messageId: number, wanted: string): Pressed {
  const message = chat.messages.get(messageId)?.message;
  if (!message) throw badRequest(`there is no message ${messageId} in this chat`);
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  const button = findButton(buttons, wanted);
  if (!button) {
    const labels = buttons.map(({ text }) => `"${text}"`).join(', ') || 'no buttons';
    throw badRequest(`message ${messageId} has no button "${wanted}", but ${labels}`);
  }
  if (button.url !== undefined) return { url: button.url };
  if (button.callback_data === undefined) return {};
  return press(world, chat, messageId, button.callback_data);
}

/** A callback with any data, even from a message or button that is gone or never was. */
export function press(
  world: World,
  chat: Chat,
  messageId: number,
  data: string,
  isExpired = false,
): Pressed {
  requireUnblocked(chat);
  const message = chat.messages.get(messageId)?.message ?? {
    chat: privateChat(chat),
    message_id: messageId,
    date: 0,
  };
  const id = String(randomInt(2 ** 47)) + String(randomInt(1000, 9999));
  const query = {
    id,
    from: chat.user,
    message: structuredClone(message),
    chat_instance: String(chat.user.id * 7919),
    data,
  };
  const expiresAt = isExpired ? 0 : world.now() + QUERY_LIFE_MS;
  world.state.queries.set(id, { personId: chat.user.id, expiresAt });
  const lane = `callback:${chat.user.id}`;
  const updateId = world.queue.add('callback_query', query, lane, QUERY_LIFE_MS);
  return updateId === undefined ? {} : { updateId };
}

/** Blocks or unblocks the bot; it hears of it as my_chat_member. */
export function setBlocked(world: World, chat: Chat, blocked: boolean): Pressed {
  if (chat.blocked === blocked) return {};
  chat.blocked = blocked;
  world.state.changed(chat);
  const member = { user: world.state.bot, status: 'member' };
  const kicked = { user: world.state.bot, status: 'kicked', until_date: 0 };
  const change = {
    chat: privateChat(chat),
    from: chat.user,
    date: unixSeconds(world),
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  };
  const lane = `chat:${chat.user.id}`;
  const updateId = world.queue.add('my_chat_member', change, lane, MESSAGE_LIFE_MS);
  return updateId === undefined ? {} : { updateId };
}

function post(
  world: World,
  chat: Chat,
  content: MessageContent,
  options: { readonly replyTo?: number; readonly mediaGroupId?: string } = {},
): Done {
  requireUnblocked(chat);
  chat.started = true;
  chat.forceReply = undefined;
  const target = chat.messages.get(options.replyTo ?? 0)?.message;
  const message: Message = {
    message_id: world.state.takeMessageId(),
    from: chat.user,
    chat: privateChat(chat),
    date: unixSeconds(world),
    ...(options.mediaGroupId !== undefined && { media_group_id: options.mediaGroupId }),
    ...(target && { reply_to_message: quoted(target) }),
    ...content,
  };
  const stored: StoredMessage = { message, editable: true, seen: false };
  world.state.store(chat, stored);
  const lane = `chat:${chat.user.id}`;
  const updateId = world.queue.add('message', structuredClone(message), lane, MESSAGE_LIFE_MS);
  if (updateId !== undefined) world.state.unseen.set(updateId, { chat, stored });
  return done(message.message_id, updateId);
}

const done = (messageId: number, updateId: Update['update_id'] | undefined): Done => ({
  messageId,
  ...(updateId !== undefined && { updateId }),
});

function requireUnblocked(chat: Chat): void {
  if (chat.blocked) throw badRequest('this person has blocked the bot: unblock it first');
}

function asCaption(text: string): MessageContent {
  const caption = plainText(text);
  if (caption.text.length > CAPTION_MAX) throw badRequest('message caption is too long');
  return {
    ...(caption.text !== '' && { caption: caption.text }),
    ...(caption.entities.length > 0 && { caption_entities: [...caption.entities] }),
  };
}

function findButton(buttons: readonly InlineButton[], wanted: string): InlineButton | undefined {
  const bare = (label: string): string => label.replace(/^[^\p{L}\p{N}]+/u, '').trim();
  return (
    buttons.find(({ text }) => text === wanted) ??
    buttons.find(({ callback_data: data }) => data === wanted) ??
    buttons.find(({ text }) => bare(text) !== '' && bare(text) === bare(wanted))
  );
}
