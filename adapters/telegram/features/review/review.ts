import { Composer } from 'telegraf';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onCode, onLabel } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { approveMany, approveManyFlow, showApprovals } from './approve-many.ts';
import { listsFlow, showDecided, showHistory, showWaiting } from './lists.ts';
import { editRejectReasons, rejectReasonsFlow } from './reject-reasons.ts';
import { reversalFlow, reverse } from './reversal.ts';
import {
  approve,
  compare,
  openCase,
  reject,
  reviewFlow,
  showNext,
  skip,
  skippedIn,
} from './sitting.ts';

type Act = (turn: Turn, argument: string | undefined) => Promise<void>;

const ACTS: readonly (readonly [code: string, act: Act])[] = [
  [CODES.review, (turn) => showNext(turn, skippedIn(turn))],
  [CODES.reviewAgain, (turn) => showNext(turn, [])],
  [CODES.reviewCase, openCase],
  [CODES.reviewList, showWaiting],
  [CODES.reviewDecided, showDecided],
  [CODES.taskHistory, showHistory],
  [CODES.earlierProof, compare],
  [CODES.approveProof, approve],
  [CODES.rejectProof, reject],
  [CODES.skipProof, skip],
  [CODES.reverseProof, reverse],
  [CODES.approveMany, approveMany],
  [CODES.approvals, showApprovals],
  [CODES.rejectReasons, editRejectReasons],
];

/** The desk where admins judge proofs, one case after the other in one message (REV-1 … REV-8). */
export const reviewFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'review', (turn) => showNext(turn, []));
  for (const [code, act] of ACTS) onCode(composer, code, act);
  return composer;
};

export const reviewFlows = [
  reviewFlow,
  listsFlow,
  reversalFlow,
  approveManyFlow,
  rejectReasonsFlow,
] as const;
