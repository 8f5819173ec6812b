import { Composer } from 'telegraf';
import type { BroadcastId, BroadcastReport } from '../../../../core/index.ts';
import { FROM_MESSAGE, steering } from '../../broadcast-buttons.ts';
import { press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onceRead, pressOnceRead } from '../../dialogue/just-shown.ts';
import { requireId } from '../../parse.ts';
import { onCode, onLabel } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { showList } from './list.ts';
import { startNewBroadcast } from './new-broadcast.ts';
import { showCard } from './show-card.ts';

/** Messages of admins to many: the list, a card, pausing and canceling (ADM-5). */
export const broadcastsFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'broadcast', (turn) => showList(turn, '0'));
  onCode(composer, CODES.broadcast, showList);
  onCode(composer, CODES.newBroadcast, startNewBroadcast);
  onCode(composer, CODES.showBroadcast, show);
  onCode(composer, CODES.pauseBroadcast, pause);
  onCode(composer, CODES.resumeBroadcast, resume);
  onCode(composer, CODES.cancelBroadcast, askCancel);
  onCode(composer, CODES.confirmCancelBroadcast, onceRead(cancel));
  return composer;
};

const idOf = (argument: string | undefined): BroadcastId =>
  requireId<BroadcastId>(argument?.split(':')[0], 'broadcast');

/** Under the message with the progress the tap's answer is enough: that message follows by itself. */
const isFromMessage = (argument: string | undefined): boolean =>
  argument?.split(':')[1] === FROM_MESSAGE;

const show = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor } = turn;
  showCard(turn, await core.broadcasts.show({ actor, broadcastId: idOf(argument) }));
};

const said = (
  turn: Turn,
  argument: string | undefined,
  { report, what }: { readonly report: BroadcastReport; readonly what: string },
): void => {
  turn.answer(what);
  if (!isFromMessage(argument)) return showCard(turn, report);
  turn.keepDialogue(); // its question still stands on the screen
};

const pause = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const report = await core.broadcasts.pause({ actor, broadcastId: idOf(argument) });
  said(turn, argument, { report, what: texts.broadcasts.paused });
};

const resume = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const report = await core.broadcasts.resume({ actor, broadcastId: idOf(argument) });
  said(turn, argument, { report, what: texts.broadcasts.resumed });
};

const askCancel = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const broadcastId = idOf(argument);
  const report = await core.broadcasts.show({ actor, broadcastId });
  if (steering(texts, report, null).length === 0) return showCard(turn, report);
  const { broadcasts } = texts;
  const short = shortId(broadcastId);
  turn.show({
    text: broadcasts.askStop(report),
    keyboard: [
      [pressOnceRead(turn, broadcasts.confirmStop, CODES.confirmCancelBroadcast, short)],
      [press(broadcasts.keep, CODES.showBroadcast, short)],
    ],
  });
};

const cancel = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const report = await core.broadcasts.cancel({ actor, broadcastId: idOf(argument) });
  turn.answer(texts.broadcasts.stopped(report));
  showCard(turn, report);
};
