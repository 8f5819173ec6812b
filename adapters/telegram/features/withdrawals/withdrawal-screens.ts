import {
  isAdmin,
  lacksSecond,
  refuseUser,
  type Page,
  type ShownWithdrawal,
  type WithdrawalCase,
  type WithdrawalId,
} from '../../../../core/index.ts';
import { pager, press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { pressOnceRead } from '../../dialogue/just-shown.ts';
import { findPage } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import type { Turn } from '../../turn.ts';
import { profileLink } from '../people/profile-link.ts';

export interface OneWithdrawal {
  readonly withdrawalId: WithdrawalId;
}

/** One withdrawal as the desk shows it; its owner has screens of their own. */
export const withdrawalOf = (
  { core, actor, user }: Turn,
  { withdrawalId }: OneWithdrawal,
): Promise<ShownWithdrawal> => {
  if (!isAdmin(user)) throw refuseUser('user.role-required', { role: 'admin' });
  return core.withdrawals.show({ actor, withdrawalId });
};

const isPending = ({ withdrawal }: WithdrawalCase): boolean => withdrawal.status === 'pending';

export const isMine = ({ user }: Turn, shown: WithdrawalCase): boolean =>
  isPending(shown) && shown.claimedBy?.id === user.id;

/** Whether this admin may refuse it: their own claim, or one of two admins' that nobody has (ADM-2). */
export const isRejectable = (turn: Turn, shown: WithdrawalCase): boolean =>
  isMine(turn, shown) ||
  (isPending(shown) && shown.withdrawal.needsSecond && shown.claimedBy === null);

export const isOfOther = ({ user }: Turn, shown: WithdrawalCase): boolean =>
  isPending(shown) && shown.claimedBy !== null && shown.claimedBy.id !== user.id;

/** What this admin can process: their own claims first, then the oldest. */
export const showWithdrawals = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts } = turn;
  const waiting = await findPage(argument, (page) => core.withdrawals.waiting({ actor, page }));
  turn.show({
    text: texts.withdrawalDesk.list(waiting),
    keyboard: [
      ...withdrawalButtons(turn, waiting),
      ...pager(waiting, CODES.withdrawals),
      [press(texts.withdrawalDesk.toOthers, CODES.withdrawalsOfOthers)],
      [press(texts.labels.home, CODES.home)],
    ],
  });
};

/**
 * What comes after a decision: the admin's own claims, then the oldest that nobody has; the list
 * where there is none.
 */
export const showNextWithdrawal = async (turn: Turn): Promise<void> => {
  const next = await turn.core.withdrawals.next({ actor: turn.actor });
  await (next ? showWithdrawal(turn, next.withdrawal.id) : showWithdrawals(turn, undefined));
};

export const withdrawalButtons = (
  { texts, now }: Turn,
  { items }: Page<WithdrawalCase>,
): Keyboard =>
  items.map((item) => [
    press(
      texts.withdrawalDesk.listButton(item, now),
      CODES.withdrawal,
      shortId(item.withdrawal.id),
    ),
  ]);

/** A withdrawal as this admin may see it; the whole number only where they claimed it (WDR-3). */
export const showWithdrawal = async (turn: Turn, withdrawalId: WithdrawalId): Promise<void> => {
  const shown = await withdrawalOf(turn, { withdrawalId });
  turn.show(isMine(turn, shown) ? await claimedCard(turn, shown) : card(turn, shown));
};

const wayOn = (turn: Turn, { user }: WithdrawalCase): Keyboard => {
  const { labels, withdrawalDesk: say } = turn.texts;
  return [
    ...profileLink(turn, user),
    [press(say.toList, CODES.withdrawals), press(labels.home, CODES.home)],
  ];
};

const card = (turn: Turn, shown: ShownWithdrawal): Screen => {
  const { labels, withdrawalDesk: say } = turn.texts;
  const id = shortId(shown.withdrawal.id);
  const rest = wayOn(turn, shown);
  if (!isPending(shown)) return { text: say.decidedCard(shown), keyboard: rest };
  if (shown.user.id === turn.user.id) return { text: say.own(shown), keyboard: rest };
  if (isOfOther(turn, shown)) {
    const mayTake = shown.endorsedBy?.id !== turn.user.id;
    const take = press(say.takeOver, CODES.takeOverWithdrawal, id);
    return { text: say.ofOther(shown), keyboard: [...(mayTake ? [[take]] : []), ...rest] };
  }
  if (shown.withdrawal.needsSecond) return ofTwo(turn, shown);
  const process = pressOnceRead(turn, labels.process, CODES.claimWithdrawal, id);
  return { text: say.waiting(shown), keyboard: [[process], ...rest] };
};

/** It needs two admins: one says that it is right, another one processes it (ADM-2). */
const ofTwo = (turn: Turn, shown: ShownWithdrawal): Screen => {
  const { texts, settings, user } = turn;
  const { labels, withdrawalDesk: say } = texts;
  const id = shortId(shown.withdrawal.id);
  const reject = press(labels.reject, CODES.rejectWithdrawal, id);
  const screen = (said: 'open' | 'mine' | 'endorsed', first: Button): Screen => ({
    text: say.ofTwo(shown, said, settings.secondAdminAbove),
    keyboard: [[first, reject], ...wayOn(turn, shown)],
  });
  if (lacksSecond(shown)) {
    return screen('open', pressOnceRead(turn, labels.approve, CODES.endorseWithdrawal, id));
  }
  if (shown.endorsedBy?.id === user.id) {
    return screen('mine', press(say.takeBack, CODES.takeBackEndorsement, id));
  }
  return screen('endorsed', pressOnceRead(turn, labels.process, CODES.claimWithdrawal, id));
};

/** While payments stand still nobody is asked to send money that could not be booked (WAL-13). */
const claimedCard = async (turn: Turn, shown: WithdrawalCase): Promise<Screen> => {
  const { core, actor, texts } = turn;
  const { id: withdrawalId, maskedNumber } = shown.withdrawal;
  const id = shortId(withdrawalId);
  const { freeze } = await core.freeze.current({ actor });
  const paid = press(texts.labels.transferred, CODES.payWithdrawal, id);
  return {
    text: texts.withdrawalDesk.claimed(shown, freeze?.begunAt ?? null),
    keyboard: [
      ...(freeze ? [] : [[paid]]),
      [press(texts.labels.reject, CODES.rejectWithdrawal, id)],
      ...wayOn(turn, shown),
    ],
    number: { withdrawalId, otherwise: maskedNumber },
  };
};
