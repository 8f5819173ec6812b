import type { ReadyReason } from '../../../../core/index.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { common } from './common.ts';

const EMPTY = trusted('');

const both = ({ id, en }: ReadyReason): Html =>
  lines(
    html`🇮🇩 Indonesia:`,
    common.userText(user(id, 200)),
    html`🇬🇧 Inggris:`,
    common.userText(user(en, 200)),
  );

/** The ready-made reasons to reject a proof, as admins edit them (REV-2). */
export const rejectReasons = {
  list: (reasons: readonly ReadyReason[]): Html =>
    lines(
      html`✏️ <b>Alasan penolakan</b>`,
      html`Tombol siap pakai saat menolak bukti, urut dari atas. Worker membacanya dalam bahasa
      masing-masing.`,
      EMPTY,
      ...reasons.map(({ id }, at) => html`${at + 1}. ${user(id, 200)}`),
      EMPTY,
      html`Ketuk nomornya untuk mengubah, menaikkan, atau menghapus.`,
    ),
  add: '➕ Tambah alasan',
  one: (reason: ReadyReason, at: number): Html =>
    lines(html`✏️ <b>Alasan ${at + 1}</b>`, EMPTY, both(reason)),
  change: '✏️ Ubah',
  up: '⬆️ Naikkan',
  remove: '🗑 Hapus',
  askIndonesian: (was: ReadyReason | null): Html =>
    lines(
      was === null ? html`➕ <b>Alasan baru</b>` : html`✏️ <b>Ubah alasan</b>`,
      common.step(1, 2),
      EMPTY,
      was === null ? null : lines(html`Alasan sekarang:`, common.userText(user(was.id, 200))),
      html`Ketik alasannya dalam bahasa Indonesia, maksimal 200 karakter.`,
    ),
  askEnglish: (id: string, was: ReadyReason | null): Html =>
    lines(
      html`🇬🇧 <b>Alasan dalam bahasa Inggris</b>`,
      common.step(2, 2),
      EMPTY,
      common.userText(user(id, 200)),
      was === null ? null : lines(html`Terjemahan sekarang:`, common.userText(user(was.en, 200))),
      html`Ketik terjemahan Inggrisnya, atau ketuk Sama bila tidak perlu diterjemahkan.`,
    ),
  same: 'Sama',
  keepEnglish: 'Pakai terjemahan sekarang',
  saved: '✅ Alasan disimpan.',
  removed: '🗑 Alasan dihapus.',
  moved: '⬆️ Alasan dinaikkan.',
  changed: 'Daftar alasan baru saja diubah admin lain. Ini yang terbaru.',
  number: (at: number): string => String(at + 1),
};
