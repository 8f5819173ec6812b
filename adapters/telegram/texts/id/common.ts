import type { TaskKind } from '../../../../core/index.ts';
import { bar } from '../../format.ts';
import { escapeHtml, html, type Html } from '../../html.ts';

const kinds: Record<TaskKind, string> = {
  view: 'Tonton',
  like: 'Like',
  comment: 'Komentar',
  share: 'Bagikan',
  follow: 'Follow',
};

/** Words that every part of the bot uses. */
export const common = {
  kind: (kind: TaskKind): Html => escapeHtml(kinds[kind]),
  step: (at: number, of: number): Html => html`Langkah ${at} dari ${of} ${bar(at, of)}`,
  problem: (text: string): Html => html`⚠️ ${escapeHtml(text)}`,
  staleButton: 'Layar ini sudah berubah. Silakan lanjutkan dari layar terbaru.',
  staleNothing: 'Tombol ini sudah tidak berlaku. Ketuk Beranda untuk melanjutkan.',
  dialogueGone: 'Langkah ini sudah tidak tersedia, jadi kami kembalikan ke Beranda.',
  canceled: 'Dibatalkan. Tidak ada yang berubah.',
  notUnderstood: 'Kami belum memahami pesan itu. Silakan pilih salah satu tombol di bawah.',
  textExpected: 'Silakan jawab dengan teks, atau pilih tombol yang tersedia.',
  photoExpected: 'Di langkah ini kirim gambar (tangkapan layar), bukan teks.',
  transferProofExpected: 'Di langkah ini kirim bukti transfer berupa gambar atau PDF.',
  buttonExpected: 'Di langkah ini, silakan pilih salah satu tombol di bawah.',
  fileNotExpected: 'Tidak ada langkah yang memerlukan gambar saat ini. Buka tugasnya lebih dulu.',
  albumFirstOnly: 'Anda mengirim beberapa gambar. Kami memakai gambar pertama saja.',
  menuBelow: 'Menu utama ada di papan tombol di bawah.',
  apology: 'Maaf, ada gangguan di sisi kami. Tidak ada uang yang berpindah. Silakan coba lagi.',
  downloadFailed: 'Gambar gagal diunduh dari Telegram. Silakan kirim sekali lagi.',
  userText: (text: Html): Html => html`<blockquote>${text}</blockquote>`,
};
