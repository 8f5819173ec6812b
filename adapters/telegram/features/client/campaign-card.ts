import type { CampaignDetails, CampaignId } from '../../../../core/index.ts';
import { press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { campaignLink } from '../../deep-links.ts';
import { lines, trusted, type Html } from '../../html.ts';
import type { Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';

/** The card of one campaign (CAM-8); `note` stands above it. */
export const showCampaign = async (turn: Turn, id: CampaignId, note?: Html): Promise<void> => {
  const { core, actor, texts } = turn;
  const details = await core.campaigns.show({ actor, campaignId: id });
  const share =
    details.campaign.status === 'active' && texts.campaigns.share(campaignLink(turn, id));
  turn.show({
    text: lines(
      note !== undefined && lines(note, trusted('')),
      texts.campaigns.card(details),
      share && lines(trusted(''), share),
    ),
    keyboard: cardKeyboard(texts, details),
  });
};

const cardKeyboard = ({ labels, campaigns }: Texts, { campaign }: CampaignDetails): Keyboard => {
  const id = shortId(campaign.id);
  const picture = press(campaigns.picture, CODES.campaignPicture, id);
  const raise = press(labels.raiseTarget, CODES.raiseTarget, id);
  const remove = press(labels.delete, CODES.deleteCampaign, id);
  const resume = press(labels.resume, CODES.resumeCampaign, id);
  const changes: Readonly<Record<typeof campaign.status, readonly (readonly Button[])[]>> = {
    active: [
      [picture, raise],
      [press(labels.pause, CODES.pauseCampaign, id), remove],
    ],
    // Only an admin lifts an admin's pause, and a suspension its own (CAM-6, ACC-5).
    paused: [[picture, raise], isOwnPause(campaign) ? [resume, remove] : [remove]],
    completed: [[picture]],
    deleted: [[picture]],
  };
  return [
    ...changes[campaign.status],
    [press(labels.back, CODES.campaigns), press(labels.home, CODES.home)],
  ];
};

const isOwnPause = (campaign: CampaignDetails['campaign']): boolean =>
  campaign.status === 'paused' && campaign.pausedBy === 'owner';
