import type { UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { EntryPorts } from '../wallet/index.ts';
import { deleteCampaign, pauseCampaign, resumeCampaign } from './change-campaign.ts';
import { createCampaign, quoteCampaign } from './create-campaign.ts';
import { quoteRaise, raiseTarget } from './raise-target.ts';
import { listAllCampaigns, listCampaigns, showCampaign } from './show-campaigns.ts';
import { showDays } from './show-days.ts';

export * from './campaign.ts';
export * from './ports.ts';
export { readLink } from './link.ts';
export { pauseForSuspension, resumeAfterSuspension } from './suspend-campaigns.ts';
export type { ChangeCampaign, DeletedCampaign } from './change-campaign.ts';
export type {
  CampaignOrder,
  CampaignQuote,
  CreateCampaign,
  QuoteCampaign,
} from './create-campaign.ts';
export type { QuoteRaise, RaiseQuote, RaiseTarget } from './raise-target.ts';
export type {
  CampaignDetails,
  ListAllCampaigns,
  ListCampaigns,
  ShowCampaign,
} from './show-campaigns.ts';
export type { CampaignHistory, ShowDays } from './show-days.ts';

interface CampaignsPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

/** Funded orders for tasks. */
export const createCampaigns = (ports: CampaignsPorts) => ({
  quote: quoteCampaign(ports),
  create: createCampaign(ports),
  pause: pauseCampaign(ports),
  resume: resumeCampaign(ports),
  delete: deleteCampaign(ports),
  quoteRaise: quoteRaise(ports),
  raise: raiseTarget(ports),
  mine: listCampaigns(ports),
  all: listAllCampaigns(ports),
  show: showCampaign(ports),
  days: showDays(ports),
});
