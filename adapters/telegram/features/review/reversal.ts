import { z } from 'zod';
import {
  requireReason,
  rupiah,
  type ProofId,
  type ReversalPreview,
  type Rupiah,
} from '../../../../core/index.ts';
import {
  backAndCancel,
  choose,
  defineFlow,
  type Move,
  type StartableFlow,
} from '../../dialogue/flow.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';
import { escapeHtml } from '../../html.ts';
import { idSchema } from '../../parse.ts';
import { showingAbove, type Turn } from '../../turn.ts';
import { screenshotOf } from './case-screen.ts';
import { caseOf, proofIn, showCase, showNext, skippedIn, skippedSchema } from './sitting.ts';

export interface Reversing {
  readonly proofId: ProofId;
  readonly skipped: readonly ProofId[];
  readonly reason?: string | undefined;
}

const previewOf = ({ core, actor }: Turn, { proofId }: Reversing): Promise<ReversalPreview> =>
  core.proofs.previewReversal({ actor, proofId });

/** An amount on a button: digits alone, whatever a forged one may carry (SEC-2). */
const FIGURE = /^\d{1,15}$/;

/** What moves on the worker's side: what a confirmation stands for. */
const workersPart = (preview: ReversalPreview): Rupiah =>
  preview.turns === 'approval' ? preview.returned : preview.reward;

/** The money, a reason, the money again with `Konfirmasi`: a decision turned round (REV-7). */
export const reversalFlow: StartableFlow<Reversing> = defineFlow<Reversing>({
  name: 'reverse-proof',
  version: 1,
  schema: skippedSchema.extend({
    proofId: idSchema<ProofId>(),
    reason: z.string().max(500).optional(),
  }),
  steps: {
    reason: reasonStep<Reversing>({
      ask: async (turn, data) => {
        const [shown, preview] = [await caseOf(turn, data), await previewOf(turn, data)];
        const text = turn.texts.reversal.askReason(shown, preview);
        return { text, attachment: screenshotOf(shown) };
      },
      reasons: async ({ reversal }, { turn, data }) =>
        reversal.reasons[(await previewOf(turn, data)).turns],
      reader: async (turn, data) => (await caseOf(turn, data)).worker.language,
      given: async (_turn, data, reason) => ({
        step: 'confirm',
        data: { ...data, reason: requireReason(reason) },
      }),
    }),
    confirm: {
      draw: async (turn, data) => {
        const { labels, reversal } = turn.texts;
        const [shown, preview] = [await caseOf(turn, data), await previewOf(turn, data)];
        const figure = workersPart(preview).toString();
        return {
          text: reversal.confirm(shown, preview, data.reason ?? ''),
          keyboard: [[choose(turn, labels.confirm, 'confirm', figure)], backAndCancel(turn)],
          attachment: screenshotOf(shown),
        };
      },
      buttons: {
        confirm: async (turn, data, figure): Promise<Move<Reversing>> => {
          const { proofId, reason = '' } = data;
          const { core, actor, texts } = turn;
          if (figure === undefined || !FIGURE.test(figure)) return 'stay';
          const shown = rupiah(BigInt(figure));
          const result = await core.proofs.reverse({ actor, proofId, reason, shown });
          const said = texts.reversal.done(result);
          turn.answer(said);
          await showCase(showingAbove(turn, escapeHtml(said)), proofId);
          return 'left';
        },
      },
      back: 'reason',
    },
  },
  leave: (turn, data) => (data ? showCase(turn, data.proofId) : showNext(turn, [])),
});

/** Opens it where the decision may still be turned round; else the core says why not. */
export const reverse = (turn: Turn, argument: string | undefined): Promise<void> =>
  reversalFlow.start(turn, 'reason', { proofId: proofIn(argument), skipped: skippedIn(turn) });
