import type { Page, Withdrawal, WithdrawalCase, WithdrawalResult } from '../../../../core/index.ts';
import { count, dayTime, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { NUMBER_SLOT } from '../../screen.ts';
import { common } from './common.ts';
import { person, shortName } from '../people.ts';
import { age } from './spans.ts';

const EMPTY = trusted('');

const statuses = { paid: 'ditransfer', rejected: 'ditolak', canceled: 'dibatalkan pemiliknya' };

const flags = ({ flags: { newNumber, toppedUp } }: Withdrawal): Html | null =>
  newNumber || toppedUp
    ? lines(
        newNumber && html`⚠️ <b>Nomor baru</b>: pertama kali dipakai pengguna ini.`,
        toppedUp && html`⚠️ <b>Uang top-up</b>: tidak semuanya berasal dari upah tugas.`,
      )
    : null;

const head = ({ withdrawal, user: owner }: WithdrawalCase): Html =>
  lines(
    html`📤 <b>Withdraw ${money(withdrawal.amount)}</b>`,
    EMPTY,
    html`👤 ${person(owner)} <code>${owner.telegramId}</code>`,
    html`🕒 Diminta ${dayTime(withdrawal.createdAt)}`,
    flags(withdrawal),
  );

const masked = ({ maskedNumber }: Withdrawal): Html => html`📱 DANA ${user(maskedNumber)}`;

const reference = (text: string | null): Html =>
  text === null ? html`Nomor referensi: tidak ada` : html`Nomor referensi: “${user(text, 100)}”`;

const outcome = (withdrawal: Withdrawal): Html | null => {
  if (withdrawal.status === 'pending') return null;
  const { status, decidedAt } = withdrawal;
  return lines(
    html`⚖️ <b>Sudah ${escapeHtml(statuses[status])}</b> pada ${dayTime(decidedAt)}`,
    withdrawal.status === 'paid' ? reference(withdrawal.reference) : null,
    withdrawal.status === 'rejected' ? common.userText(user(withdrawal.reason, 200)) : null,
  );
};

const holder = ({ claimedBy, withdrawal }: WithdrawalCase): Html => {
  const since = withdrawal.status === 'canceled' ? undefined : withdrawal.claim?.at;
  const name = claimedBy === null ? html`admin lain` : person(claimedBy);
  return since === undefined ? name : html`${name} sejak ${dayTime(since)}`;
};

/** The desk where admins pay withdrawals. */
export const withdrawalDesk = {
  list: (page: Page<WithdrawalCase>): Html =>
    lines(
      html`📤 <b>Withdrawal</b>`,
      EMPTY,
      page.total === 0
        ? html`✨ Tidak ada withdraw yang menunggu Anda.`
        : html`${count(page.total)} withdraw menunggu${common.oldestFirst(page.total)}. Ketuk untuk membuka.`,
    ),
  listButton: ({ withdrawal, user: owner, claimedBy }: WithdrawalCase, now: Date): string => {
    const { amount, maskedNumber, createdAt } = withdrawal;
    const flagged = withdrawal.flags.newNumber || withdrawal.flags.toppedUp;
    const sign = `${claimedBy === null ? '' : '▶️ '}${flagged ? '⚠️ ' : ''}`;
    const tail = `…${maskedNumber.slice(-3)}`;
    return `${sign}${money(amount)} · ${shortName(owner)} ${tail} · ${age(createdAt, now)}`;
  },
  toOthers: '👥 Sedang diproses admin lain',
  others: (page: Page<WithdrawalCase>): Html =>
    lines(
      html`👥 <b>Sedang diproses admin lain</b>`,
      EMPTY,
      page.total === 0
        ? html`Tidak ada.`
        : html`${count(page.total)} withdraw, yang paling lama diproses di atas.`,
    ),
  toList: '📋 Daftar withdrawal',
  waiting: (shown: WithdrawalCase): Html =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      sentences(
        html`Ketuk Proses untuk menanganinya dan melihat nomor lengkapnya.`,
        html`Setelah itu pemiliknya tidak bisa membatalkan.`,
      ),
    ),
  claimed: (shown: WithdrawalCase, frozenSince: Date | null): Html =>
    lines(
      head(shown),
      html`📱 DANA <code>${NUMBER_SLOT}</code>`,
      EMPTY,
      frozenSince === null
        ? html`Kirim <b>${money(shown.withdrawal.amount)}</b> ke nomor itu, lalu ketuk Sudah Ditransfer.`
        : sentences(
            html`🛑 <b>Jangan transfer dulu</b>: pembayaran dihentikan sejak ${dayTime(frozenSince)}.`,
            html`Kalau uangnya telanjur dikirim, jangan ditolak;`,
            html`ketuk Sudah Ditransfer setelah pembayaran berjalan lagi.`,
          ),
    ),
  ofOther: (shown: WithdrawalCase): Html =>
    lines(head(shown), masked(shown.withdrawal), EMPTY, html`👥 Sedang diproses ${holder(shown)}.`),
  decidedCard: (shown: WithdrawalCase): Html =>
    lines(head(shown), masked(shown.withdrawal), EMPTY, outcome(shown.withdrawal)),
  claimedToast: 'Sekarang Anda yang memproses withdraw ini.',
  takeOver: '🔄 Ambil alih',
  warnTakeOver: (shown: WithdrawalCase): Html =>
    lines(
      html`⚠️ <b>Periksa dulu!</b>`,
      EMPTY,
      html`Withdraw ${money(shown.withdrawal.amount)} ini sedang diproses ${holder(shown)}.`,
      EMPTY,
      sentences(
        html`Tanyakan apakah uangnya sudah ditransfer. Kalau sudah, jangan diambil alih: uang bisa`,
        html`terkirim dua kali.`,
      ),
    ),
  yesTakeOver: '🔄 Belum ditransfer, ambil alih',
  askReceipt: (shown: WithdrawalCase): Html =>
    lines(
      html`✅ <b>Sudah Ditransfer</b>`,
      common.step(1, 3),
      EMPTY,
      html`${person(shown.user)}, ${money(shown.withdrawal.amount)}`,
      EMPTY,
      html`Kirim bukti transfer (gambar atau PDF) untuk diteruskan ke penerima, atau ketuk Lewati.`,
    ),
  askReference: (shown: WithdrawalCase): Html =>
    lines(
      html`✅ <b>Sudah Ditransfer</b>`,
      common.step(2, 3),
      EMPTY,
      html`${person(shown.user)}, ${money(shown.withdrawal.amount)}`,
      EMPTY,
      html`Ketik nomor referensi transfer untuk penerima, atau ketuk Lewati.`,
    ),
  confirmPaid: (shown: WithdrawalCase, hasReceipt: boolean, text: string | null): Html =>
    lines(
      html`✅ <b>Sudah Ditransfer</b>`,
      common.step(3, 3),
      EMPTY,
      html`👤 ${person(shown.user)}`,
      masked(shown.withdrawal),
      html`💸 ${money(shown.withdrawal.amount)}`,
      hasReceipt ? html`Bukti transfer: ada` : html`Bukti transfer: tidak ada`,
      reference(text),
      EMPTY,
      html`Konfirmasi hanya bila uangnya benar-benar sudah dikirim. Keputusan ini tidak bisa diubah.`,
    ),
  decided: (result: WithdrawalResult): string => {
    switch (result.outcome) {
      case 'paid':
        return '✅ Dicatat sudah ditransfer. Penerima sudah kami kabari.';
      case 'rejected':
        return '❌ Ditolak. Uang kembali ke saldo pemiliknya dan ia sudah kami kabari.';
      case 'already-decided':
        return result.by === null
          ? `Sudah dibatalkan pemiliknya pada ${dayTime(result.at)}.`
          : `Sudah ${statuses[result.status]} oleh ${result.by.displayName} pada ${dayTime(result.at)}.`;
    }
  },
  askReason: (shown: WithdrawalCase): Html =>
    lines(
      html`❌ <b>Tolak withdraw ini?</b>`,
      EMPTY,
      html`${person(shown.user)}, ${money(shown.withdrawal.amount)}`,
      EMPTY,
      sentences(
        html`Jangan ditolak kalau uangnya sudah dikirim.`,
        html`Pilih alasan untuk pemiliknya, atau ketik alasan sendiri.`,
      ),
    ),
  reasons: [
    'Nomor DANA tidak ditemukan. Silakan periksa nomornya.',
    'Akun DANA tujuan belum bisa menerima transfer.',
    'Nama akun DANA tidak sesuai dengan pemilik akun Upah.',
    'Aktivitas akun Anda perlu kami periksa dulu.',
  ] as readonly string[],
};
