import { z } from 'zod';
import {
  oneLine,
  requireReason,
  requireText,
  type StoredFile,
  type WithdrawalId,
} from '../../../../core/index.ts';
import { backAndCancel, choose, defineFlow, type Move } from '../../dialogue/flow.ts';
import { idSchema, storedFileSchema } from '../../parse.ts';
import { saying, type Turn } from '../../turn.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';
import {
  showWithdrawal,
  showWithdrawals,
  withdrawalOf,
  type OneWithdrawal,
} from './withdrawal-screens.ts';

interface Payment extends OneWithdrawal {
  readonly receipt?: StoredFile | null | undefined;
  readonly reference?: string | null | undefined;
}

const schema = z.object({ withdrawalId: idSchema<WithdrawalId>() });

const REFERENCE_MAX = 100;

const backToCard = (turn: Turn, data: OneWithdrawal | null): Promise<void> =>
  data ? showWithdrawal(turn, data.withdrawalId) : showWithdrawals(turn, undefined);

/** `Sudah Ditransfer`: receipt and reference, both optional, then confirm (WDR-2). */
export const payWithdrawalFlow = defineFlow<Payment>({
  name: 'pay-withdrawal',
  version: 1,
  schema: schema.extend({
    receipt: storedFileSchema.nullish(),
    reference: z.string().max(REFERENCE_MAX).nullish(),
  }),
  steps: {
    receipt: {
      accepts: 'transfer-proof',
      draw: async (turn, data) => ({
        text: turn.texts.withdrawalDesk.askReceipt(await withdrawalOf(turn, data)),
        keyboard: skippable(turn),
      }),
      file: (_turn, data, { channelFileId: _id, ...receipt }) => ({
        step: 'reference',
        data: { ...data, receipt },
      }),
      buttons: { skip: (_turn, data) => ({ step: 'reference', data: { ...data, receipt: null } }) },
    },
    reference: {
      draw: async (turn, data) => ({
        text: turn.texts.withdrawalDesk.askReference(await withdrawalOf(turn, data)),
        keyboard: skippable(turn),
      }),
      text: (_turn, data, text) => ({
        step: 'confirm',
        data: { ...data, reference: oneLine(requireText(text, REFERENCE_MAX), REFERENCE_MAX) },
      }),
      buttons: { skip: (_turn, data) => ({ step: 'confirm', data: { ...data, reference: null } }) },
      back: 'receipt',
    },
    confirm: {
      draw: async (turn, data) => {
        const { labels, withdrawalDesk } = turn.texts;
        const shown = await withdrawalOf(turn, data);
        const { receipt = null, reference = null } = data;
        return {
          text: withdrawalDesk.confirmPaid(shown, receipt !== null, reference),
          keyboard: [[choose(turn, labels.confirm, 'confirm')], backAndCancel(turn)],
        };
      },
      buttons: {
        confirm: async (turn, data): Promise<Move<Payment>> => {
          const { withdrawalId, receipt = null, reference = null } = data;
          const { core, actor, texts } = turn;
          const result = await core.withdrawals.pay({ actor, withdrawalId, receipt, reference });
          await showWithdrawals(saying(turn, texts.withdrawalDesk.decided(result)), undefined);
          return 'done';
        },
      },
      back: 'reference',
    },
  },
  leave: backToCard,
});

const skippable = (turn: Turn) => [
  [choose(turn, turn.texts.labels.skip, 'skip')],
  backAndCancel(turn),
];

/** Why a withdrawal is refused; its owner is told, and the hold returns. */
export const rejectWithdrawalFlow = defineFlow<OneWithdrawal>({
  name: 'reject-withdrawal',
  version: 1,
  schema,
  steps: {
    reason: reasonStep<OneWithdrawal>({
      ask: async (turn, data) => ({
        text: turn.texts.withdrawalDesk.askReason(await withdrawalOf(turn, data)),
      }),
      reasons: ({ withdrawalDesk }) => withdrawalDesk.reasons,
      reader: async (turn, data) => (await withdrawalOf(turn, data)).user.language,
      given: async (turn, { withdrawalId }, reason) => {
        const { core, actor, texts } = turn;
        const why = requireReason(reason);
        const result = await core.withdrawals.reject({ actor, withdrawalId, reason: why });
        await showWithdrawals(saying(turn, texts.withdrawalDesk.decided(result)), undefined);
        return 'done';
      },
    }),
  },
  leave: backToCard,
});
