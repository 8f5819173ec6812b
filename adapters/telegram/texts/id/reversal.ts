import type { ReversalPreview, ReversalResult, ReviewCase } from '../../../../core/index.ts';
import { money } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { person } from '../people.ts';
import { common } from './common.ts';

const EMPTY = trusted('');

const subject = ({ campaign, worker }: ReviewCase): Html =>
  html`${common.kind(campaign.kind)} di ${user(campaign.link.platform)}, ${person(worker)}`;

/** What moves, line by line. */
const moves = (preview: ReversalPreview): Html => {
  if (preview.turns === 'rejection') {
    return lines(
      html`💸 Upah dibayarkan ke worker: <b>${money(preview.reward)}</b>`,
      preview.fee === 0n ? null : html`🧾 Biaya platform: <b>${money(preview.fee)}</b>`,
      html`Satu slot campaign terpakai untuk bukti ini.`,
    );
  }
  return lines(
    html`↩️ Kembali dari worker ke client: <b>${money(preview.returned)}</b>`,
    preview.feeReturned === 0n
      ? null
      : html`🧾 Biaya platform kembali ke client: <b>${money(preview.feeReturned)}</b>`,
    preview.shortfall === 0n
      ? null
      : html`⚠️ Tidak bisa diambil karena saldo worker kurang: <b>${money(preview.shortfall)}</b>`,
    html`Slot campaign ditutup dan tidak dibuka lagi.`,
  );
};

const titles: Record<ReversalPreview['turns'], Html> = {
  approval: trusted('🔁 <b>Batalkan persetujuan ini?</b>'),
  rejection: trusted('🔁 <b>Setujui bukti yang ditolak ini?</b>'),
};

/** Turning a decision round, with its money shown before (REV-7). */
export const reversal = {
  start: '🔁 Ubah keputusan',
  /** A caption: at most 1.024 characters. */
  askReason: (shown: ReviewCase, preview: ReversalPreview): Html =>
    lines(
      titles[preview.turns],
      subject(shown),
      EMPTY,
      moves(preview),
      EMPTY,
      html`Pilih alasan, atau ketik alasan sendiri. Keputusan hanya bisa diubah sekali.`,
    ),
  confirm: (shown: ReviewCase, preview: ReversalPreview, reason: string): Html =>
    lines(
      titles[preview.turns],
      subject(shown),
      EMPTY,
      moves(preview),
      EMPTY,
      html`💬 Alasan:`,
      common.userText(user(reason, 250)),
      html`Periksa angkanya, lalu ketuk Konfirmasi.`,
    ),
  reasons: {
    approval: [
      'Setelah diperiksa ulang, tugasnya ternyata belum dikerjakan.',
      'Bukti yang dikirim ternyata tidak asli.',
      'Hasil tugasnya dibatalkan setelah disetujui.',
    ],
    rejection: [
      'Setelah diperiksa ulang, buktinya ternyata benar.',
      'Bukti ditolak karena kekeliruan kami.',
    ],
  } as Readonly<Record<ReversalPreview['turns'], readonly string[]>>,
  done: (result: ReversalResult): string => {
    if (result.outcome === 'un-rejected') {
      return `🔁 Penolakan dibatalkan. ${money(result.reward)} masuk ke saldo worker.`;
    }
    const { returned, feeReturned, shortfall } = result;
    const back = money(returned + feeReturned);
    const missing = shortfall === 0n ? '' : ` ${money(shortfall)} tidak bisa diambil.`;
    return `🔁 Persetujuan dibatalkan. ${back} kembali ke saldo client.${missing}`;
  },
};
