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
const ROW_MAX = 12;
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
  const value = params.json('reply_markup', 'reply keyboard markup') ?? undefined;
  if (value === undefined) return { kind: 'none' };
  if (!isRecord(value)) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in value) {
    refuseStrayKeys(value, ['inline_keyboard'], 'inline keyboard');
    return readInline(value['inline_keyboard']);
  }
  if ('keyboard' in value) return readKeyboard(value);
  const given = nestedParams(value, 'reply markup', ['remove_keyboard', ...FORCE_REPLY_KEYS]);
  if (given.flag('remove_keyboard')) return { kind: 'remove' };
  if (!given.flag('force_reply')) return { kind: 'none' };
  const placeholder = given.text('input_field_placeholder');
  return { kind: 'force-reply', ...(placeholder !== undefined && { placeholder }) };
}

/**
 * What Telegram looks at once it has found the chat: leaves out keys without a label and what is
 * beyond 12 in a row, and refuses what a key cannot carry.
 */
export function settled(markup: Markup): Markup {
  if (markup.kind === 'keyboard') {
    const keyboard = kept(markup.keyboard.keyboard, 'keyboard button');
    if (keyboard.length === 0) return { kind: 'none' };
    return { kind: 'keyboard', keyboard: { ...markup.keyboard, keyboard } };
  }
  if (markup.kind !== 'inline') return markup;
  const labelled = kept(markup.keyboard.inline_keyboard, 'inline keyboard button');
  if (labelled.length === 0) return { kind: 'none' };
  if (labelled.flat().length > BUTTONS_MAX) throw badRequest('reply markup is too long');
  return { kind: 'inline', keyboard: { inline_keyboard: labelled.map((row) => row.map(carried)) } };
}

/** An edit takes an inline keyboard or none. */
export function settledInline(markup: Markup): InlineKeyboard | undefined {
  const inline = settled(markup);
  if (inline.kind === 'none') return undefined;
  if (inline.kind !== 'inline') throw badRequest('inline keyboard expected');
  return inline.keyboard;
}

function kept<B extends { readonly text: string }>(
  rows: readonly (readonly B[])[],
  what: string,
): B[][] {
  const labelled = rows.map((row) => row.filter(({ text }) => text !== '').slice(0, ROW_MAX));
  if (!labelled.flat().every(({ text }) => text.isWellFormed())) {
    throw badRequest(`${what} text must be encoded in UTF-8`);
  }
  return labelled.filter((row) => row.length > 0);
}

function carried(button: InlineButton): InlineButton {
  if (Buffer.byteLength(button.callback_data ?? '') > CALLBACK_DATA_MAX_BYTES) {
    throw badRequest('BUTTON_DATA_INVALID');
  }
  return button.url === undefined ? button : { ...button, url: linkOf(button.url) };
}

function linkOf(url: string): string {
  const checked = checkLink(url);
  if ('url' in checked) return checked.url;
  throw badRequest(`inline keyboard button URL '${url}' is invalid: ${checked.reason}`);
}

function readInline(value: unknown): Markup {
  const rows = readRows(value, 'inline_keyboard', ' of the InlineKeyboardMarkup');
  const keyboard = rows.map((row) => row.map(readInlineButton));
  return { kind: 'inline', keyboard: { inline_keyboard: keyboard } };
}

function readInlineButton(value: unknown): InlineButton {
  const what = 'inline keyboard button';
  if (!isRecord(value)) throw cannotParse(what, 'InlineKeyboardButton must be an Object');
  const { url, callback_data: data, ...rest } = readButton(value, INLINE_KEYS, what);
  const link = textField({ url }, 'url', what) ?? '';
  const reported = textField({ callback_data: data }, 'callback_data', what) ?? '';
  const copy = rest['copy_text'];
  const actions = [link !== '', reported !== '', copy !== undefined].filter(Boolean).length;
  if (actions === 0) throw cannotParse(what, 'Text buttons are unallowed in the inline keyboard');
  if (actions > 1) {
    throw badRequest(`the sandbox refuses an ${what} that does several things`);
  }
  if (copy !== undefined) requireCopyText(copy);
  return {
    ...(rest as unknown as InlineButton),
    ...(link !== '' && { url: link }),
    ...(reported !== '' && { callback_data: reported }),
  };
}

function requireCopyText(value: unknown): void {
  const text = nestedParams(value, 'CopyTextButton', ['text']).text('text') ?? '';
  if (text.length < 1 || text.length > COPY_TEXT_MAX) {
    throw badRequest("can't parse inline keyboard button: copy_text must have 1-256 characters");
  }
}

function readKeyboard(value: Record<string, unknown>): Markup {
  const given = nestedParams(value, 'reply keyboard', KEYBOARD_KEYS);
  const rows = readRows(value['keyboard'], 'keyboard');
  const placeholder = given.text('input_field_placeholder');
  return {
    kind: 'keyboard',
    keyboard: {
      keyboard: rows.map((row) => row.map(readKeyboardButton)),
      is_persistent: given.flag('is_persistent'),
      resize_keyboard: given.flag('resize_keyboard'),
      one_time_keyboard: given.flag('one_time_keyboard'),
      ...(placeholder !== undefined && { input_field_placeholder: placeholder }),
    },
  };
}

function readKeyboardButton(value: unknown): KeyboardButton {
  const what = 'keyboard button';
  if (typeof value === 'string') return { text: value };
  if (!isRecord(value)) throw cannotParse(what, 'KeyboardButton must be a String or an Object');
  return readButton(value, KEY_KEYS, what) as unknown as KeyboardButton;
}

function readRows(value: unknown, field: string, of = ''): unknown[][] {
  if (!Array.isArray(value)) throw badRequest(`field "${field}" must be of type Array`);
  if (!value.every((row) => Array.isArray(row))) {
    throw badRequest(`field "${field}"${of} must be an Array of Arrays`);
  }
  return value as unknown[][];
}

function readButton(
  value: Record<string, unknown>,
  known: readonly string[],
  what: string,
): Record<string, unknown> {
  const given = Object.entries(value).filter(([, content]) => content !== null);
  const button = Object.fromEntries(given.filter(([key, content]) => !isUnset(key, content)));
  refuseStrayKeys(button, known, what);
  const text = textField(button, 'text', what);
  if (text === undefined) throw cannotParse(what, 'Can\'t find field "text"');
  return { ...button, text };
}

/** A number counts as text. */
function textField(button: object, key: string, what: string): string | undefined {
  const value = (button as Record<string, unknown>)[key];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw cannotParse(what, `Field "${key}" must be of type String`);
}

const cannotParse = (what: string, reason: string) => badRequest(`can't parse ${what}: ${reason}`);

/** telegraf's Markup.button.* adds `hide: false`, which Telegram ignores. */
const isUnset = (key: string, content: unknown): boolean => key === 'hide' && content === false;

function refuseStrayKeys(value: object, known: readonly string[], what: string): void {
  const stray = Object.keys(value).find((key) => !known.includes(key));
  if (stray !== undefined) {
    throw badRequest(`the sandbox does not know the field "${stray}" of a ${what}`);
  }
}
