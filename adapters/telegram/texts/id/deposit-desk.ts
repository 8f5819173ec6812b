import type {
  Deposit,
  DepositCase,
  DepositResult,
  EarlierDeposit,
  Page,
} from '../../../../core/index.ts';
import { count, money, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { age, span } from './spans.ts';

/** How many top-ups wait, and since when the oldest. */
export interface DepositsWaiting {
  readonly waiting: number;
  readonly oldest: Date | null;
}

const EMPTY = trusted('');

const statuses = { approved: 'disetujui', rejected: 'ditolak', canceled: 'dibatalkan client' };

const queue = ({ waiting, oldest }: DepositsWaiting, now: Date): Html =>
  oldest === null
    ? html`Tidak ada top-up yang menunggu.`
    : html`⏳ ${count(waiting)} menunggu, terlama ${escapeHtml(span(oldest, now))}`;

const decision = ({ deposit, decidedBy }: DepositCase): Html | null => {
  if (deposit.status === 'pending') return null;
  const reason = deposit.status === 'canceled' ? null : deposit.reason;
  const status = escapeHtml(statuses[deposit.status]);
  const by = decidedBy === null ? html`` : html` oleh “${user(shortName(decidedBy))}”`;
  return lines(
    html`⚖️ <b>Sudah ${status}</b>${by} pada ${dayTime(deposit.decidedAt)}`,
    deposit.status === 'approved' && html`Masuk ke saldo: ${money(deposit.credited)}`,
    reason === null ? null : common.userText(user(reason, 100)),
  );
};

const outcome = (deposit: Deposit): Html => {
  if (deposit.status === 'pending') return html`masih menunggu`;
  const status = escapeHtml(statuses[deposit.status]);
  const credited = deposit.status === 'approved' ? html` ${money(deposit.credited)}` : html``;
  return html`${status}${credited} pada ${dayTime(deposit.decidedAt)}`;
};

const earlierLine = ({ deposit, user: client }: EarlierDeposit): Html =>
  html`• “${user(shortName(client))}”, ${money(deposit.claimed)}: ${outcome(deposit)}`;

const flag = ({ sameFile, earlier }: DepositCase): Html | null =>
  sameFile === 0
    ? null
    : lines(
        html`⚠️ <b>Berkas yang sama sudah dikirim di ${count(sameFile)} top-up lain:</b>`,
        ...earlier.map(earlierLine),
      );

const who = ({ deposit, user: client }: DepositCase): Html =>
  html`${person(client)}, top-up ${money(deposit.claimed)}`;

/** The desk where admins confirm top-ups. */
export const depositDesk = {
  list: (page: Page<DepositCase>): Html =>
    lines(
      html`📥 <b>Deposit</b>`,
      EMPTY,
      page.total === 0
        ? html`✨ Tidak ada top-up yang menunggu.`
        : html`${count(page.total)} top-up menunggu${common.oldestFirst(page.total)}. Ketuk untuk memeriksa.`,
    ),
  listButton: ({ deposit, user: client, sameFile }: DepositCase, now: Date): string =>
    [
      `${sameFile > 0 ? '⚠️ ' : ''}${money(deposit.claimed)}`,
      shortName(client),
      age(deposit.createdAt, now),
    ].join(' · '),
  /** A caption: at most 1.024 characters. */
  card: (shown: DepositCase, waiting: DepositsWaiting, now: Date): Html => {
    const { deposit, user: client } = shown;
    return lines(
      html`📥 <b>Deposit</b>`,
      queue(waiting, now),
      EMPTY,
      html`<b>Top-up ${money(deposit.claimed)}</b>`,
      html`👤 ${person(client)} <code>${client.telegramId}</code>`,
      html`🗓 Umur akun: ${escapeHtml(span(client.createdAt, now))}`,
      html`🕒 Dikirim ${dayTime(deposit.createdAt)}`,
      decision(shown),
      flag(shown),
      deposit.status === 'pending' && EMPTY,
      deposit.status === 'pending' &&
        html`Cocokkan dengan mutasi rekening. Setujui bila yang masuk tepat
          ${money(deposit.claimed)}; bila tidak, ketuk <b>Jumlah berbeda</b>.`,
    );
  },
  correct: '✏️ Jumlah berbeda',
  openEarlier: ({ deposit, user: client }: EarlierDeposit): string =>
    `📂 ${money(deposit.claimed)} · ${shortName(client)} · top-up lain`,
  next: '⏭ Top-up berikutnya',
  toList: '📋 Daftar',
  skipped: 'Dilewati.',
  again: '🔁 Periksa yang dilewati',
  empty: ({ waiting }: DepositsWaiting, skipped: number): Html =>
    lines(
      html`📥 <b>Deposit</b>`,
      EMPTY,
      waiting === 0
        ? html`✨ Semua top-up sudah diperiksa. Kami kabari kalau ada yang baru.`
        : sentences(
            html`Tidak ada lagi top-up untuk Anda.`,
            html`Masih ada ${count(waiting)} yang Anda lewati atau harus diperiksa admin lain.`,
          ),
      skipped > 0 && html`Anda melewati ${count(skipped)} top-up.`,
    ),
  decided: (result: DepositResult): string => {
    switch (result.outcome) {
      case 'approved':
        return `✅ Disetujui. ${money(result.credited)} masuk ke saldo client.`;
      case 'rejected':
        return '❌ Ditolak. Client sudah kami kabari.';
      case 'already-decided':
        return result.by === null
          ? `Sudah dibatalkan client pada ${dayTime(result.at)}.`
          : `Sudah ${statuses[result.status]} oleh ${result.by.displayName} pada ${dayTime(result.at)}.`;
    }
  },
  askReason: (shown: DepositCase): Html =>
    lines(
      html`❌ <b>Tolak top-up ini?</b>`,
      EMPTY,
      who(shown),
      EMPTY,
      html`Pilih alasan untuk client, atau ketik alasan sendiri.`,
    ),
  reasons: [
    'Transfer belum kami temukan di mutasi rekening.',
    'Bukti transfer tidak terbaca. Kirim gambar yang jelas.',
    'Bukti transfer ini sudah pernah dipakai.',
    'Rekening tujuan pada bukti bukan milik kami.',
  ] as readonly string[],
  askAmount: (shown: DepositCase): Html =>
    lines(
      html`✏️ <b>Jumlah berbeda</b>`,
      common.step(1, 3),
      EMPTY,
      who(shown),
      EMPTY,
      html`Berapa yang benar-benar masuk ke rekening? Contoh: <code>95.000</code>`,
    ),
  askCorrectionReason: (shown: DepositCase, credited: bigint): Html =>
    lines(
      html`✏️ <b>Jumlah berbeda</b>`,
      common.step(2, 3),
      EMPTY,
      who(shown),
      html`Yang masuk: <b>${money(credited)}</b>`,
      EMPTY,
      html`Mengapa berbeda? Pilih alasan untuk client, atau ketik alasan sendiri.`,
    ),
  correctionReasons: [
    'Jumlah yang masuk berbeda dari yang Anda tulis.',
    'Ada potongan biaya dari bank pengirim.',
  ] as readonly string[],
  confirmCorrection: (shown: DepositCase, credited: bigint, reason: string | null): Html => {
    const { deposit, user: client } = shown;
    const difference = credited - deposit.claimed;
    return lines(
      html`✏️ <b>Jumlah berbeda</b>`,
      common.step(3, 3),
      EMPTY,
      html`👤 ${person(client)}`,
      html`Diajukan: ${money(deposit.claimed)}`,
      html`Masuk ke saldo: <b>${money(credited)}</b>`,
      difference !== 0n && html`Selisih: ${signedMoney(difference)}`,
      reason === null ? null : lines(html`Alasan:`, common.userText(user(reason, 200))),
      EMPTY,
      html`Ketuk Konfirmasi untuk menambah saldo client. Keputusan ini tidak bisa diubah.`,
    );
  },
};
