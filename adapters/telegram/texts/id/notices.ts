import type { CampaignLabel, Desk, Notice, NoticeKind } from '../../../../core/index.ts';
import { press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { clockTime, count, link, money, witness } from '../../format.ts';
import { html, lines, trusted, unbroken, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { daily } from './figures.ts';
import { labels } from './labels.ts';

/** A message of its own: one line what, one button where (NTF-1). */
export interface SaidNotice {
  /** What it says, in one sentence. */
  readonly headline: Html;
  /** The same with what it is about, where it stands in a line among others. */
  readonly brief: Html;
  readonly text: Html;
  readonly keyboard: Keyboard;
}

type Sayings = {
  readonly [K in NoticeKind]: (notice: Extract<Notice, { kind: K }>) => SaidNotice;
};

const said = (button: Button, headline: Html, ...rows: readonly (Html | null)[]): SaidNotice => ({
  headline,
  brief: unbroken(lines(headline, rows[0] ?? null)),
  text: lines(headline, ...rows),
  keyboard: [[button]],
});

const campaignLine = ({ taskKind, link: target }: CampaignLabel): Html =>
  html`${common.kind(taskKind)} · ${link(target)}`;

const quoted = (text: string): Html => html`“${user(text)}”`;

const toOffers = press(labels.offers, CODES.offers);
const toHistory = press(labels.history, CODES.history);
const toBalance = press(labels.balance, CODES.balance);
const toCampaigns = press(labels.campaigns, CODES.campaigns);
const toHome = press(labels.home, CODES.home);

const desks: Record<Desk, { readonly button: Button; readonly what: Html }> = {
  proofs: { button: press(labels.review, CODES.review), what: html`bukti menunggu diperiksa` },
  deposits: {
    button: press(labels.deposits, CODES.deposits),
    what: html`top-up menunggu diperiksa`,
  },
  withdrawals: {
    button: press(labels.withdrawals, CODES.withdrawals),
    what: html`withdraw menunggu diproses`,
  },
};

/** Balances are stated as they are now, so that hearing a notice twice does no harm (NTF-2). */
const sayings: Sayings = {
  'proof.approved': ({ campaign, reward, balance }) =>
    said(
      toOffers,
      html`Tugas Anda disetujui — saldo bertambah.`,
      campaignLine(campaign),
      html`Upah <b>${money(reward)}</b>`,
      html`Saldo sekarang <b>${money(balance)}</b>`,
    ),
  'proof.rejected': ({ campaign, reason }) =>
    said(
      toOffers,
      html`Tugas ditolak — alasan: ${reason === null ? html`tidak disebutkan.` : quoted(reason)}`,
      campaignLine(campaign),
      html`Silakan pilih tugas lain di Tugas Tersedia.`,
    ),
  'proof.unapproved': ({ campaign, reason, taken, balance }) =>
    said(
      toHistory,
      html`Persetujuan tugas dibatalkan — alasan: ${quoted(reason)}`,
      campaignLine(campaign),
      html`Upah ditarik kembali: ${money(taken)}. Saldo sekarang <b>${money(balance)}</b>.`,
    ),
  'campaign.approval-undone': ({ campaign, returned, balance }) =>
    said(
      toHistory,
      html`Admin membatalkan persetujuan satu tugas di campaign Anda.`,
      campaignLine(campaign),
      html`Kembali ke saldo: ${money(returned)}. Saldo sekarang <b>${money(balance)}</b>.`,
    ),
  'task.reminder': ({ takeId, campaign, deadline }) =>
    said(
      press('📌 Lihat Tugas', CODES.task, shortId(takeId)),
      html`⏰ Kirim bukti tugas Anda sebelum pukul <b>${clockTime(new Date(deadline))}</b>.`,
      campaignLine(campaign),
      html`Lewat dari itu, bukti tidak kami terima dan tugas kembali ke daftar.`,
    ),
  'task.expired': ({ campaign }) =>
    said(
      toOffers,
      html`Batas waktu tugas sudah lewat, jadi tugasnya kembali ke daftar.`,
      campaignLine(campaign),
      html`Selama masih tersedia, Anda boleh mengambilnya lagi.`,
    ),
  'task.withdrawn': ({ campaign }) =>
    said(
      toHome,
      html`Tugas Anda kembali ke daftar karena akun Anda ditangguhkan.`,
      campaignLine(campaign),
    ),
  'campaign.started': ({ campaign, target }) =>
    said(
      toCampaigns,
      html`Campaign Anda sudah tayang, target <b>${count(target)}</b> tugas.`,
      campaignLine(campaign),
      html`Perkembangannya kami kabari di sini.`,
    ),
  'campaign.half': ({ campaignId, campaign, completed, target }) =>
    said(
      press('📊 Perkembangan', CODES.campaignPicture, shortId(campaignId)),
      html`Campaign Anda sudah setengah jalan: ${count(completed)} dari ${count(target)} tugas.`,
      campaignLine(campaign),
    ),
  'campaign.completed': ({ campaign, completed }) =>
    said(
      toCampaigns,
      html`Campaign Anda selesai: ${count(completed)} tugas disetujui.`,
      campaignLine(campaign),
    ),
  'campaign.paused-by-admin': ({ campaign, reason }) =>
    said(
      toCampaigns,
      html`Campaign Anda dijeda oleh admin — alasan: ${quoted(reason)}`,
      campaignLine(campaign),
      html`Tugas yang sudah diambil tetap berjalan.`,
    ),
  'campaign.resumed-by-admin': ({ campaign, reason }) =>
    said(
      toCampaigns,
      html`Campaign Anda dilanjutkan oleh admin — alasan: ${quoted(reason)}`,
      campaignLine(campaign),
      html`Sekarang campaign ini tayang lagi.`,
    ),
  'campaign.deleted-by-admin': ({ campaign, reason, refunded, balance }) =>
    said(
      toHistory,
      html`Campaign Anda dihapus oleh admin — alasan: ${quoted(reason)}`,
      campaignLine(campaign),
      html`Kembali ke saldo: <b>${money(refunded)}</b>. Saldo sekarang <b>${money(balance)}</b>.`,
    ),
  'campaign.slot-refunded': ({ campaign, refunded, balance }) =>
    said(
      toHistory,
      html`Satu tugas di campaign Anda yang dihapus sudah ditutup: ${money(refunded)} kembali ke saldo.`,
      campaignLine(campaign),
      html`Saldo sekarang <b>${money(balance)}</b>.`,
    ),
  'deposit.approved': ({ claimed, credited, reason, balance }) =>
    said(
      toBalance,
      html`Top-up disetujui.`,
      html`Masuk <b>${money(credited)}</b>`,
      html`Saldo sekarang <b>${money(balance)}</b>`,
      reason === null
        ? null
        : html`Jumlah yang Anda ajukan, ${money(claimed)}, disesuaikan — alasan: ${quoted(reason)}`,
    ),
  'wallet.adjusted': ({ amount, reason, balance }) =>
    said(
      toHistory,
      amount < 0n
        ? html`Admin mengurangi saldo Anda sebesar <b>${money(0n - amount)}</b>.`
        : html`Admin menambah saldo Anda sebesar <b>${money(amount)}</b>.`,
      html`Alasan: ${quoted(reason)}`,
      html`Saldo sekarang <b>${money(balance)}</b>`,
    ),
  'revenue.paid-out': ({ amount, left, by, reason }) =>
    said(
      toHome,
      html`🏦 Pendapatan platform dicairkan: <b>${money(amount)}</b>`,
      html`Oleh ${common.doneBy(by)}. Alasan: ${quoted(reason)}`,
      html`Sisa pendapatan <b>${money(left)}</b>`,
    ),
  'deposit.rejected': ({ claimed, reason }) =>
    said(
      press(labels.topUp, CODES.topUp),
      html`Top-up ${money(claimed)} ditolak — alasan: ${quoted(reason)}`,
      html`Saldo tidak berubah. Silakan ajukan lagi dengan bukti transfer yang sesuai.`,
    ),
  'withdrawal.processing': ({ amount }) =>
    said(
      toBalance,
      html`Withdraw ${money(amount)} sedang ditransfer admin dan tidak bisa dibatalkan lagi.`,
    ),
  'withdrawal.taken-over': ({ amount, maskedNumber, by }) =>
    said(
      press(labels.withdrawals, CODES.withdrawals),
      html`⚠️ Withdraw <b>${money(amount)}</b> ke DANA ${user(maskedNumber)} diambil alih “${user(by, 40)}”.`,
      html`Jangan mentransfernya. Kalau uangnya sudah Anda kirim, segera beri tahu “${user(by, 40)}”.`,
    ),
  'withdrawal.paid': ({ amount, maskedNumber, reference, balance }) =>
    said(
      toHistory,
      html`Withdraw berhasil diproses.`,
      html`<b>${money(amount)}</b> dikirim ke DANA ${user(maskedNumber)}.`,
      reference === null ? null : html`Nomor referensi: ${quoted(reference)}`,
      html`Saldo sekarang <b>${money(balance)}</b>.`,
    ),
  'withdrawal.rejected': ({ amount, reason, balance }) =>
    said(
      toBalance,
      html`Withdraw ${money(amount)} ditolak — alasan: ${quoted(reason)}`,
      html`Uangnya sudah kembali ke saldo. Anda boleh mengajukan lagi setelah masalahnya selesai.`,
      html`Saldo sekarang <b>${money(balance)}</b>.`,
    ),
  'account.suspended': ({ reason }) =>
    said(
      toHome,
      html`Akun Anda ditangguhkan — alasan: ${quoted(reason)}`,
      html`Saldo Anda tetap tercatat. Hubungi admin bila ada pertanyaan.`,
    ),
  'account.unsuspended': () => said(toHome, html`Akun Anda aktif kembali. Selamat datang lagi!`),
  'account.admin-granted': ({ permissions }) =>
    said(
      toHome,
      html`Anda sekarang admin. Buka Beranda untuk melihat yang menunggu.`,
      html`Hak Anda: ${user(common.permissions(permissions))}.`,
    ),
  'account.permissions': ({ permissions }) =>
    said(
      toHome,
      html`Hak admin Anda diubah oleh operator.`,
      html`Hak Anda sekarang: ${user(common.permissions(permissions))}.`,
    ),
  'account.role': ({ role }) =>
    said(
      toHome,
      html`Admin mengubah peran Anda menjadi <b>${user(role === 'client' ? 'Client' : 'Worker')}</b>.`,
      html`Buka Beranda untuk melihat menu barunya.`,
    ),
  'account.admin-revoked': () =>
    said(toHome, html`Anda bukan admin lagi. Buka Beranda untuk melanjutkan.`),
  'account.missed': ({ total, newest }) =>
    said(
      toHome,
      html`Ada <b>${count(total)}</b> kabar yang sempat tidak bisa kami sampaikan:`,
      ...newest.map((notice) => html`• ${say(notice).brief}`),
      total > newest.length ? html`… dan ${count(total - newest.length)} lainnya.` : null,
      trusted(''),
      html`Saldo dan Riwayat di bot menampilkan data terbaru.`,
    ),
  'update.failed': () =>
    said(
      toHome,
      html`Maaf, satu pesan atau tombol dari Anda gagal kami proses.`,
      html`Tidak ada uang yang berpindah. Silakan coba lagi.`,
    ),
  'update.parked': ({ updateId }) =>
    said(
      toHome,
      html`⚠️ Satu tindakan pengguna gagal diproses (nomor update <b>${updateId}</b>).`,
      html`Penggunanya kami minta mencoba lagi. Mohon beri tahu operator: sebabnya ada di log.`,
    ),
  'payments.frozen': ({ since, broken }) =>
    said(
      toHome,
      html`🛑 <b>Pembayaran dihentikan</b> sejak ${dayTime(new Date(since))}: pembukuan tidak cocok.`,
      html`Ada <b>${count(broken)}</b> catatan yang bermasalah. Segera beri tahu operator.`,
      trusted(''),
      html`<b>Jangan transfer withdraw dulu.</b> Kalau uangnya telanjur dikirim, jangan ditolak; ketuk Sudah Ditransfer setelah pembayaran berjalan lagi.`,
      trusted(''),
      html`Bukti belum bisa disetujui dan withdraw belum bisa diproses; semuanya tetap menunggu. Menolak dan memutuskan top-up tetap bisa.`,
    ),
  'payments.resumed': () =>
    said(toHome, html`✅ Pembayaran berjalan lagi. Silakan lanjutkan yang menunggu.`),
  'audit.head': ({ number, rows, hash, at }) =>
    said(
      toHome,
      html`🔏 <b>Segel harian log audit</b>`,
      html`${dayTime(new Date(at))} · segel nomor ${count(number)} · ${count(rows)} catatan`,
      witness(number, hash),
      html`Anda tidak perlu melakukan apa-apa; cukup jangan hapus pesan ini. Dengan kode di atas, operator bisa membuktikan bahwa catatan lama tidak diubah.`,
    ),
  'approvals.done': ({ batchId, approved, paid, skipped }) =>
    said(
      press('📄 Lihat Laporan', CODES.approvals, shortId(batchId)),
      html`“Setujui banyak” selesai: <b>${count(approved)}</b> bukti disetujui.`,
      approved === 0 ? null : html`Dibayarkan ke worker: <b>${money(paid)}</b>`,
      skipped === 0 ? null : html`Dilewati: ${count(skipped)} bukti. Alasannya ada di laporan.`,
    ),
  'report.daily': ({ yesterday, before, waiting }) =>
    said(
      press(labels.figures, CODES.figures),
      daily.headline(new Date(yesterday.day)),
      null,
      daily.figures(yesterday, before),
      html``,
      daily.waiting(waiting),
    ),
  'broadcast.done': ({ broadcastId, sent, blocked, failed, canceled }) =>
    said(
      press('📄 Lihat Laporan', CODES.showBroadcast, shortId(broadcastId)),
      canceled === 0
        ? html`Siaran selesai: <b>${count(sent)}</b> pesan terkirim.`
        : html`Siaran dibatalkan: <b>${count(sent)}</b> pesan sempat terkirim.`,
      canceled === 0 ? null : html`Tidak jadi dikirim: ${count(canceled)}`,
      blocked === 0 ? null : html`Tidak terjangkau: ${count(blocked)}`,
      failed === 0 ? null : html`Gagal: ${count(failed)}`,
    ),
  'desk.waiting': ({ desk, waiting }) => {
    const { button, what } = desks[desk];
    return said(button, html`<b>${count(waiting)}</b> ${what}.`);
  },
};

const say = (notice: Notice): SaidNotice =>
  (sayings[notice.kind] as (notice: Notice) => SaidNotice)(notice);

export const notices = {
  /** A notice as the message that tells it. */
  say,
};
