import type {
  ApiError,
  ApiMethods,
  BotCommand,
  CallbackQuery,
  Chat,
  ChatFullInfo,
  ChatMemberBanned,
  ChatMemberMember,
  ChatMemberUpdated,
  Contact,
  Document as DocumentFile,
  File,
  Location,
  MenuButton,
  Message,
  MessageEntity,
  MessageId,
  PhotoSize,
  Update,
  User,
  UserFromGetMe,
  WebhookInfo,
} from '@grammyjs/types';

/** The other kinds of chats and what quotes them would be most of the schema. */
type Head = Omit<Message.CommonMessage, 'chat' | 'external_reply' | 'from' | 'reply_to_message'> & {
  chat: Chat.PrivateChat;
  from: User;
};
interface Text {
  text: string;
  entities?: MessageEntity[];
}
interface Media {
  media_group_id?: string;
  caption?: string;
  caption_entities?: MessageEntity[];
  has_media_spoiler?: true;
}
type Photo = Media & { photo: PhotoSize[] };
type Document = Media & { document: DocumentFile };
type Shared = { contact: Contact } | { location: Location };
interface Reply {
  reply_to_message?: Quoted;
}

export type Quoted = (Head & Text) | (Head & Photo) | (Head & Document) | (Head & Shared);
export type SentText = Head & Text & Reply;
export type SentPhoto = Head & Photo & Reply;
export type SentDocument = Head & Document & Reply;
export type SentShared = Head & Shared & Reply;
export type Sent = SentText | SentPhoto | SentDocument | SentShared;
export type EditedText = SentText & Update.Edited;
export type EditedMedia = (SentPhoto & Update.Edited) | (SentDocument & Update.Edited);
export type Edited = EditedText | EditedMedia;
/** A button on it was pressed, and it is gone. */
export interface Gone {
  message_id: number;
  chat: Chat.PrivateChat;
  date: 0;
}

export interface TakenUpdate {
  update_id: number;
  message?: Sent;
  edited_message?: Edited;
  callback_query?: Omit<CallbackQuery, 'message'> & { message?: Sent | Gone };
  my_chat_member?: Omit<ChatMemberUpdated, 'chat' | 'old_chat_member' | 'new_chat_member'> & {
    chat: Chat.PrivateChat;
    old_chat_member: ChatMemberMember | ChatMemberBanned;
    new_chat_member: ChatMemberMember | ChatMemberBanned;
  };
}

/**
 * The answers of the sandbox's methods, made of the types of `@grammyjs/types`: `npm run schema`
 * turns them into `answers.json`.
 */
export interface Answers {
  getMe: UserFromGetMe;
  getUpdates: TakenUpdate[];
  setWebhook: true;
  deleteWebhook: true;
  getWebhookInfo: WebhookInfo;
  sendMessage: SentText;
  sendPhoto: SentPhoto;
  sendDocument: SentDocument;
  sendMediaGroup: (SentPhoto | SentDocument)[];
  sendChatAction: true;
  copyMessage: MessageId;
  forwardMessage: Sent;
  editMessageText: EditedText;
  editMessageCaption: EditedMedia;
  editMessageMedia: EditedMedia;
  editMessageReplyMarkup: Edited;
  deleteMessage: true;
  deleteMessages: true;
  pinChatMessage: true;
  answerCallbackQuery: true;
  getFile: File;
  getChat: Omit<ChatFullInfo.PrivateChat, 'pinned_message'> & { pinned_message?: Sent };
  setMyCommands: true;
  getMyCommands: BotCommand[];
  deleteMyCommands: true;
  setChatMenuButton: true;
  getChatMenuButton: MenuButton;
  setMyDescription: true;
  setMyShortDescription: true;
}

/** Everything the sandbox says. */
export interface Schema {
  answers: Answers;
  refusal: ApiError;
  update: TakenUpdate;
}

type AsTelegram = { [M in keyof Answers]: ReturnType<ApiMethods<never>[M]> };
/** What `@grammyjs/types` writes of a quoted message cannot be fulfilled under our compiler options. */
type Unquoted<T> = T extends (infer U)[]
  ? Unquoted<U>[]
  : T extends object
    ? { [K in keyof T as Exclude<K, 'reply_to_message'>]: Unquoted<T[K]> }
    : T;
type Fitting<A extends AsTelegram> = A;

/** Does not compile where an answer above is not what `@grammyjs/types` promises of the method. */
export type FittingAnswers = Fitting<Unquoted<Answers>>;
