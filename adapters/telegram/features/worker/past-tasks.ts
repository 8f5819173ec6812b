import { pager, press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { findPage } from '../../parse.ts';
import type { Turn } from '../../turn.ts';
import { homeButton } from './task-screens.ts';

/** `Riwayat Tugas`: what came of each task, newest first (TSK-1, PRF-4). */
export const showPastTasks = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const past = await findPage(argument, (page) => core.tasks.past({ actor, page }));
  turn.show({
    text: texts.earnings.past(past),
    keyboard: [
      ...pager(past, CODES.pastTasks),
      [press(texts.labels.myTasks, CODES.myTasks), press(texts.labels.earnings, CODES.earnings)],
      [homeButton(texts)],
    ],
  });
};
