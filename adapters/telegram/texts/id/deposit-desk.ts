import type { Deposit, DepositCase, DepositResult, Page } from '../../../../core/index.ts';
import { count, dayTime, money } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import { person, shortName } from '../people.ts';
import { age, span } from './spans.ts';

const EMPTY = trusted('');

const statuses = { approved: 'disetujui', rejected: 'ditolak', canceled: 'dibatalkan client' };

const standing = (deposit: Deposit, now: Date): Html => {
  if (deposit.status === 'pending') {
    return html`⏳ Menunggu ${escapeHtml(span(deposit.createdAt, now))}`;
  }
  const reason = deposit.status === 'canceled' ? null : deposit.reason;
  return lines(
    html`⚖️ <b>Sudah ${escapeHtml(statuses[deposit.status])}</b> pada ${dayTime(deposit.decidedAt)}`,
    deposit.status === 'approved' ? html`Masuk ke saldo: ${money(deposit.credited)}` : null,
    reason === null ? null : common.userText(user(reason, 200)),
  );
};

const who = ({ deposit, user: client }: DepositCase): Html =>
  html`${person(client)}, klaim transfer ${money(deposit.claimed)}`;

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
  card: (shown: DepositCase, now: Date): Html => {
    const { deposit, user: client, sameFile } = shown;
    return lines(
      html`📥 <b>Top-up ${money(deposit.claimed)}</b>`,
      EMPTY,
      html`👤 ${person(client)} <code>${client.telegramId}</code>`,
      html`🕒 Dikirim ${dayTime(deposit.createdAt)}`,
      standing(deposit, now),
      sameFile === 0
        ? null
        : html`⚠️ <b>Berkas yang sama sudah dikirim di ${count(sameFile)} top-up lain.</b>`,
      EMPTY,
      deposit.status === 'pending'
        ? html`Cocokkan dengan mutasi rekening. Setujui bila yang masuk tepat
          ${money(deposit.claimed)}; bila berbeda, ketuk Koreksi jumlah.`
        : null,
    );
  },
  correct: '✏️ Koreksi jumlah',
  toList: '📋 Daftar deposit',
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
    'Bukti transfer tidak terbaca.',
    'Bukti transfer ini sudah pernah dipakai.',
    'Rekening tujuan pada bukti bukan milik kami.',
  ] as readonly string[],
  askAmount: (shown: DepositCase): Html =>
    lines(
      html`✏️ <b>Koreksi jumlah</b>`,
      common.step(1, 3),
      EMPTY,
      who(shown),
      EMPTY,
      html`Berapa yang benar-benar masuk ke rekening? Contoh: <code>95.000</code>`,
    ),
  askCorrectionReason: (shown: DepositCase, credited: bigint): Html =>
    lines(
      html`✏️ <b>Koreksi jumlah</b>`,
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
  confirmCorrection: (shown: DepositCase, credited: bigint, reason: string | null): Html =>
    lines(
      html`✏️ <b>Koreksi jumlah</b>`,
      common.step(3, 3),
      EMPTY,
      who(shown),
      html`Yang masuk ke saldo: <b>${money(credited)}</b>`,
      reason === null ? null : lines(html`Alasan:`, common.userText(user(reason))),
      EMPTY,
      html`Ketuk Konfirmasi untuk menambah saldo client. Keputusan ini tidak bisa diubah.`,
    ),
};
