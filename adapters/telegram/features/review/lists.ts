import { z } from 'zod';
import type { Page, ProofId, ReviewCase } from '../../../../core/index.ts';
import { pager, press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { defineFlow, type StartableFlow } from '../../dialogue/flow.ts';
import { findPage, idSchema } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import type { Turn } from '../../turn.ts';
import { caseOf, needed, proofIn, showNext, skippedIn, skippedSchema } from './sitting.ts';

export interface Browsing {
  readonly skipped: readonly ProofId[];
  /** As the pager's buttons carry it. */
  readonly page?: string | undefined;
  /** Of the task whose history is looked at. */
  readonly proofId?: ProofId | undefined;
}

/** Remembers what was put aside while an admin looks through lists. */
export const listsFlow: StartableFlow<Browsing> = defineFlow<Browsing>({
  name: 'review-lists',
  version: 1,
  schema: skippedSchema.extend({
    page: z.string().max(10).optional(),
    proofId: idSchema<ProofId>().optional(),
  }),
  steps: {
    waiting: { draw: (turn, { page }) => waitingScreen(turn, page) },
    decided: { draw: (turn, { page }) => decidedScreen(turn, page) },
    history: { draw: (turn, { proofId }) => historyScreen(turn, proofId) },
  },
  leave: (turn, data) => showNext(turn, data?.skipped ?? []),
});

type List = 'waiting' | 'decided';

const showing =
  (list: List) =>
  (turn: Turn, page: string | undefined): Promise<void> =>
    listsFlow.start(turn, list, { page: page?.slice(0, 10), skipped: skippedIn(turn) });

/** What waits, oldest first, six a page (REV-1). */
export const showWaiting = showing('waiting');

/** What was decided, newest first: the way to a reversal (PRF-4, REV-7). */
export const showDecided = showing('decided');

/** Every proof ever sent for a case's task, with what became of it (PRF-4). */
export const showHistory = (turn: Turn, argument: string | undefined): Promise<void> =>
  listsFlow.start(turn, 'history', { proofId: proofIn(argument), skipped: skippedIn(turn) });

const listKeyboard = (
  { texts }: Turn,
  { page, code, label }: Listed,
  more: readonly Button[],
): Keyboard => [
  ...page.items.map((item) => [press(label(item), CODES.reviewCase, shortId(item.proof.id))]),
  ...pager(page, code),
  more,
  [press(texts.labels.back, CODES.review), press(texts.labels.home, CODES.home)],
];

interface Listed {
  readonly page: Page<ReviewCase>;
  readonly code: string;
  readonly label: (item: ReviewCase) => string;
}

const waitingScreen = async (turn: Turn, asked: string | undefined): Promise<Screen> => {
  const { core, actor, texts, user, now } = turn;
  const { review } = texts;
  const page = await findPage(asked, (request) => core.proofs.waiting({ actor, page: request }));
  const isLocked = ({ claim }: ReviewCase) => claim !== null && claim.by.id !== user.id;
  const label = (item: ReviewCase) => review.caseButton(item, now, isLocked(item));
  return {
    text: review.waiting(page, await core.proofs.queue({ actor }), now),
    keyboard: listKeyboard(turn, { page, code: CODES.reviewList, label }, [
      press(review.decidedList, CODES.reviewDecided),
      ...(user.permissions.includes('settings')
        ? [press(review.editReasons, CODES.rejectReasons)]
        : []),
    ]),
  };
};

const decidedScreen = async (turn: Turn, asked: string | undefined): Promise<Screen> => {
  const { core, actor, texts, now } = turn;
  const { review } = texts;
  const page = await findPage(asked, (request) => core.proofs.decided({ actor, page: request }));
  const label = (item: ReviewCase) => review.decidedButton(item, now);
  return {
    text: review.decidedCases(page),
    keyboard: listKeyboard(turn, { page, code: CODES.reviewDecided, label }, [
      press(review.list, CODES.reviewList),
    ]),
  };
};

const A_ROW = 3;
/** So many of the newest fit into a message, whatever was written about them. */
const HISTORY_MAX = 7;

const historyScreen = async (turn: Turn, proofId: ProofId | undefined): Promise<Screen> => {
  const { core, actor, texts } = turn;
  const of = await caseOf(turn, { proofId: needed(proofId, 'proof') });
  const cases = await core.proofs.taskHistory({ actor, taskId: of.proof.taskId });
  const { review, labels } = texts;
  const before = Math.max(0, cases.length - HISTORY_MAX);
  const seen = cases.slice(before);
  const buttons = seen.map((item, at) =>
    press(review.pastButton(item, before + at), CODES.reviewCase, shortId(item.proof.id)),
  );
  return {
    text: review.taskHistory(seen, { of, before }),
    keyboard: [
      ...inRows(buttons, A_ROW),
      [
        press(review.backToCase, CODES.reviewCase, shortId(of.proof.id)),
        press(labels.home, CODES.home),
      ],
    ],
  };
};

const inRows = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, row) =>
    items.slice(row * size, (row + 1) * size),
  );
