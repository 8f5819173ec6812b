import type {
  Balances,
  Deposit,
  HistoryLine,
  Page,
  Reference,
  TransactionStatus,
  TransactionType,
  Withdrawal,
  WithdrawalQuote,
} from '../../../../core/index.ts';
import { money, shortLink, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import { NUMBER_SLOT } from '../../screen.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';

/** The Saldo screen. */
export interface WalletFacts extends Balances {
  readonly deposits: readonly Deposit[];
  readonly withdrawals: readonly Withdrawal[];
}

/** The amount step of a withdrawal; rupiah. */
/** Why not even the least amount could be withdrawn. */
export interface TooLittle {
  readonly balance: bigint;
  readonly missing: bigint;
  readonly min: bigint;
  readonly fee: bigint;
}

export interface WithdrawLimits {
  readonly balance: bigint;
  readonly min: bigint;
  readonly fee: bigint;
  /** The largest amount that can be asked for now. */
  readonly most: bigint;
  /** What was entered before, when coming back to the step. */
  readonly amount: bigint | null;
}

/** What a transaction is, in plain words. */
export const transactionTypes: Record<TransactionType, string> = {
  deposit: '💳 Top-up',
  task_reward: '🎯 Upah tugas',
  platform_fee: '🏷 Biaya platform',
  campaign_funding: '📢 Dana campaign',
  campaign_refund: '↩️ Dana campaign kembali',
  withdraw: '🏧 Withdraw',
  adjustment: '🛠 Penyesuaian saldo',
  reversal: '🔄 Pembatalan keputusan',
  revenue_payout: '🏦 Pencairan pendapatan',
};

const statuses: Record<TransactionStatus, Html> = {
  pending: html` · ⏳ menunggu`,
  approved: html``,
  rejected: html` · ❌ ditolak`,
  canceled: html` · 🚫 dibatalkan`,
};

const references: Record<Reference['kind'], Html> = {
  deposit: html`Top-up`,
  withdrawal: html`Withdraw`,
  campaign: html`Campaign`,
  proof: html`Bukti`,
  task: html`Tugas`,
  transaction: html`Transaksi`,
};

const amountOf = ({ type, status, amount }: HistoryLine): Html => {
  const counts = status === 'approved' || (status === 'pending' && type === 'withdraw');
  return counts ? html`<b>${signedMoney(amount)}</b>` : html`<s>${signedMoney(amount)}</s>`;
};

const about = ({ campaign, reference }: HistoryLine): Html =>
  campaign === null
    ? html`${references[reference.kind]} no. ${user(reference.id.slice(-6).toUpperCase())}`
    : html`${common.kind(campaign.taskKind)} · ${shortLink(campaign.link, 32)}`;

const historyLine = (entry: HistoryLine): Html =>
  lines(
    html`${amountOf(entry)} ${escapeHtml(transactionTypes[entry.type])}${statuses[entry.status]}`,
    html`<i>${dayTime(entry.at)} · ${about(entry)}</i>`,
  );

const pendingDeposit = ({ claimed, createdAt }: Deposit): Html =>
  html`💳 Top-up ${money(claimed)} — menunggu admin sejak ${dayTime(createdAt)}`;

const pendingWithdrawal = ({ amount, maskedNumber, createdAt, ...rest }: Withdrawal): Html =>
  rest.status === 'pending' && rest.claim !== null
    ? html`🏧 Withdraw ${money(amount)} ke ${user(maskedNumber)} — sedang ditransfer admin`
    : html`🏧 Withdraw ${money(amount)} ke ${user(maskedNumber)} — menunggu sejak
      ${dayTime(createdAt)}`;

const blank = html``;

export const wallet = {
  balance: ({ wallet: free, hold, deposits, withdrawals }: WalletFacts): Html =>
    lines(
      html`💰 <b>Saldo</b>`,
      blank,
      html`Bisa dipakai: <b>${money(free)}</b>`,
      hold > 0n && html`Ditahan untuk withdraw: ${money(hold)}`,
      deposits.length + withdrawals.length > 0 && blank,
      ...withdrawals.map(pendingWithdrawal),
      ...deposits.map(pendingDeposit),
    ),
  cancelDeposit: (amount: bigint): string => `🚫 Batalkan top-up ${money(amount)}`,
  cancelWithdrawal: (amount: bigint): string => `🚫 Batalkan withdraw ${money(amount)}`,
  depositCanceled: 'Top-up dibatalkan. Saldo tidak berubah.',
  withdrawalCanceled: 'Withdraw dibatalkan. Uangnya sudah kembali ke saldo.',
  history: ({ items }: Page<HistoryLine>): Html =>
    lines(
      html`🧾 <b>Riwayat</b> — terbaru lebih dulu`,
      blank,
      items.length === 0
        ? html`Belum ada transaksi.`
        : trusted(items.map(historyLine).join('\n\n')),
    ),
  askAmount: ({ balance, min, fee, most, amount }: WithdrawLimits): Html =>
    lines(
      html`🏧 <b>Withdraw</b> · ${common.step(1, 2)}`,
      blank,
      html`Berapa yang ingin Anda cairkan? Pilih di bawah atau ketik jumlahnya.`,
      html`Saldo <b>${money(balance)}</b> · minimal ${money(min)}`,
      fee > 0n && html`Biaya withdraw ${money(fee)}, dipotong dari saldo di luar jumlah itu.`,
      most + fee < balance &&
        html`Sesuai batas harian, sekarang paling banyak <b>${money(most)}</b>.`,
      amount !== null && html`Jumlah tadi: <b>${money(amount)}</b>`,
    ),
  tooLittle: ({ balance, missing, min, fee }: TooLittle): Html =>
    lines(
      html`🏧 <b>Withdraw</b>`,
      blank,
      html`Withdraw minimal ${money(min)}.`,
      fee > 0n && html`Biaya withdraw ${money(fee)}, dipotong dari saldo di luar jumlah itu.`,
      html`Saldo Anda <b>${money(balance)}</b>, kurang ${money(missing)}.`,
      html`Buka Withdraw lagi setelah saldo bertambah.`,
    ),
  everything: (amount: bigint): string => `Semua · ${money(amount)}`,
  keepAmount: (amount: bigint): string => `➡️ Tetap ${money(amount)}`,
  askNumber: ({ amount, masked }: { amount: bigint; masked: string | null }): Html =>
    lines(
      html`🏧 <b>Withdraw</b> · ${common.step(2, 2)}`,
      blank,
      html`Ketik nomor DANA yang akan menerima <b>${money(amount)}</b>.`,
      html`Contoh: 0812 3456 7890`,
      masked !== null && html`Nomor tadi: <b>${user(masked)}</b>`,
    ),
  keepNumber: (masked: string): string => `➡️ Tetap ${masked}`,
  withdrawSummary: (quote: WithdrawalQuote): Html =>
    lines(
      html`🏧 <b>Periksa withdraw Anda</b>`,
      blank,
      html`Jumlah: <b>${money(quote.amount)}</b>`,
      html`Biaya: ${money(quote.fee)}`,
      html`Total dari saldo: <b>${money(quote.total)}</b>`,
      html`Nomor DANA: <b><code>${NUMBER_SLOT}</code></b>`,
      html`Saldo setelahnya: ${money(quote.balanceAfter)}`,
      blank,
      html`Pastikan nomornya benar. Transfer tidak bisa ditarik kembali.`,
    ),
  withdrawRequested: ({ withdrawal, wallet: free, hold }: Requested): Html =>
    lines(
      html`✅ <b>Permintaan withdraw terkirim</b>`,
      blank,
      html`${money(withdrawal.amount)} ke DANA ${user(withdrawal.maskedNumber)}.`,
      html`Admin akan mentransfernya, lalu Anda kami kabari. Sebelum diproses, withdraw masih bisa
      dibatalkan lewat Saldo.`,
      blank,
      html`Saldo sekarang <b>${money(free)}</b>, ditahan ${money(hold)}.`,
    ),
};

export interface Requested extends Balances {
  readonly withdrawal: Withdrawal;
}
