import { TelegramError, type Telegram } from 'telegraf';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { asRefusal, type UserId } from '../../../core/index.ts';
import type { Keyboard } from '../buttons.ts';
import { escapeHtml, trusted } from '../html.ts';
import { NUMBER_SLOT, type ScreenPayload } from '../screen.ts';
import { loadAttachment, mediaOf, sendFile, type Loaded } from './attachment.ts';
import { fit, plain, TEXT_MAX } from './fit.ts';
import type { DeliveryPorts, Recipient } from './notifier.ts';

/**
 * Shows the screen: edits the one message in place, or, where that cannot be (the person has
 * written meanwhile, the message is gone or of another sort), sends it anew and removes the old one
 * (UX-2).
 */
export const sendScreen = async (
  ports: DeliveryPorts,
  recipient: Recipient,
  screen: ScreenPayload,
): Promise<void> => {
  const old = recipient.screenMessageId;
  const whole = await withNumber(ports, recipient.userId, screen);
  const message = await loadAttachment(ports, recipient, whole);
  if (!screen.fresh && old !== null && (await edited(ports, recipient.chatId, old, message)))
    return;
  const messageId = await sendMessage(ports, recipient.chatId, message);
  await ports.noteScreen(recipient.userId, messageId);
  if (old !== null) await remove(ports.telegram, recipient.chatId, old);
};

/** The number is put in here, in memory, and nowhere earlier: outbox rows never hold it (WDR-3). */
const withNumber = async (
  ports: DeliveryPorts,
  to: UserId,
  screen: ScreenPayload,
): Promise<ScreenPayload> => {
  const { number: hidden } = screen;
  if (!hidden) return screen;
  const number = await ports.revealNumber(to, hidden).catch((error: unknown) => {
    if (!asRefusal(error)) throw error;
    return null;
  });
  const shown = escapeHtml(number ?? hidden.otherwise);
  return { ...screen, text: trusted(screen.text.replaceAll(NUMBER_SLOT, () => shown)) };
};

export const inlineKeyboard = (keyboard: Keyboard): InlineKeyboardMarkup => ({
  inline_keyboard: keyboard.map((row) =>
    row.map((button) =>
      'url' in button
        ? { text: button.label, url: button.url }
        : { text: button.label, callback_data: button.data },
    ),
  ),
});

const TEXT_OPTIONS = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;

/** True when the old message now shows the screen; false when it has to be sent anew. */
const edited = async (
  { telegram }: DeliveryPorts,
  chatId: number,
  messageId: number,
  message: Loaded,
): Promise<boolean> => {
  const extra = { reply_markup: inlineKeyboard(message.keyboard) };
  try {
    if (message.file) {
      const media = mediaOf(message.file, message.text);
      await telegram.editMessageMedia(chatId, messageId, undefined, media, extra);
    } else {
      const options = { ...TEXT_OPTIONS, ...extra };
      const text = fit(message.text, TEXT_MAX);
      await telegram.editMessageText(chatId, messageId, undefined, text, options);
    }
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return /message is not modified/.test(error.response.description);
  }
};

/** Sends text, or a file with its caption, with buttons; resolves to the message's id. */
export const sendMessage = async (
  ports: DeliveryPorts,
  chatId: number,
  message: Loaded,
): Promise<number> => {
  const extra = { reply_markup: inlineKeyboard(message.keyboard) };
  if (message.file) return sendFile(ports, chatId, { ...message, file: message.file, extra });
  const text = fit(message.text, TEXT_MAX);
  try {
    const sent = await ports.telegram.sendMessage(chatId, text, { ...TEXT_OPTIONS, ...extra });
    return sent.message_id;
  } catch (error) {
    // A defect of ours, but better read without bold letters than not at all.
    if (!isRefused(error) || !/can't parse entities/.test(error.response.description)) throw error;
    return (await ports.telegram.sendMessage(chatId, plain(text), extra)).message_id;
  }
};

const isRefused = (error: unknown): error is TelegramError =>
  error instanceof TelegramError && error.response.error_code === 400;

const remove = (telegram: Telegram, chatId: number, messageId: number): Promise<unknown> =>
  telegram.deleteMessage(chatId, messageId).catch(() => undefined);
