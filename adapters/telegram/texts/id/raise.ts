import type { Campaign, RaiseQuote } from '../../../../core/index.ts';
import { bar, count, link, money } from '../../format.ts';
import { html, lines, type Html } from '../../html.ts';
import { common } from './common.ts';

/** The only question: how many tasks more. */
export interface MoreQuestion {
  readonly campaign: Campaign;
  readonly max: number;
  readonly balance: bigint;
  /** What was entered before, when coming back to the step. */
  readonly more: number | null;
}

const STEPS = 2;
const BAR_CELLS = 10;
const blank = html``;

const heading = (step: number): Html =>
  lines(html`➕ <b>Tambah Target</b>`, common.step(step, STEPS), blank);

const about = ({ kind, link: { target }, completedCount: done, targetTotal }: Campaign): Html =>
  lines(
    html`${common.kind(kind)} · ${link(target)}`,
    html`${bar(done, targetTotal, BAR_CELLS)} ${count(done)} dari ${count(targetTotal)} selesai`,
  );

/** A higher target for a campaign (CAM-9). */
export const raise = {
  ask: ({ campaign, max, balance, more }: MoreQuestion): Html =>
    lines(
      heading(1),
      about(campaign),
      blank,
      html`Berapa tugas yang ingin Anda tambahkan? Pilih di bawah atau ketik angkanya.`,
      html`Dari 1 sampai ${count(max)} · saldo Anda ${money(balance)}`,
      more !== null && html`Tambahan tadi: <b>${count(more)}</b>`,
    ),
  keep: (more: number): string => `➡️ Tetap ${count(more)}`,
  summary: ({ campaign, more, target, total, balance, balanceAfter }: RaiseQuote): Html =>
    lines(
      heading(2),
      about(campaign),
      blank,
      html`Tambahan: <b>${count(more)}</b> tugas`,
      html`Target: ${count(campaign.targetTotal)} → <b>${count(target)}</b> tugas`,
      html`Upah per tugas: ${money(campaign.pricePerTask)}`,
      html`Biaya per tugas: ${money(campaign.feePerTask)}`,
      html`Total: <b>${money(total)}</b>`,
      blank,
      balanceAfter < 0n
        ? html`⚠️ Saldo Anda ${money(balance)}, kurang <b>${money(total - balance)}</b>. Ketuk Top-Up,
            atau kembali untuk mengubah jumlahnya.`
        : html`Saldo setelahnya: ${money(balanceAfter)}`,
    ),
  raised: (more: number): Html => html`✅ <b>Target bertambah ${count(more)} tugas.</b>`,
};
