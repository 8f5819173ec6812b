import type { AnyRefusal, Json, RefusalDetails, Role } from '../../../../core/index.ts';
import { clockTime, count, money } from '../../format.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { settingRange, settingValue } from './setting-values.ts';
import { settingNames } from './setting-words.ts';

type Sayings = {
  readonly [C in keyof RefusalDetails]: (details: RefusalDetails[C]) => string;
};

const roles: Record<Role, string> = { client: 'Client', worker: 'Worker', admin: 'admin' };
const things: Readonly<Record<string, string>> = {
  campaign: 'Campaign',
  deposit: 'Top-up',
  withdrawal: 'Withdraw',
  take: 'Tugas',
  proof: 'Bukti',
  user: 'Pengguna',
  file: 'Berkas',
  setting: 'Pengaturan',
  transaction: 'Transaksi',
  broadcast: 'Siaran',
};
const decided: Readonly<Record<string, string>> = {
  approved: 'disetujui',
  paid: 'dibayar',
  rejected: 'ditolak',
  canceled: 'dibatalkan',
  completed: 'selesai',
  deleted: 'dihapus',
};
const took: Readonly<Record<string, string>> = {
  taken: 'sedang dikerjakan',
  pending_review: 'sedang diperiksa',
  approved: 'sudah disetujui',
  rejected: 'sudah ditolak',
  expired: 'sudah lewat batas waktu',
  released: 'sudah Anda lepas',
  suspended: 'sudah kembali ke daftar',
  reversed: 'dibatalkan persetujuannya oleh admin',
};
const openThings = {
  campaigns: 'campaign',
  takenTasks: 'tugas yang diambil',
  proofsUnderReview: 'bukti yang diperiksa',
  deposits: 'top-up',
  withdrawals: 'withdraw',
} as const;

const stillOpen = (open: RefusalDetails['user.things-open']): string =>
  (Object.keys(openThings) as (keyof typeof openThings)[])
    .filter((key) => open[key] > 0)
    .map((key) => `${open[key]} ${openThings[key]}`)
    .join(', ');

const megabytes = (bytes: number): string => String(Math.floor(bytes / 1_048_576));

/** Every refusal: what happened and what to do next, in plain text short enough for an alert. */
const sayings: Sayings = {
  'not-found': ({ what }) =>
    `${things[what] ?? 'Data'} itu tidak ditemukan. Silakan kembali ke Beranda dan buka lagi.`,
  'text.too-long': ({ max }) =>
    `Teksnya terlalu panjang, maksimal ${count(max)} karakter. Ringkas, lalu kirim lagi.`,
  'text.empty': () => 'Teksnya kosong. Silakan tulis, lalu kirim lagi.',
  'reason.required': () => 'Alasan wajib diisi. Tulis alasannya, lalu kirim.',
  'settings.reasons-out-of-range': ({ max }) =>
    `Alasan siap pakai harus 1 sampai ${count(max)}. Tambah atau kurangi, lalu simpan lagi.`,
  'settings.changed': () =>
    'Admin lain mengubahnya pada saat yang sama, jadi perubahan Anda belum tersimpan. Silakan coba lagi.',
  'settings.unreadable': ({ example, ...range }) =>
    `Nilainya belum terbaca. Isi ${settingRange(range)}, misalnya ${example}.`,
  'settings.out-of-range': ({ example, ...range }) =>
    `Nilainya di luar batas. Isi ${settingRange(range)}, misalnya ${example}.`,
  'settings.contradicts': ({ bound, other, limit }) =>
    `Nilainya tidak boleh ${bound === 'at-most' ? 'lebih' : 'kurang'} dari ` +
    `${settingValue('rupiah', limit)}, sesuai “${settingNames[other]}”. ` +
    'Ubah yang itu dulu, atau isi nilai lain.',
  'money.unreadable': ({ example }) =>
    `Jumlahnya belum terbaca. Tulis dalam rupiah bulat, misalnya ${example} atau 10rb.`,
  'money.too-small': ({ min }) => `Jumlahnya terlalu kecil. Masukkan minimal ${money(min)}.`,
  'money.too-large': ({ max }) => `Jumlahnya terlalu besar. Masukkan maksimal ${money(max)}.`,
  'user.suspended': ({ reason }) =>
    `Akun Anda sedang ditangguhkan (alasan: “${clip(reason)}”). Hubungi admin bila ada pertanyaan.`,
  'user.terms-not-accepted': () =>
    'Anda belum menyetujui ketentuan terbaru. Ketik /start untuk membaca dan menyetujuinya.',
  'user.terms-outdated': () =>
    'Ketentuan baru saja diperbarui. Ketik /start, baca versi terbaru, lalu setujui.',
  'user.role-missing': () =>
    'Anda belum memilih peran. Ketik /start, lalu pilih Client atau Worker.',
  'user.role-required': ({ role }) =>
    role === 'admin'
      ? 'Menu ini khusus admin. Silakan pilih menu lain di Beranda.'
      : `Menu ini khusus ${roles[role]}. Ganti peran lewat Bantuan, atau pilih menu lain di Beranda.`,
  'user.things-open': (open) =>
    `Peran belum bisa diganti karena masih ada ${stillOpen(open)}. Selesaikan dulu, lalu coba lagi.`,
  'user.already-admin': () => 'Akun admin tidak bisa berganti peran. Hubungi operator bila perlu.',
  'user.admin-cannot-be-suspended': () =>
    'Admin tidak bisa ditangguhkan. Minta operator mencabut hak adminnya dulu.',
  'user.already-suspended': () => 'Pengguna ini sudah ditangguhkan. Tidak ada yang berubah.',
  'user.not-suspended': () => 'Pengguna ini tidak sedang ditangguhkan. Tidak ada yang berubah.',
  'user.permission-required': ({ oneOf }) =>
    `Anda belum diberi hak untuk ${oneOf.map(common.permission).join(' atau ')}. Hubungi operator bila memerlukannya.`,
  'user.no-permission-named': () =>
    'Sebutkan setidaknya satu hak: review, money, users, atau settings. ' +
    'Untuk mencabut semuanya, pakai perintah admin revoke.',
  'user.own': () =>
    'Ini menyangkut akun Anda sendiri, jadi harus dikerjakan admin lain. Silakan minta bantuannya.',
  'user.not-admin': () =>
    'Akun ini bukan admin, jadi haknya tidak bisa diatur. Jadikan admin dulu.',
  'user.operator-required': () => 'Hanya operator yang bisa melakukan ini. Hubungi operator.',
  'wallet.insufficient': ({ missing, balance }) =>
    `Saldo Anda ${money(balance)}, kurang ${money(missing)}. ` +
    'Kurangi jumlahnya, atau coba lagi setelah saldo bertambah.',
  'wallet.user-insufficient': ({ missing, balance }) =>
    `Saldo pengguna ini ${money(balance)}, kurang ${money(missing)}. Masukkan jumlah yang lebih kecil.`,
  'wallet.overdrawn': () =>
    'Saldo tidak cukup, jadi tidak ada uang yang berpindah. Buka Saldo, lalu coba lagi.',
  'wallet.key-reused': () =>
    'Permintaan ini sudah pernah dikirim dengan isi berbeda. Silakan ulangi dari awal.',
  'wallet.cost-changed': ({ total }) =>
    `Biayanya baru saja berubah menjadi ${money(total)}. Periksa lagi, lalu konfirmasi.`,
  'wallet.already-decided': ({ status }) =>
    `Transaksi ini sudah ${decided[status] ?? 'diputuskan'}. Buka Riwayat untuk rinciannya.`,
  'wallet.revenue-insufficient': ({ missing }) =>
    `Pendapatan platform kurang ${money(missing)}. Kurangi jumlahnya, lalu coba lagi.`,
  'campaign.final': ({ status }) =>
    `Campaign ini sudah ${decided[status] ?? 'berakhir'}, jadi tidak bisa diubah lagi. ` +
    'Buka lagi untuk melihat rinciannya.',
  'campaign.already-paused': () =>
    'Campaign ini sudah dijeda. Ketuk Lanjutkan untuk mengaktifkannya.',
  'campaign.not-paused': () =>
    'Campaign ini tidak sedang dijeda. Buka lagi untuk melihat statusnya.',
  'campaign.paused-by-admin': () =>
    'Campaign ini dijeda admin, jadi hanya admin yang bisa melanjutkannya. Silakan hubungi admin.',
  'campaign.owner-suspended': () =>
    'Campaign ini dijeda karena akun pemiliknya ditangguhkan. Aktifkan kembali akunnya dulu.',
  'campaign.price-too-low': ({ min }) =>
    `Upah per tugas terlalu kecil. Masukkan minimal ${money(min)}.`,
  'campaign.target-out-of-range': ({ max }) =>
    max < 1
      ? 'Target campaign ini sudah mencapai batas tertinggi. Buat campaign baru untuk menambah tugas.'
      : `Target harus bilangan bulat dari 1 sampai ${count(max)}. Ketik angkanya, misalnya 100.`,
  'link.unreadable': () =>
    'Tautannya belum terbaca. Salin tautan lengkap yang diawali https://, lalu kirim lagi.',
  'link.not-https': () =>
    'Tautan harus diawali https://. Salin tautan lengkapnya, lalu kirim lagi.',
  'link.credentials': () =>
    'Tautan tidak boleh memuat nama pengguna atau kata sandi di depan nama situs. ' +
    'Salin tautan aslinya dari aplikasi.',
  'link.port': () => 'Tautan tidak boleh memuat nomor port. Salin tautan aslinya dari aplikasi.',
  'link.too-long': ({ max }) =>
    `Tautannya terlalu panjang, maksimal ${count(max)} karakter. ` +
    'Salin tautan yang lebih pendek.',
  'link.shortener': ({ host }) =>
    `Itu tautan pendek (${clip(host)}). Buka di browser, lalu salin alamat lengkapnya.`,
  'link.host-not-allowed': ({ host, allowed }) =>
    `Situs ${clip(host)} belum didukung. Pakai tautan dari ${allowed.join(', ')}.`,
  'link.no-content': ({ host }) =>
    `Itu halaman depan ${clip(host)}. Kirim tautan ke konten atau profil yang dituju.`,
  'task.gone': () => 'Tugas ini sudah habis atau tidak tersedia lagi. Silakan pilih tugas lain.',
  'task.own-campaign': () =>
    'Ini campaign Anda sendiri, jadi tidak bisa dikerjakan. Silakan pilih tugas lain.',
  'task.already-done': () =>
    'Anda sudah atau sedang mengerjakan tugas ini di tautan yang sama. Silakan pilih tugas lain.',
  'task.too-many-taken': ({ max, freesAt }) =>
    `Anda sudah mengambil ${max} tugas. Selesaikan atau lepas salah satu, ` +
    `atau tunggu sampai pukul ${clockTime(freesAt)}.`,
  'task.rejected-too-often': ({ max }) =>
    `Bukti Anda untuk campaign ini sudah ${count(max)} kali ditolak, jadi tugasnya tidak bisa diambil ` +
    'lagi. Silakan pilih tugas lain.',
  'task.daily-limit': ({ max, freesAt }) =>
    `Batas ${count(max)} tugas hari ini sudah tercapai. ` +
    `Anda bisa mengambil tugas lagi mulai ${dayTime(freesAt)}.`,
  'take.not-open': ({ status }) =>
    `Tugas ini ${took[status] ?? 'sudah berakhir'}. ` +
    'Buka Tugas Saya untuk melihat yang masih berjalan.',
  'take.late': ({ deadline }) =>
    `Maaf, batas waktunya sudah lewat (${clockTime(deadline)}) dan tugas kembali ke daftar. ` +
    'Silakan ambil tugas lain.',
  'file.too-large': ({ maxBytes }) =>
    `Berkasnya terlalu besar, maksimal ${megabytes(maxBytes)} MB. Perkecil, lalu kirim lagi.`,
  'file.wrong-type': ({ allowed }) =>
    allowed.includes('application/pdf')
      ? 'Berkas ini tidak didukung. Kirim gambar (JPG, PNG, atau WebP) atau PDF.'
      : 'Berkas ini bukan gambar yang didukung. Kirim tangkapan layar JPG, PNG, atau WebP.',
  'file.unreadable': () =>
    'Gambarnya rusak atau tidak bisa dibuka. Ambil tangkapan layar baru, lalu kirim lagi.',
  'file.wrong-dimensions': () =>
    'Ukuran gambarnya terlalu kecil atau terlalu besar. Kirim tangkapan layar asli dari ponsel.',
  'file.unavailable': () =>
    'Maaf, berkas Anda gagal kami terima karena gangguan sistem. Silakan kirim ulang berkasnya.',
  'proof.own': () =>
    'Bukti atau campaign ini milik Anda, jadi admin lain yang harus memutuskan. Silakan lewati.',
  'proof.not-decided': () => 'Bukti ini belum diputuskan. Setujui atau tolak dulu.',
  'proof.already-reversed': () =>
    'Keputusan bukti ini sudah pernah diubah dan hanya boleh sekali. Hubungi operator bila perlu.',
  'proof.reversal-too-late': ({ days }) =>
    `Keputusan hanya bisa diubah dalam ${days} hari. Hubungi operator bila masih perlu diperbaiki.`,
  'proof.no-slot-left': () =>
    'Tidak ada slot tersisa di campaign ini, jadi keputusannya tidak bisa diubah. ' +
    'Hubungi operator bila perlu.',
  'proof.same-file': ({ sentAt }) =>
    `Gambar ini sudah Anda kirim untuk tugas lain (${dayTime(sentAt)}). ` +
    'Ambil tangkapan layar baru untuk tugas ini, lalu kirim lagi.',
  'proof.reversal-changed': ({ moves }) =>
    `Jumlahnya baru saja berubah menjadi ${money(moves)} dan belum ada uang yang berpindah. ` +
    'Periksa lagi, lalu konfirmasi.',
  'approvals.nothing': () =>
    'Tidak ada bukti yang bisa disetujui sekaligus. Buka buktinya satu per satu.',
  'approvals.too-many': ({ max }) =>
    `Maksimal ${count(max)} bukti bisa disetujui sekaligus. ` +
    'Pilih worker atau campaign dengan bukti lebih sedikit.',
  'broadcast.nobody': () =>
    'Saat ini tidak ada penerima di kelompok itu. Silakan pilih kelompok lain.',
  'broadcast.ended': ({ status }) =>
    `Siaran ini sudah ${decided[status] ?? 'selesai'}, jadi tidak bisa diubah lagi. ` +
    'Anda bisa membuat siaran baru.',
  'broadcast.another-running': () =>
    'Siaran lain belum selesai. Tunggu sampai selesai, atau batalkan dulu dari menu Siaran.',
  'deposit.too-many-pending': ({ max }) =>
    `Masih ada ${max} top-up yang menunggu admin. Tunggu, atau batalkan salah satu lewat Saldo.`,
  'deposit.same-file': () =>
    'Bukti transfer ini sudah pernah Anda kirim. Silakan kirim bukti transfer yang lain.',
  'deposit.own': () =>
    'Ini top-up Anda sendiri, jadi admin lain yang harus memutuskan. Silakan pilih yang lain.',
  'deposit.not-pending': ({ status }) =>
    `Top-up ini sudah ${decided[status] ?? 'diputuskan'}. Buka Riwayat untuk rinciannya.`,
  'freeze.in-force': ({ since }) =>
    `Pembayaran dihentikan sejak ${dayTime(since)}: pembukuan tidak cocok. Segera beri tahu operator. ` +
    'Anda tetap bisa menolak, tetapi jangan tolak withdraw yang uangnya sudah dikirim.',
  'freeze.none': () => 'Pembayaran tidak sedang dihentikan. Tidak ada yang berubah.',
  'withdrawal.number-unreadable': ({ example }) =>
    `Nomor DANA belum terbaca. Tulis nomor ponsel Indonesia, misalnya ${example}.`,
  'withdrawal.too-many-pending': () =>
    'Masih ada withdraw yang belum selesai. Tunggu dulu, atau batalkan lewat Saldo bila belum diproses.',
  'withdrawal.daily-limit': ({ max, left, freesAt }) =>
    `Batas withdraw ${money(max)} sehari. ` +
    `Sisa hari ini ${money(left)}; batas baru berlaku mulai ${dayTime(freesAt)}.`,
  'withdrawal.own': () =>
    'Ini withdraw Anda sendiri, jadi admin lain yang harus memprosesnya. Silakan pilih yang lain.',
  'withdrawal.not-pending': ({ status }) =>
    `Withdraw ini sudah ${decided[status] ?? 'diputuskan'}. Buka Riwayat untuk rinciannya.`,
  'withdrawal.being-processed': () =>
    'Withdraw ini sedang ditransfer admin, jadi tidak bisa dibatalkan. Tunggu kabar dari kami.',
  'withdrawal.not-claimed': () =>
    'Withdraw ini belum Anda proses. Ketuk Proses dulu, lalu lanjutkan.',
  'withdrawal.claimed-by-other': ({ by, at }) =>
    `Withdraw ini sedang diproses ${clip(by)} sejak ${clockTime(at)}. Silakan pilih yang lain.`,
  'withdrawal.second-admin-required': ({ others }) =>
    'Withdraw ini perlu dua admin: satu menyetujui, satu lagi memproses. ' +
    (others > 0
      ? 'Minta admin lain menyetujuinya dulu, lalu proses.'
      : 'Belum ada admin lain yang berhak memproses withdraw; minta operator menambahkannya.'),
  'withdrawal.endorsed-by-you': ({ others }) =>
    'Anda yang menyetujui withdraw ini, jadi admin lain yang harus memprosesnya. ' +
    (others > 0
      ? 'Minta admin lain memprosesnya.'
      : 'Belum ada admin lain yang berhak memproses withdraw; minta operator menambahkannya.'),
  'withdrawal.endorsed-by-other': ({ by, at }) =>
    `Withdraw ini sudah disetujui ${clip(by)} pukul ${clockTime(at)}. Anda bisa langsung memprosesnya.`,
  'withdrawal.no-second-needed': () =>
    'Withdraw ini cukup ditangani satu admin. Anda bisa langsung memprosesnya.',
  'withdrawal.not-endorsed': () =>
    'Tidak ada persetujuan Anda yang bisa ditarik di withdraw ini. Silakan pilih yang lain.',
};

const clip = (text: string): string => {
  const letters = Array.from(text);
  return letters.length > 80 ? `${letters.slice(0, 79).join('')}…` : text;
};

export const refusals = {
  /** One refusal as a sentence or two of plain text. */
  say: (refusal: AnyRefusal): string =>
    (sayings[refusal.code] as (details: unknown) => string)(refusal.details),
  /** As above for the refusal of a prepared file, whose details come from JSON. */
  sayCode: (code: string, details: Json): string =>
    code.startsWith('file.') && Object.hasOwn(sayings, code)
      ? (sayings[code as keyof Sayings] as (details: unknown) => string)(details)
      : 'Berkasnya tidak bisa dipakai. Silakan kirim berkas lain.',
};
