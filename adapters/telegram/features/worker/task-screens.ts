import {
  pageOf,
  type Page,
  type PageRequest,
  type TakeId,
  type TakeView,
} from '../../../../core/index.ts';
import { pager, press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { findPage } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import type { Texts } from '../../texts/index.ts';
import type { Turn } from '../../turn.ts';

/** Whether sending a proof is worth offering; the core decides again when one comes (TSK-5). */
export const mayStillSend = ({ take }: TakeView, at: Date): boolean =>
  take.status === 'taken' && at.getTime() <= take.deadline.getTime();

export const homeButton = ({ labels }: Texts): Button => press(labels.home, CODES.home);

/** The tasks that the person has on their hands, then those under review, oldest first. */
export const showMine = async (turn: Turn, argument?: string): Promise<void> => {
  const { core, actor, texts, now } = turn;
  const views = await core.tasks.mine({ actor });
  const page = await findPage(argument, (asked) =>
    Promise.resolve(pageIn(urgentFirst(views), asked)),
  );
  turn.show({
    text: texts.tasks.mine(views),
    keyboard: [
      ...page.items.map((view) => [
        press(texts.tasks.mineButton(view, now), CODES.task, shortId(view.take.id)),
      ]),
      ...pager(page, CODES.myTasks),
      [
        press(texts.labels.pastTasks, CODES.pastTasks),
        press(texts.labels.earnings, CODES.earnings),
      ],
      [press(texts.labels.offers, CODES.offers), homeButton(texts)],
    ],
  });
};

const urgentFirst = (views: readonly TakeView[]): readonly TakeView[] => [
  ...views.filter(({ take }) => take.status === 'taken'),
  ...views.filter(({ take }) => take.status !== 'taken'),
];

const pageIn = (views: readonly TakeView[], asked: PageRequest): Page<TakeView> => {
  const from = asked.page * asked.size;
  return pageOf(views.slice(from, from + asked.size), views.length, asked);
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
