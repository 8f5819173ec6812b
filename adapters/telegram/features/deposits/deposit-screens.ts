import { pageRequest, type DepositCase, type DepositId } from '../../../../core/index.ts';
import { pager, press, shortId, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { findPage, requireId } from '../../parse.ts';
import type { Attachment, Screen } from '../../screen.ts';
import type { DepositsWaiting } from '../../texts/id/deposit-desk.ts';
import type { Turn } from '../../turn.ts';

export interface OneDeposit {
  readonly depositId: DepositId;
}

export const depositIn = (argument: string | undefined): DepositId =>
  requireId<DepositId>(argument, 'deposit');

export const depositOf = ({ core, actor }: Turn, { depositId }: OneDeposit): Promise<DepositCase> =>
  core.deposits.show({ actor, depositId });

/** A picture above the text; a PDF only ever as a document (DEP-1). */
export const proofOf = ({ deposit: { file } }: DepositCase): Attachment => ({
  path: file.path,
  as: file.type === 'application/pdf' ? 'document' : 'photo',
});

const depositQueue = async ({ core, actor }: Turn): Promise<DepositsWaiting> => {
  const { items, total } = await core.deposits.waiting({ actor, page: pageRequest(0, 1) });
  return { waiting: total, oldest: items[0]?.deposit.createdAt ?? null };
};

/** One top-up with its transfer proof, and what may be done. */
export const depositScreen = async (turn: Turn, shown: DepositCase): Promise<Screen> => ({
  text: turn.texts.depositDesk.card(shown, await depositQueue(turn), turn.now),
  keyboard: keyboardOf(turn, shown),
  attachment: proofOf(shown),
});

const keyboardOf = ({ texts }: Turn, { deposit, earlier }: DepositCase): Keyboard => {
  const { labels, depositDesk: say } = texts;
  const id = shortId(deposit.id);
  const decide: Keyboard =
    deposit.status === 'pending'
      ? [
          [
            press(labels.approve, CODES.approveDeposit, id),
            press(labels.reject, CODES.rejectDeposit, id),
          ],
          [press(say.correct, CODES.correctDeposit, id), press(labels.skip, CODES.skipDeposit, id)],
        ]
      : [[press(say.next, CODES.deposits)]];
  return [
    ...decide,
    ...earlier.map((one) => [press(say.openEarlier(one), CODES.deposit, shortId(one.deposit.id))]),
    [press(say.toList, CODES.deposits, 0), press(labels.home, CODES.home)],
  ];
};

/** Everything that waits, oldest first. */
export const showDeposits = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const { core, actor, texts, now } = turn;
  const waiting = await findPage(argument, (page) => core.deposits.waiting({ actor, page }));
  const { labels, depositDesk: say } = texts;
  turn.show({
    text: say.list(waiting),
    keyboard: [
      ...waiting.items.map((item) => [
        press(say.listButton(item, now), CODES.deposit, shortId(item.deposit.id)),
      ]),
      ...pager(waiting, CODES.deposits),
      [press(labels.back, CODES.deposits), press(labels.home, CODES.home)],
    ],
  });
};

/** That there is none to decide, or only what was skipped. */
export const noDeposits = async (turn: Turn, skipped: number): Promise<Screen> => {
  const { labels, depositDesk: say } = turn.texts;
  return {
    text: say.empty(await depositQueue(turn), skipped),
    keyboard: [
      ...(skipped === 0 ? [] : [[press(say.again, CODES.skippedDeposits)]]),
      [press(say.toList, CODES.deposits, 0), press(labels.home, CODES.home)],
    ],
  };
};
