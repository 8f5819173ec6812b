import type { Page, Withdrawal, WithdrawalCase, WithdrawalResult } from '../../../../core/index.ts';
import { count, dayTime, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { NUMBER_SLOT } from '../../screen.ts';
import { flagsOf, SIGNS, type WithdrawalFlag } from '../withdrawal-signs.ts';
import { common } from './common.ts';
import { person, shortName } from '../people.ts';
import { age } from './spans.ts';

const EMPTY = trusted('');

const statuses = { paid: 'ditransfer', rejected: 'ditolak', canceled: 'dibatalkan pemiliknya' };

const meanings: Record<WithdrawalFlag, (shown: WithdrawalCase) => Html> = {
  first: () => html`<b>Withdraw pertama</b> pengguna ini.`,
  newNumber: () => html`<b>Nomor baru</b>: pertama kali dipakai pengguna ini.`,
  shared: ({ othersWithNumber: others }) =>
    html`<b>Nomor bersama</b>: ${count(others)} akun lain juga memakainya.`,
  toppedUp: () => html`<b>Uang top-up</b>: tidak semuanya berasal dari upah tugas.`,
};

const flags = (shown: WithdrawalCase): readonly Html[] =>
  flagsOf(shown).map((flag) => html`${SIGNS[flag]} ${meanings[flag](shown)}`);

/** Said only where there is an order to speak of. */
const inOrder = ({ items, total }: Page<WithdrawalCase>): Html =>
  total > 1 && items[0]?.claimedBy
    ? html`, yang Anda proses di atas, lalu yang terlama`
    : common.oldestFirst(total);

const legend = (total: number): Html | null =>
  total === 0
    ? null
    : html`<i>${SIGNS.first} pertama · ${SIGNS.newNumber} nomor baru · ${SIGNS.shared} nomor bersama ·
        ${SIGNS.toppedUp} uang top-up</i>`;

const fee = ({ amount, fee: cost }: Withdrawal): Html | false =>
  cost > 0n && html`🧾 Biaya ${money(cost)}, total dari saldo ${money(amount + cost)}`;

const head = (shown: WithdrawalCase): Html =>
  lines(
    html`📤 <b>Withdraw ${money(shown.withdrawal.amount)}</b>`,
    fee(shown.withdrawal),
    EMPTY,
    html`👤 ${person(shown.user)} <code>${shown.user.telegramId}</code>`,
    html`🕒 Diminta ${dayTime(shown.withdrawal.createdAt)}`,
    ...flags(shown),
  );

const masked = ({ maskedNumber }: Withdrawal): Html => html`📱 DANA ${user(maskedNumber)}`;

const reference = (text: string | null): Html =>
  text === null ? html`Nomor referensi: tidak ada` : html`Nomor referensi: “${user(text, 100)}”`;

const receipt = (isThere: boolean): Html =>
  isThere ? html`Bukti transfer: ada` : html`Bukti transfer: tidak ada`;

/** Who claimed it last decided it. */
const outcome = ({ withdrawal, claimedBy }: WithdrawalCase): Html | null => {
  if (withdrawal.status === 'pending') return null;
  const { status, decidedAt } = withdrawal;
  const by = claimedBy === null ? html`` : html` oleh ${person(claimedBy)}`;
  return lines(
    html`⚖️ <b>Sudah ${escapeHtml(statuses[status])}</b>${by} pada ${dayTime(decidedAt)}`,
    withdrawal.status === 'paid' && reference(withdrawal.reference),
    withdrawal.status === 'paid' && receipt(withdrawal.receipt !== null),
    withdrawal.status === 'rejected' && common.userText(user(withdrawal.reason, 200)),
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
        : html`${count(page.total)} withdraw menunggu${inOrder(page)}. Ketuk untuk membuka.`,
      legend(page.total),
    ),
  listButton: (shown: WithdrawalCase, now: Date): string => {
    const { withdrawal, user: owner, claimedBy } = shown;
    const { amount, maskedNumber, createdAt } = withdrawal;
    const signs = flagsOf(shown).map((flag) => SIGNS[flag]);
    const sign = `${claimedBy === null ? '' : '▶️'}${signs.join('')} `.trimStart();
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
        : html`${count(page.total)} withdraw${page.total > 1 ? html`, yang paling lama diproses di atas` : EMPTY}.`,
    ),
  toList: '📋 Daftar',
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
    lines(head(shown), masked(shown.withdrawal), EMPTY, outcome(shown)),
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
      html`👤 ${person(shown.user)}`,
      masked(shown.withdrawal),
      html`💸 ${money(shown.withdrawal.amount)}`,
      EMPTY,
      html`Kirim bukti transfer (gambar atau PDF) untuk diteruskan ke penerima, atau ketuk Lewati.`,
      html`Ketuk <b>Selesai tanpa bukti</b> untuk langsung mencatatnya. Keputusan ini tidak bisa diubah.`,
    ),
  finishBare: '✅ Selesai tanpa bukti',
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
      receipt(hasReceipt),
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
    'Nama akun DANA tidak sesuai dengan akun Upah Anda.',
    'Aktivitas akun Anda perlu kami periksa. Hubungi admin.',
  ] as readonly string[],
};
