import type { Notice, NoticeKind, UserId } from '../../../core/index.ts';
import type { StoredAttachment } from '../screen.ts';
import { textsIn } from '../texts/index.ts';
import { withAttachment } from './attachment.ts';
import type { DeliveryPorts, OneDelivery, Recipient } from './notifier.ts';
import { sendMenu } from './send-menu.ts';
import { sendMessage } from './send-screen.ts';

/** After these the person may use other things than before: their keyboard follows (UX-5). */
const CHANGING_MENUS: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'account.admin-granted',
  'account.admin-revoked',
  'account.permissions',
  'account.role',
]);

/**
 * Tells a change in a message of its own, which stays in the chat: one line what, one button where
 * (NTF-1). What means nothing any more is not sent, and is done with.
 */
export const sendNotice = async (
  ports: OneDelivery,
  recipient: Recipient,
  written: Notice,
): Promise<void> => {
  const notice = await asOfNow(ports, recipient.userId, written);
  if (notice === null) return;
  if (CHANGING_MENUS.has(notice.kind)) await sendMenu(ports, recipient);
  const { chatId, language } = recipient;
  const said = textsIn(language).notices.say(notice);
  const whole = { ...said, language, attachment: receiptOf(notice) };
  await withAttachment(ports, whole, (message) => sendMessage(ports, chatId, message));
};

/**
 * Counts a desk again: other admins may have decided meanwhile. Null where nothing waits any more,
 * or the person is no admin any more.
 */
const asOfNow = async (
  { deskNow }: Pick<DeliveryPorts, 'deskNow'>,
  userId: UserId,
  notice: Notice,
): Promise<Notice | null> => {
  if (notice.kind !== 'desk.waiting') return notice;
  const waiting = await deskNow(userId, notice);
  return waiting === null || waiting === 0 ? null : { ...notice, waiting };
};

const receiptOf = (notice: Notice): StoredAttachment | undefined => {
  if (notice.kind !== 'withdrawal.paid' || notice.receipt === null) return undefined;
  return { path: notice.receipt, as: notice.receipt.endsWith('.pdf') ? 'document' : 'photo' };
};
