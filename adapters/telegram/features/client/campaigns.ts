import { Composer } from 'telegraf';
import { isOpen, type CampaignId } from '../../../../core/index.ts';
import { pager, press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onceRead, pressOnceRead } from '../../dialogue/just-shown.ts';
import { findPage, requireId } from '../../parse.ts';
import { onCode, onLabel } from '../../route.ts';
import { saying, type Turn } from '../../turn.ts';
import { showCampaign } from './campaign-card.ts';
import { showCampaignPicture } from './campaign-picture.ts';
import { startRaise } from './raise-target.ts';

/** A client's campaigns: list, card, picture, pause, resume, raise, delete (CAM-6, CAM-8, CAM-9). */
export const campaignsFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'campaigns', (turn) => showList(turn, '0'));
  onCode(composer, CODES.campaigns, showList);
  onCode(composer, CODES.campaign, onCampaign(showCampaign));
  onCode(composer, CODES.campaignPicture, onCampaign(showCampaignPicture));
  onCode(composer, CODES.raiseTarget, onCampaign(startRaise));
  onCode(composer, CODES.pauseCampaign, onCampaign(pause));
  onCode(composer, CODES.resumeCampaign, onCampaign(resume));
  onCode(composer, CODES.deleteCampaign, onCampaign(askDelete));
  onCode(composer, CODES.confirmDeleteCampaign, onceRead(onCampaign(remove)));
  return composer;
};

const showList = async (turn: Turn, page: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const found = await findPage(page, (asked) => core.campaigns.mine({ actor, page: asked }));
  const { labels, campaigns } = texts;
  turn.show({
    text: campaigns.list(found),
    keyboard: [
      ...found.items.map((item) => [
        press(campaigns.listButton(item), CODES.campaign, shortId(item.campaign.id)),
      ]),
      ...pager(found, CODES.campaigns),
      [press(labels.newCampaign, CODES.newCampaign), press(labels.home, CODES.home)],
    ],
  });
};

const onCampaign =
  (act: (turn: Turn, id: CampaignId) => Promise<void>) =>
  (turn: Turn, argument: string | undefined): Promise<void> =>
    act(turn, requireId<CampaignId>(argument, 'campaign'));

const pause = async (turn: Turn, id: CampaignId): Promise<void> => {
  await turn.core.campaigns.pause({ actor: turn.actor, campaignId: id });
  await showCampaign(saying(turn, turn.texts.campaigns.paused), id);
};

const resume = async (turn: Turn, id: CampaignId): Promise<void> => {
  await turn.core.campaigns.resume({ actor: turn.actor, campaignId: id });
  await showCampaign(saying(turn, turn.texts.campaigns.resumed), id);
};

/** Tells what comes back before it happens (CAM-6); what has ended meanwhile is shown as it stands. */
const askDelete = async (turn: Turn, id: CampaignId): Promise<void> => {
  const { core, actor, texts } = turn;
  const details = await core.campaigns.show({ actor, campaignId: id });
  if (!isOpen(details.campaign)) return showCampaign(turn, id);
  turn.show({
    text: texts.campaigns.confirmDelete(details),
    keyboard: [
      [pressOnceRead(turn, texts.labels.delete, CODES.confirmDeleteCampaign, shortId(id))],
      [press(texts.labels.back, CODES.campaign, shortId(id))],
    ],
  });
};

const remove = async (turn: Turn, id: CampaignId): Promise<void> => {
  const deleted = await turn.core.campaigns.delete({ actor: turn.actor, campaignId: id });
  await showCampaign(turn, id, turn.texts.campaigns.deleted(deleted));
};
