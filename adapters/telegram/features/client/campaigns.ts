import { Composer } from 'telegraf';
import { totalCost, type CampaignDetails, type CampaignId } from '../../../../core/index.ts';
import { pager, press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { lines, trusted, type Html } from '../../html.ts';
import { findPage, requireId } from '../../parse.ts';
import { onCode, onCommand, onLabel } from '../../route.ts';
import type { Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';

/** A client's campaigns: list, card, pause, resume, delete (CAM-6, CAM-8). */
export const campaignsFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'campaigns', (turn) => showList(turn, '0'));
  onCommand(composer, ['campaigns'], (turn) => showList(turn, '0'));
  onCode(composer, CODES.campaigns, showList);
  onCode(composer, CODES.campaign, onCampaign(showCampaign));
  onCode(composer, CODES.pauseCampaign, onCampaign(pause));
  onCode(composer, CODES.resumeCampaign, onCampaign(resume));
  onCode(composer, CODES.deleteCampaign, onCampaign(askDelete));
  onCode(composer, CODES.confirmDeleteCampaign, onCampaign(remove));
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

/** The card of one campaign (CAM-8); `note` stands above it. */
export const showCampaign = async (turn: Turn, id: CampaignId, note?: Html): Promise<void> => {
  const { core, actor, texts } = turn;
  const details = await core.campaigns.show({ actor, campaignId: id });
  const card = texts.campaigns.card(details);
  turn.show({
    text: note === undefined ? card : lines(note, trusted(''), card),
    keyboard: cardKeyboard(texts, details),
  });
};

const cardKeyboard = ({ labels }: Texts, { campaign }: CampaignDetails): Keyboard => {
  const id = shortId(campaign.id);
  const remove = press(labels.delete, CODES.deleteCampaign, id);
  const changes: Readonly<Record<typeof campaign.status, readonly Button[]>> = {
    active: [press(labels.pause, CODES.pauseCampaign, id), remove],
    paused: [press(labels.resume, CODES.resumeCampaign, id), remove],
    completed: [],
    deleted: [],
  };
  return [
    changes[campaign.status],
    [press(labels.back, CODES.campaigns), press(labels.home, CODES.home)],
  ].filter((row) => row.length > 0);
};

const pause = async (turn: Turn, id: CampaignId): Promise<void> => {
  await turn.core.campaigns.pause({ actor: turn.actor, campaignId: id });
  turn.answer(turn.texts.campaigns.paused);
  await showCampaign(turn, id);
};

const resume = async (turn: Turn, id: CampaignId): Promise<void> => {
  await turn.core.campaigns.resume({ actor: turn.actor, campaignId: id });
  turn.answer(turn.texts.campaigns.resumed);
  await showCampaign(turn, id);
};

/** Tells what comes back before it happens (CAM-6). */
const askDelete = async (turn: Turn, id: CampaignId): Promise<void> => {
  const { core, actor, texts } = turn;
  const details = await core.campaigns.show({ actor, campaignId: id });
  const refund = totalCost(details.campaign, details.progress.available);
  turn.show({
    text: texts.campaigns.confirmDelete({ ...details, refund }),
    keyboard: [
      [press(texts.labels.delete, CODES.confirmDeleteCampaign, shortId(id))],
      [press(texts.labels.back, CODES.campaign, shortId(id))],
    ],
  });
};

const remove = async (turn: Turn, id: CampaignId): Promise<void> => {
  const deleted = await turn.core.campaigns.delete({ actor: turn.actor, campaignId: id });
  await showCampaign(turn, id, turn.texts.campaigns.deleted(deleted));
};
