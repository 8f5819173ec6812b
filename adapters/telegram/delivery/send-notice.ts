import type { Notice } from '../../../core/index.ts';
import type { Attachment } from '../screen.ts';
import { textsIn } from '../texts/index.ts';
import type { DeliveryPorts, Recipient } from './notifier.ts';
import { inlineKeyboard, sendAttachment } from './send-screen.ts';

/** Tells a change in a message of its own, which stays in the chat: one line what, one button where (NTF-1). */
export const sendNotice = async (
  ports: DeliveryPorts,
  recipient: Recipient,
  notice: Notice,
): Promise<void> => {
  const { text, keyboard } = textsIn(recipient.language).notices.say(notice);
  const receipt = receiptOf(notice);
  if (receipt) {
    await sendAttachment(ports, recipient.chatId, { text, keyboard, attachment: receipt });
    return;
  }
  await ports.telegram.sendMessage(recipient.chatId, text, {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: inlineKeyboard(keyboard),
  });
};

const receiptOf = (notice: Notice): Attachment | null => {
  if (notice.kind !== 'withdrawal.paid' || notice.receipt === null) return null;
  return { path: notice.receipt, as: notice.receipt.endsWith('.pdf') ? 'document' : 'photo' };
};
