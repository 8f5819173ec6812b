import type { Telegram } from 'telegraf';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { asRefusal, type UserId } from '../../../core/index.ts';
import type { Keyboard } from '../buttons.ts';
import { escapeHtml, trusted } from '../html.ts';
import { NUMBER_SLOT, type ScreenPayload } from '../screen.ts';
import { withAttachment, type Loaded } from './attachment.ts';
import { CAPTION_MAX, TEXT_MAX } from './fit.ts';
import type { DeliveryPorts, OneDelivery, Recipient } from './notifier.ts';
import { editFile, sendFile } from './send-file.ts';
import type { Place } from './uploads.ts';
import { isRefused, worded } from './worded.ts';

/**
 * Shows the screen: edits the one message in place, or, where that cannot be (the person has
 * written meanwhile, the message is gone or of another sort), sends it anew and removes the old one
 * (UX-2).
 */
export const sendScreen = async (
  delivery: OneDelivery,
  recipient: Recipient,
  screen: ScreenPayload,
): Promise<void> => {
  const { userId, chatId, language, screenMessageId: old } = recipient;
  const said = await withNumber(delivery, userId, screen);
  const place = !screen.fresh && old !== null ? { chatId, messageId: old } : null;
  const messageId = await withAttachment(delivery, { ...said, language }, async (message) => {
    if (place && (await edited(delivery, place, message))) return null;
    return sendMessage(delivery, chatId, message);
  });
  if (messageId === null) return;
  await delivery.noteScreen(userId, messageId);
  if (old !== null) await remove(delivery.telegram, chatId, old);
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

const inlineKeyboard = (keyboard: Keyboard): InlineKeyboardMarkup => ({
  inline_keyboard: keyboard.map((row) =>
    row.map((button) =>
      'url' in button
        ? { text: button.label, url: button.url }
        : { text: button.label, callback_data: button.data },
    ),
  ),
});

const NO_PREVIEW = { link_preview_options: { is_disabled: true } } as const;

/** How a message is worded: with a file its text is a caption. */
const toSay = ({ onUnreadable }: OneDelivery, { text: html, file }: Loaded) => ({
  html,
  max: file ? CAPTION_MAX : TEXT_MAX,
  onUnreadable,
});

/** True when the old message now shows the screen; false when it has to be sent anew. */
export const edited = async (
  delivery: OneDelivery,
  place: Place,
  message: Loaded,
): Promise<boolean> => {
  const { telegram } = delivery;
  const { chatId, messageId } = place;
  const { file } = message;
  const extra = { reply_markup: inlineKeyboard(message.keyboard) };
  try {
    await worded(toSay(delivery, message), async (wording) => {
      if (file) return editFile(delivery, place, { wording, file, extra });
      const options = { ...wording.mode, ...NO_PREVIEW, ...extra };
      await telegram.editMessageText(chatId, messageId, undefined, wording.text, options);
    });
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return /message is not modified/.test(error.response.description);
  }
};

/** Sends text, or a file with its caption, with buttons; resolves to the message's id. */
export const sendMessage = (
  delivery: OneDelivery,
  chatId: number,
  message: Loaded,
): Promise<number> => {
  const { file } = message;
  const extra = { reply_markup: inlineKeyboard(message.keyboard) };
  return worded(toSay(delivery, message), async (wording) => {
    if (file) return sendFile(delivery, chatId, { wording, file, extra });
    const options = { ...wording.mode, ...NO_PREVIEW, ...extra };
    return (await delivery.telegram.sendMessage(chatId, wording.text, options)).message_id;
  });
};

const remove = (telegram: Telegram, chatId: number, messageId: number): Promise<unknown> =>
  telegram.deleteMessage(chatId, messageId).catch(() => undefined);
