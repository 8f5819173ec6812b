import type {
  DecisionResult,
  Page,
  ProofDecision,
  ProofFlag,
  ReviewCase,
  ReviewClaim,
  ReviewQueue,
  User,
} from '../../../../core/index.ts';
import { beside } from '../caption.ts';
import { clockTime, count, money, shortLink } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { age, span } from './spans.ts';

/** What the reader may do about a case. */
export type Standing =
  | { readonly kind: 'mine' }
  | { readonly kind: 'claimed'; readonly claim: ReviewClaim }
  | { readonly kind: 'own' }
  /** `final`: why the decision stands for good; null where it may be turned round. */
  | { readonly kind: 'decided'; readonly final: string | null }
  | { readonly kind: 'looked-at' };

/** How a case is seen: when, by whom, and among how many. */
export interface Seen {
  readonly standing: Standing;
  readonly queue: ReviewQueue | null;
  readonly now: Date;
}

const EMPTY = trusted('');
/** Of the reasons on a card together. */
const REASON_LETTERS_MAX = 100;

const deed = ({ campaign }: Pick<ReviewCase, 'campaign'>): Html =>
  html`${common.kind(campaign.kind)} di ${user(campaign.link.platform)}`;

const record = ({ record: { approved, rejected, memberSince } }: ReviewCase, now: Date): Html => {
  const all = approved + rejected;
  const rate = all === 0 ? 'belum ada riwayat' : `${Math.round((approved / all) * 100)}%`;
  return lines(
    html`📊 ${count(approved)} disetujui, ${count(rejected)} ditolak (${escapeHtml(rate)})`,
    html`🗓 Umur akun: ${escapeHtml(span(memberSince, now))}`,
  );
};

const verdicts = { approved: 'disetujui', rejected: 'ditolak' } as const;

const decision = (
  { order, verdict, reason, at }: ProofDecision,
  by: User | undefined,
  letters: number,
): Html => {
  const how = order === 'first' ? verdicts[verdict] : `diubah menjadi ${verdicts[verdict]}`;
  return lines(
    html`⚖️ <b>Sudah ${escapeHtml(how)}</b>
      ${by ? html`oleh “${escapeHtml(shortName(by))}”` : EMPTY} pada ${dayTime(at)}`,
    reason === null ? null : common.userText(user(reason, letters)),
  );
};

const judgement = ({ decisions, reviewers }: ReviewCase): readonly Html[] =>
  decisions.map((one, at) =>
    decision(one, reviewers[at], Math.floor(REASON_LETTERS_MAX / decisions.length)),
  );

const likeness = (distance: number): Html => html`${Math.round((1 - distance / 256) * 100)}%`;

const flag = ({ kind, distance }: ProofFlag): Html =>
  kind === 'same-file'
    ? html`⚠️ Gambar yang sama sudah pernah dikirim orang lain.`
    : html`⚠️ ${likeness(distance)} mirip dengan bukti worker ini untuk tautan lain.`;

const waiting = ({ waiting: many, oldest }: ReviewQueue, now: Date): Html =>
  oldest === null
    ? html`Tidak ada bukti yang menunggu.`
    : html`⏳ ${count(many)} menunggu, terlama ${escapeHtml(span(oldest, now))}`;

/** Why there is nothing to decide on a card, where there is not. */
const standing = ({ standing: now }: Seen): Html | null => {
  switch (now.kind) {
    case 'mine':
      return null;
    case 'claimed':
      return html`🔒 Sedang diperiksa “${user(now.claim.by.displayName, 24)}” sampai
        ${clockTime(now.claim.until)}`;
    case 'own':
      return html`🙅 Bukti atau campaign ini milik Anda, jadi admin lain yang memeriksanya.`;
    case 'decided':
      return now.final === null ? null : html`<i>${user(now.final, 200)}</i>`;
    case 'looked-at':
      return html`🔎 <i>Hanya untuk dibandingkan.</i>`;
  }
};

const mark = ({ decisions }: ReviewCase): string => {
  const last = decisions.at(-1);
  const sign = last?.verdict === 'approved' ? '✅' : '❌';
  return decisions.length > 1 ? `🔁 ${sign}` : sign;
};

const subject = ({ campaign, worker }: ReviewCase): string =>
  `${common.kind(campaign.kind)} ${money(campaign.pricePerTask)} · ${shortName(worker)}`;

const pastCase = (shown: ReviewCase, at: number): Html =>
  lines(
    html`<b>${at + 1}.</b> “${escapeHtml(shortName(shown.worker))}”, dikirim ${dayTime(shown.proof.submittedAt)}`,
    ...(shown.decisions.length === 0 ? [html`⏳ Menunggu diperiksa`] : judgement(shown)),
  );

/** The desk where admins judge proofs. */
export const review = {
  /** A caption: at most 1.024 characters. */
  case: (shown: ReviewCase, seen: Seen): Html => {
    const { proof, campaign, worker, flags } = shown;
    const { queue, now } = seen;
    const above = lines(
      html`🔍 <b>Review Bukti</b>`,
      queue === null ? null : waiting(queue, now),
      standing(seen),
      ...flags.map(flag),
      ...judgement(shown),
      EMPTY,
      html`<b>${deed(shown)}</b>, upah ${money(campaign.pricePerTask)}`,
      html`🔗 ${shortLink(campaign.link.target, shown.decisions.length === 0 ? 150 : 80)}`,
    );
    const below = lines(
      html`👤 ${person(worker)} <code>${worker.telegramId}</code>`,
      record(shown, now),
      html`🕒 Dikirim ${dayTime(proof.submittedAt)}`,
    );
    if (campaign.instructions === null) return lines(above, below);
    const heading = html`📝 Petunjuk client:`;
    const instructions = beside(lines(above, heading, below), campaign.instructions, 20);
    return lines(above, heading, common.userText(instructions), below);
  },
  openLink: '🔗 Buka tautan',
  list: '📋 Daftar',
  next: '⏭ Bukti berikutnya',
  again: '🔁 Periksa yang dilewati',
  approveMany: '⏩ Setujui banyak',
  /** Numbered where there are several. */
  earlier: (at: number, of: number): string =>
    of === 1 ? '🔎 Lihat bukti yang mirip' : `🔎 Mirip ${at + 1}`,
  backToCase: '⬅️ Kembali ke bukti ini',
  history: '🗂 Riwayat tugas',
  decidedList: '⚖️ Sudah diputuskan',
  editReasons: '✏️ Alasan penolakan',
  empty: (queue: ReviewQueue, skipped: number): Html =>
    lines(
      html`🔍 <b>Review Bukti</b>`,
      EMPTY,
      queue.waiting === 0
        ? html`✨ Semua bukti sudah diperiksa. Kami kabari kalau ada yang baru.`
        : sentences(
            html`Tidak ada lagi bukti untuk Anda saat ini.`,
            html`Masih ada ${count(queue.waiting)} yang Anda lewati atau sedang diperiksa admin lain.`,
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
        : html`Terlama di atas. Ketuk untuk membuka. 🔒 berarti sedang diperiksa admin lain.`,
    ),
  caseButton: (shown: ReviewCase, now: Date, locked: boolean): string =>
    [`${locked ? '🔒 ' : ''}${subject(shown)}`, age(shown.proof.submittedAt, now)].join(' · '),
  decidedCases: (page: Page<ReviewCase>): Html =>
    lines(
      html`⚖️ <b>Bukti yang sudah diputuskan</b>`,
      EMPTY,
      page.total === 0
        ? html`Belum ada bukti yang diputuskan.`
        : html`Keputusan terbaru di atas. Ketuk untuk melihat atau mengubahnya.`,
      page.total === 0 ? null : html`✅ disetujui, ❌ ditolak, 🔁 keputusannya pernah diubah`,
    ),
  decidedButton: (shown: ReviewCase, now: Date): string => {
    const { at } = shown.decisions.at(-1) ?? { at: shown.proof.submittedAt };
    return `${mark(shown)} ${subject(shown)} · ${age(at, now)}`;
  },
  /** `before`: how many older ones are left out. */
  taskHistory: (
    cases: readonly ReviewCase[],
    { of, before }: { readonly of: ReviewCase; readonly before: number },
  ): Html =>
    lines(
      html`🗂 <b>Riwayat tugas</b>`,
      html`${deed(of)}. Semua bukti yang pernah dikirim, terlama di atas.`,
      before === 0 ? null : html`${count(before)} bukti yang lebih lama tidak ditampilkan.`,
      EMPTY,
      trusted(cases.map((shown, at) => pastCase(shown, before + at)).join('\n\n')),
    ),
  pastButton: (shown: ReviewCase, at: number): string => `${at + 1}. ${shortName(shown.worker)}`,
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
  noReason: 'Tanpa alasan',
};
