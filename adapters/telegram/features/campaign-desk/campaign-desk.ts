import { Composer } from 'telegraf';
import { isOpen, TO_SEE_PEOPLE, type CampaignId } from '../../../../core/index.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import type { StartableFlow } from '../../dialogue/flow.ts';
import { requireId } from '../../parse.ts';
import { onCode, onLabel, requireRight } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { showAdminCampaign } from './card.ts';
import {
  deleteCampaignFlow,
  pauseCampaignFlow,
  resumeCampaignFlow,
  type Change,
} from './change.ts';
import { showHolders } from './holders.ts';
import { showAllCampaigns, showFilter } from './list.ts';
import { campaignOwnerFlow } from './owner-search.ts';
import { readPlace, writeFilter, writePlace } from './place.ts';

/** Every campaign, for admins: list, card, who holds a slot, pause, resume, delete (CAM-6, CAM-8). */
export const campaignDeskFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'allCampaigns', (turn) => showAllCampaigns(turn, undefined));
  onCode(composer, CODES.allCampaigns, showAllCampaigns);
  onCode(composer, CODES.filterCampaigns, showFilter);
  onCode(composer, CODES.campaignOwner, (turn, argument) => {
    requireRight(turn, TO_SEE_PEOPLE);
    const filter = writeFilter(readPlace(argument).filter);
    return campaignOwnerFlow.start(turn, 'ask', { filter });
  });
  onCode(composer, CODES.adminCampaign, (turn, argument) => {
    const { campaignId, rest } = campaignIn(argument);
    return showAdminCampaign(turn, campaignId, readPlace(rest));
  });
  onCode(composer, CODES.slotHolders, (turn, argument) => {
    const { campaignId, rest } = campaignIn(argument);
    const [status, owner, at, page] = rest.split(':');
    const place = readPlace([status, owner, at].join(':'));
    return showHolders(turn, { campaignId, place, page });
  });
  onCode(composer, CODES.adminPause, changing(pauseCampaignFlow));
  onCode(composer, CODES.adminResume, changing(resumeCampaignFlow));
  onCode(composer, CODES.adminDelete, changing(deleteCampaignFlow));
  return composer;
};

/** The campaign that a button carries, and what follows it. */
const campaignIn = (argument = '') => {
  const [short, ...rest] = argument.split(':');
  return { campaignId: requireId<CampaignId>(short, 'campaign'), rest: rest.join(':') };
};

/** What has ended meanwhile is shown as it stands. */
const changing =
  (flow: StartableFlow<Change>) =>
  async (turn: Turn, argument: string | undefined): Promise<void> => {
    requireRight(turn, 'review');
    const { campaignId, rest } = campaignIn(argument);
    const place = readPlace(rest);
    const { campaign } = await turn.core.campaigns.show({ actor: turn.actor, campaignId });
    await (isOpen(campaign)
      ? flow.start(turn, 'reason', { campaignId, place: writePlace(place) })
      : showAdminCampaign(turn, campaignId, place));
  };
