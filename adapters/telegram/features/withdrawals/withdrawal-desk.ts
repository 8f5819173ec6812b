import { Composer } from 'telegraf';
import { asRefusal, type UserId, type WithdrawalId } from '../../../../core/index.ts';
import { pager, press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onceRead, pressOnceRead } from '../../dialogue/just-shown.ts';
import { findPage, requireId } from '../../parse.ts';
import { onCode, onLabel } from '../../route.ts';
import { saying, type Turn } from '../../turn.ts';
import { payWithdrawalFlow, rejectWithdrawalFlow } from './settle-withdrawal.ts';
import {
  isMine,
  isOfOther,
  isRejectable,
  showWithdrawal,
  showWithdrawals,
  withdrawalButtons,
  withdrawalOf,
  type OneWithdrawal,
} from './withdrawal-screens.ts';

/** The desk where admins pay withdrawals (WDR-2, WDR-3). */
export const withdrawalDeskFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'withdrawals', (turn) => showWithdrawals(turn, undefined));
  onCode(composer, CODES.withdrawals, showWithdrawals);
  onCode(composer, CODES.withdrawalsOfOthers, showOthers);
  onCode(composer, CODES.withdrawal, (turn, argument) => showWithdrawal(turn, idIn(argument)));
  onCode(
    composer,
    CODES.claimWithdrawal,
    onceRead((turn, argument) => claim(turn, idIn(argument), null)),
  );
  onCode(
    composer,
    CODES.endorseWithdrawal,
    onceRead((turn, argument) => endorse(turn, idIn(argument), 'endorse')),
  );
  onCode(composer, CODES.takeBackEndorsement, (turn, argument) =>
    endorse(turn, idIn(argument), 'takeBackEndorsement'),
  );
  onCode(composer, CODES.takeOverWithdrawal, (turn, argument) => warn(turn, idIn(argument)));
  onCode(composer, CODES.confirmTakeOver, onceRead(takeOver));
  onCode(
    composer,
    CODES.payWithdrawal,
    settle(isMine, (turn, data) => payWithdrawalFlow.start(turn, 'receipt', data)),
  );
  onCode(
    composer,
    CODES.rejectWithdrawal,
    settle(isRejectable, (turn, data) => rejectWithdrawalFlow.start(turn, 'reason', data)),
  );
  return composer;
};

const idIn = (argument: string | undefined): WithdrawalId =>
  requireId<WithdrawalId>(argument, 'withdrawal');

const showOthers = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const others = await findPage(argument, (page) =>
    core.withdrawals.claimedByOthers({ actor, page }),
  );
  turn.show({
    text: texts.withdrawalDesk.others(others),
    keyboard: [
      ...withdrawalButtons(turn, others),
      ...pager(others, CODES.withdrawalsOfOthers),
      [press(texts.labels.back, CODES.withdrawals), press(texts.labels.home, CODES.home)],
    ],
  });
};

/** Where it is refused the card is read again, for what was done while this tap waited. */
const reading = async (
  turn: Turn,
  withdrawalId: WithdrawalId,
  act: () => Promise<unknown>,
): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (asRefusal(error)) await showWithdrawal(turn, withdrawalId);
    throw error;
  }
};

const claim = async (
  turn: Turn,
  withdrawalId: WithdrawalId,
  takeOverFrom: UserId | null,
): Promise<void> => {
  const { core, actor, texts } = turn;
  await reading(turn, withdrawalId, () =>
    core.withdrawals.claim({ actor, withdrawalId, takeOverFrom }),
  );
  await showWithdrawal(saying(turn, texts.withdrawalDesk.claimedToast), withdrawalId);
};

/** The first of two admins says that it is right, or takes that back (ADM-2). */
const endorse = async (
  turn: Turn,
  withdrawalId: WithdrawalId,
  act: 'endorse' | 'takeBackEndorsement',
): Promise<void> => {
  const { core, actor, texts } = turn;
  await reading(turn, withdrawalId, () => core.withdrawals[act]({ actor, withdrawalId }));
  await showWithdrawal(saying(turn, texts.withdrawalDesk.saidOfTwo[act]), withdrawalId);
};

/** "Check whether X has transferred": the only way to another admin's withdrawal (WDR-2). */
const warn = async (turn: Turn, withdrawalId: WithdrawalId): Promise<void> => {
  const shown = await withdrawalOf(turn, { withdrawalId });
  if (!isOfOther(turn, shown)) return showWithdrawal(turn, withdrawalId);
  const { labels, withdrawalDesk } = turn.texts;
  const [id, holder] = [shortId(withdrawalId), shortId(shown.claimedBy?.id ?? '')];
  turn.show({
    text: withdrawalDesk.warnTakeOver(shown),
    keyboard: [
      [pressOnceRead(turn, withdrawalDesk.yesTakeOver, CODES.confirmTakeOver, id, holder)],
      [press(labels.back, CODES.withdrawal, id)],
    ],
  });
};

/** Counts only for the admin whom the warning named: about a newer one the warning comes first. */
const takeOver = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const [id, holder] = argument?.split(':') ?? [];
  const withdrawalId = idIn(id);
  const { claimedBy } = await withdrawalOf(turn, { withdrawalId });
  const warnedOf = requireId<UserId>(holder, 'withdrawal');
  await (claimedBy?.id === warnedOf
    ? claim(turn, withdrawalId, warnedOf)
    : warn(turn, withdrawalId));
};

/** Settling is for the admin who may; others see how it stands. */
const settle =
  (may: typeof isMine, start: (turn: Turn, data: OneWithdrawal) => Promise<void>) =>
  async (turn: Turn, argument: string | undefined): Promise<void> => {
    const withdrawalId = idIn(argument);
    const shown = await withdrawalOf(turn, { withdrawalId });
    await (may(turn, shown) ? start(turn, { withdrawalId }) : showWithdrawal(turn, withdrawalId));
  };
