import { randomInt } from 'node:crypto';
import { ALBUM_MAX, newAlbumId } from '../bot-api/albums.ts';
import { badRequest } from '../bot-api/api-error.ts';
import type { InlineButton, Message, Update } from '../bot-api/types.ts';
import {
  privateChat,
  quoted,
  type Chat,
  type MessageContent,
  type StoredMessage,
} from '../state.ts';
import { CAPTION_MAX, TEXT_MAX, isBlank, plainText } from '../formatting/text.ts';
import { unixSeconds, type World } from '../world.ts';
import { isSameWord } from './labels.ts';

/** Who acts, and in which sandbox. */
export interface Person {
  readonly world: World;
  readonly chat: Chat;
}

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

/** Around photos and files: no caption, and an answer to nothing, unless told. */
export interface MediaOptions {
  readonly caption?: string | undefined;
  readonly replyTo?: number | undefined;
}

const MESSAGE_LIFE_MS = 24 * 3600 * 1000;
const QUERY_LIFE_MS = 150 * 1000;

/** A text of 1 to 4096 UTF-16 units; whoever has blocked the bot cannot speak. */
export function say(
  person: Person,
  text: string,
  { replyTo }: Pick<MediaOptions, 'replyTo'> = {},
): Done {
  return post(person, asText(text), { replyTo });
}

/** One photo, or several as an album: an update each, with a common media_group_id. */
export async function sendPhotos(
  person: Person,
  photos: readonly Buffer[],
  { caption = '', replyTo }: MediaOptions = {},
): Promise<Done[]> {
  if (photos.length < 1 || photos.length > ALBUM_MAX) throw badRequest('an album has 1-10 photos');
  const captioned = asCaption(caption);
  const sizes = await Promise.all(photos.map((bytes) => person.world.files.addPhoto(bytes)));
  const group = { replyTo, ...(photos.length > 1 && { mediaGroupId: newAlbumId() }) };
  return sizes.map((photo, index) => post(person, { photo, ...(index === 0 && captioned) }, group));
}

/** A file a person sends; without `mimeType` its type comes from the name's extension. */
export interface PersonsFile {
  readonly bytes: Buffer;
  readonly filename: string;
  readonly mimeType?: string | undefined;
}

/** One file as it is. */
export function sendDocument(person: Person, file: PersonsFile, options: MediaOptions = {}): Done {
  const [sent] = sendDocuments(person, [file], options);
  if (!sent) throw badRequest('there is no file');
  return sent;
}

/** One file, or several as an album, as with photos; the caption goes to the last, as in Telegram. */
export function sendDocuments(
  person: Person,
  files: readonly PersonsFile[],
  { caption = '', replyTo }: MediaOptions = {},
): Done[] {
  if (files.length < 1 || files.length > ALBUM_MAX) throw badRequest('an album has 1-10 files');
  const captioned = asCaption(caption);
  const group = { replyTo, ...(files.length > 1 && { mediaGroupId: newAlbumId() }) };
  return files.map(({ bytes, filename, mimeType }, index) => {
    const document = person.world.files.addDocument(bytes, filename, mimeType);
    const content = { document, ...(index === files.length - 1 && captioned) };
    return post(person, content, group);
  });
}

/** Changes the person's own text or caption. */
export function edit({ world, chat }: Person, messageId: number, text: string): Done {
  const stored = chat.messages.get(messageId);
  if (!stored || stored.message.from.is_bot) throw badRequest('that is not your message');
  requireUnblocked(chat);
  const {
    entities: _entities,
    caption: _caption,
    caption_entities: _captionEntities,
    ...rest
  } = stored.message;
  const hasText = rest.text !== undefined;
  if (!hasText && !rest.photo && !rest.document) throw badRequest('that message has no text');
  stored.message = {
    ...rest,
    edit_date: unixSeconds(world),
    ...(hasText ? asText(text) : asCaption(text)),
  };
  world.state.changed(chat);
  const lane = `chat:${chat.user.id}`;
  return done(messageId, world.queue.add('edited_message', stored.message, lane, MESSAGE_LIFE_MS));
}

/** Takes the person's own message away, for both sides; Telegram does not tell the bot. */
export function remove({ world, chat }: Person, messageId: number): void {
  const stored = chat.messages.get(messageId);
  if (!stored || stored.message.from.is_bot) throw badRequest('that is not your message');
  world.state.remove(chat, messageId);
}

/** Which message is pressed on; `expired` makes the query too old to be answered. */
interface Press {
  readonly messageId: number;
  readonly expired?: boolean;
}

/**
 * Presses the button with this label or callback data; a leading emoji may be left out.
 * Refuses a button that is not there, naming those that are.
 */
export function click(
  person: Person,
  { button: wanted, ...where }: Press & { readonly button: string },
): Pressed {
  const { messageId } = where;
  const message = person.chat.messages.get(messageId)?.message;
  if (!message) throw badRequest(`there is no message ${messageId} in this chat`);
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  const button = findButton(buttons, wanted);
  if (!button) {
    const labels = buttons.map(({ text }) => `"${text}"`).join(', ') || 'no buttons';
    throw badRequest(`message ${messageId} has no button "${wanted}", but ${labels}`);
  }
  if (button.url !== undefined) return { url: button.url };
  if (button.callback_data === undefined) return {};
  return press(person, { ...where, data: button.callback_data });
}

/** A callback with any data, even from a message or button that is gone or never was. */
export function press(
  { world, chat }: Person,
  { messageId, data, expired = false }: Press & { readonly data: string },
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
  const expiresAt = expired ? 0 : world.now() + QUERY_LIFE_MS;
  world.state.queries.set(id, { personId: chat.user.id, expiresAt });
  const lane = `callback:${chat.user.id}`;
  const updateId = world.queue.add('callback_query', query, lane, QUERY_LIFE_MS);
  return updateId === undefined ? {} : { updateId };
}

/** Blocks or unblocks the bot; it hears of it as my_chat_member. */
export function setBlocked({ world, chat }: Person, blocked: boolean): Pressed {
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
  const lane = `member:${chat.user.id}`;
  const updateId = world.queue.add('my_chat_member', change, lane, MESSAGE_LIFE_MS);
  return updateId === undefined ? {} : { updateId };
}

/** The account is gone: the page forgets the person, the bot learns it when it writes. */
export function deactivate({ world, chat }: Person): void {
  chat.deactivated = true;
  world.feed.emit({ type: 'people' });
}

/** Puts what a person sends into the chat and tells the bot of it. */
export function post(
  { world, chat }: Person,
  content: MessageContent,
  options: Pick<MediaOptions, 'replyTo'> & { readonly mediaGroupId?: string } = {},
): Done {
  requireUnblocked(chat);
  chat.started = true;
  chat.forceReply = undefined;
  hideUsedKeyboard(chat, content);
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

/** A keyboard for one use is put away once a key of it has been used. */
function hideUsedKeyboard(chat: Chat, { text, contact, location }: MessageContent): void {
  const { keyboard } = chat;
  if (!keyboard?.markup.one_time_keyboard) return;
  const keys = keyboard.markup.keyboard.flat();
  const isUsed = keys.some(
    (key) =>
      (contact && key.request_contact) || (location && key.request_location) || key.text === text,
  );
  if (isUsed) chat.keyboard = { ...keyboard, used: true };
}

const done = (messageId: number, updateId: Update['update_id'] | undefined): Done => ({
  messageId,
  ...(updateId !== undefined && { updateId }),
});

function requireUnblocked(chat: Chat): void {
  if (chat.blocked) throw badRequest('this person has blocked the bot: unblock it first');
}

function asText(text: string): MessageContent {
  const formatted = plainText(text);
  if (isBlank(formatted.text)) throw badRequest('nothing to say');
  if (formatted.text.length > TEXT_MAX) throw badRequest('message is too long');
  const { entities } = formatted;
  return { text: formatted.text, ...(entities.length > 0 && { entities: [...entities] }) };
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
  return (
    buttons.find(({ text }) => text === wanted) ??
    buttons.find(({ callback_data: data }) => data === wanted) ??
    buttons.find(({ text }) => isSameWord(text, wanted))
  );
}
