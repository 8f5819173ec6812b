import type { BroadcastReport } from '../../../../core/index.ts';
import { steering } from '../../broadcast-buttons.ts';
import { press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { minutesFor } from '../../delivery/send-broadcast.ts';
import type { Turn } from '../../turn.ts';

/** What was just ordered; how far it is stands on a message of its own, which follows it. */
export const showStarted = (turn: Turn, report: BroadcastReport): void => {
  const { labels, broadcasts } = turn.texts;
  turn.show({
    text: broadcasts.started(report),
    keyboard: [[press(broadcasts.all, CODES.broadcast), press(labels.home, CODES.home)]],
  });
};

/** One broadcast: how far it is, or what came of it, with what it says (ADM-5). */
export const showCard = (turn: Turn, report: BroadcastReport): void => {
  const { texts, messagesPerSecond } = turn;
  const { labels, broadcasts } = texts;
  const { id, endedAt } = report.broadcast;
  turn.show({
    text: broadcasts.card(report, minutesFor(report.progress.waiting, messagesPerSecond)),
    keyboard: [
      ...steering(texts, report, null),
      ...(endedAt === null ? [[press(broadcasts.refresh, CODES.showBroadcast, shortId(id))]] : []),
      [press(broadcasts.all, CODES.broadcast), press(labels.home, CODES.home)],
    ],
  });
};
