import { pager, press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { findPage } from '../../parse.ts';
import { requireRight } from '../../route.ts';
import type { Turn } from '../../turn.ts';

/** Every broadcast there was, newest first (ADM-5). */
export const showList = async (turn: Turn, argument: string | undefined): Promise<void> => {
  requireRight(turn, 'users');
  const { core, actor, texts } = turn;
  const { labels, broadcasts } = texts;
  const found = await findPage(argument, (page) => core.broadcasts.list({ actor, page }));
  turn.show({
    text: broadcasts.list(found),
    keyboard: [
      [press(broadcasts.new, CODES.newBroadcast)],
      ...found.items.map((report) => [
        press(broadcasts.listButton(report), CODES.showBroadcast, shortId(report.broadcast.id)),
      ]),
      ...pager(found, CODES.broadcast),
      [press(labels.home, CODES.home)],
    ],
  });
};
