import { Composer } from 'telegraf';
import {
  pageRequest,
  type Deposit,
  type DepositId,
  type Withdrawal,
  type WithdrawalId,
} from '../../../../core/index.ts';
import { longId, pager, press, shortId, type Button } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onCode, onLabel } from '../../route.ts';
import type { Turn } from '../../turn.ts';

const HISTORY_PAGE = 6;

/** Balance and history (WAL-9). */
export const walletFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'balance', showBalance);
  onLabel(composer, 'history', (turn) => showHistory(turn, '0'));
  onCode(composer, CODES.balance, showBalance);
  onCode(composer, CODES.history, showHistory);
  onCode(composer, CODES.cancelDeposit, cancelDeposit);
  onCode(composer, CODES.cancelWithdrawal, cancelWithdrawal);
  return composer;
};

const showBalance = async (turn: Turn): Promise<void> => {
  const { core, actor, texts, user } = turn;
  const deposits = await core.deposits.mine({ actor });
  const withdrawals = await core.withdrawals.mine({ actor });
  const more = [
    press(texts.labels.withdraw, CODES.withdraw),
    ...(user.role === 'client' ? [press(texts.labels.topUp, CODES.topUp)] : []),
    ...(user.role === 'worker' ? [press(texts.labels.earnings, CODES.earnings)] : []),
  ];
  turn.show({
    text: texts.wallet.balance({
      ...(await core.wallet.balances({ actor })),
      deposits,
      withdrawals,
    }),
    keyboard: [
      ...withdrawals.filter(isUnclaimed).map((one) => [cancelWithdrawalButton(turn, one)]),
      ...deposits.map((one) => [cancelDepositButton(turn, one)]),
      more,
      [press(texts.labels.history, CODES.history), press(texts.labels.home, CODES.home)],
    ],
  });
};

/** What an admin has begun to transfer can no longer be canceled (WDR-2). */
const isUnclaimed = (withdrawal: Withdrawal): boolean =>
  withdrawal.status === 'pending' && withdrawal.claim === null;

const cancelWithdrawalButton = ({ texts }: Turn, { id, amount }: Withdrawal): Button =>
  press(texts.wallet.cancelWithdrawal(amount), CODES.cancelWithdrawal, shortId(id));

const cancelDepositButton = ({ texts }: Turn, { id, claimed }: Deposit): Button =>
  press(texts.wallet.cancelDeposit(claimed), CODES.cancelDeposit, shortId(id));

const cancelDeposit = async (turn: Turn, short: string | undefined): Promise<void> => {
  const depositId = longId<DepositId>(short);
  if (!depositId) return turn.answer(turn.texts.common.staleNothing);
  await turn.core.deposits.cancel({ actor: turn.actor, depositId });
  turn.answer(turn.texts.wallet.depositCanceled);
  await showBalance(turn);
};

const cancelWithdrawal = async (turn: Turn, short: string | undefined): Promise<void> => {
  const withdrawalId = longId<WithdrawalId>(short);
  if (!withdrawalId) return turn.answer(turn.texts.common.staleNothing);
  await turn.core.withdrawals.cancel({ actor: turn.actor, withdrawalId });
  turn.answer(turn.texts.wallet.withdrawalCanceled);
  await showBalance(turn);
};

const showHistory = async (turn: Turn, page: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const asked = pageRequest(Number(page ?? 0), HISTORY_PAGE);
  const lines = await core.wallet.history({ actor, page: asked });
  const last = lines.pageCount - 1;
  if (asked.page > last) return showHistory(turn, String(last));
  turn.show({
    text: texts.wallet.history(lines),
    keyboard: [
      ...pager(lines, CODES.history),
      [press(texts.labels.balance, CODES.balance), press(texts.labels.home, CODES.home)],
    ],
  });
};
