import type { Deposit } from '../../../../core/index.ts';
import { money } from '../../format.ts';
import { html, lines, user, type Html } from '../../html.ts';
import { common } from './common.ts';

/** The amount step; rupiah. */
export interface TopUpLimits {
  readonly balance: bigint;
  readonly min: bigint;
  readonly max: bigint;
  /** What was entered before, when coming back to the step. */
  readonly amount: bigint | null;
}

const blank = html``;

export const topUp = {
  askAmount: ({ balance, min, max, amount }: TopUpLimits): Html =>
    lines(
      html`💳 <b>Top-Up</b> · ${common.step(1, 2)}`,
      blank,
      html`Berapa saldo yang ingin Anda isi? Pilih di bawah atau ketik jumlahnya.`,
      html`Saldo sekarang <b>${money(balance)}</b>`,
      html`Minimal ${money(min)}, maksimal ${money(max)}.`,
      amount !== null && html`Jumlah tadi: <b>${money(amount)}</b>`,
    ),
  keepAmount: (amount: bigint): string => `➡️ Tetap ${money(amount)}`,
  askProof: ({ amount, instructions }: { amount: bigint; instructions: string }): Html =>
    lines(
      html`💳 <b>Top-Up</b> · ${common.step(2, 2)}`,
      blank,
      html`Transfer tepat <b>${money(amount)}</b> sesuai petunjuk ini:`,
      html`<blockquote>${user(instructions, 2_000)}</blockquote>`,
      html`Setelah itu, kirim bukti transfernya di sini (gambar atau PDF).`,
    ),
  requested: ({ claimed }: Deposit): Html =>
    lines(
      html`✅ <b>Bukti transfer diterima</b>`,
      blank,
      html`Top-up <b>${money(claimed)}</b> menunggu diperiksa admin.`,
      html`Saldo bertambah setelah disetujui, dan Anda kami kabari. Sebelum itu, top-up masih bisa
      dibatalkan lewat Saldo.`,
    ),
};
