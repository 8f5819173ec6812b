import type { CampaignId } from '../../../../core/index.ts';
import { pager, path, press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { findPage } from '../../parse.ts';
import { requireRole } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { writePlace, type Place } from './place.ts';

export interface HoldersAt {
  readonly campaignId: CampaignId;
  /** Where the card came from. */
  readonly place: Place;
  readonly page: string | undefined;
}

/** Who holds a slot of a campaign now, and until when (TSK-1). */
export const showHolders = async (turn: Turn, at: HoldersAt): Promise<void> => {
  requireRole(turn, 'admin');
  const { core, actor, texts } = turn;
  const { campaignId, place } = at;
  const { campaign } = await core.campaigns.show({ actor, campaignId });
  const holders = await findPage(at.page, (page) =>
    core.tasks.holders({ actor, campaignId, page }),
  );
  const here = [shortId(campaignId), writePlace(place)];
  turn.show({
    text: texts.campaignDesk.holders(holders, campaign),
    keyboard: [
      ...pager(holders, path(CODES.slotHolders, ...here)),
      [
        press(texts.labels.back, CODES.adminCampaign, ...here),
        press(texts.labels.home, CODES.home),
      ],
    ],
  });
};
