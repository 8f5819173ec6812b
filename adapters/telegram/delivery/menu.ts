import type { BotCommand, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'telegraf/types';
import type { Role } from '../../../core/index.ts';
import type { CODES } from '../codes.ts';
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
  admin: [['review'], ['deposits', 'withdrawals']],
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

const EVERYBODY = { menu: 'home', bahasa: 'language', help: 'help', batal: 'cancel' } as const;
const MONEY = { withdraw: 'withdraw', saldo: 'balance', riwayat: 'history' } as const;

/** Commands by role, each described by the label that does the same. */
const COMMANDS: Readonly<Record<Role, Readonly<Record<string, keyof Texts['labels']>>>> = {
  client: {
    newcampaign: 'newCampaign',
    campaigns: 'campaigns',
    topup: 'topUp',
    ...MONEY,
    ...EVERYBODY,
  },
  worker: { ...MONEY, ...EVERYBODY },
  admin: EVERYBODY,
};

/** The command menu of a chat: only what its person's role can use (UX-5). */
export const commandMenu = ({ labels }: Texts, role: Role): readonly BotCommand[] =>
  Object.entries(COMMANDS[role]).map(([command, label]) => ({
    command,
    description: labels[label].replace(/^[^\p{L}]+/u, ''),
  }));
