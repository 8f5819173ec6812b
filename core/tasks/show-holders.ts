import {
  refuseCommon,
  type Actor,
  type CampaignId,
  type Page,
  type PageRequest,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireAdmin } from '../users/index.ts';
import type { SlotHolder } from './task.ts';

interface HoldersPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ShowHolders {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
  readonly page: PageRequest;
}

/** Who holds a slot of a campaign now and until when, for admins (TSK-1). */
export const showHolders =
  ({ unitOfWork }: HoldersPorts) =>
  ({ actor, campaignId, page }: ShowHolders): Promise<Page<SlotHolder>> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const campaign = await tx.campaigns.find(campaignId);
      if (!campaign) throw refuseCommon('not-found', { what: 'campaign' });
      return tx.taskBoard.holders(campaignId, page);
    });
