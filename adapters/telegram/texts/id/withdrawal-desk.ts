import type {
  Page,
  Rupiah,
  SeenWithdrawal,
  Withdrawal,
  WithdrawalCase,
  WithdrawalResult,
} from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { NUMBER_SLOT } from '../../screen.ts';
import { flagsOf, SIGNS, stageOf, STAGES, type WithdrawalFlag } from '../withdrawal-signs.ts';
import { common } from './common.ts';
import { person, shortName } from '../people.ts';
import { dayTime } from './days.ts';
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

const legend = ({ items, total }: Page<WithdrawalCase>): Html | null =>
  total === 0
    ? null
    : html`<i>${SIGNS.first} pertama · ${SIGNS.newNumber} nomor baru · ${SIGNS.shared} nomor bersama ·
        ${SIGNS.toppedUp} uang top-up${
          items.some(({ withdrawal }) => withdrawal.needsSecond)
            ? html` · ${STAGES.open} perlu dua admin · ${STAGES.endorsed} disetujui satu admin`
            : EMPTY
        }</i>`;

/** Why one admin is not enough; the limit may have moved since it was asked for. */
const whyTwo = ({ amount, flags: { toppedUp } }: Withdrawal, limit: Rupiah): Html => {
  const tooMuch =
    amount > limit
      ? html`jumlahnya di atas ${money(limit)}`
      : html`jumlahnya di atas batas saat diajukan`;
  if (!toppedUp) return tooMuch;
  return amount > limit ? html`${tooMuch}, dan ada uang top-up` : html`ada uang top-up`;
};

const endorsement = ({ endorsedBy, withdrawal }: WithdrawalCase): Html | null =>
  endorsedBy === null || withdrawal.endorsement === null
    ? null
    : html`☑️ Disetujui ${person(endorsedBy)} pada ${dayTime(withdrawal.endorsement.at)}.`;

const fee = ({ amount, fee: cost }: Withdrawal): Html | false =>
  cost > 0n && html`🧾 Biaya ${money(cost)}, total dari saldo ${money(amount + cost)}`;

const head = (shown: WithdrawalCase): Html =>
  lines(
    html`📤 <b>Withdraw ${money(shown.withdrawal.amount)}</b>`,
    fee(shown.withdrawal),
    EMPTY,
    html`👤 ${person(shown.user)} <code>${shown.user.telegramId}</code>`,
    html`🕒 Diajukan ${dayTime(shown.withdrawal.createdAt)}`,
    ...flags(shown),
  );

const masked = ({ maskedNumber }: Withdrawal): Html => html`📱 DANA ${user(maskedNumber)}`;

const reference = (text: string | null): Html =>
  text === null ? html`Nomor referensi: tidak ada` : html`Nomor referensi: “${user(text, 100)}”`;

const receipt = (isThere: boolean): Html =>
  isThere ? html`Bukti transfer: ada` : html`Bukti transfer: tidak ada`;

const outcome = ({ withdrawal, decidedBy }: WithdrawalCase): Html | null => {
  if (withdrawal.status === 'pending') return null;
  const { status, decidedAt } = withdrawal;
  const by = decidedBy === null ? html`` : html` oleh ${person(decidedBy)}`;
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
      legend(page),
    ),
  listButton: (shown: WithdrawalCase, now: Date): string => {
    const { withdrawal, user: owner } = shown;
    const { amount, maskedNumber, createdAt } = withdrawal;
    const signs = flagsOf(shown).map((flag) => SIGNS[flag]);
    const sign = `${stageOf(shown)}${signs.join('')} `.trimStart();
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
  /** Nobody decides what is theirs (ACC-7). */
  own: (shown: WithdrawalCase): Html =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      html`⚖️ Withdraw ini milik Anda sendiri, jadi admin lain yang memprosesnya.`,
    ),
  /** `said`: nobody has endorsed it, whoever reads it has, or another admin. */
  ofTwo: (shown: SeenWithdrawal, said: 'open' | 'mine' | 'endorsed', limit: Rupiah): Html =>
    lines(
      head(shown),
      masked(shown.withdrawal),
      EMPTY,
      html`👥 <b>Perlu dua admin</b>: ${whyTwo(shown.withdrawal, limit)}.`,
      said !== 'open' && endorsement(shown),
      EMPTY,
      {
        open: html`Bila semuanya benar, ketuk Setujui. Setelah itu admin lain yang memprosesnya.`,
        mine: html`Sekarang admin lain yang memprosesnya. Selama belum diproses, persetujuan Anda masih
          bisa ditarik.`,
        endorsed: html`Ketuk Proses untuk menanganinya dan melihat nomor lengkapnya. Setelah itu
          pemiliknya tidak bisa membatalkan.`,
      }[said],
      shown.others === 0 &&
        html`⚠️ Belum ada admin lain yang berhak memproses withdraw; minta operator
          menambahkannya.`,
    ),
  takeBack: '↩️ Tarik persetujuan',
  saidOfTwo: {
    endorse: '☑️ Disetujui. Sekarang admin lain yang memprosesnya.',
    takeBackEndorsement: 'Persetujuan Anda ditarik.',
  },
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
