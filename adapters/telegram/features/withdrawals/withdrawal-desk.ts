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
  showWithdrawal,
  showWithdrawals,
  withdrawalButtons,
  withdrawalOf,
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
  onCode(composer, CODES.takeOverWithdrawal, (turn, argument) => warn(turn, idIn(argument)));
  onCode(composer, CODES.confirmTakeOver, onceRead(takeOver));
  onCode(composer, CODES.payWithdrawal, (turn, argument) => {
    const withdrawalId = idIn(argument);
    return settle(turn, withdrawalId, () =>
      payWithdrawalFlow.start(turn, 'receipt', { withdrawalId }),
    );
  });
  onCode(composer, CODES.rejectWithdrawal, (turn, argument) => {
    const withdrawalId = idIn(argument);
    return settle(turn, withdrawalId, () =>
      rejectWithdrawalFlow.start(turn, 'reason', { withdrawalId }),
    );
  });
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

/**
 * Where claiming is refused the card is read again, for what was decided while this tap waited: it
 * tells who was faster.
 */
const claim = async (
  turn: Turn,
  withdrawalId: WithdrawalId,
  takeOverFrom: UserId | null,
): Promise<void> => {
  const { core, actor, texts } = turn;
  try {
    await core.withdrawals.claim({ actor, withdrawalId, takeOverFrom });
  } catch (error) {
    if (asRefusal(error)) await showWithdrawal(turn, withdrawalId);
    throw error;
  }
  await showWithdrawal(saying(turn, texts.withdrawalDesk.claimedToast), withdrawalId);
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

/** Settling is for the admin who claimed it; others see how it stands. */
const settle = async (
  turn: Turn,
  withdrawalId: WithdrawalId,
  start: () => Promise<void>,
): Promise<void> => {
  const shown = await withdrawalOf(turn, { withdrawalId });
  await (isMine(turn, shown) ? start() : showWithdrawal(turn, withdrawalId));
};
