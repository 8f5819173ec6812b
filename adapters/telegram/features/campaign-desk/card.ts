import {
  invariant,
  pageRequest,
  type Campaign,
  type CampaignDetails,
  type CampaignId,
  type User,
  type UserId,
} from '../../../../core/index.ts';
import { press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { requireRole } from '../../route.ts';
import type { Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';
import { auditOfCampaign } from '../audit/place.ts';
import { profileLink } from '../people/profile-link.ts';
import { START, writeFilter, writePlace, type Place } from './place.ts';

/** Who has campaigns, and how many. */
export interface Owner {
  readonly user: User;
  readonly campaigns: number;
}

/** The owner of campaigns as the list knows them; null for somebody who never had one. */
export const findOwner = async ({ core, actor }: Turn, owner: UserId): Promise<Owner | null> => {
  const found = await core.campaigns.all({ actor, filter: { owner }, page: pageRequest(0, 1) });
  const [newest] = found.items;
  return newest ? { user: newest.owner, campaigns: found.total } : null;
};

/** The owner of a campaign that stands there. */
export const ownerOf = async (
  turn: Turn,
  { campaign }: Pick<CampaignDetails, 'campaign'>,
): Promise<Owner> => {
  const owner = await findOwner(turn, campaign.clientId);
  invariant(owner, 'the list has every campaign with its owner');
  return owner;
};

/** Any campaign, as admins see it: numbers, money, owner, and what can be done (CAM-6, CAM-8). */
export const showAdminCampaign = async (
  turn: Turn,
  campaignId: CampaignId,
  place: Place = START,
): Promise<void> => {
  requireRole(turn, 'admin');
  const { core, actor, texts } = turn;
  const details = await core.campaigns.show({ actor, campaignId });
  const owner = await ownerOf(turn, details);
  turn.show({
    text: texts.campaignDesk.card(details, owner.user),
    keyboard: keyboardOf(turn, { details, owner, place }),
  });
};

interface Card {
  readonly details: CampaignDetails;
  readonly owner: Owner;
  readonly place: Place;
}

const keyboardOf = (turn: Turn, { details, owner, place }: Card): Keyboard => {
  const { texts, user } = turn;
  const { labels, campaignDesk: say } = texts;
  const { campaign, progress } = details;
  const here = [shortId(campaign.id), writePlace(place)];
  const held = progress.taken + progress.underReview;
  const others = writeFilter({ owner: campaign.clientId });
  const rows: Keyboard = [
    user.permissions.includes('review') ? changes(labels, campaign, here) : [],
    held > 0 ? [press(say.holdersButton(held), CODES.slotHolders, ...here)] : [],
    owner.campaigns > 1
      ? [press(say.othersOf(owner.user, owner.campaigns), CODES.allCampaigns, others)]
      : [],
    ...profileLink(turn, owner.user),
    [{ label: labels.audit, data: auditOfCampaign(campaign.id, writePlace(place)) }],
    [press(labels.back, CODES.allCampaigns, writePlace(place)), press(labels.home, CODES.home)],
  ];
  return rows.filter((row) => row.length > 0);
};

/** What can be done: what has ended is only read, and a suspension's pause ends with it. */
const changes = (
  { pause, resume, delete: remove }: Texts['labels'],
  campaign: Campaign,
  here: readonly string[],
): readonly Button[] => {
  const toPause = press(pause, CODES.adminPause, ...here);
  const toResume = press(resume, CODES.adminResume, ...here);
  const toDelete = press(remove, CODES.adminDelete, ...here);
  switch (campaign.status) {
    case 'active':
      return [toPause, toDelete];
    case 'paused':
      return {
        owner: [toPause, toResume, toDelete],
        admin: [toResume, toDelete],
        suspension: [toPause, toDelete],
      }[campaign.pausedBy];
    case 'completed':
    case 'deleted':
      return [];
  }
};
