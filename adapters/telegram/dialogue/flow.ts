import type { z } from 'zod';
import type { Json, ReceivedFile } from '../../../core/index.ts';
import { dialoguePath, type Button } from '../buttons.ts';
import type { Screen } from '../screen.ts';
import type { Turn } from '../turn.ts';
import { isJustShown } from './just-shown.ts';

/** What a step's file is for: a screenshot must be a picture, a transfer proof may be a PDF. */
export type FileUse = 'screenshot' | 'transfer-proof';

/**
 * Where a dialogue goes: to a step with its data; `stay` draws the same step again; `done` ends it,
 * and the handler has shown what comes after; after `left` it has also said where the person is
 * now.
 */
export type Move<D> = { readonly step: string; readonly data: D } | 'stay' | 'done' | 'left';

/** One question of a dialogue. */
export interface Step<D> {
  /** Draws it from the data: a restart or a stale button shows the same again (UX-3). */
  draw(turn: Turn, data: D): Screen | Promise<Screen>;
  text?(turn: Turn, data: D, text: string): Promise<Move<D>> | Move<D>;
  file?(turn: Turn, data: D, file: ReceivedFile): Promise<Move<D>> | Move<D>;
  readonly accepts?: FileUse;
  /** Buttons by action; `back` and `cancel` are every dialogue's own. */
  readonly buttons?: Readonly<
    Record<
      string,
      (turn: Turn, data: D, argument: string | undefined) => Promise<Move<D>> | Move<D>
    >
  >;
  /**
   * Buttons beside `confirm` with which something happens: pressed before the step can have been
   * read, nothing does.
   */
  readonly final?: readonly string[];
  /** The step before; absent for the first one, where Back leaves. */
  readonly back?: string | ((data: D) => string);
}

export interface FlowDefinition<D extends object> {
  readonly name: string;
  /**
   * Raised when data or steps change meaning: an open dialogue of another version ends friendly.
   */
  readonly version: number;
  readonly schema: z.ZodType<D>;
  readonly steps: Readonly<Record<string, Step<D>>>;
  /** What Cancel, and Back on the first step, show; null where the data can no longer be read. */
  leave(turn: Turn, data: D | null): Promise<void> | void;
  /** Gives back what the dialogue held, once a turn that began in it has ended outside it. */
  readonly forsaken?: (turn: Turn) => Promise<void>;
}

/** A dialogue with its data's type forgotten: what the router works with. */
export interface Flow {
  readonly name: string;
  readonly version: number;
  accepts(step: string): FileUse | undefined;
  /** Whether this step reads what a person types. */
  reads(step: string): boolean;
  draw(turn: Turn): Promise<void>;
  /** Ends it and shows what Cancel shows. */
  leave(turn: Turn): Promise<void>;
  text(turn: Turn, text: string): Promise<void>;
  file(turn: Turn, file: ReceivedFile): Promise<void>;
  button(turn: Turn, action: string, argument: string | undefined): Promise<void>;
  readonly forsaken?: (turn: Turn) => Promise<void>;
}

export interface StartableFlow<D> extends Flow {
  /** Opens the dialogue at a step. */
  start(turn: Turn, step: string, data: D): Promise<void>;
  /** Opens the dialogue at a step whose screen the caller shows. */
  put(turn: Turn, step: string, data: D): void;
}

/** The dialogue is of an older release or was never ours: the router ends it friendly. */
export class UnknownStep extends Error {}

/** Makes a dialogue of its definition: typed inside, uniform outside. */
export const defineFlow = <D extends object>(definition: FlowDefinition<D>): StartableFlow<D> => {
  const { name, version, steps } = definition;
  const here = (turn: Turn): { readonly step: Step<D>; readonly data: D } => {
    const { conversation } = turn;
    const step = steps[conversation.step ?? ''];
    const data = definition.schema.safeParse(conversation.data);
    if (!step || conversation.version !== version || !data.success) throw new UnknownStep(name);
    return { step, data: data.data };
  };
  const put = (turn: Turn, step: string, data: D): void =>
    turn.setDialogue({ flow: name, step, version, data: data as unknown as Json });
  const open = async (turn: Turn, step: string, data: D): Promise<void> => {
    const next = steps[step];
    if (!next) throw new Error(`flow ${name} has no step ${step}`);
    put(turn, step, data);
    turn.show(await next.draw(turn, data));
  };
  const leave = async (turn: Turn, data: D | null): Promise<void> => {
    turn.setDialogue(null);
    await definition.leave(turn, data);
  };
  const leaveHere = (turn: Turn): Promise<void> =>
    leave(turn, definition.schema.safeParse(turn.conversation.data).data ?? null);
  const cancel = (turn: Turn): Promise<void> => {
    turn.answer(turn.texts.common.canceled);
    return leaveHere(turn);
  };
  const go = async (turn: Turn, data: D, move: Move<D>): Promise<void> => {
    if (move === 'left') return;
    if (move === 'done') return turn.setDialogue(null);
    if (move === 'stay') return open(turn, turn.conversation.step ?? '', data);
    return open(turn, move.step, move.data);
  };
  const back = (turn: Turn, step: Step<D>, data: D): Promise<void> => {
    if (step.back === undefined) return leave(turn, data);
    return open(turn, typeof step.back === 'string' ? step.back : step.back(data), data);
  };
  return {
    name,
    version,
    ...(definition.forsaken && { forsaken: definition.forsaken }),
    accepts: (step) => steps[step]?.accepts,
    reads: (step) => steps[step]?.text !== undefined,
    start: open,
    put,
    leave: leaveHere,
    draw: async (turn) => {
      const { step, data } = here(turn);
      turn.show(await step.draw(turn, data));
    },
    text: async (turn, text) => {
      const { step, data } = here(turn);
      await go(turn, data, step.text ? await step.text(turn, data, text) : 'stay');
    },
    file: async (turn, file) => {
      const { step, data } = here(turn);
      await go(turn, data, step.file ? await step.file(turn, data, file) : 'stay');
    },
    button: async (turn, action, argument) => {
      if (action === 'cancel') return cancel(turn);
      const { step, data } = here(turn);
      if (action === 'back') return back(turn, step, data);
      if ((action === 'confirm' || step.final?.includes(action)) && isJustShown(turn)) {
        return turn.answer(turn.texts.common.readFirst);
      }
      const { buttons = {} } = step;
      // A forged one may name what every object has (SEC-2).
      const handler = Object.hasOwn(buttons, action) ? buttons[action] : undefined;
      await go(turn, data, handler ? await handler(turn, data, argument) : 'stay');
    },
  };
};

/** A button of the step that is being drawn. */
export const choose = (turn: Turn, label: string, action: string, argument?: string): Button => ({
  label,
  data: dialoguePath(turn.revision, action, argument),
});

/** The last row of every step: Back and Cancel (UX-2). */
export const backAndCancel = (turn: Turn): readonly Button[] => [
  choose(turn, turn.texts.labels.back, 'back'),
  choose(turn, turn.texts.labels.cancel, 'cancel'),
];
