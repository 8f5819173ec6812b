import type {
  BotCommand,
  InlineKeyboard,
  Message,
  MessageEntity,
  PrivateChat,
  ReplyKeyboard,
  User,
} from './bot-api/types.ts';

/** A person to play; Telegram's user id is also the id of their chat with the bot. */
export interface PersonSeed {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly languageCode?: string;
  /** Shown on the page's column, for instance "Client". */
  readonly caption?: string;
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
  readonly messages: Map<number, StoredMessage>;
  readonly toasts: Toast[];
  /** The person has said something: until then the bot cannot write. */
  started: boolean;
  blocked: boolean;
  keyboard: { readonly messageId: number; readonly markup: ReplyKeyboard } | undefined;
  forceReply: { readonly messageId: number; readonly placeholder?: string } | undefined;
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
      messages: new Map(),
      toasts: [],
      started: false,
      blocked: false,
      keyboard: undefined,
      forceReply: undefined,
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

  changed(chat: Chat): void {
    chat.revision += 1;
    this.onChange(chat);
  }

  /** Empties every chat; people, message ids and the bot's commands go on. */
  reset(): void {
    this.queries.clear();
    this.unseen.clear();
    for (const chat of this.chats.values()) {
      chat.messages.clear();
      chat.toasts.length = 0;
      chat.started = false;
      chat.blocked = false;
      chat.keyboard = undefined;
      chat.forceReply = undefined;
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
  const { reply_to_message: _, ...rest } = message;
  return rest;
}

/** The parts of a message that an edit replaces. */
export interface MessageContent {
  readonly text?: string;
  readonly entities?: MessageEntity[];
  readonly caption?: string;
  readonly caption_entities?: MessageEntity[];
  readonly photo?: NonNullable<Message['photo']>;
  readonly document?: NonNullable<Message['document']>;
  readonly reply_markup?: InlineKeyboard;
}

/** For telling whether an edit changes anything. */
export const contentOf = (message: Message): MessageContent => ({
  ...(message.text !== undefined && { text: message.text }),
  ...(message.entities && { entities: message.entities }),
  ...(message.caption !== undefined && { caption: message.caption }),
  ...(message.caption_entities && { caption_entities: message.caption_entities }),
  ...(message.photo && { photo: message.photo }),
  ...(message.document && { document: message.document }),
  ...(message.reply_markup && { reply_markup: message.reply_markup }),
});
