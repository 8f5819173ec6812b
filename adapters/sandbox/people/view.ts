import { commandsFor } from '../bot-api/commands.ts';
import { descriptionFor } from '../bot-api/profile.ts';
import type {
  BotCommand,
  InlineButton,
  KeyboardButton,
  Message,
  MessageEntity,
  MessageOrigin,
} from '../bot-api/types.ts';
import type { Chat, State, Toast } from '../state.ts';

/** A person as the page shows them. */
export interface PersonView {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly caption?: string;
}

/** An inline button: reports to the bot, opens a link, or copies a text. */
export interface ButtonView {
  readonly text: string;
  /** Callback data, on a button that reports its press to the bot. */
  readonly data?: string;
  readonly url?: string;
  readonly copyText?: string;
  readonly style?: string;
}

/** A file that can be fetched from the sandbox. */
export interface FileView {
  readonly fileId: string;
  readonly fileUniqueId: string;
  /** Bytes. */
  readonly size: number;
  /** Path on the sandbox's own address. */
  readonly url: string;
}

/** One message as the person sees it. */
export interface MessageView {
  readonly id: number;
  readonly from: 'bot' | 'person';
  readonly kind: 'text' | 'photo' | 'document' | 'contact' | 'location';
  /** ISO 8601. */
  readonly date: string;
  readonly edited: boolean;
  /** The bot has taken the update that told of this message; always true for the bot's own. */
  readonly seen: boolean;
  /** Text or caption without markup; empty if there is none. */
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  /** The inline keyboard, row by row. */
  readonly buttons: readonly (readonly ButtonView[])[];
  readonly photo?: FileView & { readonly width: number; readonly height: number };
  readonly document?: FileView & { readonly name: string; readonly mimeType: string };
  readonly contact?: {
    readonly phoneNumber: string;
    readonly firstName: string;
    readonly lastName?: string;
  };
  /** Degrees. */
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly mediaGroupId?: string;
  /** The name of who wrote it first, on a forwarded message. */
  readonly forwardedFrom?: string;
  /** The photo is hidden until it is tapped. */
  readonly spoiler?: true;
  readonly captionAbove?: true;
  /** What the answer quotes of the other message. */
  readonly quote?: string;
  readonly replyTo?: {
    readonly id: number;
    readonly from: MessageView['from'];
    readonly kind: MessageView['kind'];
    readonly text: string;
  };
}

/** The reply keyboard now shown, its labels row by row. */
export interface KeyboardView {
  readonly rows: readonly (readonly string[])[];
  /** What the keys with these labels share, instead of saying their label. */
  readonly asks: Readonly<Record<string, 'contact' | 'location'>>;
  readonly oneTime: boolean;
  /** A key of a keyboard for one use was tapped: it is put away, but can be brought back. */
  readonly used: boolean;
  readonly persistent: boolean;
  /** Only as high as its keys need. */
  readonly resize: boolean;
  readonly placeholder?: string;
}

/** What a chat shows beside its messages. */
export interface ChatFrame {
  readonly person: PersonView;
  /** Grows with every change. */
  readonly revision: number;
  /** The person has said something. */
  readonly started: boolean;
  /** The person has blocked the bot. */
  readonly blocked: boolean;
  readonly keyboard?: KeyboardView;
  readonly forceReply?: { readonly messageId: number; readonly placeholder?: string };
  /** The messages the bot has pinned, the newest last. */
  readonly pinned?: readonly number[];
  /** What the bot says of itself in an empty chat, in the person's language. */
  readonly description?: string;
  readonly commands: readonly BotCommand[];
}

/** A chat as its person sees it now: edits applied, deleted messages gone. */
export interface ChatView extends ChatFrame {
  readonly messages: readonly MessageView[];
  readonly toasts: readonly Toast[];
}

/** Names and caption, without Telegram's spelling. */
export function viewPerson({ user, caption }: Chat): PersonView {
  return {
    id: user.id,
    firstName: user.first_name,
    ...(user.last_name !== undefined && { lastName: user.last_name }),
    ...(user.username !== undefined && { username: user.username }),
    ...(caption !== undefined && { caption }),
  };
}

/** A copy: later changes of the chat do not reach it. */
export function viewChat(state: State, chat: Chat): ChatView {
  return {
    ...viewFrame(state, chat),
    messages: [...chat.messages.values()].map(({ message, seen }) => viewMessage(message, seen)),
    toasts: [...chat.toasts],
  };
}

/** The chat without its messages. */
export function viewFrame(state: State, chat: Chat): ChatFrame {
  const description = descriptionFor(state, chat);
  return {
    person: viewPerson(chat),
    revision: chat.revision,
    started: chat.started,
    blocked: chat.blocked,
    ...(chat.keyboard && { keyboard: viewKeyboard(chat.keyboard) }),
    ...(chat.forceReply && { forceReply: chat.forceReply }),
    ...(chat.pinned.length > 0 && { pinned: chat.pinned }),
    ...(description !== '' && { description }),
    commands: commandsFor(state, chat),
  };
}

/** One message, and whether the bot has taken the update that told of it. */
export function viewMessage(message: Message, seen: boolean): MessageView {
  const reply = message.reply_to_message;
  return {
    id: message.message_id,
    ...senderAndKind(message),
    date: new Date(message.date * 1000).toISOString(),
    edited: message.edit_date !== undefined,
    seen,
    text: textOf(message),
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(viewButton)),
    ...viewPhoto(message),
    ...viewDocument(message),
    ...viewShared(message),
    ...viewManner(message),
    ...(message.media_group_id !== undefined && { mediaGroupId: message.media_group_id }),
    ...(reply && {
      replyTo: { id: reply.message_id, text: textOf(reply), ...senderAndKind(reply) },
    }),
  };
}

const senderAndKind = (message: Message): Pick<MessageView, 'from' | 'kind'> => ({
  from: message.from.is_bot ? 'bot' : 'person',
  kind:
    (['photo', 'document', 'contact', 'location'] as const).find((key) => message[key]) ?? 'text',
});

function viewShared({ contact, location }: Message): Pick<MessageView, 'contact' | 'location'> {
  return {
    ...(contact && {
      contact: {
        phoneNumber: contact.phone_number,
        firstName: contact.first_name,
        ...(contact.last_name !== undefined && { lastName: contact.last_name }),
      },
    }),
    ...(location && { location: { ...location } }),
  };
}

function viewManner(
  message: Message,
): Pick<MessageView, 'forwardedFrom' | 'spoiler' | 'captionAbove' | 'quote'> {
  const { forward_origin: origin, quote } = message;
  return {
    ...(origin && { forwardedFrom: nameOf(origin) }),
    ...(message.has_media_spoiler && { spoiler: true }),
    ...(message.show_caption_above_media && { captionAbove: true }),
    ...(quote && { quote: quote.text }),
  };
}

function nameOf(origin: MessageOrigin): string {
  if (origin.type === 'hidden_user') return origin.sender_user_name;
  const { first_name: first, last_name: last } = origin.sender_user;
  return last === undefined ? first : `${first} ${last}`;
}

const textOf = (message: Message): string => message.text ?? message.caption ?? '';

function viewButton(button: InlineButton): ButtonView {
  return {
    text: button.text,
    ...(button.callback_data !== undefined && { data: button.callback_data }),
    ...(button.url !== undefined && { url: button.url }),
    ...(button.copy_text && { copyText: button.copy_text.text }),
    ...(button.style !== undefined && { style: button.style }),
  };
}

function viewPhoto({ photo }: Message): Pick<MessageView, 'photo'> | undefined {
  const largest = photo?.at(-1);
  if (!largest) return undefined;
  const { width, height } = largest;
  return { photo: { ...viewFile(largest), width, height } };
}

function viewDocument({ document }: Message): Pick<MessageView, 'document'> | undefined {
  if (!document) return undefined;
  const name = document.file_name ?? 'file';
  return { document: { ...viewFile(document), name, mimeType: document.mime_type ?? '' } };
}

const viewFile = (file: {
  file_id: string;
  file_unique_id: string;
  file_size: number;
}): FileView => ({
  fileId: file.file_id,
  fileUniqueId: file.file_unique_id,
  size: file.file_size,
  url: `/sandbox/files/${file.file_id}`,
});

type Asked = readonly [label: string, shared: 'contact' | 'location'];

function asked({ text, request_contact: contact, request_location: location }: KeyboardButton) {
  const shared: Asked[] = contact ? [[text, 'contact']] : location ? [[text, 'location']] : [];
  return shared;
}

const viewKeyboard = ({ markup, used }: NonNullable<Chat['keyboard']>): KeyboardView => ({
  rows: markup.keyboard.map((row) => row.map(({ text }) => text)),
  asks: Object.fromEntries(markup.keyboard.flat().flatMap(asked)),
  oneTime: markup.one_time_keyboard ?? false,
  used: used ?? false,
  persistent: markup.is_persistent ?? false,
  resize: markup.resize_keyboard ?? false,
  ...(markup.input_field_placeholder !== undefined && {
    placeholder: markup.input_field_placeholder,
  }),
});
