import { account, common, home, owner } from './account.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { broadcasts } from './broadcasts.ts';
import { campaignDesk } from './campaign-desk.ts';
import { campaigns, raise } from './client.ts';
import { depositDesk, withdrawalDesk } from './desks.ts';
import { marketSettings } from './market-settings.ts';
import { figures, liability } from './figures.ts';
import { ledger, topUp, wallet } from './money.ts';
import { notices } from './notices.ts';
import { adjustment, peopleDesk, timeline } from './people-desk.ts';
import { refusals } from './refusals.ts';
import { rejectReasons, reversal, review } from './review.ts';
import type { Samples } from './samples.ts';
import { earnings, tasks } from './worker.ts';

/** The facts that every text is shown with. */
export const samples: Samples = {
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
  figures,
  marketSettings,
  liability,
  audit,
  owner,
};
