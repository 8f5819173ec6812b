import { textsIn } from '../texts/index.ts';
import { commandMenu, menuKeyboard } from './menu.ts';
import type { DeliveryPorts, Recipient } from './notifier.ts';
import { isRefused } from './worded.ts';

/**
 * Reply keyboard and command menu of what the person may use now, the repeatable call first (UX-5).
 * The keyboard does not depend on the command menu, which only repeats it.
 */
export const sendMenu = async (
  { telegram, onMenuRefused }: Pick<DeliveryPorts, 'telegram' | 'onMenuRefused'>,
  { userId, chatId, language, role, permissions }: Recipient,
): Promise<void> => {
  const texts = textsIn(language);
  if (role !== null) {
    const scope = { type: 'chat', chat_id: chatId } as const;
    const commands = commandMenu(texts, { role, permissions });
    await telegram.setMyCommands(commands, { scope }).catch((error: unknown) => {
      if (!isRefused(error)) throw error;
      onMenuRefused?.(userId, error.response.description);
    });
  }
  await telegram.sendMessage(chatId, texts.common.menuBelow, {
    reply_markup: menuKeyboard(texts, { role, permissions }),
  });
};
