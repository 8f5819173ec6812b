import { Composer } from 'telegraf';
import { z } from 'zod';
import {
  readAmount,
  requireReason,
  requireWithin,
  rupiah,
  type DepositCase,
  type DepositId,
} from '../../../../core/index.ts';
import { pager, press, shortId, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { backAndCancel, choose, defineFlow, type Move } from '../../dialogue/flow.ts';
import { findPage, idSchema, requireId } from '../../parse.ts';
import { onCode, onLabel } from '../../route.ts';
import type { Attachment } from '../../screen.ts';
import { saying, type Turn } from '../../turn.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';

/** The desk where admins confirm top-ups (DEP-2). */
export const depositDeskFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'deposits', (turn) => showList(turn, undefined));
  onCode(composer, CODES.deposits, showList);
  onCode(composer, CODES.deposit, (turn, argument) => showCard(turn, depositIn(argument)));
  onCode(composer, CODES.approveDeposit, approve);
  onCode(composer, CODES.correctDeposit, (turn, argument) =>
    correctDepositFlow.start(turn, 'amount', { depositId: depositIn(argument) }),
  );
  onCode(composer, CODES.rejectDeposit, (turn, argument) =>
    rejectDepositFlow.start(turn, 'reason', { depositId: depositIn(argument) }),
  );
  return composer;
};

interface OneDeposit {
  readonly depositId: DepositId;
}

interface Correction extends OneDeposit {
  /** Rupiah. */
  readonly credited?: string | undefined;
  /** Null where the amount is the claimed one after all. */
  readonly reason?: string | null | undefined;
}

const schema = z.object({ depositId: idSchema<DepositId>() });

const depositIn = (argument: string | undefined): DepositId =>
  requireId<DepositId>(argument, 'deposit');

const caseOf = ({ core, actor }: Turn, { depositId }: OneDeposit): Promise<DepositCase> =>
  core.deposits.show({ actor, depositId });

const proofOf = ({ deposit: { file } }: DepositCase): Attachment => ({
  path: file.path,
  as: file.type === 'application/pdf' ? 'document' : 'photo',
});

/** Why a top-up is refused; the client is told. */
export const rejectDepositFlow = defineFlow<OneDeposit>({
  name: 'reject-deposit',
  version: 1,
  schema,
  steps: {
    reason: reasonStep<OneDeposit>({
      ask: async (turn, data) => {
        const shown = await caseOf(turn, data);
        return { text: turn.texts.depositDesk.askReason(shown), attachment: proofOf(shown) };
      },
      reasons: ({ depositDesk }) => depositDesk.reasons,
      reader: async (turn, data) => (await caseOf(turn, data)).user.language,
      given: async (turn, { depositId }, reason) => {
        const { core, actor, texts } = turn;
        const why = requireReason(reason);
        const result = await core.deposits.reject({ actor, depositId, reason: why });
        await showList(saying(turn, texts.depositDesk.decided(result)), undefined);
        return 'done';
      },
    }),
  },
  leave: (turn, data) => (data ? showCard(turn, data.depositId) : showList(turn, undefined)),
});

/** What really arrived, why it differs, confirm: claimed and credited are both kept (DEP-2). */
export const correctDepositFlow = defineFlow<Correction>({
  name: 'correct-deposit',
  version: 1,
  schema: schema.extend({
    credited: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    reason: z.string().nullish(),
  }),
  steps: {
    amount: {
      draw: async (turn, data) => {
        const shown = await caseOf(turn, data);
        return {
          text: turn.texts.depositDesk.askAmount(shown),
          keyboard: [backAndCancel(turn)],
          attachment: proofOf(shown),
        };
      },
      text: async (turn, data, text) => {
        const max = turn.settings.amountMax;
        const credited = requireWithin(readAmount(text), { min: rupiah(1n), max });
        const { deposit } = await caseOf(turn, data);
        const { depositId } = data;
        const next: Correction = { depositId, credited: credited.toString() };
        return credited === deposit.claimed
          ? { step: 'confirm', data: { ...next, reason: null } }
          : { step: 'reason', data: next };
      },
    },
    reason: reasonStep<Correction>({
      ask: async (turn, data) => {
        const shown = await caseOf(turn, data);
        const text = turn.texts.depositDesk.askCorrectionReason(shown, creditedIn(data));
        return { text, attachment: proofOf(shown) };
      },
      reasons: ({ depositDesk }) => depositDesk.correctionReasons,
      reader: async (turn, data) => (await caseOf(turn, data)).user.language,
      given: async (_turn, data, reason) => ({
        step: 'confirm',
        data: { ...data, reason: requireReason(reason) },
      }),
      back: 'amount',
    }),
    confirm: {
      draw: async (turn, data) => {
        const { texts } = turn;
        const [shown, reason] = [await caseOf(turn, data), data.reason ?? null];
        return {
          text: texts.depositDesk.confirmCorrection(shown, creditedIn(data), reason),
          keyboard: [[choose(turn, texts.labels.confirm, 'confirm')], backAndCancel(turn)],
          attachment: proofOf(shown),
        };
      },
      buttons: {
        confirm: async (turn, data): Promise<Move<Correction>> => {
          const { depositId, reason = null } = data;
          await decide(turn, { depositId, credited: creditedIn(data), reason });
          return 'done';
        },
      },
      back: 'amount',
    },
  },
  leave: (turn, data) => (data ? showCard(turn, data.depositId) : showList(turn, undefined)),
});

const creditedIn = ({ credited }: Correction) => rupiah(BigInt(credited ?? '0'));

const showList = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts, now } = turn;
  const waiting = await findPage(argument, (page) => core.deposits.waiting({ actor, page }));
  turn.show({
    text: texts.depositDesk.list(waiting),
    keyboard: [
      ...waiting.items.map((item) => [
        press(texts.depositDesk.listButton(item, now), CODES.deposit, shortId(item.deposit.id)),
      ]),
      ...pager(waiting, CODES.deposits),
      [press(texts.labels.home, CODES.home)],
    ],
  });
};

const showCard = async (turn: Turn, depositId: DepositId): Promise<void> => {
  const shown = await caseOf(turn, { depositId });
  turn.show({
    text: turn.texts.depositDesk.card(shown, turn.now),
    keyboard: cardKeyboard(turn, shown),
    attachment: proofOf(shown),
  });
};

const cardKeyboard = ({ texts }: Turn, { deposit }: DepositCase): Keyboard => {
  const { labels, depositDesk } = texts;
  const id = shortId(deposit.id);
  const decisions: Keyboard = [
    [
      press(labels.approve, CODES.approveDeposit, id),
      press(labels.reject, CODES.rejectDeposit, id),
    ],
    [press(depositDesk.correct, CODES.correctDeposit, id)],
  ];
  return [
    ...(deposit.status === 'pending' ? decisions : []),
    [press(depositDesk.toList, CODES.deposits), press(labels.home, CODES.home)],
  ];
};

/** `Setujui` credits exactly what was claimed. */
const approve = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const depositId = depositIn(argument);
  const { deposit } = await caseOf(turn, { depositId });
  await decide(turn, { depositId, credited: deposit.claimed, reason: null });
};

type Credit = Omit<Parameters<Turn['core']['deposits']['approve']>[0], 'actor'>;

const decide = async (turn: Turn, credit: Credit): Promise<void> => {
  const result = await turn.core.deposits.approve({ actor: turn.actor, ...credit });
  await showList(saying(turn, turn.texts.depositDesk.decided(result)), undefined);
};
