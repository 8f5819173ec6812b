import {
  asRefusal,
  asSystem,
  asUser,
  type BroadcastMessage,
  type BroadcastReport,
  type Core,
  type ProgressMessage,
  type UserId,
} from '../../../core/index.ts';
import { FROM_MESSAGE, steering } from '../broadcast-buttons.ts';
import { textsIn } from '../texts/index.ts';
import { withAttachment, type Loaded } from './attachment.ts';
import type { OneDelivery, Recipient } from './notifier.ts';
import { edited, sendMessage } from './send-screen.ts';

/** What carrying broadcasts asks of the core, and tells it. */
export interface BroadcastPorts {
  /** How far one is, as this admin may see it; null where they may not, or no longer. */
  find(user: UserId, message: ProgressMessage): Promise<BroadcastReport | null>;
  /** Remembers which message shows it. */
  noteShown(message: ProgressMessage & { readonly messageId: number }): Promise<void>;
  /** As the sender's pace; 0 is no limit. */
  readonly messagesPerSecond: number;
}

/** What an admin says to many: in a message of its own, each in their own chat (ADM-5). */
export const sendBroadcast = async (
  delivery: OneDelivery,
  { chatId, language }: Recipient,
  { text, photo }: BroadcastMessage,
): Promise<void> => {
  const message = {
    text: textsIn(language).broadcasts.message(text),
    keyboard: [],
    language,
    ...(photo !== null && { attachment: { path: photo, as: 'photo' } as const }),
  };
  await withAttachment(delivery, message, (whole) => sendMessage(delivery, chatId, whole));
};

/**
 * Shows the ordering admin how far it is, as it is now: in the message that showed it before, or,
 * where that is gone, in a new one (ADM-5).
 */
export const sendProgress = async (
  delivery: OneDelivery,
  { userId, chatId, language }: Recipient,
  { broadcastId }: ProgressMessage,
): Promise<void> => {
  const { broadcasts } = delivery;
  const report = await broadcasts.find(userId, { broadcastId });
  if (!report) return;
  const texts = textsIn(language);
  const minutes = minutesFor(report.progress.waiting, broadcasts.messagesPerSecond);
  const message: Loaded = {
    text: texts.broadcasts.report(report, minutes),
    keyboard: steering(texts, report, FROM_MESSAGE),
  };
  const { shownIn } = report.broadcast;
  if (shownIn !== null && (await edited(delivery, { chatId, messageId: shownIn }, message))) return;
  const messageId = await sendMessage(delivery, chatId, message);
  await broadcasts.noteShown({ broadcastId, messageId });
};

const A_MINUTE = 60;

/** How many minutes so many messages take at a pace; null where there is none. */
export const minutesFor = (messages: number, perSecond: number): number | null => {
  if (perSecond === 0) return null;
  const seconds = messages / perSecond;
  return seconds < A_MINUTE ? 0 : Math.ceil(seconds / A_MINUTE);
};

const CARRIER = asSystem('delivery');

/** The use cases behind them. */
export const broadcastsOf = (
  { broadcasts }: Pick<Core, 'broadcasts'>,
  messagesPerSecond: number,
): BroadcastPorts => ({
  find: async (userId, { broadcastId }) => {
    try {
      return await broadcasts.show({ actor: asUser(userId), broadcastId });
    } catch (error) {
      if (!asRefusal(error)) throw error;
      return null;
    }
  },
  noteShown: (shown) => broadcasts.noteShown({ actor: CARRIER, ...shown }),
  messagesPerSecond,
});
