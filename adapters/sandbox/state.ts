import type { BotCommand, Message, PrivateChat, ReplyKeyboard, User } from './bot-api/types.ts';

/** A person to play; Telegram's user id is also the id of their chat with the bot. */
export interface PersonSeed {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly languageCode?: string;
  /** Shown on the page's column, for instance "Client". */
  readonly caption?: string;
  /** What sharing the contact tells; made up from the id unless told. */
  readonly phoneNumber?: string;
  /** Forwarded messages name this person without leading back to them. */
  readonly hidesForwards?: boolean;
}

/** What a callback answer showed. */
export interface Toast {
  readonly text: string;
  readonly showAlert: boolean;
  readonly url?: string;
  /** ISO 8601. */
  readonly at: string;
}

/** A message with what the Bot API does not show of it. */
export interface StoredMessage {
  message: Message;
  /** A message sent with a reply keyboard, its removal or a forced reply can never be edited. */
  readonly editable: boolean;
  /** The bot has taken the update that told of it: the second tick. */
  seen: boolean;
}

/** The one private chat of a person with the bot. */
export interface Chat {
  readonly user: User;
  readonly caption: string | undefined;
  readonly phoneNumber: string;
  readonly hidesForwards: boolean;
  readonly messages: Map<number, StoredMessage>;
  readonly toasts: Toast[];
  /** The person has said something: until then the bot cannot write. */
  started: boolean;
  blocked: boolean;
  /** The person deleted their account: nothing can be sent any more. */
  deactivated: boolean;
  /** The reply keyboard; `used` once a key of a keyboard for one use was tapped. */
  keyboard:
    | { readonly messageId: number; readonly markup: ReplyKeyboard; readonly used?: boolean }
    | undefined;
  forceReply: { readonly messageId: number; readonly placeholder?: string } | undefined;
  /** The messages the bot has pinned, by id. */
  pinned: readonly number[];
  /** Grows with every visible change. */
  revision: number;
}

/** A button press waiting for its answer. */
export interface CallbackQuery {
  readonly personId: number;
  readonly expiresAt: number;
}

/** Everything the sandbox remembers of people, chats and the bot's settings. */
export class State {
  readonly bot: User;
  readonly chats = new Map<number, Chat>();
  readonly queries = new Map<string, CallbackQuery>();
  /** People's messages that the bot has not taken yet, by update id. */
  readonly unseen = new Map<number, { readonly chat: Chat; readonly stored: StoredMessage }>();
  /** By scope and language, see `bot-api/commands.ts`. */
  readonly commands = new Map<string, readonly BotCommand[]>();
  /** What the bot says of itself, by language; "" is for everybody. */
  readonly descriptions = new Map<string, string>();
  readonly shortDescriptions = new Map<string, string>();
  #nextMessageId = 1;
  /** Called after every visible change of a chat. */
  onChange: (chat: Chat) => void = () => {};

  constructor(bot: User, people: readonly PersonSeed[]) {
    this.bot = bot;
    for (const person of people) this.addPerson(person);
  }

  addPerson(seed: PersonSeed): Chat {
    const chat: Chat = {
      user: userOf(seed),
      caption: seed.caption,
      phoneNumber: seed.phoneNumber ?? `+62812${String(seed.id).padStart(8, '0')}`,
      hidesForwards: seed.hidesForwards ?? false,
      messages: new Map(),
      toasts: [],
      started: false,
      blocked: false,
      deactivated: false,
      keyboard: undefined,
      forceReply: undefined,
      pinned: [],
      revision: 0,
    };
    this.chats.set(seed.id, chat);
    return chat;
  }

  /** One sequence for the bot over all its private chats. */
  takeMessageId(): number {
    return this.#nextMessageId++;
  }

  store(chat: Chat, stored: StoredMessage): void {
    chat.messages.set(stored.message.message_id, stored);
    this.changed(chat);
  }

  /** Takes the message away for both sides, and what hangs on it. */
  remove(chat: Chat, messageId: number): void {
    chat.messages.delete(messageId);
    if (chat.keyboard?.messageId === messageId) chat.keyboard = undefined;
    if (chat.forceReply?.messageId === messageId) chat.forceReply = undefined;
    chat.pinned = chat.pinned.filter((id) => id !== messageId);
    this.changed(chat);
  }

  changed(chat: Chat): void {
    chat.revision += 1;
    this.onChange(chat);
  }

  /** Empties every chat; people, message ids and the bot's commands go on. Deleted accounts end. */
  reset(): void {
    this.queries.clear();
    this.unseen.clear();
    for (const chat of this.chats.values()) {
      if (chat.deactivated) this.chats.delete(chat.user.id);
      chat.messages.clear();
      chat.toasts.length = 0;
      chat.started = false;
      chat.blocked = false;
      chat.keyboard = undefined;
      chat.forceReply = undefined;
      chat.pinned = [];
      this.changed(chat);
    }
  }
}

function userOf(seed: PersonSeed): User {
  return {
    id: seed.id,
    is_bot: false,
    first_name: seed.firstName,
    ...(seed.lastName !== undefined && { last_name: seed.lastName }),
    ...(seed.username !== undefined && { username: seed.username }),
    language_code: seed.languageCode ?? 'id',
  };
}

/** The chat as it stands in a message: the person's names, never the bot's. */
export function privateChat({ user }: Chat): PrivateChat {
  const { is_bot: _bot, language_code: _language, ...names } = user;
  return { ...names, type: 'private' };
}

/** A quoted message carries no further quote. */
export function quoted(message: Message): Message {
  const { reply_to_message: _, quote: _quote, ...rest } = message;
  return rest;
}

/** What a message says: the parts that an edit replaces and a copy takes along. */
const CONTENT_KEYS = [
  'text',
  'entities',
  'link_preview_options',
  'caption',
  'caption_entities',
  'show_caption_above_media',
  'photo',
  'has_media_spoiler',
  'document',
  'contact',
  'location',
  'reply_markup',
] as const;

/** @see CONTENT_KEYS */
export type MessageContent = Partial<Readonly<Pick<Message, (typeof CONTENT_KEYS)[number]>>>;

/** For telling whether an edit changes anything, and for copies. */
export const contentOf = (message: Message): MessageContent =>
  Object.fromEntries(
    CONTENT_KEYS.filter((key) => message[key] !== undefined).map((key) => [key, message[key]]),
  );
