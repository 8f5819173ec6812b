import { z } from 'zod';
import {
  REASON_MAX,
  REASONS_MAX,
  requireText,
  type ProofId,
  type ReadyReason,
} from '../../../../core/index.ts';
import { press, type Button } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import {
  backAndCancel,
  choose,
  defineFlow,
  type Move,
  type StartableFlow,
} from '../../dialogue/flow.ts';
import { requireRight } from '../../route.ts';
import type { Screen } from '../../screen.ts';
import { saying, type Turn } from '../../turn.ts';
import { showWaiting } from './lists.ts';
import { skippedIn, skippedSchema } from './sitting.ts';

const A_ROW = 5;

const reasonSchema = z.object({ id: z.string(), en: z.string() });

export interface Editing {
  readonly skipped: readonly ProofId[];
  /** Which one is changed, and how it read when it was chosen; absent for a new one. */
  readonly chosen?: { readonly at: number; readonly was: ReadyReason } | undefined;
  /** The Indonesian words, once they are typed. */
  readonly id?: string | undefined;
}

/** Where admins keep the ready-made reasons to reject a proof (REV-2, ADM-4). */
export const rejectReasonsFlow: StartableFlow<Editing> = defineFlow<Editing>({
  name: 'reject-reasons',
  version: 1,
  schema: skippedSchema.extend({
    chosen: z.object({ at: z.number(), was: reasonSchema }).optional(),
    id: z.string().optional(),
  }),
  steps: {
    list: {
      draw: (turn) => listScreen(turn),
      buttons: {
        pick: (turn, data, at) => pick(turn, data, Number(at)),
        add: (_turn, { skipped }) => ({ step: 'indonesian', data: { skipped } }),
      },
    },
    one: {
      draw: (turn, data) => oneScreen(turn, data),
      buttons: {
        change: (_turn, data) => ({ step: 'indonesian', data }),
        up: (turn, data) => moveUp(turn, data),
        remove: (turn, data) => remove(turn, data),
      },
      final: ['up', 'remove'],
      back: 'list',
    },
    indonesian: {
      draw: (turn, { chosen }) => ({
        text: turn.texts.rejectReasons.askIndonesian(chosen?.was ?? null),
        keyboard: [backAndCancel(turn)],
      }),
      text: (_turn, data, text) => ({
        step: 'english',
        data: { ...data, id: requireText(text, REASON_MAX) },
      }),
      back: ({ chosen }) => (chosen ? 'one' : 'list'),
    },
    english: {
      draw: (turn, data) => englishScreen(turn, data),
      text: (turn, data, text) => store(turn, data, requireText(text, REASON_MAX)),
      buttons: {
        same: (turn, data) => store(turn, data, data.id ?? ''),
        keep: (turn, data) => store(turn, data, data.chosen?.was.en ?? ''),
      },
      back: 'indonesian',
    },
  },
  leave: (turn, data) =>
    data === null || turn.conversation.step === 'list'
      ? showWaiting(turn, undefined)
      : rejectReasonsFlow.start(turn, 'list', { skipped: data.skipped }),
});

/** Opens the editor. */
export const editRejectReasons = (turn: Turn): Promise<void> =>
  rejectReasonsFlow.start(turn, 'list', { skipped: skippedIn(turn) });

const listScreen = (turn: Turn): Screen => {
  requireRight(turn, 'settings');
  const { settings, texts } = turn;
  const { rejectReasons, labels } = texts;
  const buttons: Button[][] = [];
  for (const [at] of settings.rejectReasons.entries()) {
    if (at % A_ROW === 0) buttons.push([]);
    buttons.at(-1)?.push(choose(turn, rejectReasons.number(at), 'pick', String(at)));
  }
  return {
    text: rejectReasons.list(settings.rejectReasons),
    keyboard: [
      ...buttons,
      ...(settings.rejectReasons.length < REASONS_MAX
        ? [[choose(turn, rejectReasons.add, 'add')]]
        : []),
      [choose(turn, labels.back, 'back'), press(labels.home, CODES.home)],
    ],
  };
};

const pick = ({ settings }: Turn, { skipped }: Editing, at: number): Move<Editing> => {
  const was = settings.rejectReasons[at];
  return was ? { step: 'one', data: { skipped, chosen: { at, was } } } : 'stay';
};

const oneScreen = (turn: Turn, { chosen }: Editing): Screen => {
  const { rejectReasons } = turn.texts;
  if (!chosen) return listScreen(turn);
  const { at, was } = chosen;
  return {
    text: rejectReasons.one(was, at),
    keyboard: [
      [
        choose(turn, rejectReasons.change, 'change'),
        ...(at === 0 ? [] : [choose(turn, rejectReasons.up, 'up')]),
        choose(turn, rejectReasons.remove, 'remove'),
      ],
      backAndCancel(turn),
    ],
  };
};

const englishScreen = (turn: Turn, { id = '', chosen }: Editing): Screen => {
  const { rejectReasons } = turn.texts;
  return {
    text: rejectReasons.askEnglish(id, chosen?.was ?? null),
    keyboard: [
      [choose(turn, rejectReasons.same, 'same')],
      ...(chosen ? [[choose(turn, rejectReasons.keepEnglish, 'keep')]] : []),
      backAndCancel(turn),
    ],
  };
};

const store = (turn: Turn, data: Editing, en: string): Promise<Move<Editing>> => {
  const reason = { id: data.id ?? '', en };
  return change(turn, data, {
    said: turn.texts.rejectReasons.saved,
    edit: (reasons, at) => (at === undefined ? [...reasons, reason] : reasons.with(at, reason)),
  });
};

const remove = (turn: Turn, data: Editing): Promise<Move<Editing>> =>
  change(turn, data, {
    said: turn.texts.rejectReasons.removed,
    edit: (reasons, gone) => reasons.filter((_reason, at) => at !== gone),
  });

const moveUp = (turn: Turn, data: Editing): Promise<Move<Editing>> =>
  change(turn, data, {
    said: turn.texts.rejectReasons.moved,
    edit: (reasons, at = 0) => {
      const [moved, ahead] = [reasons[at], reasons[at - 1]];
      return moved && ahead ? reasons.with(at - 1, moved).with(at, ahead) : reasons;
    },
  });

interface Change {
  readonly said: string;
  readonly edit: (
    reasons: readonly ReadyReason[],
    at: number | undefined,
  ) => readonly ReadyReason[];
}

/** Stores the list, unless somebody else has changed the chosen reason meanwhile. */
const change = async (
  turn: Turn,
  { chosen, skipped }: Editing,
  { said, edit }: Change,
): Promise<Move<Editing>> => {
  const { core, actor, texts, settings } = turn;
  const reasons = settings.rejectReasons;
  const now = chosen && reasons[chosen.at];
  if (chosen && (now?.id !== chosen.was.id || now.en !== chosen.was.en)) {
    await rejectReasonsFlow.start(saying(turn, texts.rejectReasons.changed), 'list', { skipped });
    return 'left';
  }
  const saved = await core.settings.setRejectReasons({
    actor,
    reasons: edit(reasons, chosen?.at),
  });
  const after = { ...saying(turn, said), settings: saved };
  await rejectReasonsFlow.start(after, 'list', { skipped });
  return 'left';
};
