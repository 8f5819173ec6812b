import type { BotCommand, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'telegraf/types';
import {
  isPermitted,
  TO_SEE_PEOPLE,
  type Needed,
  type Role,
  type User,
} from '../../../core/index.ts';
import type { CODES } from '../codes.ts';
import { commandOf } from '../commands.ts';
import type { Texts } from '../texts/index.ts';

export type MainLabel = keyof Texts['labels'] & keyof typeof CODES;
export type LabelRows = readonly (readonly MainLabel[])[];

/** What decides on what somebody is offered. */
export type Standing = Pick<User, 'role' | 'permissions'>;

/** The main labels of each role, as they stand on the reply keyboard (UX-6). */
const MAIN_LABELS: Readonly<Record<Role, LabelRows>> = {
  client: [
    ['newCampaign', 'campaigns'],
    ['topUp', 'withdraw'],
    ['balance', 'history'],
  ],
  worker: [
    ['offers', 'myTasks'],
    ['withdraw', 'balance', 'history'],
  ],
  admin: [
    ['review'],
    ['deposits', 'withdrawals'],
    ['allCampaigns', 'people'],
    ['figures', 'audit'],
  ],
};

/** On the home screen of who may use them, and on no reply keyboard. */
const AT_HOME_ONLY: LabelRows = [['broadcast', 'marketSettings']];

/** What an admin must have been given to use a desk; the others are every admin's (ADM-1). */
const NEEDS: Partial<Readonly<Record<MainLabel, Needed>>> = {
  review: 'review',
  deposits: 'money',
  withdrawals: 'money',
  people: TO_SEE_PEOPLE,
  broadcast: 'users',
  marketSettings: 'settings',
};

/** Whether an admin may use the desk behind a label (ADM-1); the core checks again (ACC-6). */
export const mayUse = (user: Pick<User, 'permissions'>, label: MainLabel): boolean => {
  const needed = NEEDS[label];
  return needed === undefined || isPermitted(user, needed);
};

/** Those of the rows that this admin may use, without empty ones. */
export const usable = (user: Pick<User, 'permissions'>, rows: LabelRows): LabelRows =>
  rows.map((row) => row.filter((label) => mayUse(user, label))).filter((row) => row.length > 0);

const mainLabels = ({ role, permissions }: Standing & { readonly role: Role }): LabelRows =>
  role === 'admin' ? usable({ permissions }, MAIN_LABELS.admin) : MAIN_LABELS[role];

/** The main labels as they stand on the home screen. */
export const homeLabels = (user: Standing & { readonly role: Role }): LabelRows => [
  ...mainLabels(user),
  ...(user.role === 'admin' ? usable(user, AT_HOME_ONLY) : []),
];

export const menuKeyboard = (
  { labels }: Texts,
  { role, permissions }: Standing,
): ReplyKeyboardMarkup | ReplyKeyboardRemove => {
  if (role === null) return { remove_keyboard: true };
  return {
    keyboard: [
      ...mainLabels({ role, permissions }).map((row) =>
        row.map((label) => ({ text: labels[label] })),
      ),
      [{ text: labels.home }, { text: labels.help }],
    ],
    resize_keyboard: true,
    is_persistent: true,
  };
};

const EVERYBODY = ['home', 'settings', 'help', 'cancel'] as const;
const MONEY = ['withdraw', 'balance', 'history'] as const;

/** What each role can use, in the order of its command menu. */
const IN_MENU: Readonly<Record<Exclude<Role, 'admin'>, readonly (keyof Texts['labels'])[]>> = {
  client: ['newCampaign', 'campaigns', 'topUp', ...MONEY, ...EVERYBODY],
  worker: ['offers', 'myTasks', 'earnings', ...MONEY, ...EVERYBODY],
};

const inMenu = (user: Standing & { readonly role: Role }): readonly (keyof Texts['labels'])[] =>
  user.role === 'admin' ? [...homeLabels(user).flat(), ...EVERYBODY] : IN_MENU[user.role];

/**
 * The command menu of a chat: only what its person can use, each described by the label that does
 * the same (UX-5).
 */
export const commandMenu = (
  { labels }: Texts,
  user: Standing & { readonly role: Role },
): readonly BotCommand[] =>
  inMenu(user).flatMap((label) => {
    const command = commandOf(label);
    const description = labels[label].replace(/^[^\p{L}]+/u, '');
    return command === undefined ? [] : [{ command, description }];
  });
