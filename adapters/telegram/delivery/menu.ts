import type { BotCommand, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'telegraf/types';
import type { Role } from '../../../core/index.ts';
import type { CODES } from '../codes.ts';
import { commandOf } from '../commands.ts';
import type { Texts } from '../texts/index.ts';

type MainLabel = keyof Texts['labels'] & keyof typeof CODES;

/** The main labels of each role, as they stand on the reply keyboard (UX-6). */
export const MAIN_LABELS: Readonly<Record<Role, readonly (readonly MainLabel[])[]>> = {
  client: [
    ['newCampaign', 'campaigns'],
    ['topUp', 'withdraw'],
    ['balance', 'history'],
  ],
  worker: [
    ['offers', 'myTasks'],
    ['withdraw', 'balance', 'history'],
  ],
  admin: [['review'], ['deposits', 'withdrawals'], ['allCampaigns']],
};

export const menuKeyboard = (
  { labels }: Texts,
  role: Role | null,
): ReplyKeyboardMarkup | ReplyKeyboardRemove => {
  if (role === null) return { remove_keyboard: true };
  return {
    keyboard: [
      ...MAIN_LABELS[role].map((row) => row.map((label) => ({ text: labels[label] }))),
      [{ text: labels.home }, { text: labels.help }],
    ],
    resize_keyboard: true,
    is_persistent: true,
  };
};

const EVERYBODY = ['home', 'settings', 'help', 'cancel'] as const;
const MONEY = ['withdraw', 'balance', 'history'] as const;

/** What each role can use, in the order of its command menu. */
const IN_MENU: Readonly<Record<Role, readonly (keyof Texts['labels'])[]>> = {
  client: ['newCampaign', 'campaigns', 'topUp', ...MONEY, ...EVERYBODY],
  worker: ['offers', 'myTasks', 'earnings', ...MONEY, ...EVERYBODY],
  admin: ['review', 'deposits', 'withdrawals', 'allCampaigns', ...EVERYBODY],
};

/**
 * The command menu of a chat: only what its person's role can use, each described by the label that
 * does the same (UX-5).
 */
export const commandMenu = ({ labels }: Texts, role: Role): readonly BotCommand[] =>
  IN_MENU[role].flatMap((label) => {
    const command = commandOf(label);
    const description = labels[label].replace(/^[^\p{L}]+/u, '');
    return command === undefined ? [] : [{ command, description }];
  });
