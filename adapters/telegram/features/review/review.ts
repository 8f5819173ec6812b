import { Composer } from 'telegraf';
import { z } from 'zod';
import type { ProofId, ReviewCase } from '../../../../core/index.ts';
import { pager, press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { defineFlow, type StartableFlow } from '../../dialogue/flow.ts';
import { findPage, idSchema, requireId } from '../../parse.ts';
import { onCode, onLabel } from '../../route.ts';
import type { Attachment, Screen } from '../../screen.ts';
import { saying, type Turn } from '../../turn.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';

/** The desk where admins judge proofs, one case after the other in one message (REV-1, REV-2). */
export const reviewFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'review', (turn) => showNext(turn, []));
  onCode(composer, CODES.review, (turn) => showNext(turn, skippedIn(turn)));
  onCode(composer, CODES.reviewAgain, (turn) => showNext(turn, []));
  onCode(composer, CODES.reviewCase, open);
  onCode(composer, CODES.reviewList, showList);
  onCode(composer, CODES.approveProof, approve);
  onCode(composer, CODES.rejectProof, reject);
  onCode(composer, CODES.skipProof, skip);
  return composer;
};

const SKIPPED_MAX = 50;

/** The case on the screen, and what this admin has put aside for the sitting (REV-2). */
interface Sitting {
  readonly proofId: ProofId;
  readonly skipped: readonly ProofId[];
}

const skippedSchema = z.object({ skipped: z.array(idSchema<ProofId>()).max(SKIPPED_MAX) });
const schema = skippedSchema.extend({ proofId: idSchema<ProofId>() });

const skippedIn = ({ conversation }: Turn): readonly ProofId[] =>
  skippedSchema.safeParse(conversation.data).data?.skipped ?? [];

const proofIn = (argument: string | undefined): ProofId => requireId<ProofId>(argument, 'proof');

const caseOf = ({ core, actor }: Turn, { proofId }: Pick<Sitting, 'proofId'>) =>
  core.proofs.case({ actor, proofId });

/** Remembers the sitting while a case is on the screen; the case's buttons carry the proof. */
export const reviewFlow: StartableFlow<Sitting> = defineFlow<Sitting>({
  name: 'review',
  version: 1,
  schema,
  steps: {
    case: { draw: async (turn, sitting) => caseScreen(turn, await caseOf(turn, sitting)) },
    reason: reasonStep<Sitting>({
      ask: async (turn, sitting) => {
        const shown = await caseOf(turn, sitting);
        return { text: turn.texts.review.askReason(shown), attachment: screenshotOf(shown) };
      },
      reasons: ({ review }) => review.reasons,
      reader: async (turn, sitting) => (await caseOf(turn, sitting)).worker.language,
      none: ({ review }) => review.noReason,
      given: async (turn, { proofId, skipped }, reason) => {
        const { core, actor, texts } = turn;
        const result = await core.proofs.reject({ actor, proofId, reason });
        await showNext(saying(turn, texts.review.decided(result)), skipped);
        return 'left';
      },
      back: 'case',
    }),
  },
  leave: (turn, sitting) =>
    sitting ? reviewFlow.start(turn, 'case', sitting) : showNext(turn, []),
});

const caseScreen = async (turn: Turn, shown: ReviewCase): Promise<Screen> => ({
  text: turn.texts.review.case(
    shown,
    await turn.core.proofs.queue({ actor: turn.actor }),
    turn.now,
  ),
  keyboard: caseKeyboard(turn, shown),
  attachment: screenshotOf(shown),
});

const screenshotOf = ({ proof }: ReviewCase): Attachment => ({
  path: proof.file.path,
  as: 'photo',
});

const caseKeyboard = ({ texts }: Turn, { proof, campaign }: ReviewCase): Keyboard => {
  const { labels, review } = texts;
  const id = shortId(proof.id);
  const openLink: Button = { label: review.openLink, url: campaign.link.target };
  const decide: Keyboard =
    proof.status === 'pending'
      ? [
          [
            press(labels.approve, CODES.approveProof, id),
            press(labels.reject, CODES.rejectProof, id),
          ],
          [openLink, press(labels.skip, CODES.skipProof, id)],
        ]
      : [[openLink], [press(review.next, CODES.review)]];
  return [...decide, [press(review.list, CODES.reviewList), press(labels.home, CODES.home)]];
};

/** The oldest case that this admin may decide and has not skipped, or that there is none. */
const showNext = async (turn: Turn, skipped: readonly ProofId[]): Promise<void> => {
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
      [press(review.list, CODES.reviewList), press(labels.home, CODES.home)],
    ],
  });
};

const open = (turn: Turn, argument: string | undefined): Promise<void> =>
  reviewFlow.start(turn, 'case', { proofId: proofIn(argument), skipped: skippedIn(turn) });

const showList = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts, now } = turn;
  const cases = await findPage(argument, (page) => core.proofs.waiting({ actor, page }));
  turn.show({
    text: texts.review.waiting(cases, await core.proofs.queue({ actor }), now),
    keyboard: [
      ...cases.items.map((item) => [
        press(texts.review.caseButton(item, now), CODES.reviewCase, shortId(item.proof.id)),
      ]),
      ...pager(cases, CODES.reviewList),
      [press(texts.labels.back, CODES.review), press(texts.labels.home, CODES.home)],
    ],
  });
};

const approve = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const result = await core.proofs.approve({ actor, proofId: proofIn(argument) });
  await showNext(saying(turn, texts.review.decided(result)), skippedIn(turn));
};

const reject = (turn: Turn, argument: string | undefined): Promise<void> =>
  reviewFlow.start(turn, 'reason', {
    proofId: proofIn(argument),
    skipped: skippedIn(turn),
  });

const skip = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const proofId = proofIn(argument);
  const others = skippedIn(turn).filter((id) => id !== proofId);
  await showNext(saying(turn, turn.texts.review.skipped), [...others, proofId].slice(-SKIPPED_MAX));
};
