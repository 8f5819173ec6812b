import type { Features } from '../bot.ts';
import { accountFeature } from './account/account.ts';
import { auditFeature, auditFlow } from './audit/audit.ts';
import { broadcastsFeature } from './broadcasts/broadcasts.ts';
import { newBroadcastFlow } from './broadcasts/new-broadcast.ts';
import { campaignDeskFeature } from './campaign-desk/campaign-desk.ts';
import {
  deleteCampaignFlow,
  pauseCampaignFlow,
  resumeCampaignFlow,
} from './campaign-desk/change.ts';
import { campaignOwnerFlow } from './campaign-desk/owner-search.ts';
import { campaignsFeature } from './client/campaigns.ts';
import { depositDeskFeature } from './deposits/deposit-desk.ts';
import { depositFlow } from './deposits/deposit-flow.ts';
import { figuresFeature } from './figures/figures.ts';
import { marketSettingsFeature, marketSettingsFlows } from './market-settings/market-settings.ts';
import { newCampaignFeature, newCampaignFlow } from './client/new-campaign.ts';
import { raiseFlow } from './client/raise-target.ts';
import { reviewFeature, reviewFlows } from './review/review.ts';
import { sendProofFlow } from './worker/send-proof.ts';
import { payWithdrawalFlow, rejectWithdrawalFlow } from './withdrawals/settle-withdrawal.ts';
import { tasksFeature } from './worker/tasks.ts';
import { peopleFeature, peopleFlows } from './people/people.ts';
import { topUpFeature, topUpFlow } from './client/top-up.ts';
import { walletFeature } from './wallet/wallet.ts';
import { withdrawFeature, withdrawFlow } from './wallet/withdraw.ts';
import { withdrawalDeskFeature } from './withdrawals/withdrawal-desk.ts';

/** Everything the bot can do, in the order it is asked. */
export const features: Features = {
  composers: [
    accountFeature(),
    walletFeature(),
    withdrawFeature(),
    campaignsFeature(),
    newCampaignFeature(),
    topUpFeature(),
    tasksFeature(),
    reviewFeature(),
    depositDeskFeature(),
    withdrawalDeskFeature(),
    campaignDeskFeature(),
    peopleFeature(),
    broadcastsFeature(),
    figuresFeature(),
    auditFeature(),
    marketSettingsFeature(),
  ],
  flows: [
    withdrawFlow,
    newCampaignFlow,
    raiseFlow,
    topUpFlow,
    sendProofFlow,
    ...reviewFlows,
    depositFlow,
    payWithdrawalFlow,
    rejectWithdrawalFlow,
    campaignOwnerFlow,
    pauseCampaignFlow,
    resumeCampaignFlow,
    deleteCampaignFlow,
    ...peopleFlows,
    auditFlow,
    newBroadcastFlow,
    ...marketSettingsFlows,
  ],
};
