import type { OwnRole, Role } from '../../../../core/index.ts';
import { html, lines, user, type Html } from '../../html.ts';

const blank = html``;

const help: Record<Role, readonly Html[]> = {
  client: [
    html`<b>Untuk Client</b>`,
    html`1. <b>Top-Up</b>: transfer, lalu kirim buktinya. Saldo bertambah setelah diperiksa admin.`,
    html`2. <b>Buat Campaign</b>: pilih jenis, kirim tautan, tentukan upah dan target.`,
    html`3. Worker mengerjakan dan mengirim bukti. Setelah admin menyetujuinya, upah dibayarkan.`,
    html`4. <b>Campaign Saya</b>: pantau, jeda, atau hapus. Bila dihapus, dana slot tersisa kembali.`,
    html`5. <b>Withdraw</b>: cairkan saldo ke nomor DANA Anda.`,
  ],
  worker: [
    html`<b>Untuk Worker</b>`,
    html`1. <b>Tugas Tersedia</b>: pilih tugas, lalu ketuk Ambil.`,
    html`2. Kerjakan sebelum batas waktu, lalu ketuk Kirim Bukti dan kirim tangkapan layar.`,
    html`3. Admin memeriksa bukti. Bila disetujui, upah langsung masuk ke saldo.`,
    html`4. <b>Withdraw</b>: cairkan saldo ke nomor DANA Anda.`,
  ],
  admin: [
    html`<b>Untuk admin</b>`,
    html`<b>Review Bukti</b>: setujui atau tolak bukti, yang terlama lebih dulu.`,
    html`<b>Deposit</b>: cocokkan bukti transfer dengan mutasi rekening, lalu putuskan.`,
    html`<b>Withdrawal</b>: ketuk Proses, transfer ke DANA, lalu ketuk Sudah Ditransfer.`,
    html`Bukti, top-up, dan withdraw milik Anda sendiri diputuskan admin lain.`,
    html`Untuk melihat saldo Anda sendiri, ketik /saldo atau /riwayat.`,
  ],
};

const roleName: Record<OwnRole, Html> = { client: html`Client`, worker: html`Worker` };

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
  help: (role: Role): Html =>
    lines(
      html`❓ <b>Bantuan</b>`,
      blank,
      ...help[role],
      blank,
      html`/menu membuka Beranda, /batal membatalkan isian yang sedang berjalan.`,
    ),
  switchTo: (role: OwnRole): string => `🔄 Ganti peran: ${roleName[role]}`,
  roleChosen: (role: OwnRole): string => `Anda sekarang ${roleName[role]}.`,
  languages: html`🌐 <b>Bahasa</b> — pilih bahasa yang Anda pakai.`,
  languageChosen: 'Bahasa diganti ke Bahasa Indonesia.',
  canceled: html`Dibatalkan. Tidak ada yang berubah.`,
  nothingToCancel: html`Tidak ada isian yang sedang berjalan.`,
};
