import type { Features } from '../bot.ts';
import { accountFeature } from './account/account.ts';
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
import { newCampaignFeature, newCampaignFlow } from './client/new-campaign.ts';
import { raiseFlow } from './client/raise-target.ts';
import { reviewFeature, reviewFlows } from './review/review.ts';
import { sendProofFlow } from './worker/send-proof.ts';
import { payWithdrawalFlow, rejectWithdrawalFlow } from './withdrawals/settle-withdrawal.ts';
import { tasksFeature } from './worker/tasks.ts';
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
  ],
};
