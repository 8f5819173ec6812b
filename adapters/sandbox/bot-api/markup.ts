import { checkLink } from '../formatting/links.ts';
import { badRequest } from './api-error.ts';
import { isRecord, nestedParams, type Params } from './params.ts';
import type { InlineButton, InlineKeyboard, KeyboardButton, ReplyKeyboard } from './types.ts';

/** What a message carries below itself or does to the reply keyboard. */
export type Markup =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly keyboard: InlineKeyboard }
  | { readonly kind: 'keyboard'; readonly keyboard: ReplyKeyboard }
  | { readonly kind: 'remove' }
  | { readonly kind: 'force-reply'; readonly placeholder?: string };

const CALLBACK_DATA_MAX_BYTES = 64;
const BUTTONS_MAX = 100;
const COPY_TEXT_MAX = 256;
const INLINE_KEYS = ['text', 'callback_data', 'url', 'copy_text', 'style', 'icon_custom_emoji_id'];
const KEY_KEYS = ['text', 'request_contact', 'request_location', 'style', 'icon_custom_emoji_id'];
const KEYBOARD_KEYS = [
  'keyboard',
  'is_persistent',
  'resize_keyboard',
  'one_time_keyboard',
  'input_field_placeholder',
  'selective',
];

const FORCE_REPLY_KEYS = ['force_reply', 'input_field_placeholder', 'selective'];

/** Reads `reply_markup`; refuses anything Telegram (or the sandbox) does not know. */
export function readMarkup(params: Params): Markup {
  const value = params.json('reply_markup') ?? undefined;
  if (value === undefined) return { kind: 'none' };
  if (!isRecord(value)) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in value) {
    refuseStrayKeys(value, ['inline_keyboard'], 'inline keyboard');
    return readInline(value['inline_keyboard']);
  }
  if ('keyboard' in value) return readKeyboard(value);
  if (value['remove_keyboard'] === true) {
    refuseStrayKeys(value, ['remove_keyboard', 'selective'], 'reply keyboard removal');
    return { kind: 'remove' };
  }
  if (value['force_reply'] === true) {
    refuseStrayKeys(value, FORCE_REPLY_KEYS, 'forced reply');
    const placeholder = value['input_field_placeholder'];
    return { kind: 'force-reply', ...(typeof placeholder === 'string' && { placeholder }) };
  }
  if (Object.keys(value).length === 0) return { kind: 'none' };
  throw badRequest('unknown reply markup type');
}

/** An edit takes an inline keyboard or none. */
export function readInlineMarkup(params: Params): InlineKeyboard | undefined {
  const markup = readMarkup(params);
  if (markup.kind === 'none') return undefined;
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected');
  return markup.keyboard;
}

function readInline(value: unknown): Markup {
  const rows = readRows(value, 'inline keyboard');
  const keyboard = rows.map((row) => row.map(readInlineButton)).filter((row) => row.length > 0);
  if (keyboard.flat().length > BUTTONS_MAX) throw badRequest('reply markup is too long');
  if (keyboard.length === 0) return { kind: 'none' };
  return { kind: 'inline', keyboard: { inline_keyboard: keyboard } };
}

function readInlineButton(value: unknown): InlineButton {
  const button = readButton(value, INLINE_KEYS, 'inline keyboard button');
  const actions = ['callback_data', 'url', 'copy_text'].filter((key) => key in button);
  if (actions.length === 0) {
    throw badRequest(
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    );
  }
  if (actions.length > 1) {
    throw badRequest("can't parse inline keyboard button: exactly one action is allowed");
  }
  const data = button['callback_data'];
  if (data !== undefined) {
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0;
    if (bytes < 1 || bytes > CALLBACK_DATA_MAX_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  }
  const copy = button['copy_text'];
  if (copy !== undefined) requireCopyText(copy);
  const url = button['url'];
  return { ...(button as unknown as InlineButton), ...(url !== undefined && { url: linkOf(url) }) };
}

function linkOf(url: unknown): string {
  const checked = checkLink(String(url));
  if ('url' in checked) return checked.url;
  throw badRequest(`inline keyboard button URL '${String(url)}' is invalid: ${checked.reason}`);
}

function requireCopyText(value: unknown): void {
  const text = nestedParams(value, 'CopyTextButton', ['text']).text('text') ?? '';
  if (text.length < 1 || text.length > COPY_TEXT_MAX) {
    throw badRequest("can't parse inline keyboard button: copy_text must have 1-256 characters");
  }
}

function readKeyboard(value: Record<string, unknown>): Markup {
  refuseStrayKeys(value, KEYBOARD_KEYS, 'reply keyboard');
  const rows = readRows(value['keyboard'], 'reply keyboard');
  const keyboard = rows.map((row) => row.map(readKeyboardButton)).filter((row) => row.length > 0);
  if (keyboard.length === 0) return { kind: 'none' };
  const placeholder = value['input_field_placeholder'];
  return {
    kind: 'keyboard',
    keyboard: {
      keyboard,
      is_persistent: value['is_persistent'] === true,
      resize_keyboard: value['resize_keyboard'] === true,
      one_time_keyboard: value['one_time_keyboard'] === true,
      ...(typeof placeholder === 'string' && { input_field_placeholder: placeholder }),
    },
  };
}

function readKeyboardButton(value: unknown): KeyboardButton {
  const given = typeof value === 'string' ? { text: value } : value;
  return readButton(given, KEY_KEYS, 'keyboard button') as unknown as KeyboardButton;
}

function readRows(value: unknown, what: string): unknown[][] {
  if (!Array.isArray(value) || !value.every((row) => Array.isArray(row))) {
    throw badRequest(`can't parse ${what}: expected an Array of Arrays of buttons`);
  }
  return value as unknown[][];
}

function readButton(
  value: unknown,
  known: readonly string[],
  what: string,
): Record<string, unknown> {
  if (!isRecord(value)) throw badRequest(`can't parse ${what}: expected an Object`);
  const given = Object.entries(value).filter(([, content]) => content !== null);
  const button = Object.fromEntries(given.filter(([key, content]) => !isUnset(key, content)));
  refuseStrayKeys(button, known, what);
  if (typeof button['text'] !== 'string' || button['text'].trim() === '') {
    throw badRequest(`can't parse ${what}: field "text" must be a non-empty String`);
  }
  return button;
}

/** telegraf's Markup.button.* adds `hide: false`, which Telegram ignores. */
const isUnset = (key: string, content: unknown): boolean => key === 'hide' && content === false;

function refuseStrayKeys(value: object, known: readonly string[], what: string): void {
  const stray = Object.keys(value).find((key) => !known.includes(key));
  if (stray !== undefined) {
    throw badRequest(`the sandbox does not know the field "${stray}" of a ${what}`);
  }
}
