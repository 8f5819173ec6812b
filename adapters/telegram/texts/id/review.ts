import type {
  DecisionResult,
  Page,
  ProofDecision,
  ReviewCase,
  ReviewQueue,
} from '../../../../core/index.ts';
import { count, dayTime, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import { person, shortName } from '../people.ts';
import { age, span } from './spans.ts';

const EMPTY = trusted('');

const deed = ({ campaign }: ReviewCase): Html =>
  html`${common.kind(campaign.kind)} di ${user(campaign.link.platform)}`;

const record = ({ record: { approved, rejected, memberSince } }: ReviewCase, now: Date): Html => {
  const all = approved + rejected;
  const rate = all === 0 ? 'belum ada riwayat' : `${Math.round((approved / all) * 100)}% disetujui`;
  return lines(
    html`📊 ${count(approved)} disetujui, ${count(rejected)} ditolak (${escapeHtml(rate)})`,
    html`🗓 Umur akun: ${escapeHtml(span(memberSince, now))}`,
  );
};

const verdicts = { approved: 'disetujui', rejected: 'ditolak' } as const;

const decision = ({ order, verdict, reason, at }: ProofDecision): Html => {
  const how = order === 'first' ? verdicts[verdict] : `diubah menjadi ${verdicts[verdict]}`;
  return lines(
    html`⚖️ <b>Sudah ${escapeHtml(how)}</b> pada ${dayTime(at)}`,
    reason === null ? null : common.userText(user(reason, 150)),
  );
};

const waiting = ({ waiting: many, oldest }: ReviewQueue, now: Date): Html =>
  oldest === null
    ? html`Tidak ada bukti yang menunggu.`
    : html`⏳ ${count(many)} menunggu, terlama ${escapeHtml(span(oldest, now))}`;

/** The desk where admins judge proofs. */
export const review = {
  /** A caption: at most 1.024 characters. */
  case: (shown: ReviewCase, queue: ReviewQueue, now: Date): Html => {
    const { proof, campaign, worker, decisions } = shown;
    return lines(
      html`🔍 <b>Review Bukti</b>`,
      waiting(queue, now),
      EMPTY,
      html`<b>${deed(shown)}</b>, upah ${money(campaign.pricePerTask)}`,
      html`🔗 ${user(campaign.link.target, 150)}`,
      campaign.instructions === null
        ? null
        : lines(html`📝 Petunjuk client:`, common.userText(user(campaign.instructions, 150))),
      html`👤 ${person(worker)} <code>${worker.telegramId}</code>`,
      record(shown, now),
      html`🕒 Dikirim ${dayTime(proof.submittedAt)}`,
      ...decisions.map(decision),
    );
  },
  openLink: '🔗 Buka tautan',
  list: '📋 Daftar',
  next: '⏭ Bukti berikutnya',
  again: '🔁 Periksa yang dilewati',
  empty: (queue: ReviewQueue, skipped: number): Html =>
    lines(
      html`🔍 <b>Review Bukti</b>`,
      EMPTY,
      queue.waiting === 0
        ? html`✨ Semua bukti sudah diperiksa. Kami kabari kalau ada yang baru.`
        : sentences(
            html`Tidak ada lagi bukti untuk Anda.`,
            html`Masih ada ${count(queue.waiting)} yang Anda lewati atau harus diperiksa admin lain.`,
          ),
      skipped === 0 ? null : html`Anda melewati ${count(skipped)} bukti.`,
    ),
  waiting: (page: Page<ReviewCase>, queue: ReviewQueue, now: Date): Html =>
    lines(
      html`📋 <b>Bukti yang menunggu</b>`,
      waiting(queue, now),
      EMPTY,
      page.total === 0
        ? html`Kami kabari kalau ada yang baru.`
        : html`Terlama di atas. Ketuk untuk membuka.`,
    ),
  caseButton: ({ campaign, worker, proof }: ReviewCase, now: Date): string =>
    [
      `${common.kind(campaign.kind)} ${money(campaign.pricePerTask)}`,
      shortName(worker),
      age(proof.submittedAt, now),
    ].join(' · '),
  decided: (result: DecisionResult): string => {
    switch (result.outcome) {
      case 'approved':
        return `✅ Disetujui. ${money(result.reward)} masuk ke saldo worker.`;
      case 'rejected':
        return '❌ Ditolak. Worker sudah kami kabari.';
      case 'already-decided':
        return [
          `Sudah ${verdicts[result.verdict]} oleh ${result.by.displayName}`,
          `pada ${dayTime(result.at)}.`,
        ].join(' ');
    }
  },
  skipped: 'Dilewati.',
  askReason: (shown: ReviewCase): Html =>
    lines(
      html`❌ <b>Tolak bukti ini?</b>`,
      EMPTY,
      html`${deed(shown)}, ${person(shown.worker)}`,
      EMPTY,
      html`Pilih alasan untuk worker, ketik alasan sendiri, atau tolak tanpa alasan.`,
    ),
  reasons: [
    'Tangkapan layar tidak menunjukkan tugas yang diminta.',
    'Tangkapan layar buram atau terpotong.',
    'Tugas belum selesai dikerjakan.',
    'Akun atau tautan di gambar tidak sesuai.',
    'Gambar ini sudah pernah dipakai sebagai bukti.',
  ] as readonly string[],
  noReason: 'Tanpa alasan',
};
