import type { Texts } from './texts/index.ts';

type Label = keyof Texts['labels'];

/** Typed commands, by the label that does the same; the first one stands in command menus (UX-5). */
export const COMMANDS: Partial<Readonly<Record<Label, readonly [string, ...string[]]>>> = {
  home: ['menu', 'home'],
  help: ['help', 'bantuan'],
  settings: ['settings', 'pengaturan', 'bahasa', 'language'],
  cancel: ['batal', 'cancel'],
  newCampaign: ['newcampaign'],
  campaigns: ['campaigns'],
  topUp: ['topup'],
  offers: ['tugas', 'tasks'],
  myTasks: ['tugassaya', 'mytasks'],
  earnings: ['penghasilan', 'earnings'],
  withdraw: ['withdraw'],
  balance: ['saldo', 'balance'],
  history: ['riwayat', 'history'],
  review: ['review'],
  deposits: ['deposit'],
  withdrawals: ['withdrawal'],
  allCampaigns: ['campaign'],
  marketSettings: ['setelan', 'marketsettings'],
  audit: ['audit'],
  figures: ['statistik', 'figures'],
  broadcast: ['siaran', 'broadcast'],
  people: ['pengguna', 'people'],
};

/** What a label's command is called in a menu. */
export const commandOf = (label: Label): string | undefined => COMMANDS[label]?.[0];
