import { account } from './account.ts';
import { campaigns } from './campaigns.ts';
import { common } from './common.ts';
import { depositDesk } from './deposit-desk.ts';
import { home } from './home.ts';
import { labels } from './labels.ts';
import { ledger } from './ledger.ts';
import { notices } from './notices.ts';
import { owner } from './owner.ts';
import { refusals } from './refusals.ts';
import { review } from './review.ts';
import { tasks } from './tasks.ts';
import { topUp } from './top-up.ts';
import { wallet } from './wallet.ts';
import { withdrawalDesk } from './withdrawal-desk.ts';

export const id = {
  labels,
  common,
  refusals,
  notices,
  home,
  account,
  wallet,
  ledger,
  campaigns,
  topUp,
  tasks,
  review,
  depositDesk,
  withdrawalDesk,
  owner,
};
