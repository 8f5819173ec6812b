import { commandsFor } from './bot-api/commands.ts';
import type {
  BotCommand,
  InlineButton,
  Message,
  MessageEntity,
  ReplyKeyboard,
} from './bot-api/types.ts';
import type { Chat, State, Toast } from './state.ts';

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
  readonly kind: 'text' | 'photo' | 'document';
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
  readonly mediaGroupId?: string;
  readonly replyTo?: { readonly id: number; readonly text: string };
}

/** The reply keyboard now shown, its labels row by row. */
export interface KeyboardView {
  readonly rows: readonly (readonly string[])[];
  readonly oneTime: boolean;
  readonly persistent: boolean;
  readonly placeholder?: string;
}

/** A chat as its person sees it now: edits applied, deleted messages gone. */
export interface ChatView {
  readonly person: PersonView;
  /** Grows with every change. */
  readonly revision: number;
  /** The person has said something. */
  readonly started: boolean;
  /** The person has blocked the bot. */
  readonly blocked: boolean;
  readonly messages: readonly MessageView[];
  readonly keyboard?: KeyboardView;
  readonly forceReply?: { readonly messageId: number; readonly placeholder?: string };
  readonly commands: readonly BotCommand[];
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
    person: viewPerson(chat),
    revision: chat.revision,
    started: chat.started,
    blocked: chat.blocked,
    messages: [...chat.messages.values()].map(({ message, seen }) => viewMessage(message, seen)),
    ...(chat.keyboard && { keyboard: viewKeyboard(chat.keyboard.markup) }),
    ...(chat.forceReply && { forceReply: chat.forceReply }),
    commands: commandsFor(state, chat),
    toasts: [...chat.toasts],
  };
}

function viewMessage(message: Message, seen: boolean): MessageView {
  const reply = message.reply_to_message;
  return {
    id: message.message_id,
    from: message.from.is_bot ? 'bot' : 'person',
    kind: message.photo ? 'photo' : message.document ? 'document' : 'text',
    date: new Date(message.date * 1000).toISOString(),
    edited: message.edit_date !== undefined,
    seen,
    text: textOf(message),
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(viewButton)),
    ...viewPhoto(message),
    ...viewDocument(message),
    ...(message.media_group_id !== undefined && { mediaGroupId: message.media_group_id }),
    ...(reply && { replyTo: { id: reply.message_id, text: textOf(reply) } }),
  };
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

const viewKeyboard = (markup: ReplyKeyboard): KeyboardView => ({
  rows: markup.keyboard.map((row) => row.map(({ text }) => text)),
  oneTime: markup.one_time_keyboard ?? false,
  persistent: markup.is_persistent ?? false,
  ...(markup.input_field_placeholder !== undefined && {
    placeholder: markup.input_field_placeholder,
  }),
});
