import { z } from 'zod';
import { refuseCommon, type ProofId, type ReviewCase } from '../../../../core/index.ts';
import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { defineFlow, type StartableFlow } from '../../dialogue/flow.ts';
import { unlessJustShown } from '../../dialogue/just-shown.ts';
import { reasonScreen, reasonStep, type ReasonQuestion } from '../../dialogue/reason-step.ts';
import { idSchema, requireId } from '../../parse.ts';
import { saying, type Turn } from '../../turn.ts';
import { caseScreen, earlierScreen, screenshotOf } from './case-screen.ts';

/** How many put-aside cases are remembered. */
const SKIPPED_MAX = 50;

/** The case on the screen, and what this admin has put aside for the sitting (REV-2). */
export interface Sitting {
  readonly proofId: ProofId;
  readonly skipped: readonly ProofId[];
  /** The case that is being compared with. */
  readonly earlierId?: ProofId | undefined;
}

/** What every dialogue of the desk carries on: the proofs that were put aside. */
export const skippedSchema = z.object({
  skipped: z.array(idSchema<ProofId>()).max(SKIPPED_MAX),
});

const FLOW = 'review';

/** The desk's dialogues: what another desk put aside is none of its business. */
const OF_THE_DESK: readonly string[] = [
  FLOW,
  'review-lists',
  'reverse-proof',
  'approve-many',
  'reject-reasons',
];

export const skippedIn = ({ conversation: { flow, data } }: Turn): readonly ProofId[] =>
  flow !== null && OF_THE_DESK.includes(flow)
    ? (skippedSchema.safeParse(data).data?.skipped ?? [])
    : [];

export const proofIn = (argument: string | undefined): ProofId =>
  requireId<ProofId>(argument, 'proof');

/** What a dialogue of the desk cannot go on without; where it is missing it reads "not found". */
export const needed = <I>(id: I | undefined, what: string): I => {
  if (id === undefined) throw refuseCommon('not-found', { what });
  return id;
};

/** Looks at a case without opening it. */
export const caseOf = (
  { core, actor }: Turn,
  { proofId }: Pick<Sitting, 'proofId'>,
): Promise<ReviewCase> => core.proofs.case({ actor, proofId });

const opened = ({ core, actor }: Turn, { proofId }: Sitting): Promise<ReviewCase> =>
  core.proofs.open({ actor, proofId });

const schema = skippedSchema.extend({
  proofId: idSchema<ProofId>(),
  earlierId: idSchema<ProofId>().optional(),
});

const askedOf = ({ texts }: Turn, shown: ReviewCase) => ({
  text: texts.review.askReason(shown),
  attachment: screenshotOf(shown),
});

const whyRejected: ReasonQuestion<Sitting> = {
  ask: async (turn, sitting) => askedOf(turn, await opened(turn, sitting)),
  reasons: (_texts, { turn, language }) =>
    turn.settings.rejectReasons.map((reason) => reason[language]),
  reader: async (turn, sitting) => (await caseOf(turn, sitting)).worker.language,
  none: ({ review }) => review.noReason,
  given: async (turn, sitting, reason) => {
    await rejectAs(turn, sitting, reason);
    return 'left';
  },
  back: 'case',
};

/**
 * While it is open, its case is this admin's for some minutes; leaving it gives the case back
 * (REV-6). The buttons of a case carry its proof and work without it.
 */
export const reviewFlow: StartableFlow<Sitting> = defineFlow<Sitting>({
  name: FLOW,
  version: 1,
  schema,
  steps: {
    case: { draw: async (turn, sitting) => caseScreen(turn, await opened(turn, sitting)) },
    earlier: {
      draw: async (turn, { proofId, earlierId = proofId }) =>
        earlierScreen(turn, await caseOf(turn, { proofId: earlierId }), proofId),
    },
    reason: reasonStep(whyRejected),
  },
  leave: (turn, sitting) =>
    sitting ? reviewFlow.start(turn, 'case', sitting) : showNext(turn, []),
  forsaken: ({ core, actor }) => core.proofs.release({ actor }),
});

/** The oldest case that this admin may decide and has not skipped, or that there is none. */
export const showNext = async (turn: Turn, skipped: readonly ProofId[]): Promise<void> => {
  const { core, actor, texts } = turn;
  const found = await core.proofs.next({ actor, skipped });
  if (found) {
    reviewFlow.put(turn, 'case', { proofId: found.proof.id, skipped });
    return turn.show(await caseScreen(turn, found));
  }
  turn.setDialogue(null);
  const { labels, review } = texts;
  turn.show({
    text: review.empty(await core.proofs.queue({ actor }), skipped.length),
    keyboard: [
      ...(skipped.length === 0 ? [] : [[press(review.again, CODES.reviewAgain)]]),
      [press(review.list, CODES.reviewList), press(review.decidedList, CODES.reviewDecided)],
      [press(labels.home, CODES.home)],
    ],
  });
};

/** Opens one case out of a list. */
export const openCase = (turn: Turn, argument: string | undefined): Promise<void> =>
  showCase(turn, proofIn(argument));

export const showCase = (turn: Turn, proofId: ProofId): Promise<void> =>
  reviewFlow.start(turn, 'case', { proofId, skipped: skippedIn(turn) });

/** Shows the case that a flag points at; the case at hand stays open. */
export const compare = (turn: Turn, argument: string | undefined): Promise<void> => {
  const [earlier, at] = argument?.split(':') ?? [];
  return reviewFlow.start(turn, 'earlier', {
    proofId: proofIn(at),
    earlierId: proofIn(earlier),
    skipped: skippedIn(turn),
  });
};

const onScreen = ({ conversation: { flow, step, data } }: Turn): ProofId | undefined =>
  flow === FLOW && step === 'case' ? schema.safeParse(data).data?.proofId : undefined;

const rejectAs = async (
  turn: Turn,
  { proofId, skipped }: Sitting,
  reason: string | null,
): Promise<void> => {
  const { core, actor, texts } = turn;
  const result = await core.proofs.reject({ actor, proofId, reason });
  await showNext(saying(turn, texts.review.decided(result)), skipped);
};

export const approve = unlessJustShown(onScreen, async (turn, argument) => {
  const { core, actor, texts } = turn;
  const result = await core.proofs.approve({ actor, proofId: proofIn(argument) });
  await showNext(saying(turn, texts.review.decided(result)), skippedIn(turn));
});

/**
 * Nobody is asked why about what is decided already: deciding it once more changes nothing, and
 * tells by whom and when (REV-4).
 */
export const reject = unlessJustShown(onScreen, async (turn, argument) => {
  const sitting = { proofId: proofIn(argument), skipped: skippedIn(turn) };
  const shown = await opened(turn, sitting);
  if (shown.proof.status !== 'pending') return rejectAs(turn, sitting, null);
  reviewFlow.put(turn, 'reason', sitting);
  const asked = askedOf(turn, shown);
  turn.show(await reasonScreen(whyRejected, { turn, data: sitting, asked }));
});

export const skip = unlessJustShown(onScreen, async (turn, argument) => {
  const proofId = proofIn(argument);
  const others = skippedIn(turn).filter((id) => id !== proofId);
  await showNext(saying(turn, turn.texts.review.skipped), [...others, proofId].slice(-SKIPPED_MAX));
});
