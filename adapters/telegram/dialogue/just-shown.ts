import { longId, press, type Button } from '../buttons.ts';
import type { Turn } from '../turn.ts';

/** Also right before: the clock that was set back an hour shall not refuse everything for an hour. */
const isTooSoon = ({ receivedAt, settings }: Turn, since: number): boolean =>
  Math.abs(receivedAt.getTime() - since) < settings.decisionPauseMs;

/**
 * Whether the step on the screen came up under the finger: the tap was then meant for what stood
 * there before (REV-2, DEP-2, UX-3).
 */
export const isJustShown = (turn: Turn): boolean =>
  turn.stepSince !== null && isTooSoon(turn, turn.stepSince.getTime());

type Act = (turn: Turn, argument: string | undefined) => Promise<void>;

/**
 * A decision on a case by the button of its card. The next case takes the place of the one before,
 * buttons and all: a second tap meant for that one decides nothing here.
 */
export const unlessJustShown =
  (caseOnScreen: (turn: Turn) => string | undefined, decide: Act): Act =>
  async (turn, argument) => {
    const shown = caseOnScreen(turn);
    if (shown === undefined || shown !== longId(argument) || !isJustShown(turn)) {
      return decide(turn, argument);
    }
    turn.keepDialogue();
    turn.answer(turn.texts.common.lookFirst);
  };

/** A button of a question outside any dialogue: it carries when the question came up. */
export const pressOnceRead = (turn: Turn, label: string, ...parts: readonly string[]): Button =>
  press(label, ...parts, `~${turn.now.getTime().toString(36)}`);

const CARRIED = /^(.*?)(?::~([0-9a-z]{1,10}))?$/s;

/** What such a button does; one of before it carried the moment acts at once. */
export const onceRead =
  (act: Act): Act =>
  async (turn, argument = '') => {
    const [, rest, since] = CARRIED.exec(argument) ?? [];
    if (since !== undefined && isTooSoon(turn, Number.parseInt(since, 36))) {
      turn.keepDialogue();
      return turn.answer(turn.texts.common.readFirst);
    }
    await act(turn, rest);
  };
