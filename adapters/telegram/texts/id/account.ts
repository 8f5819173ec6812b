import type { OwnRole, Permission, Role, Settings } from '../../../../core/index.ts';
import { html, lines, user, type Html } from '../../html.ts';
import { help } from './help.ts';

const blank = html``;

const roleNames: Record<Role, Html> = {
  client: html`Client`,
  worker: html`Worker`,
  admin: html`Admin`,
};

export const account = {
  terms: (text: string): Html =>
    lines(
      html`<b>Ketentuan Upah</b>`,
      blank,
      html`<blockquote>${user(text, 3_000)}</blockquote>`,
      html`Setujui ketentuan ini untuk memakai Upah.`,
    ),
  termsChanged: 'Ketentuan baru saja diperbarui. Silakan baca, lalu setujui versi terbarunya.',
  chooseRole: (name: string): Html =>
    lines(
      html`👋 Halo, <b>${user(name, 40)}</b>! Anda ingin memakai Upah sebagai apa?`,
      blank,
      html`🏢 <b>Client</b> — membuat campaign dan membayar orang untuk mengerjakannya.`,
      html`🙋 <b>Worker</b> — mengerjakan tugas kecil dan menerima upah.`,
    ),
  suspended: (reason: string): Html =>
    lines(
      html`🚫 <b>Akun Anda ditangguhkan.</b>`,
      html`Alasan: “${user(reason)}”`,
      blank,
      html`Saldo Anda tetap tercatat. Hubungi admin bila ada pertanyaan.`,
    ),
  suspendedAnswer: 'Akun Anda sedang ditangguhkan. Alasannya ada di pesan.',
  /** `permissions`: of an admin, whose help tells of nothing else (ADM-1). */
  help: (role: Role, settings: Settings, permissions: readonly Permission[]): Html =>
    lines(
      html`❓ <b>Bantuan</b>`,
      blank,
      help[role](settings, permissions),
      blank,
      html`🆘 <b>Butuh bantuan?</b> /menu membuka Beranda, /batal membatalkan isian yang sedang
      berjalan, /settings mengganti bahasa${role === 'admin' ? blank : html` dan peran`}. Bila ada
      masalah dengan uang atau tugas, hubungi ${role === 'admin' ? html`operator` : html`admin`} dan
      sebutkan waktu kejadiannya.`,
    ),
  switchTo: (role: OwnRole): string => `🔄 Ganti peran: ${roleNames[role]}`,
  roleFirst: 'Pilih peran Anda dulu. Setelah itu Anda bisa melanjutkan.',
  roleChosen: (role: OwnRole): string => `Anda sekarang ${roleNames[role]}.`,
  settings: (role: Role | null): Html =>
    lines(
      html`⚙️ <b>Pengaturan</b>`,
      blank,
      html`🌐 Bahasa: Bahasa Indonesia`,
      role !== null && html`👤 Peran: ${roleNames[role]}`,
      blank,
      html`Ketuk untuk mengganti.`,
    ),
  languageChosen: 'Bahasa diganti ke Bahasa Indonesia.',
  canceled: html`Dibatalkan. Tidak ada yang berubah.`,
  nothingToCancel: html`Tidak ada isian yang sedang berjalan.`,
  linkUnknown: 'Tautan tadi tidak kami kenali. Silakan lanjutkan dari Beranda.',
  linkForWorkers: lines(
    html`🎯 <b>Tugas ini untuk worker</b>`,
    blank,
    html`Tautan tadi menuju tugas berbayar, sedangkan Anda memakai Upah sebagai Client. Untuk
    mengerjakannya, ganti peran Anda ke Worker.`,
  ),
};
