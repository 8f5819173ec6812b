import { z } from 'zod';
import {
  rupiah,
  type ApprovalBatchId,
  type ApprovalPreview,
  type ApprovalReport,
  type ApprovalScope,
  type CampaignId,
  type ProofId,
  type UserId,
} from '../../../../core/index.ts';
import { longId, press, shortId, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import {
  backAndCancel,
  choose,
  defineFlow,
  type Move,
  type StartableFlow,
} from '../../dialogue/flow.ts';
import { idSchema, requireId } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import type { ManyChoice } from '../../texts/id/approvals.ts';
import type { Turn } from '../../turn.ts';
import {
  caseOf,
  needed,
  proofIn,
  showCase,
  showNext,
  skippedIn,
  skippedSchema,
} from './sitting.ts';

/** What is about to be ordered, exactly as its preview was shown (REV-8). */
const orderSchema = z.object({
  /** Made with the preview: however often it is confirmed, it is one order. */
  key: idSchema<ApprovalBatchId>(),
  scope: z.union([
    z.object({ kind: z.literal('worker'), workerId: idSchema<UserId>() }),
    z.object({ kind: z.literal('campaign'), campaignId: idSchema<CampaignId>() }),
  ]),
  /** In their short form, oldest first: hundreds of them are kept here. */
  proofs: z.array(z.string().length(22)).max(500),
  /** Rupiah. */
  total: z.string().regex(/^\d{1,18}$/),
  fees: z.string().regex(/^\d{1,18}$/),
  oldest: z.iso.datetime(),
  skipped: z.object({ claimed: z.number(), flagged: z.number(), own: z.number() }),
  beyond: z.number(),
});

type Order = z.infer<typeof orderSchema>;

export interface ManyData {
  readonly skipped: readonly ProofId[];
  /** The case that it began with. */
  readonly proofId?: ProofId | undefined;
  readonly order?: Order | undefined;
  readonly batchId?: ApprovalBatchId | undefined;
}

/** Whose proofs, the preview with its total, `Konfirmasi`, how far it is (REV-8). */
export const approveManyFlow: StartableFlow<ManyData> = defineFlow<ManyData>({
  name: 'approve-many',
  version: 1,
  schema: skippedSchema.extend({
    proofId: idSchema<ProofId>().optional(),
    order: orderSchema.optional(),
    batchId: idSchema<ApprovalBatchId>().optional(),
  }),
  steps: {
    scope: {
      draw: (turn, data) => scopeScreen(turn, data),
      buttons: { pick: (turn, data, kind) => pick(turn, data, kind) },
    },
    preview: {
      draw: (turn, data) => previewScreen(turn, data),
      buttons: { confirm: (turn, data) => start(turn, data) },
      back: 'scope',
    },
    progress: { draw: async (turn, data) => progressScreen(turn, await reportOf(turn, data)) },
  },
  leave: (turn, data) =>
    data?.proofId ? showCase(turn, data.proofId) : showNext(turn, data?.skipped ?? []),
});

/** Opens it from a case's card. */
export const approveMany = (turn: Turn, argument: string | undefined): Promise<void> =>
  approveManyFlow.start(turn, 'scope', { proofId: proofIn(argument), skipped: skippedIn(turn) });

/** Shows how far an order is; its button works as long as there are chats. */
export const showApprovals = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const batchId = requireId<ApprovalBatchId>(argument, 'approvals');
  const data: ManyData = { batchId, skipped: skippedIn(turn) };
  turn.answer(turn.texts.approvals.progress(await reportOf(turn, data)));
  await approveManyFlow.start(turn, 'progress', data);
};

const beginning = (turn: Turn, { proofId }: ManyData) =>
  caseOf(turn, { proofId: needed(proofId, 'proof') });

const choicesOf = async (turn: Turn, data: ManyData): Promise<readonly ManyChoice[]> => {
  const { core, actor } = turn;
  const shown = await beginning(turn, data);
  const scopes: readonly ApprovalScope[] = [
    { kind: 'worker', workerId: shown.proof.workerId },
    { kind: 'campaign', campaignId: shown.proof.campaignId },
  ];
  const choices: ManyChoice[] = [];
  for (const scope of scopes) {
    choices.push({ shown, preview: await core.approvals.preview({ actor, scope }) });
  }
  return choices;
};

const scopeScreen = async (turn: Turn, data: ManyData): Promise<Screen> => {
  const { approvals } = turn.texts;
  const choices = await choicesOf(turn, data);
  return {
    text: approvals.ask(choices),
    keyboard: [
      ...choices
        .filter(({ preview }) => preview.proofIds.length > 0)
        .map((choice) => [
          choose(turn, approvals.choice(choice), 'pick', choice.preview.scope.kind),
        ]),
      backAndCancel(turn),
    ],
  };
};

const pick = async (
  turn: Turn,
  data: ManyData,
  kind: string | undefined,
): Promise<Move<ManyData>> => {
  const { core, actor } = turn;
  const chosen = (await choicesOf(turn, data)).find(({ preview }) => preview.scope.kind === kind);
  const [first] = chosen?.preview.proofIds ?? [];
  if (!chosen || first === undefined) return 'stay';
  const { proof } = await core.proofs.case({ actor, proofId: first });
  const order = orderOf(turn, chosen.preview, proof.submittedAt);
  return { step: 'preview', data: { ...data, order } };
};

const orderOf = (turn: Turn, preview: ApprovalPreview, oldest: Date): Order => ({
  key: turn.newKey() as ApprovalBatchId,
  scope: preview.scope,
  proofs: preview.proofIds.map(shortId),
  total: preview.total.toString(),
  fees: preview.fees.toString(),
  oldest: oldest.toISOString(),
  skipped: preview.skipped,
  beyond: preview.beyond,
});

const previewScreen = async (turn: Turn, data: ManyData): Promise<Screen> => {
  const { labels, approvals } = turn.texts;
  const { order } = data;
  if (!order) return scopeScreen(turn, data);
  const seen = {
    ...order,
    shown: await beginning(turn, data),
    many: order.proofs.length,
    total: rupiah(BigInt(order.total)),
    fees: rupiah(BigInt(order.fees)),
    oldest: new Date(order.oldest),
  };
  return {
    text: approvals.preview(seen, turn.now),
    keyboard: [[choose(turn, labels.confirm, 'confirm')], backAndCancel(turn)],
  };
};

const start = async (turn: Turn, { order, skipped }: ManyData): Promise<Move<ManyData>> => {
  if (!order) return 'stay';
  const { core, actor, texts } = turn;
  const { key, scope } = order;
  const proofIds = order.proofs.flatMap((short) => longId<ProofId>(short) ?? []);
  const { batch } = await core.approvals.start({ actor, scope, proofIds, key });
  turn.answer(texts.approvals.started);
  return { step: 'progress', data: { batchId: batch.id, skipped } };
};

const reportOf = ({ core, actor }: Turn, { batchId }: ManyData): Promise<ApprovalReport> =>
  core.approvals.show({
    actor,
    batchId: needed(batchId, 'approvals'),
  });

const progressScreen = ({ texts }: Turn, report: ApprovalReport): Screen => {
  const { approvals, labels, review } = texts;
  const refresh: Keyboard = [[press(approvals.refresh, CODES.approvals, shortId(report.batch.id))]];
  return {
    text: approvals.report(report),
    keyboard: [
      ...(report.batch.doneAt === null ? refresh : []),
      [press(approvals.goOn, CODES.review)],
      [press(review.list, CODES.reviewList), press(labels.home, CODES.home)],
    ],
  };
};
