import {
  skippedIn,
  type ApprovalPreview,
  type ApprovalReport,
  type ApprovalScope,
  type ReviewCase,
  type SkipReason,
  type Skipped,
} from '../../../../core/index.ts';
import { bar, count, money, shortLink } from '../../format.ts';
import { escapeHtml, html, lines, trusted, type Html } from '../../html.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { span } from './spans.ts';

/** Whose proofs could be approved together, starting from a case. */
export interface ManyChoice {
  readonly shown: ReviewCase;
  readonly preview: ApprovalPreview;
}

/** What is about to be approved, as it was when its preview was made. */
export interface ManyOrder {
  readonly shown: ReviewCase;
  readonly scope: ApprovalScope;
  readonly many: number;
  readonly total: bigint;
  readonly fees: bigint;
  readonly oldest: Date;
  readonly skipped: ApprovalPreview['skipped'];
  readonly beyond: number;
}

const EMPTY = trusted('');

const reasons: Record<SkipReason, string> = {
  decided: 'sudah diputuskan sebelumnya',
  claimed: 'sedang diperiksa admin lain',
  flagged: 'perlu dilihat karena gambarnya mirip bukti lain',
  own: 'milik Anda atau dari campaign Anda sendiri',
  frozen: 'belum dibayar: pembayaran sedang dihentikan',
  'no-right': 'tidak disetujui: hak admin sudah dicabut',
};

const leftOut = (skipped: Partial<Skipped>): readonly Html[] =>
  (Object.keys(reasons) as SkipReason[]).flatMap((reason) => {
    const many = skipped[reason] ?? 0;
    return many === 0 ? [] : [html`• ${count(many)} ${escapeHtml(reasons[reason])}`];
  });

const whose = ({ scope, shown }: Pick<ManyOrder, 'scope' | 'shown'>): Html =>
  scope.kind === 'worker'
    ? html`👤 Semua bukti dari ${person(shown.worker)}`
    : html`📢 Semua bukti di campaign
        ${common.kind(shown.campaign.kind)}
        ${shortLink(shown.campaign.link.target)}`;

const doneOf = (report: ApprovalReport): number => report.approved + skippedIn(report);

/** Approving many proofs at once (REV-8). */
export const approvals = {
  ask: (choices: readonly ManyChoice[]): Html =>
    lines(
      html`⏩ <b>Setujui banyak sekaligus</b>`,
      EMPTY,
      choices.every(({ preview }) => preview.proofIds.length === 0)
        ? html`Tidak ada bukti yang bisa disetujui sekaligus di sini.`
        : html`Bukti mana yang ingin Anda setujui? Jumlah dan totalnya ditampilkan dulu.`,
    ),
  choice: ({ shown, preview: { scope, proofIds, total } }: ManyChoice): string => {
    const sum = `${count(proofIds.length)} bukti, ${money(total)}`;
    return scope.kind === 'worker'
      ? `👤 Worker ${shortName(shown.worker)}: ${sum}`
      : `📢 Campaign ini: ${sum}`;
  },
  preview: (order: ManyOrder, now: Date): Html => {
    const { many, total, fees, oldest, skipped, beyond } = order;
    const out = leftOut(skipped);
    return lines(
      html`⏩ <b>Setujui ${count(many)} bukti?</b>`,
      whose(order),
      EMPTY,
      html`💸 Total upah: <b>${money(total)}</b>`,
      fees === 0n ? null : html`🧾 Biaya platform: <b>${money(fees)}</b>`,
      html`⏳ Terlama menunggu ${escapeHtml(span(oldest, now))}`,
      ...(out.length === 0 ? [] : [EMPTY, html`Tidak ikut disetujui:`, ...out]),
      beyond === 0
        ? null
        : html`• ${count(beyond)} lainnya belum muat kali ini; setujui setelah ini`,
      EMPTY,
      html`Hanya bukti yang dihitung di sini yang disetujui; yang baru masuk tidak ikut.`,
    );
  },
  report: (report: ApprovalReport): Html => {
    const { listed, approved, paid, batch } = report;
    const done = doneOf(report);
    const out = leftOut(report.skipped);
    return lines(
      batch.doneAt === null ? html`⏩ <b>Sedang menyetujui…</b>` : html`✅ <b>Selesai</b>`,
      html`${count(done)} dari ${count(listed)} ${bar(done, listed, 10)}`,
      EMPTY,
      html`${count(approved)} disetujui, ${money(paid)} dibayarkan ke worker`,
      ...(out.length === 0 ? [] : [EMPTY, html`Dilewati:`, ...out]),
      batch.doneAt === null
        ? html`Anda boleh lanjut bekerja. Kami kabari kalau sudah selesai.`
        : null,
    );
  },
  progress: (report: ApprovalReport): string =>
    `${count(doneOf(report))} dari ${count(report.listed)} selesai diproses.`,
  started: '⏩ Dimulai.',
  refresh: '🔄 Perbarui',
  goOn: '🔍 Lanjut periksa',
};
