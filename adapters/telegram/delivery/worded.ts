import { TelegramError } from 'telegraf';
import type { Html } from '../html.ts';
import { cut, fit, plain } from './fit.ts';

/** A text as it goes to Telegram, no longer than it takes. */
export interface Wording {
  readonly text: string;
  /** Spread it into the call's options. */
  readonly mode: { readonly parse_mode?: 'HTML' };
}

interface ToSay {
  readonly html: Html;
  /** In UTF-16 units, after parsing. */
  readonly max: number;
  /** Hears of markup that Telegram cannot read. */
  readonly onUnreadable: (why: string) => void;
}

/**
 * Calls with the text as HTML. Markup that Telegram cannot read is a defect of ours, but better
 * read without bold letters than not at all: it goes once more, as plain text.
 */
export const worded = async <T>(
  { html, max, onUnreadable }: ToSay,
  call: (wording: Wording) => Promise<T>,
): Promise<T> => {
  try {
    return await call({ text: fit(html, max), mode: { parse_mode: 'HTML' } });
  } catch (error) {
    if (!isRefused(error) || !/can't parse entities/.test(error.response.description)) throw error;
    onUnreadable(error.response.description);
    // What could not be read as markup may be longer as text.
    return call({ text: cut(plain(fit(html, max)), max), mode: {} });
  }
};

/** Telegram will not do what it was asked, however often it is asked. */
export const isRefused = (error: unknown): error is TelegramError =>
  error instanceof TelegramError && error.response.error_code === 400;
