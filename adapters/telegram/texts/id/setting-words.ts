import {
  isSettingKey,
  SETTING_SPECS,
  type SettingGroup,
  type SettingKey,
} from '../../../../core/index.ts';

type ByKey = Readonly<Record<SettingKey, string>>;

/** Headings that settings stand under. */
export const settingGroups: Readonly<Record<SettingGroup, string>> = {
  campaigns: '📢 Campaign',
  tasks: '🎯 Tugas',
  review: '🔍 Pemeriksaan bukti',
  deposits: '📥 Top-up',
  withdrawals: '📤 Withdraw',
  team: '👮 Tim admin',
  limits: '🚦 Batas umum',
  reports: '📊 Laporan',
  texts: '📜 Ketentuan',
};

/** What each setting is called. */
export const settingNames: ByKey = {
  linkHosts: 'Situs yang diizinkan',
  pricePerTaskMin: 'Upah minimal per tugas',
  targetMax: 'Target maksimal',
  feeBasisPoints: 'Biaya platform',
  holdMinutes: 'Waktu mengerjakan',
  takenAtOnceMax: 'Tugas sekaligus',
  rejectionsMax: 'Batas penolakan',
  proofsPerDayMax: 'Tugas per hari',
  reviewClaimMinutes: 'Lama bukti dipegang',
  reversalDays: 'Batas ubah keputusan',
  decisionPauseMs: 'Jeda sebelum memutuskan',
  rejectReasons: 'Alasan penolakan',
  depositMin: 'Top-up minimal',
  depositMax: 'Top-up maksimal',
  depositsPendingMax: 'Top-up menunggu',
  depositInstructions: 'Petunjuk pembayaran',
  withdrawMin: 'Withdraw minimal',
  withdrawFee: 'Biaya withdraw',
  withdrawalsPendingMax: 'Withdraw menunggu',
  withdrawPerDayMax: 'Withdraw per hari',
  secondAdminAbove: 'Perlu dua admin di atas',
  deskNoticeSeconds: 'Jeda kabar ke admin',
  auditSealSeconds: 'Batas waktu segel audit',
  amountMax: 'Jumlah maksimal',
  proofBytesMax: 'Ukuran berkas maksimal',
  actionsPerSecond: 'Ketukan per detik',
  actionsBurst: 'Ketukan beruntun',
  reportAtMinute: 'Jam laporan harian',
  inactiveDays: 'Tidak aktif setelah',
  termsText: 'Teks ketentuan',
  termsVersion: 'Versi ketentuan',
};

/** The same, of a name that may be another release's. */
export const settingName = (key: string): string => (isSettingKey(key) ? settingNames[key] : key);

/** As it is typed, with its unit. */
export const settingTyped = (key: string, value: string): string => {
  const kind = isSettingKey(key) ? SETTING_SPECS[key].kind : 'text';
  if (kind === 'rupiah') return `Rp ${value}`;
  return kind === 'days' ? `${value} hari` : value;
};

/** What each setting does, in plain words. */
export const settingMeanings: ByKey = {
  linkHosts: 'Situs yang tautannya boleh dipakai untuk campaign, tanpa www.',
  pricePerTaskMin: 'Upah terkecil yang boleh dipasang client untuk satu tugas.',
  targetMax: 'Jumlah tugas terbanyak dalam satu campaign.',
  feeBasisPoints:
    'Biaya untuk platform, ditambahkan pada upah setiap tugas. Campaign yang sudah dibuat tetap memakai biaya semula.',
  holdMinutes:
    'Lama worker boleh mengerjakan tugas yang diambil. Tugas yang sudah diambil tetap memakai batas waktu semula.',
  takenAtOnceMax: 'Jumlah tugas yang boleh dipegang satu worker pada saat yang sama.',
  rejectionsMax:
    'Setelah ditolak sebanyak ini, worker tidak bisa mengambil tugas campaign itu lagi. 0 berarti selalu bisa.',
  proofsPerDayMax:
    'Batas per worker: bukti yang dikirim hari ini ditambah tugas yang sedang dipegang.',
  reviewClaimMinutes:
    'Selama waktu ini, bukti yang dibuka seorang admin tidak diberikan kepada admin lain.',
  reversalDays: 'Selama waktu ini, keputusan atas bukti masih bisa diubah satu kali.',
  decisionPauseMs:
    'Jeda sejak layar tampil sampai tombol keputusannya berfungsi, agar tidak salah ketuk. ' +
    '0 berarti tanpa jeda.',
  rejectReasons: 'Alasan siap pakai yang bisa diketuk saat menolak bukti.',
  depositMin: 'Top-up terkecil yang bisa diajukan client.',
  depositMax: 'Top-up terbesar yang bisa diajukan client sekaligus.',
  depositsPendingMax: 'Jumlah top-up satu client yang boleh menunggu pada saat yang sama.',
  depositInstructions: 'Rekening tujuan dan cara transfer, tampil apa adanya saat client top-up.',
  withdrawMin: 'Withdraw terkecil yang bisa diajukan.',
  withdrawFee:
    'Biaya yang ditambahkan pada setiap withdraw. Withdraw yang sudah diajukan tetap memakai biaya semula.',
  withdrawalsPendingMax: 'Jumlah withdraw satu pengguna yang boleh menunggu pada saat yang sama.',
  withdrawPerDayMax: 'Jumlah terbesar yang boleh diajukan satu pengguna dalam sehari (WIB).',
  secondAdminAbove:
    'Withdraw di atas jumlah ini perlu dua admin: satu menyetujui, satu lagi memproses. 0 berarti semuanya.',
  deskNoticeSeconds:
    'Admin dikabari tentang antrean baru paling sering sekali dalam waktu ini. 0 berarti langsung.',
  auditSealSeconds: 'Setiap catatan audit disegel paling lambat dalam waktu ini.',
  amountMax: 'Jumlah terbesar yang boleh diketik siapa pun dalam sekali isi.',
  proofBytesMax: 'Ukuran terbesar gambar dan berkas yang boleh dikirim.',
  actionsPerSecond: 'Ketukan dan pesan satu orang per detik. 0 berarti tanpa batas.',
  actionsBurst: 'Ketukan dan pesan yang boleh dikirim beruntun setelah jeda.',
  reportAtMinute: 'Kapan laporan harian dikirim ke semua admin.',
  inactiveDays:
    'Pengguna yang tidak melakukan apa pun selama waktu ini dianggap “tidak aktif” saat siaran.',
  termsText: 'Ketentuan yang harus disetujui sebelum memakai Upah, dalam dua bahasa.',
  termsVersion:
    'Naik otomatis setiap kali teks ketentuan diganti; semua orang lalu diminta menyetujuinya lagi.',
};
