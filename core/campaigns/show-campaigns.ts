import {
  add,
  askTogether,
  refuseCommon,
  type Actor,
  type CampaignId,
  type Page,
  type PageRequest,
  type Rupiah,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { personOf, requireActor, requireAdmin, requireOwnerOrAdmin } from '../users/index.ts';
import { totalCost } from './campaign.ts';
import type { CampaignFilter, CampaignWithProgress, OwnedCampaign } from './ports.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ListCampaigns {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** The acting client's campaigns, newest first, each with its progress (CAM-8). */
export const listCampaigns =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, page }: ListCampaigns): Promise<Page<CampaignWithProgress>> =>
    unitOfWork.run(async (tx) => {
      const [, list] = await askTogether([
        requireActor(tx, actor, 'client'),
        tx.campaigns.listOf(personOf(actor), page),
      ]);
      return list;
    });

export interface ListAllCampaigns {
  readonly actor: Actor;
  readonly filter: CampaignFilter;
  readonly page: PageRequest;
}

/** Everybody's campaigns that suit the filter, newest first, for admins (CAM-8). */
export const listAllCampaigns =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, filter, page }: ListAllCampaigns): Promise<Page<OwnedCampaign>> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      return tx.campaignBoard.all(filter, page);
    });

export interface ShowCampaign {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
}

export interface CampaignDetails extends CampaignWithProgress {
  /** Rupiah still in escrow: the cost of every slot neither approved nor closed (WAL-8). */
  readonly escrow: Rupiah;
  /** Rupiah of it that a delete would return now: the available slots' (CAM-6). */
  readonly refundable: Rupiah;
  /** Rupiah of it that tasks taken or under review would keep. */
  readonly tiedUp: Rupiah;
}

/** One campaign, for its owner or an admin (CAM-8). */
export const showCampaign =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, campaignId }: ShowCampaign): Promise<CampaignDetails> =>
    unitOfWork.run(async (tx) => {
      const [campaign, progress] = await askTogether([
        tx.campaigns.find(campaignId),
        tx.slots.progress(campaignId),
      ]);
      if (!campaign) throw refuseCommon('not-found', { what: 'campaign' });
      await requireOwnerOrAdmin(tx, actor, { owner: campaign.clientId, what: 'campaign' });
      const refundable = totalCost(campaign, progress.available);
      const tiedUp = totalCost(campaign, progress.taken + progress.underReview);
      return { campaign, progress, escrow: add(refundable, tiedUp), refundable, tiedUp };
    });
