import { Composer } from 'telegraf';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { unlessJustShown } from '../../dialogue/just-shown.ts';
import { onCode, onLabel } from '../../route.ts';
import { saying, type Turn } from '../../turn.ts';
import {
  depositFlow,
  goOn,
  keepSitting,
  onScreen,
  showNextDeposit,
  skippedIn,
  SKIPPED_MAX,
} from './deposit-flow.ts';
import { depositIn, depositOf, showDeposits } from './deposit-screens.ts';

/** The desk where admins confirm top-ups, one after the other in one message (DEP-2). */
export const depositDeskFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'deposits', (turn) => showNextDeposit(turn, []));
  onCode(composer, CODES.deposits, nextOrList);
  onCode(composer, CODES.skippedDeposits, (turn) => showNextDeposit(turn, []));
  onCode(composer, CODES.deposit, (turn, argument) => openAt(turn, 'case', argument));
  onCode(composer, CODES.approveDeposit, unlessJustShown(onScreen, approve));
  onCode(composer, CODES.correctDeposit, unlessJustShown(onScreen, asking('amount')));
  onCode(composer, CODES.rejectDeposit, unlessJustShown(onScreen, asking('reason')));
  onCode(composer, CODES.skipDeposit, unlessJustShown(onScreen, skip));
  return composer;
};

/** The desk itself; with a page the list, also of buttons from before the desk had a next case. */
const nextOrList = async (turn: Turn, page: string | undefined): Promise<void> => {
  if (page === undefined) return showNextDeposit(turn, skippedIn(turn));
  keepSitting(turn);
  await showDeposits(turn, page);
};

const openAt = (
  turn: Turn,
  step: 'case' | 'amount' | 'reason',
  argument: string | undefined,
): Promise<void> =>
  depositFlow.start(turn, step, { depositId: depositIn(argument), skipped: skippedIn(turn) });

/**
 * Nobody is asked about what is decided already: deciding it once more changes nothing, and tells
 * by whom and when.
 */
const asking =
  (step: 'amount' | 'reason') =>
  async (turn: Turn, argument: string | undefined): Promise<void> => {
    const { deposit } = await depositOf(turn, { depositId: depositIn(argument) });
    await (deposit.status === 'pending' ? openAt(turn, step, argument) : approve(turn, argument));
  };

/** `Setujui` credits exactly what was claimed. */
const approve = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor } = turn;
  const depositId = depositIn(argument);
  const { deposit } = await depositOf(turn, { depositId });
  const credit = { actor, depositId, credited: deposit.claimed, reason: null };
  await goOn(turn, await core.deposits.approve(credit), skippedIn(turn));
};

const skip = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const depositId = depositIn(argument);
  const others = skippedIn(turn).filter((id) => id !== depositId);
  const skipped = [...others, depositId].slice(-SKIPPED_MAX);
  await showNextDeposit(saying(turn, turn.texts.depositDesk.skipped), skipped);
};
