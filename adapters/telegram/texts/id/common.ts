import type { Permission, TaskKind } from '../../../../core/index.ts';
import { bar } from '../../format.ts';
import { escapeHtml, html, user, type Html } from '../../html.ts';
import { namedActor } from '../audit-values.ts';

const kinds: Record<TaskKind, string> = {
  view: 'Tonton',
  like: 'Like',
  comment: 'Komentar',
  share: 'Bagikan',
  follow: 'Follow',
};

/** What a right lets an admin do (ADM-1). */
const permissions: Record<Permission, string> = {
  review: 'memeriksa bukti dan mengelola campaign',
  money: 'mengurus top-up, withdraw, dan saldo',
  users: 'mengelola pengguna dan siaran',
  settings: 'mengubah pengaturan',
};

/** Words that every part of the bot uses. */
export const common = {
  kind: (kind: TaskKind): Html => escapeHtml(kinds[kind]),
  permission: (permission: Permission): string => permissions[permission],
  permissions: (all: readonly Permission[]): string =>
    all.map((permission) => permissions[permission]).join('; '),
  step: (at: number, of: number): Html => html`Langkah ${at} dari ${of} ${bar(at, of)}`,
  problem: (text: string): Html => html`⚠️ ${escapeHtml(text)}`,
  staleButton: 'Tampilan tadi sudah berubah. Ini yang terbaru.',
  staleNothing: 'Tombol ini sudah tidak berlaku. Ketuk Beranda untuk melanjutkan.',
  dialogueGone: 'Langkah itu sudah tidak tersedia. Silakan mulai lagi dari Beranda.',
  lookFirst: 'Yang berikutnya baru saja tampil. Periksa dulu, lalu ketuk lagi.',
  readFirst: 'Layar ini baru saja tampil. Baca dulu, lalu ketuk lagi.',
  unknownCommand: 'Perintah itu tidak kami kenali. Lihat perintah yang tersedia di /help.',
  canceled: 'Dibatalkan. Tidak ada yang berubah.',
  notUnderstood: 'Kami belum memahami pesan itu. Silakan pilih salah satu tombol di bawah.',
  textExpected: 'Silakan jawab dengan teks, atau pilih tombol yang tersedia.',
  photoExpected: 'Langkah ini memerlukan tangkapan layar. Silakan kirim gambarnya di sini.',
  transferProofExpected: 'Langkah ini memerlukan bukti transfer. Silakan kirim gambar atau PDF.',
  buttonExpected: 'Silakan pilih salah satu tombol di bawah untuk melanjutkan.',
  fileNotExpected: 'Berkas ini belum kami perlukan. Pilih menunya dulu, lalu kirim saat diminta.',
  fileUnderWay: '⏳ Berkas Anda sudah kami terima dan masih kami proses. Mohon tunggu sebentar.',
  fileLeftOut: 'Maaf, karena gangguan, berkas lampirannya tidak dapat kami kirim di sini.',
  albumFirstOnly: 'Anda mengirim beberapa gambar. Kami memakai gambar pertama saja.',
  menuBelow: 'Menu utama ada di tombol-tombol di bawah layar.',
  tooFast: 'Terlalu cepat, jadi langkah terakhir belum kami proses. Tunggu sebentar, lalu ulangi.',
  apology: 'Maaf, ada gangguan di sistem kami. Tidak ada uang yang berpindah. Silakan coba lagi.',
  /** Said of a list only where there is an order to speak of. */
  oldestFirst: (total: number): Html => (total > 1 ? html`, terlama di atas` : html``),
  userText: (text: Html): Html => html`<blockquote>${text}</blockquote>`,
  /** Who did it: an operator or a job, as the core names them, else somebody's name. */
  doneBy: (by: string): Html => {
    const named = namedActor(by);
    if (named === null) return html`“${user(by, 60)}”`;
    const name = user(named.name, 32);
    return named.isOperator ? html`operator ${name}` : html`sistem (${name})`;
  },
};
