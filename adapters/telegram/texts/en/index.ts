import { account } from './account.ts';
import { adjustment } from './adjustment.ts';
import { campaignDesk } from './campaign-desk.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { broadcasts } from './broadcasts.ts';
import { campaigns } from './campaigns.ts';
import { common } from './common.ts';
import { depositDesk } from './deposit-desk.ts';
import { earnings } from './earnings.ts';
import { figures } from './figures.ts';
import { home } from './home.ts';
import { labels } from './labels.ts';
import { ledger } from './ledger.ts';
import { liability } from './liability.ts';
import { marketSettings } from './market-settings.ts';
import { notices } from './notices.ts';
import { owner } from './owner.ts';
import { peopleDesk } from './people-desk.ts';
import { raise } from './raise.ts';
import { refusals } from './refusals.ts';
import { rejectReasons } from './reject-reasons.ts';
import { reversal } from './reversal.ts';
import { review } from './review.ts';
import { tasks } from './tasks.ts';
import { timeline } from './timeline.ts';
import { topUp } from './top-up.ts';
import { wallet } from './wallet.ts';
import { withdrawalDesk } from './withdrawal-desk.ts';

export const en = {
  labels,
  common,
  refusals,
  notices,
  home,
  account,
  wallet,
  ledger,
  campaigns,
  raise,
  campaignDesk,
  topUp,
  tasks,
  earnings,
  review,
  reversal,
  approvals,
  broadcasts,
  rejectReasons,
  depositDesk,
  withdrawalDesk,
  peopleDesk,
  adjustment,
  timeline,
  audit,
  figures,
  marketSettings,
  liability,
  owner,
};
