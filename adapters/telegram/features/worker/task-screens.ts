import type { TakeId, TakeView } from '../../../../core/index.ts';
import { press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { Screen } from '../../screen.ts';
import type { Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';

/** Whether sending a proof is worth offering; the core decides again when one comes (TSK-5). */
export const mayStillSend = ({ take }: TakeView, at: Date): boolean =>
  take.status === 'taken' && at.getTime() <= take.deadline.getTime();

export const homeButton = ({ labels }: Texts): Button => press(labels.home, CODES.home);

/** The tasks that the person has on their hands, oldest first. */
export const showMine = async (turn: Turn): Promise<void> => {
  const { core, actor, texts, now } = turn;
  const views = await core.tasks.mine({ actor });
  turn.show({
    text: texts.tasks.mine(views),
    keyboard: [
      ...views.map((view) => [
        press(texts.tasks.mineButton(view, now), CODES.task, shortId(view.take.id)),
      ]),
      [press(texts.labels.offers, CODES.offers), homeButton(texts)],
    ],
  });
};

/** One take of the person's, whatever became of it. */
export const showTask = async (turn: Turn, takeId: TakeId): Promise<void> =>
  turn.show(taskCard(turn, await turn.core.tasks.show({ actor: turn.actor, takeId })));

/** Link, instructions, reward, deadline and what can be done (TSK-5). */
export const taskCard = (turn: Turn, view: TakeView): Screen => ({
  text: turn.texts.tasks.card(view, turn.now),
  keyboard: [
    ...actions(turn, view),
    [press(turn.texts.labels.myTasks, CODES.myTasks), homeButton(turn.texts)],
  ],
});

const actions = ({ texts, receivedAt }: Turn, view: TakeView): Keyboard => {
  if (!mayStillSend(view, receivedAt)) return [];
  const id = shortId(view.take.id);
  return [
    [{ label: texts.tasks.openLink, url: view.campaign.link.target }],
    [press(texts.labels.sendProof, CODES.sendProof, id)],
    [press(texts.labels.release, CODES.release, id)],
  ];
};
