import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { requireRole } from '../../route.ts';
import type { Turn } from '../../turn.ts';

/** `Kas & kewajiban`: cash that must exist by kind, and how the books stand (WAL-11, WAL-13). */
export const showLiability = async (turn: Turn): Promise<void> => {
  requireRole(turn, 'admin');
  const { core, actor, texts } = turn;
  const liability = await core.reports.liability({ actor });
  const books = await core.freeze.current({ actor });
  turn.show({
    text: texts.liability.screen({ liability, books }),
    keyboard: [
      [press(texts.figures.refresh, CODES.liability), press(texts.labels.figures, CODES.figures)],
      [press(texts.labels.home, CODES.home)],
    ],
  });
};
