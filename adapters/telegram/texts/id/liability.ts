import type { BooksNow, Liability } from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { html, lines, type Html } from '../../html.ts';
import { dayTime } from './days.ts';

export interface LiabilityFacts {
  readonly liability: Liability;
  readonly books: BooksNow;
}

const blank = html``;

const checked = (name: Html, check: BooksNow['recent']): Html => {
  if (check === null) return html`${name}: belum pernah`;
  const result = check.broken === 0 ? html`cocok` : html`${count(check.broken)} baris tidak cocok`;
  return html`${name}: ${dayTime(check.at)} — ${result}`;
};

const verdict = ({ isSound, cash, outside }: Liability): Html =>
  isSound
    ? html`✅ <b>Cocok.</b> Saldo rekening platform seharusnya tepat sebesar itu.`
    : lines(
        html`🛑 <b>Tidak cocok.</b> Selisihnya <b>${money(cash + outside)}</b>.`,
        html`Jangan transfer withdraw dulu. Segera beri tahu operator.`,
      );

const payments = ({ freeze }: BooksNow): Html =>
  freeze === null
    ? html`▶️ Pembayaran berjalan.`
    : lines(
        html`🛑 <b>Pembayaran dihentikan</b> sejak ${dayTime(freeze.begunAt)}: pembukuan tidak cocok.`,
        html`Operator membukanya lagi setelah pembukuan diperbaiki.`,
      );

/** Cash that must exist, by kind, and whether the books agree (WAL-11). */
export const liability = {
  open: '🏦 Kas & kewajiban',
  screen: ({ liability: now, books }: LiabilityFacts): Html =>
    lines(
      html`🏦 <b>Kas &amp; kewajiban</b> — ${dayTime(now.at)}`,
      blank,
      html`Kas yang harus ada: <b>${money(now.cash)}</b>`,
      blank,
      html`👛 Saldo pengguna: ${money(now.wallets)}`,
      html`🔒 Ditahan untuk withdraw: ${money(now.holds)}`,
      html`📢 Dana campaign: ${money(now.escrows)}`,
      html`🏢 Pendapatan platform: ${money(now.revenue)}`,
      blank,
      html`Uang masuk dikurangi uang keluar: <b>${money(0n - now.outside)}</b>`,
      verdict(now),
      blank,
      payments(books),
      checked(html`📒 Catatan terbaru`, books.recent),
      checked(html`📒 Seluruh catatan`, books.full),
    ),
};
