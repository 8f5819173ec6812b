import type { QuoteAdjustment, TimelineEvent } from '../../../../core/index.ts';
import { money, signedMoney } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import type { adjustment as indonesian, AdjustmentSummary } from '../id/adjustment.ts';
import { person } from '../people.ts';
import { common } from './common.ts';
import { day, dayTime } from './days.ts';
import { transactionTypes } from './wallet.ts';

const EMPTY = trusted('');
const OF = 6;

type Direction = QuoteAdjustment['direction'];
type Side = QuoteAdjustment['side'];
type MoneyEvent = Extract<TimelineEvent, { kind: 'money' }>;

const verbs: Record<Direction, Html> = { plus: html`Add`, minus: html`Deduct` };

const meanings: Record<Side, Record<Direction, Html>> = {
  cash: {
    plus: html`💵 <b>Cash</b>: money really came into the platform’s account, for example a top-up
      that was missed.`,
    minus: html`💵 <b>Cash</b>: money really left the platform’s account, for example it was
      transferred to the person.`,
  },
  revenue: {
    plus: html`🏷 <b>Platform revenue</b>: the platform pays, for example a compensation.`,
    minus: html`🏷 <b>Platform revenue</b>: the platform receives it, for example a reward paid by
      mistake.`,
  },
};

const title = (at: number): Html =>
  lines(html`🛠 <b>Adjust balance</b>`, common.step(at, OF), EMPTY);

const afterwards = ({ direction, amount, quote }: AdjustmentSummary): Html | null => {
  if (quote.revenue === null) return null;
  const after = direction === 'plus' ? quote.revenue - amount : quote.revenue + amount;
  return html`🏷 Platform revenue: ${money(quote.revenue)} → <b>${money(after)}</b>`;
};

const about = ({ type, amount }: MoneyEvent): string =>
  `${signedMoney(amount)} · ${transactionTypes[type].replace(/^\S+ /, '')}`;

export const adjustment: typeof indonesian = {
  askDirection: (one, balance) =>
    lines(
      title(1),
      html`👤 ${person(one)}, balance <b>${money(balance)}</b>.`,
      html`Do you want to add to it or deduct from it?`,
    ),
  plus: '➕ Add',
  minus: '➖ Deduct',
  askAmount: (one, direction, balance) =>
    lines(
      title(2),
      direction === 'plus'
        ? html`How much is added to the balance of ${person(one)} (now <b>${money(balance)}</b>)?`
        : html`How much is deducted from the balance of ${person(one)} (now
            <b>${money(balance)}</b>)?`,
      html`Choose an amount, or type one, for example 12.500 or 10rb.`,
    ),
  everything: (balance) => `All · ${money(balance)}`,
  askSide: (one, direction, amount) =>
    lines(
      title(3),
      direction === 'plus'
        ? html`Add <b>${money(amount)}</b> to the balance of ${person(one)}. Where does the money come from?`
        : html`Deduct <b>${money(amount)}</b> from the balance of ${person(one)}. Where does the money go?`,
      EMPTY,
      meanings.cash[direction],
      meanings.revenue[direction],
    ),
  sides: { cash: '💵 Cash', revenue: '🏷 Platform revenue' },
  askMends: (one) =>
    lines(
      title(4),
      html`Does this correct one of the transactions of ${person(one)}? Choose it, or tap None.`,
    ),
  transaction: (event) => `${about(event)} · ${day(event.at)}`,
  mendsNothing: 'None',
  askReason: (one) =>
    lines(
      title(5),
      html`What is the reason? Choose one, or type your own. ${person(one)} will read it.`,
    ),
  reasons: {
    plus: [
      'Your top-up was missed and is now recorded.',
      'Your reward was not paid in full.',
      'Compensation for a disruption of the service.',
    ],
    minus: [
      'Your top-up was recorded twice.',
      'A reward was paid by mistake.',
      'Balance returned at your request.',
    ],
  },
  summary: (facts) => {
    const { user: one, direction, amount, side, quote, mends, reason } = facts;
    return lines(
      title(6),
      html`👤 ${person(one)}`,
      html`${verbs[direction]} <b>${money(amount)}</b>`,
      html`💰 Balance: ${money(quote.balance)} → <b>${money(quote.balanceAfter)}</b>`,
      EMPTY,
      meanings[side][direction],
      afterwards(facts),
      mends !== null && html`🔗 Corrects: ${user(about(mends))} (${dayTime(mends.at)})`,
      html`Reason:`,
      common.userText(user(reason)),
      html`Please check carefully: an adjustment cannot be deleted, only corrected by another one.`,
    );
  },
  done: '🛠 Balance adjusted. The person has been told.',
};
