import type {
  AdjustmentQuote,
  QuoteAdjustment,
  Rupiah,
  TimelineEvent,
  User,
} from '../../../../core/index.ts';
import { money, signedMoney } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { person } from '../people.ts';
import { common } from './common.ts';
import { day, dayTime } from './days.ts';
import { transactionTypes } from './wallet.ts';

const EMPTY = trusted('');
const OF = 6;

type Direction = QuoteAdjustment['direction'];
type Side = QuoteAdjustment['side'];
type MoneyEvent = Extract<TimelineEvent, { kind: 'money' }>;

/** Everything that was answered, and what would come of it. */
export interface AdjustmentSummary extends Pick<QuoteAdjustment, 'direction' | 'amount' | 'side'> {
  readonly user: User;
  readonly quote: AdjustmentQuote;
  readonly mends: MoneyEvent | null;
  readonly reason: string;
}

const verbs: Record<Direction, Html> = { plus: html`Tambah`, minus: html`Kurangi` };

const meanings: Record<Side, Record<Direction, Html>> = {
  cash: {
    plus: html`💵 <b>Kas</b>: uangnya benar-benar masuk ke rekening platform, misalnya top-up yang
      terlewat.`,
    minus: html`💵 <b>Kas</b>: uangnya benar-benar keluar dari rekening platform, misalnya sudah
      ditransfer kepada pengguna ini.`,
  },
  revenue: {
    plus: html`🏷 <b>Pendapatan platform</b>: platform yang menanggung, misalnya ganti rugi.`,
    minus: html`🏷 <b>Pendapatan platform</b>: platform yang menerima, misalnya upah yang salah dibayarkan.`,
  },
};

const sides: Record<Side, string> = { cash: '💵 Kas', revenue: '🏷 Pendapatan platform' };

const title = (at: number): Html =>
  lines(html`🛠 <b>Sesuaikan saldo</b>`, common.step(at, OF), EMPTY);

const afterwards = ({ direction, amount, quote }: AdjustmentSummary): Html | null => {
  if (quote.revenue === null) return null;
  const after = direction === 'plus' ? quote.revenue - amount : quote.revenue + amount;
  return html`🏷 Pendapatan platform: ${money(quote.revenue)} → <b>${money(after)}</b>`;
};

const about = ({ type, amount }: MoneyEvent): string =>
  `${signedMoney(amount)} · ${transactionTypes[type].replace(/^\S+ /, '')}`;

/** Correcting somebody's balance by hand. */
export const adjustment = {
  askDirection: (one: User, balance: Rupiah): Html =>
    lines(
      title(1),
      html`👤 ${person(one)}, saldo <b>${money(balance)}</b>.`,
      html`Saldonya ditambah atau dikurangi?`,
    ),
  plus: '➕ Tambah',
  minus: '➖ Kurangi',
  askAmount: (one: User, direction: Direction, balance: Rupiah): Html =>
    lines(
      title(2),
      direction === 'plus'
        ? html`Berapa yang ditambahkan ke saldo ${person(one)} (sekarang <b>${money(balance)}</b>)?`
        : html`Berapa yang dikurangi dari saldo ${person(one)} (sekarang <b>${money(balance)}</b>)?`,
      html`Pilih jumlahnya, atau ketik, misalnya 12.500 atau 10rb.`,
    ),
  everything: (balance: Rupiah): string => `Semua · ${money(balance)}`,
  askSide: (one: User, direction: Direction, amount: Rupiah): Html =>
    lines(
      title(3),
      direction === 'plus'
        ? html`Tambah <b>${money(amount)}</b> ke saldo ${person(one)}. Uangnya dari mana?`
        : html`Kurangi <b>${money(amount)}</b> dari saldo ${person(one)}. Uangnya ke mana?`,
      EMPTY,
      meanings.cash[direction],
      meanings.revenue[direction],
    ),
  sides,
  askMends: (one: User): Html =>
    lines(
      title(4),
      html`Apakah ini membetulkan salah satu transaksi ${person(one)}? Pilih transaksinya, atau ketuk
        Tidak ada.`,
    ),
  transaction: (event: MoneyEvent): string => `${about(event)} · ${day(event.at)}`,
  mendsNothing: 'Tidak ada',
  askReason: (one: User): Html =>
    lines(
      title(5),
      html`Apa alasannya? Pilih, atau ketik sendiri. ${person(one)} akan membacanya.`,
    ),
  reasons: {
    plus: [
      'Top-up Anda terlewat dan sudah kami catat.',
      'Upah Anda belum dibayar penuh.',
      'Ganti rugi atas gangguan layanan.',
    ],
    minus: [
      'Top-up tercatat dua kali.',
      'Upah salah dibayarkan.',
      'Saldo dikembalikan atas permintaan Anda.',
    ],
  } as Readonly<Record<Direction, readonly string[]>>,
  summary: (facts: AdjustmentSummary): Html => {
    const { user: one, direction, amount, side, quote, mends, reason } = facts;
    return lines(
      title(6),
      html`👤 ${person(one)}`,
      html`${verbs[direction]} <b>${money(amount)}</b>`,
      html`💰 Saldo: ${money(quote.balance)} → <b>${money(quote.balanceAfter)}</b>`,
      EMPTY,
      meanings[side][direction],
      afterwards(facts),
      mends !== null && html`🔗 Membetulkan: ${user(about(mends))} (${dayTime(mends.at)})`,
      html`Alasan:`,
      common.userText(user(reason)),
      html`Periksa baik-baik: penyesuaian tidak bisa dihapus, hanya bisa dibetulkan dengan penyesuaian
        baru.`,
    );
  },
  done: '🛠 Saldo disesuaikan. Pengguna ini sudah kami kabari.',
};
