import type { Notice } from '../../../core/index.ts';
import type { Attachment } from '../screen.ts';
import { textsIn } from '../texts/index.ts';
import { loadAttachment } from './attachment.ts';
import type { DeliveryPorts, Recipient } from './notifier.ts';
import { sendMessage } from './send-screen.ts';

/**
 * Tells a change in a message of its own, which stays in the chat: one line what, one button where
 * (NTF-1).
 */
export const sendNotice = async (
  ports: DeliveryPorts,
  recipient: Recipient,
  notice: Notice,
): Promise<void> => {
  const said = textsIn(recipient.language).notices.say(notice);
  const whole = { ...said, attachment: receiptOf(notice) };
  await sendMessage(ports, recipient.chatId, await loadAttachment(ports, recipient, whole));
};

const receiptOf = (notice: Notice): Attachment | undefined => {
  if (notice.kind !== 'withdrawal.paid' || notice.receipt === null) return undefined;
  return { path: notice.receipt, as: notice.receipt.endsWith('.pdf') ? 'document' : 'photo' };
};
