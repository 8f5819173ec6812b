import { asRefusal, type CampaignId, type Role } from '../../../../core/index.ts';
import { press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { Turn } from '../../turn.ts';
import { showAdminCampaign } from '../campaign-desk/card.ts';
import { showCampaign } from '../client/campaign-card.ts';
import { showTask } from '../worker/task-screens.ts';
import { showOffer } from '../worker/tasks.ts';
import { showHome } from './home.ts';

/**
 * Shows the campaign that a link points to, as this person may see it; what they may not see is said
 * in a sentence, with the way on (UX-5).
 */
export const followLink = async (turn: Turn, campaignId: CampaignId): Promise<void> => {
  const { role } = turn.user;
  if (role === null) return showHome(turn);
  try {
    await followAs[role](turn, campaignId);
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    const { common, refusals } = turn.texts;
    if (role === 'worker') return showElsewhere(turn, refusals.say(refusal));
    if (role === 'client') return showForWorkers(turn, campaignId);
    await showHome(turn, common.problem(refusals.say(refusal)));
  }
};

const followAs: Readonly<Record<Role, (turn: Turn, id: CampaignId) => Promise<void>>> = {
  worker: async (turn, id) => {
    const mine = await turn.core.tasks.mine({ actor: turn.actor });
    const held = mine.find(({ campaign }) => campaign.id === id);
    await (held ? showTask(turn, held.take.id) : showOffer(turn, shortId(id)));
  },
  client: (turn, id) => showCampaign(turn, id),
  admin: (turn, id) => showAdminCampaign(turn, id),
};

/** Another task may be had instead. */
const showElsewhere = (turn: Turn, why: string): void => {
  const { common, labels } = turn.texts;
  turn.show({
    text: common.problem(why),
    keyboard: [[press(labels.offers, CODES.offers)], [press(labels.home, CODES.home)]],
  });
};

/** A client came to somebody else's campaign: as a worker they would be shown it. */
const showForWorkers = (turn: Turn, id: CampaignId): void => {
  const { account, labels } = turn.texts;
  turn.show({
    text: account.linkForWorkers,
    keyboard: [
      [press(account.switchTo('worker'), CODES.chooseRole, 'worker', shortId(id))],
      [press(labels.home, CODES.home)],
    ],
  });
};
