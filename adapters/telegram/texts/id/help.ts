import type { Permission, Role, Settings } from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { html, lines, type Html } from '../../html.ts';

const blank = html``;

/** A withdrawal, as whoever has a wallet asks for one. */
const withdraw = ({ withdrawMin, withdrawFee }: Settings): Html =>
  html`🏧 <b>Mencairkan saldo.</b> Ketuk Withdraw, isi jumlah (minimal ${money(withdrawMin)}) dan
  nomor DANA Anda. ${withdrawFee > 0n ? html`Biayanya ${money(withdrawFee)}. ` : blank}Uangnya
  ditahan dulu sampai admin mentransfernya, dan bisa Anda batalkan selama belum diproses.`;

type Say = (settings: Settings, permissions: readonly Permission[]) => Html;

/** Paragraphs with an empty line between them; what is false is left out. */
const paragraphs = (...parts: readonly (Html | false)[]): Html =>
  lines(
    ...parts
      .filter((part) => part !== false)
      .flatMap((part, at) => (at === 0 ? [part] : [blank, part])),
  );

/** What each role can do, what it pays or earns, and until when; of admins only what is theirs. */
export const help: Readonly<Record<Role, Say>> = {
  client: (settings) =>
    lines(
      html`<b>Untuk Client</b>: Anda membayar orang untuk menonton, menyukai, mengomentari, atau
      membagikan konten Anda, atau mengikuti akun Anda.`,
      blank,
      html`💳 <b>Mengisi saldo.</b> Ketuk Top-Up, transfer mulai ${money(settings.depositMin)}, lalu
      kirim bukti transfernya. Saldo bertambah setelah admin mencocokkannya.`,
      blank,
      html`📢 <b>Membuat campaign.</b> Ketuk Buat Campaign: pilih jenis tugas, kirim tautannya,
      tentukan upah dan target. Total biaya ditampilkan sebelum Anda menyetujuinya, lalu
      disisihkan dari saldo.`,
      blank,
      html`📋 <b>Memantau.</b> Campaign Saya menampilkan perkembangan tiap campaign beserta grafiknya.
      Campaign bisa dijeda, dilanjutkan, ditambah targetnya, atau dihapus; saat dihapus, dana untuk
      tugas yang belum dikerjakan langsung kembali. Bagikan tautan campaign agar worker cepat
      menemukannya.`,
      blank,
      html`✅ <b>Membayar.</b> Worker dibayar hanya setelah admin menyetujui buktinya. Bukti yang
      ditolak tidak mengurangi target: tugasnya dikerjakan orang lain.`,
      blank,
      withdraw(settings),
    ),
  worker: (settings) =>
    lines(
      html`<b>Untuk Worker</b>: Anda mengerjakan tugas kecil dan menerima upah.`,
      blank,
      html`🎯 <b>Mengambil tugas.</b> Ketuk Tugas Tersedia, pilih satu, lalu ketuk Ambil. Anda bisa
      memegang ${count(settings.takenAtOnceMax)} tugas sekaligus.`,
      blank,
      html`⏰ <b>Batas waktu.</b> Setiap tugas harus selesai dalam ${count(settings.holdMinutes)}
      menit. Kami mengingatkan Anda sebelum waktunya habis; setelah itu tugas kembali ke daftar. Bila
      tidak jadi, ketuk Lepas Tugas.`,
      blank,
      html`📸 <b>Mengirim bukti.</b> Buka tugasnya di Tugas Saya, ketuk Kirim Bukti, lalu kirim satu
      tangkapan layar yang jelas. Pakai gambar Anda sendiri, satu gambar baru untuk setiap tugas.`,
      blank,
      html`💰 <b>Upah.</b> Admin memeriksa setiap bukti. Begitu disetujui, upah langsung masuk ke
      saldo. Bila ditolak, alasannya kami kirimkan. Ketik /penghasilan untuk melihat upah hari ini
      dan 7 hari terakhir.`,
      blank,
      withdraw(settings),
    ),
  admin: ({ reviewClaimMinutes, reversalDays, secondAdminAbove }, permissions) => {
    const may = (permission: Permission): boolean => permissions.includes(permission);
    return paragraphs(
      html`<b>Untuk admin</b>: menu Anda menampilkan yang menjadi hak Anda. Hak itu diatur oleh
      operator.`,
      may('review') &&
        html`🔍 <b>Review Bukti</b> membuka bukti terlama; setelah diputuskan, yang berikutnya terbuka
        sendiri. Bukti yang Anda buka tidak diberikan kepada admin lain selama
        ${count(reviewClaimMinutes)} menit. Sertakan alasan saat menolak: worker membacanya. Keputusan
        bisa diubah satu kali, paling lambat ${count(reversalDays)} hari kemudian.`,
      may('money') &&
        html`📥 <b>Deposit</b>: cocokkan bukti transfer dengan mutasi rekening. Bila jumlahnya berbeda,
        betulkan sebelum menyetujui.`,
      may('money') &&
        html`📤 <b>Withdrawal</b>: ketuk Proses sebelum mentransfer, supaya tidak ada yang mentransfer
        dua kali. Setelah itu ketuk Sudah Ditransfer dan lampirkan bukti transfernya. Withdraw di atas
        ${money(secondAdminAbove)} atau dari uang top-up perlu dua admin: yang satu menyetujui, yang
        lain memproses.`,
      may('review')
        ? html`📢 <b>Campaign</b>: lihat semua campaign, siapa yang memegang tugasnya, lalu jeda atau
          hapus dengan alasan yang sampai kepada pemiliknya.`
        : html`📢 <b>Campaign</b>: lihat semua campaign dan siapa yang memegang tugasnya.`,
      may('users')
        ? html`👥 <b>Pengguna</b>: cari orang, lihat profil dan linimasanya, tangguhkan akunnya,
          ${may('money') ? html`ubah perannya, atau sesuaikan saldonya` : html`atau ubah perannya`}.
          📣 <b>Siaran</b> di Beranda mengirim pesan kepada banyak orang.`
        : may('money') &&
            html`👥 <b>Pengguna</b>: cari orang, lihat profil dan linimasanya, atau sesuaikan saldonya.`,
      may('settings') &&
        html`🎛 <b>Pengaturan Upah</b> di Beranda: batas, biaya, dan ketentuan. Perubahannya langsung
        berlaku dan tercatat.`,
      html`📊 <b>Statistik</b> menampilkan perkembangan Upah, 📜 <b>Audit</b> siapa melakukan apa.`,
      html`⚖️ Yang menyangkut Anda sendiri diputuskan admin lain. Saldo Anda sendiri: /saldo,
      riwayatnya: /riwayat.`,
    );
  },
};
