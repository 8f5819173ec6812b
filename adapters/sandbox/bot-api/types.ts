/** The part of Telegram's Bot API objects that the sandbox produces; names are Telegram's own. */

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
}

export interface PrivateChat {
  id: number;
  type: 'private';
  first_name: string;
  last_name?: string;
  username?: string;
}

/** `offset` and `length` count UTF-16 units. */
export interface MessageEntity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  user?: User;
  language?: string;
  custom_emoji_id?: string;
}

export interface PhotoSize {
  file_id: string;
  file_unique_id: string;
  width: number;
  height: number;
  file_size: number;
}

export interface Document {
  file_id: string;
  file_unique_id: string;
  file_name?: string;
  mime_type?: string;
  file_size: number;
}

export interface Contact {
  phone_number: string;
  first_name: string;
  last_name?: string;
  user_id?: number;
}

/** Degrees. */
export interface Location {
  latitude: number;
  longitude: number;
}

/** Who wrote a forwarded message, and when (unix seconds). */
export type MessageOrigin =
  | { type: 'user'; date: number; sender_user: User }
  | { type: 'hidden_user'; date: number; sender_user_name: string };

/** `position` counts UTF-16 units in the text that is quoted from. */
export interface TextQuote {
  text: string;
  entities?: MessageEntity[];
  position: number;
  is_manual: true;
}

export interface LinkPreviewOptions {
  is_disabled?: boolean;
  url?: string;
  prefer_small_media?: boolean;
  prefer_large_media?: boolean;
  show_above_text?: boolean;
}

export interface InlineButton {
  text: string;
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  style?: string;
  icon_custom_emoji_id?: string;
}

export interface InlineKeyboard {
  inline_keyboard: InlineButton[][];
}

export interface KeyboardButton {
  text: string;
  request_contact?: boolean;
  request_location?: boolean;
  style?: string;
  icon_custom_emoji_id?: string;
}

export interface ReplyKeyboard {
  keyboard: KeyboardButton[][];
  is_persistent?: boolean;
  resize_keyboard?: boolean;
  one_time_keyboard?: boolean;
  input_field_placeholder?: string;
}

/** `date` and `edit_date` are unix seconds. */
export interface Message {
  message_id: number;
  from: User;
  chat: PrivateChat;
  date: number;
  edit_date?: number;
  forward_origin?: MessageOrigin;
  media_group_id?: string;
  has_protected_content?: true;
  reply_to_message?: Message;
  quote?: TextQuote;
  text?: string;
  entities?: MessageEntity[];
  link_preview_options?: LinkPreviewOptions;
  photo?: PhotoSize[];
  has_media_spoiler?: true;
  document?: Document;
  caption?: string;
  caption_entities?: MessageEntity[];
  show_caption_above_media?: true;
  contact?: Contact;
  location?: Location;
  reply_markup?: InlineKeyboard;
}

export interface BotCommand {
  command: string;
  description: string;
}

export type UpdateKind = 'message' | 'edited_message' | 'callback_query' | 'my_chat_member';

export type Update = { update_id: number } & { [kind in UpdateKind]?: unknown };
