import type { Features } from '../bot.ts';
import { accountFeature } from './account/account.ts';
import { campaignsFeature } from './client/campaigns.ts';
import {
  correctDepositFlow,
  depositDeskFeature,
  rejectDepositFlow,
} from './deposits/deposit-desk.ts';
import { newCampaignFeature, newCampaignFlow } from './client/new-campaign.ts';
import { reviewFeature, reviewFlow } from './review/review.ts';
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
