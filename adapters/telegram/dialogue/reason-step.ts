import type { Language } from '../../../core/index.ts';
import { backAndCancel, choose, type Move, type Step } from './flow.ts';
import type { Screen } from '../screen.ts';
import { textsIn, type Texts } from '../texts/index.ts';
import type { Turn } from '../turn.ts';

/** A question for a reason: ready-made, typed, or, where allowed, none (REV-2, DEP-2, WDR-2). */
export interface ReasonQuestion<D> {
  /** What is asked, over the case that it is about. */
  ask(turn: Turn, data: D): Promise<Omit<Screen, 'keyboard'>>;
  readonly reasons: (texts: Texts) => readonly string[];
  /** Who will read the reason: a ready-made one goes out in their language. */
  reader(turn: Turn, data: D): Promise<Language>;
  /** The button for no reason; absent where one is required. */
  readonly none?: (texts: Texts) => string;
  /** Acts on it; the core refuses what is too long. */
  given(turn: Turn, data: D, reason: string | null): Promise<Move<D>>;
  readonly back?: string;
}

/** Makes the step of a dialogue that asks it. */
export const reasonStep = <D>(question: ReasonQuestion<D>): Step<D> => ({
  draw: async (turn, data) => ({
    ...(await question.ask(turn, data)),
    keyboard: [
      ...question
        .reasons(turn.texts)
        .map((reason, at) => [choose(turn, reason, 'ready', String(at))]),
      ...(question.none ? [[choose(turn, question.none(turn.texts), 'none')]] : []),
      backAndCancel(turn),
    ],
  }),
  text: (turn, data, text) => question.given(turn, data, text),
  buttons: {
    ready: async (turn, data, argument) => {
      const texts = textsIn(await question.reader(turn, data));
      const reason = question.reasons(texts)[Number(argument)];
      return reason === undefined ? 'stay' : question.given(turn, data, reason);
    },
    none: async (turn, data) => (question.none ? question.given(turn, data, null) : 'stay'),
  },
  ...(question.back !== undefined && { back: question.back }),
});
