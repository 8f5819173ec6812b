import {
  asRefusal,
  type ProofFlag,
  type ProofId,
  type ReviewCase,
} from '../../../../core/index.ts';
import { press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { Attachment, Screen } from '../../screen.ts';
import type { Standing } from '../../texts/id/review.ts';
import type { Turn } from '../../turn.ts';

/** The card of a case that was opened: what may be decided on it depends on who has it (REV-6). */
export const caseScreen = async (turn: Turn, shown: ReviewCase): Promise<Screen> => {
  const { core, actor, texts, now } = turn;
  const standing = await standingOf(turn, shown);
  const queue = standing.kind === 'decided' ? null : await core.proofs.queue({ actor });
  return {
    text: texts.review.case(shown, { standing, queue, now }),
    keyboard: keyboardOf(turn, shown, standing),
    attachment: screenshotOf(shown),
  };
};

/** An earlier case to compare with, and the way back to the one at hand (PRF-3). */
export const earlierScreen = ({ texts, now }: Turn, shown: ReviewCase, at: ProofId): Screen => ({
  text: texts.review.case(shown, { standing: { kind: 'looked-at' }, queue: null, now }),
  keyboard: [
    [openLink(texts, shown)],
    [press(texts.review.backToCase, CODES.reviewCase, shortId(at))],
  ],
  attachment: screenshotOf(shown),
});

export const screenshotOf = ({ proof }: ReviewCase): Attachment => ({
  path: proof.file.path,
  as: 'photo',
});

const standingOf = async (turn: Turn, { proof, claim }: ReviewCase): Promise<Standing> => {
  if (proof.status !== 'pending') return { kind: 'decided', final: await whyFinal(turn, proof.id) };
  if (claim === null) return { kind: 'own' };
  return claim.by.id === turn.user.id ? { kind: 'mine' } : { kind: 'claimed', claim };
};

/** Why a decision can no longer be turned round, in a sentence; null where it can (REV-7). */
const whyFinal = async ({ core, actor, texts }: Turn, proofId: ProofId): Promise<string | null> => {
  try {
    await core.proofs.previewReversal({ actor, proofId });
    return null;
  } catch (error) {
    const refusal = asRefusal(error);
    if (!refusal) throw error;
    return texts.refusals.say(refusal);
  }
};

const openLink = ({ review }: Turn['texts'], { campaign }: ReviewCase): Button => ({
  label: review.openLink,
  url: campaign.link.target,
});

const keyboardOf = (turn: Turn, shown: ReviewCase, standing: Standing): Keyboard => {
  const { labels, review } = turn.texts;
  return [
    ...actionsOf(turn, shown, standing),
    ...earlierOnes(turn, shown),
    ...(standing.kind === 'mine'
      ? [[press(review.approveMany, CODES.approveMany, shortId(shown.proof.id))]]
      : [[press(review.next, CODES.review)]]),
    [press(review.list, CODES.reviewList), press(labels.home, CODES.home)],
  ];
};

const actionsOf = ({ texts }: Turn, shown: ReviewCase, standing: Standing): Keyboard => {
  const { labels, review, reversal } = texts;
  const [id, link] = [shortId(shown.proof.id), openLink(texts, shown)];
  switch (standing.kind) {
    case 'mine':
      return [
        [
          press(labels.approve, CODES.approveProof, id),
          press(labels.reject, CODES.rejectProof, id),
        ],
        [link, press(labels.skip, CODES.skipProof, id)],
      ];
    case 'decided':
      return [
        ...(standing.final === null ? [[press(reversal.start, CODES.reverseProof, id)]] : []),
        [link, press(review.history, CODES.taskHistory, id)],
        [press(review.decidedList, CODES.reviewDecided)],
      ];
    case 'claimed':
    case 'own':
    case 'looked-at':
      return [[link]];
  }
};

/** Buttons to the cases that the flags point at. */
const earlierOnes = ({ texts }: Turn, { proof, flags }: ReviewCase): Keyboard => {
  const button = ({ earlierProofId }: ProofFlag, at: number): Button =>
    press(
      texts.review.earlier(at, flags.length),
      CODES.earlierProof,
      shortId(earlierProofId),
      shortId(proof.id),
    );
  return flags.length === 0 ? [] : [flags.map(button)];
};
