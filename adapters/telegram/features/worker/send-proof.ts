import { z } from 'zod';
import type { TakeId, TakeView } from '../../../../core/index.ts';
import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { backAndCancel, defineFlow, type Move } from '../../dialogue/flow.ts';
import { idSchema } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import { showingAbove, type Turn } from '../../turn.ts';
import { homeButton, mayStillSend, showMine, showTask } from './task-screens.ts';

interface SendProofData {
  readonly takeId: TakeId;
}

const viewOf = ({ core, actor }: Turn, { takeId }: SendProofData): Promise<TakeView> =>
  core.tasks.show({ actor, takeId });

/** `Kirim Bukti`: one picture, and the proof waits for review (PRF-1). */
export const sendProofFlow = defineFlow<SendProofData>({
  name: 'send-proof',
  version: 1,
  schema: z.object({ takeId: idSchema<TakeId>() }),
  steps: {
    picture: {
      accepts: 'screenshot',
      draw: async (turn, data) => ask(turn, await viewOf(turn, data)),
      text: async (turn, data): Promise<Move<SendProofData>> => {
        const view = await viewOf(turn, data);
        if (!mayStillSend(view, turn.receivedAt)) return 'stay';
        const { problem, photoExpected } = turn.texts.common;
        showingAbove(turn, problem(photoExpected)).show(ask(turn, view));
        return 'left';
      },
      file: async (turn, data, file): Promise<Move<SendProofData>> => {
        const { actor, receivedAt: sentAt } = turn;
        await turn.core.proofs.submit({ actor, takeId: data.takeId, file, sentAt });
        turn.show(submitted(turn, await viewOf(turn, data)));
        return 'done';
      },
    },
  },
  leave: (turn, data) => (data ? showTask(turn, data.takeId) : showMine(turn)),
});

/** A task that ended meanwhile is told of instead: the way on is out of the dialogue. */
const ask = (turn: Turn, view: TakeView): Screen => {
  const { texts, now, receivedAt } = turn;
  return mayStillSend(view, receivedAt)
    ? { text: texts.tasks.askPicture(view, now), keyboard: [backAndCancel(turn)] }
    : { text: texts.tasks.card(view, now), keyboard: [onward(turn)] };
};

const submitted = (turn: Turn, view: TakeView): Screen => ({
  text: turn.texts.tasks.submitted(view),
  keyboard: [onward(turn), [homeButton(turn.texts)]],
});

const onward = ({ texts: { labels } }: Turn) => [
  press(labels.offers, CODES.offers),
  press(labels.myTasks, CODES.myTasks),
];
