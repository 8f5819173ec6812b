import { createHash } from 'node:crypto';
import type { Language } from '../../../core/index.ts';
import type { Button } from '../buttons.ts';
import { backAndCancel, choose, type Move, type Step } from './flow.ts';
import type { Screen } from '../screen.ts';
import { textsIn, type Texts } from '../texts/index.ts';
import type { Turn } from '../turn.ts';

/** What ready-made reasons depend on, beside the texts. */
export interface ReasonsAsked<D> {
  readonly turn: Turn;
  readonly data: D;
  readonly language: Language;
}

type Asked = Omit<Screen, 'keyboard'>;

/** A question for a reason: ready-made, typed, or, where allowed, none (REV-2, DEP-2, WDR-2). */
export interface ReasonQuestion<D> {
  /** What is asked, over the case that it is about. */
  ask(turn: Turn, data: D): Promise<Asked>;
  /** In the given language, in the same order in each. */
  readonly reasons: (
    texts: Texts,
    asked: ReasonsAsked<D>,
  ) => readonly string[] | Promise<readonly string[]>;
  /** Who will read the reason: a ready-made one goes out in their language. */
  reader(turn: Turn, data: D): Promise<Language>;
  /** The button for no reason; absent where one is required. */
  readonly none?: (texts: Texts) => string;
  /** Acts on it; the core refuses what is too long. */
  given(turn: Turn, data: D, reason: string | null): Promise<Move<D>>;
  readonly back?: string;
}

const reasonsIn = <D>(question: ReasonQuestion<D>, asked: ReasonsAsked<D>) =>
  question.reasons(textsIn(asked.language), asked);

/** The question with its answers below; `asked`: what `ask` gives, where it is known already. */
export const reasonScreen = async <D>(
  question: ReasonQuestion<D>,
  { turn, data, asked }: { readonly turn: Turn; readonly data: D; readonly asked: Asked },
): Promise<Screen> => ({
  ...asked,
  keyboard: [
    ...(await reasonsIn(question, { turn, data, language: turn.user.language })).map(
      (reason, at) => [readyMade(turn, reason, at)],
    ),
    ...(question.none ? [[choose(turn, question.none(turn.texts), 'none')]] : []),
    backAndCancel(turn),
  ],
});

/** Makes the step of a dialogue that asks it. */
export const reasonStep = <D>(question: ReasonQuestion<D>): Step<D> => {
  const reasonsFor = (turn: Turn, data: D, language: Language) =>
    reasonsIn(question, { turn, data, language });
  return {
    draw: async (turn, data) =>
      reasonScreen(question, { turn, data, asked: await question.ask(turn, data) }),
    text: (turn, data, text) => question.given(turn, data, text),
    final: ['ready', 'none'],
    buttons: {
      ready: async (turn, data, argument) => {
        const shown = await reasonsFor(turn, data, turn.user.language);
        const at = shown.findIndex((reason, place) => nameOf(reason, place) === argument);
        const told = await reasonsFor(turn, data, await question.reader(turn, data));
        const reason = told[at];
        if (reason !== undefined) return question.given(turn, data, reason);
        turn.answer(turn.texts.common.staleButton);
        return 'stay';
      },
      none: async (turn, data) => (question.none ? question.given(turn, data, null) : 'stay'),
    },
    ...(question.back !== undefined && { back: question.back }),
  };
};

const LABEL_LETTERS_MAX = 60;

const readyMade = (turn: Turn, reason: string, at: number): Button => {
  const letters = Array.from(reason.replaceAll(/\s+/g, ' '));
  const cut = `${letters.slice(0, LABEL_LETTERS_MAX - 1).join('')}…`;
  const label = letters.length > LABEL_LETTERS_MAX ? cut : letters.join('');
  return choose(turn, label, 'ready', nameOf(reason, at));
};

/** By its place and its words: reasons may be edited while somebody looks at their buttons. */
const nameOf = (reason: string, at: number): string =>
  `${at}-${createHash('sha256').update(reason).digest('base64url').slice(0, 10)}`;
