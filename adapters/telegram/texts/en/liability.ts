import type { BooksNow, Liability } from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { html, lines, type Html } from '../../html.ts';
import type { liability as indonesian } from '../id/liability.ts';
import { dayTime } from './days.ts';

const blank = html``;

const checked = (name: Html, check: BooksNow['recent']): Html => {
  if (check === null) return html`${name}: never`;
  const result =
    check.broken === 0
      ? html`they agree`
      : html`${count(check.broken)} wrong ${check.broken === 1 ? html`row` : html`rows`}`;
  return html`${name}: ${dayTime(check.at)} — ${result}`;
};

const verdict = ({ isSound, cash, outside }: Liability): Html =>
  isSound
    ? html`✅ <b>They agree.</b> The platform’s account should hold exactly that.`
    : lines(
        html`🛑 <b>They do not agree.</b> The difference is <b>${money(cash + outside)}</b>.`,
        html`Please do not transfer any withdrawals for now, and tell the operator at once.`,
      );

const payments = ({ freeze }: BooksNow): Html =>
  freeze === null
    ? html`▶️ Payments are running.`
    : lines(
        html`🛑 <b>Payments have been stopped</b> since ${dayTime(freeze.begunAt)}: the books do not add up.`,
        html`The operator resumes them once the books are mended.`,
      );

/** Cash that must exist, by kind, and whether the books agree (WAL-11). */
export const liability: typeof indonesian = {
  open: '🏦 Cash & liability',
  screen: ({ liability: now, books }) =>
    lines(
      html`🏦 <b>Cash &amp; liability</b> — ${dayTime(now.at)}`,
      blank,
      html`Cash that must exist: <b>${money(now.cash)}</b>`,
      blank,
      html`👛 Users’ balances: ${money(now.wallets)}`,
      html`🔒 Held for withdrawals: ${money(now.holds)}`,
      html`📢 Campaign funds: ${money(now.escrows)}`,
      html`🏢 Platform revenue: ${money(now.revenue)}`,
      blank,
      html`Money in less money out: <b>${money(0n - now.outside)}</b>`,
      verdict(now),
      blank,
      payments(books),
      checked(html`📒 Recent entries`, books.recent),
      checked(html`📒 All entries`, books.full),
    ),
};
