import { z } from 'zod';
import {
  readAmount,
  requireReason,
  requireWithin,
  rupiah,
  type DepositId,
  type DepositResult,
} from '../../../../core/index.ts';
import {
  backAndCancel,
  choose,
  defineFlow,
  type Move,
  type StartableFlow,
  type Step,
} from '../../dialogue/flow.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';
import { idSchema } from '../../parse.ts';
import { saying, type Turn } from '../../turn.ts';
import {
  depositOf,
  depositScreen,
  noDeposits,
  proofOf,
  type OneDeposit,
} from './deposit-screens.ts';

/** The case on the screen, what this admin has put aside, and what they are correcting. */
interface Sitting extends OneDeposit {
  readonly skipped: readonly DepositId[];
  /** Rupiah that really arrived. */
  readonly credited?: string | undefined;
  /** Null where the amount is the claimed one after all. */
  readonly reason?: string | null | undefined;
}

const FLOW = 'deposits';

/** How many a sitting remembers as skipped. */
export const SKIPPED_MAX = 50;

const schema = z.object({
  depositId: idSchema<DepositId>(),
  skipped: z.array(idSchema<DepositId>()).max(SKIPPED_MAX),
  credited: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  reason: z.string().nullish(),
});

const sittingIn = ({ conversation: { flow, data } }: Turn): Sitting | undefined =>
  flow === FLOW ? schema.safeParse(data).data : undefined;

/** What this admin has put aside, while the desk is what they are at. */
export const skippedIn = (turn: Turn): readonly DepositId[] => sittingIn(turn)?.skipped ?? [];

export const onScreen = (turn: Turn): DepositId | undefined =>
  turn.conversation.step === 'case' ? sittingIn(turn)?.depositId : undefined;

/** Looking at the list is no reason to forget what was put aside. */
export const keepSitting = (turn: Turn): void => {
  const sitting = sittingIn(turn);
  if (sitting) depositFlow.put(turn, 'case', asCase(sitting));
};

const asCase = ({ depositId, skipped }: Sitting): Sitting => ({ depositId, skipped });

/** The oldest top-up that this admin may decide and has not skipped, or that there is none. */
export const showNextDeposit = async (turn: Turn, skipped: readonly DepositId[]): Promise<void> => {
  const found = await turn.core.deposits.next({ actor: turn.actor, skipped });
  if (found) {
    depositFlow.put(turn, 'case', { depositId: found.deposit.id, skipped });
    return turn.show(await depositScreen(turn, found));
  }
  turn.setDialogue(null);
  turn.show(await noDeposits(turn, skipped.length));
};

/** Says what came of a decision, and goes on. */
export const goOn = (
  turn: Turn,
  result: DepositResult,
  skipped: readonly DepositId[],
): Promise<void> => showNextDeposit(saying(turn, turn.texts.depositDesk.decided(result)), skipped);

const why: Step<Sitting> = reasonStep<Sitting>({
  ask: async (turn, sitting) => {
    const shown = await depositOf(turn, sitting);
    return { text: turn.texts.depositDesk.askReason(shown), attachment: proofOf(shown) };
  },
  reasons: ({ depositDesk }) => depositDesk.reasons,
  reader: async (turn, sitting) => (await depositOf(turn, sitting)).user.language,
  given: async (turn, { depositId, skipped }, reason) => {
    const { core, actor } = turn;
    const given = requireReason(reason);
    await goOn(turn, await core.deposits.reject({ actor, depositId, reason: given }), skipped);
    return 'left';
  },
  back: 'case',
});

const amount: Step<Sitting> = {
  draw: async (turn, sitting) => {
    const shown = await depositOf(turn, sitting);
    return {
      text: turn.texts.depositDesk.askAmount(shown),
      keyboard: [backAndCancel(turn)],
      attachment: proofOf(shown),
    };
  },
  text: async (turn, { depositId, skipped }, text) => {
    const bounds = { min: rupiah(1n), max: turn.settings.amountMax };
    const credited = requireWithin(readAmount(text), bounds);
    const { deposit } = await depositOf(turn, { depositId });
    const next: Sitting = { depositId, skipped, credited: credited.toString() };
    return credited === deposit.claimed
      ? { step: 'confirm', data: { ...next, reason: null } }
      : { step: 'difference', data: next };
  },
  back: 'case',
};

const difference: Step<Sitting> = reasonStep<Sitting>({
  ask: async (turn, sitting) => {
    const shown = await depositOf(turn, sitting);
    const text = turn.texts.depositDesk.askCorrectionReason(shown, creditedIn(sitting));
    return { text, attachment: proofOf(shown) };
  },
  reasons: ({ depositDesk }) => depositDesk.correctionReasons,
  reader: async (turn, sitting) => (await depositOf(turn, sitting)).user.language,
  given: async (_turn, sitting, reason) => ({
    step: 'confirm',
    data: { ...sitting, reason: requireReason(reason) },
  }),
  back: 'amount',
});

const confirm: Step<Sitting> = {
  draw: async (turn, sitting) => {
    const { labels, depositDesk } = turn.texts;
    const shown = await depositOf(turn, sitting);
    const { reason = null } = sitting;
    return {
      text: depositDesk.confirmCorrection(shown, creditedIn(sitting), reason),
      keyboard: [[choose(turn, labels.confirm, 'confirm')], backAndCancel(turn)],
      attachment: proofOf(shown),
    };
  },
  buttons: {
    confirm: async (turn, sitting): Promise<Move<Sitting>> => {
      const { depositId, skipped, reason = null } = sitting;
      const { core, actor } = turn;
      const credited = creditedIn(sitting);
      await goOn(
        turn,
        await core.deposits.approve({ actor, depositId, credited, reason }),
        skipped,
      );
      return 'left';
    },
  },
  back: ({ reason }) => (reason === null ? 'amount' : 'difference'),
};

const creditedIn = ({ credited }: Sitting) => rupiah(BigInt(credited ?? '0'));

/** A sitting at the desk: the case, and why it is refused or credited otherwise (DEP-2). */
export const depositFlow: StartableFlow<Sitting> = defineFlow<Sitting>({
  name: FLOW,
  version: 1,
  schema,
  steps: {
    case: { draw: async (turn, sitting) => depositScreen(turn, await depositOf(turn, sitting)) },
    reason: why,
    amount,
    difference,
    confirm,
  },
  leave: (turn, sitting) =>
    sitting ? depositFlow.start(turn, 'case', asCase(sitting)) : showNextDeposit(turn, []),
});
