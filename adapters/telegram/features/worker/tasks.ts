import { Composer } from 'telegraf';
import type { CampaignId, TakeId } from '../../../../core/index.ts';
import { pager, press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onceRead, pressOnceRead } from '../../dialogue/just-shown.ts';
import { findPage, requireId } from '../../parse.ts';
import { onCode, onLabel } from '../../route.ts';
import { saying, showingAbove, type Turn } from '../../turn.ts';
import { showEarnings } from './earnings.ts';
import { showPastTasks } from './past-tasks.ts';
import { sendProofFlow } from './send-proof.ts';
import { homeButton, mayStillSend, showMine, showTask, taskCard } from './task-screens.ts';

/** Finding, taking, doing and giving up tasks, and what came of them (TSK-2 … TSK-6). */
export const tasksFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'offers', (turn) => showOffers(turn, undefined));
  onLabel(composer, 'myTasks', showMine);
  onLabel(composer, 'pastTasks', (turn) => showPastTasks(turn, '0'));
  onLabel(composer, 'earnings', showEarnings);
  onCode(composer, CODES.offers, showOffers);
  onCode(composer, CODES.offer, showOffer);
  onCode(composer, CODES.take, take);
  onCode(composer, CODES.myTasks, showMine);
  onCode(composer, CODES.task, (turn, argument) => showTask(turn, takeIn(argument)));
  onCode(composer, CODES.pastTasks, showPastTasks);
  onCode(composer, CODES.earnings, showEarnings);
  onCode(composer, CODES.sendProof, sendProof);
  onCode(composer, CODES.release, confirmRelease);
  onCode(composer, CODES.confirmRelease, onceRead(release));
  composer.use(({ turn }, next) => (isLoosePicture(turn) ? receiveLoosePicture(turn) : next()));
  return composer;
};

const takeIn = (argument: string | undefined): TakeId => requireId<TakeId>(argument, 'take');

const showOffers = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts, settings } = turn;
  const offers = await findPage(argument, (page) => core.tasks.offers({ actor, page }));
  turn.show({
    text: texts.tasks.offers(offers, settings.holdMinutes),
    keyboard: [
      ...offers.items.map((offer) => [
        press(texts.tasks.offerButton(offer), CODES.offer, shortId(offer.campaignId)),
      ]),
      ...pager(offers, CODES.offers),
      [press(texts.labels.myTasks, CODES.myTasks), homeButton(texts)],
    ],
  });
};

/** One task that may be taken, with what it asks and pays (TSK-2). */
export const showOffer = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts, settings } = turn;
  const campaignId = requireId<CampaignId>(argument, 'campaign');
  const offer = await core.tasks.offer({ actor, campaignId });
  turn.show({
    text: texts.tasks.offer(offer, settings.holdMinutes),
    keyboard: [
      [press(texts.labels.take, CODES.take, shortId(campaignId))],
      [press(texts.labels.back, CODES.offers), homeButton(texts)],
    ],
  });
};

const take = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const campaignId = requireId<CampaignId>(argument, 'campaign');
  const view = await turn.core.tasks.take({ actor: turn.actor, campaignId });
  saying(turn, turn.texts.tasks.taken).show(taskCard(turn, view));
};

const sendProof = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const view = await turn.core.tasks.show({ actor: turn.actor, takeId: takeIn(argument) });
  if (!mayStillSend(view, turn.receivedAt)) return turn.show(taskCard(turn, view));
  await sendProofFlow.start(turn, 'picture', { takeId: view.take.id });
};

const confirmRelease = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts, receivedAt } = turn;
  const view = await core.tasks.show({ actor, takeId: takeIn(argument) });
  if (!mayStillSend(view, receivedAt)) return turn.show(taskCard(turn, view));
  const id = shortId(view.take.id);
  turn.show({
    text: texts.tasks.confirmRelease(view),
    keyboard: [
      [pressOnceRead(turn, texts.tasks.yesRelease, CODES.confirmRelease, id)],
      [press(texts.tasks.keep, CODES.task, id)],
    ],
  });
};

const release = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const takeId = takeIn(argument);
  await showTask(turn, takeId); // stays on the screen where giving up is refused
  await turn.core.tasks.release({ actor: turn.actor, takeId });
  await showMine(saying(turn, turn.texts.tasks.released));
};

const isLoosePicture = ({ sentFile, conversation, user }: Turn): boolean =>
  sentFile && conversation.flow === null && user.role === 'worker';

/** A worker's picture without a question: asks for it again where it belongs, or says where. */
const receiveLoosePicture = async (turn: Turn): Promise<void> => {
  const { core, actor, texts, receivedAt } = turn;
  const open = (await core.tasks.mine({ actor })).filter((view) => mayStillSend(view, receivedAt));
  const [first, ...others] = open;
  const outside = texts.common.problem(texts.tasks.pictureOutside);
  if (!first) return turn.note(outside);
  if (others.length > 0) return showMine(showingAbove(turn, outside));
  const asking = showingAbove(turn, texts.common.problem(texts.tasks.pictureAgain));
  await sendProofFlow.start(asking, 'picture', { takeId: first.take.id });
};
