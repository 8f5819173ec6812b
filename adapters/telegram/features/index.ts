import type { Features } from '../bot.ts';
import { accountFeature } from './account.ts';
import { campaignsFeature } from './campaigns.ts';
import { correctDepositFlow, depositDeskFeature, rejectDepositFlow } from './deposit-desk.ts';
import { newCampaignFeature, newCampaignFlow } from './new-campaign.ts';
import { reviewFeature, reviewFlow } from './review.ts';
import { sendProofFlow } from './send-proof.ts';
import { payWithdrawalFlow, rejectWithdrawalFlow } from './settle-withdrawal.ts';
import { tasksFeature } from './tasks.ts';
import { topUpFeature, topUpFlow } from './top-up.ts';
import { walletFeature } from './wallet.ts';
import { withdrawFeature, withdrawFlow } from './withdraw.ts';
import { withdrawalDeskFeature } from './withdrawal-desk.ts';

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
  ],
  flows: [
    withdrawFlow,
    newCampaignFlow,
    topUpFlow,
    sendProofFlow,
    reviewFlow,
    correctDepositFlow,
    rejectDepositFlow,
    payWithdrawalFlow,
    rejectWithdrawalFlow,
  ],
};
