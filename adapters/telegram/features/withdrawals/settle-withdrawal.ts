import { z } from 'zod';
import {
  oneLine,
  requireReason,
  requireText,
  type ReceivedFile,
  type StoredFile,
  type WithdrawalId,
} from '../../../../core/index.ts';
import { backAndCancel, choose, defineFlow, type Move } from '../../dialogue/flow.ts';
import { idSchema, storedFileSchema } from '../../parse.ts';
import { saying, type Turn } from '../../turn.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';
import {
  isMine,
  showNextWithdrawal,
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

type Act<A extends unknown[]> = (
  turn: Turn,
  data: Payment,
  ...given: A
) => Promise<Move<Payment>> | Move<Payment>;

/** Taken over or decided meanwhile, the card takes the place of the question, and says by whom. */
const whileMine =
  <A extends unknown[]>(act: Act<A>): Act<A> =>
  async (turn, data, ...given) => {
    if (isMine(turn, await withdrawalOf(turn, data))) return act(turn, data, ...given);
    await backToCard(turn, data);
    return 'done';
  };

const pay = async (turn: Turn, data: Payment): Promise<Move<Payment>> => {
  const { withdrawalId, receipt = null, reference = null } = data;
  const { core, actor, texts } = turn;
  const result = await core.withdrawals.pay({ actor, withdrawalId, receipt, reference });
  await showNextWithdrawal(saying(turn, texts.withdrawalDesk.decided(result)));
  return 'done';
};

const finish = whileMine<[]>(pay);

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
      draw: async (turn, data) => {
        const { withdrawalDesk: say } = turn.texts;
        return {
          text: say.askReceipt(await withdrawalOf(turn, data)),
          keyboard: [[choose(turn, say.finishBare, 'bare')], ...skippable(turn)],
        };
      },
      file: whileMine<[ReceivedFile]>((_turn, data, { channelFileId: _id, ...receipt }) => ({
        step: 'reference',
        data: { ...data, receipt },
      })),
      final: ['bare'],
      buttons: {
        bare: (turn, { withdrawalId }) => finish(turn, { withdrawalId }),
        skip: whileMine((_turn, data) => ({ step: 'reference', data: { ...data, receipt: null } })),
      },
    },
    reference: {
      draw: async (turn, data) => ({
        text: turn.texts.withdrawalDesk.askReference(await withdrawalOf(turn, data)),
        keyboard: skippable(turn),
      }),
      text: whileMine<[string]>((_turn, data, text) => ({
        step: 'confirm',
        data: { ...data, reference: oneLine(requireText(text, REFERENCE_MAX), REFERENCE_MAX) },
      })),
      buttons: {
        skip: whileMine((_turn, data) => ({ step: 'confirm', data: { ...data, reference: null } })),
      },
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
      buttons: { confirm: (turn, data) => finish(turn, data) },
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
        await showNextWithdrawal(saying(turn, texts.withdrawalDesk.decided(result)));
        return 'done';
      },
    }),
  },
  leave: backToCard,
});
