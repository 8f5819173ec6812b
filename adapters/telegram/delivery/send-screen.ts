import { Input, TelegramError, type Telegram } from 'telegraf';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { asRefusal, type UserId } from '../../../core/index.ts';
import type { Keyboard } from '../buttons.ts';
import { escapeHtml, trusted } from '../html.ts';
import { NUMBER_SLOT, type Attachment, type ScreenPayload } from '../screen.ts';
import type { DeliveryPorts, Recipient } from './notifier.ts';

/**
 * Shows the screen: edits the one message in place, or, where that cannot be (the person has written
 * meanwhile, the message is gone or of another sort), sends it anew and removes the old one (UX-2).
 */
export const sendScreen = async (
  ports: DeliveryPorts,
  recipient: Recipient,
  screen: ScreenPayload,
): Promise<void> => {
  const old = recipient.screenMessageId;
  const whole = await withNumber(ports, recipient.userId, screen);
  if (!whole.fresh && old !== null && (await edited(ports, recipient.chatId, old, whole))) return;
  const messageId = await sendAnew(ports, recipient.chatId, whole);
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
  ports: DeliveryPorts,
  chatId: number,
  messageId: number,
  screen: ScreenPayload,
): Promise<boolean> => {
  const extra = { reply_markup: inlineKeyboard(screen.keyboard) };
  try {
    if (screen.attachment) {
      const media = await mediaOf(ports, screen.attachment, screen.text);
      await ports.telegram.editMessageMedia(chatId, messageId, undefined, media, extra);
    } else {
      const options = { ...TEXT_OPTIONS, ...extra };
      await ports.telegram.editMessageText(chatId, messageId, undefined, screen.text, options);
    }
    return true;
  } catch (error) {
    if (!(error instanceof TelegramError) || error.response.error_code !== 400) throw error;
    return /message is not modified/.test(error.response.description);
  }
};

const sendAnew = async (
  ports: DeliveryPorts,
  chatId: number,
  screen: ScreenPayload,
): Promise<number> => {
  const extra = { reply_markup: inlineKeyboard(screen.keyboard) };
  if (!screen.attachment) {
    const options = { ...TEXT_OPTIONS, ...extra };
    return (await ports.telegram.sendMessage(chatId, screen.text, options)).message_id;
  }
  return sendAttachment(ports, chatId, { ...screen, attachment: screen.attachment });
};

/** Sends a stored file with a caption and buttons; resolves to the message's id. */
export const sendAttachment = async (
  { telegram, proofStorage }: DeliveryPorts,
  chatId: number,
  message: {
    readonly text: string;
    readonly keyboard: Keyboard;
    readonly attachment: Attachment;
  },
): Promise<number> => {
  const { path, as } = message.attachment;
  const input = Input.fromBuffer(Buffer.from(await proofStorage.read(path)), fileName(path));
  const extra = {
    caption: message.text,
    parse_mode: 'HTML',
    reply_markup: inlineKeyboard(message.keyboard),
  } as const;
  const sent =
    as === 'photo'
      ? await telegram.sendPhoto(chatId, input, extra)
      : await telegram.sendDocument(chatId, input, extra);
  return sent.message_id;
};

const mediaOf = async (
  { proofStorage }: DeliveryPorts,
  { path, as }: Attachment,
  caption: string,
) => ({
  type: as,
  media: Input.fromBuffer(Buffer.from(await proofStorage.read(path)), fileName(path)),
  caption,
  parse_mode: 'HTML' as const,
});

/** What people see when they save it: never anything that a person sent. */
const fileName = (path: string): string => `bukti${/\.\w+$/.exec(path)?.[0] ?? ''}`;

const remove = (telegram: Telegram, chatId: number, messageId: number): Promise<unknown> =>
  telegram.deleteMessage(chatId, messageId).catch(() => undefined);
