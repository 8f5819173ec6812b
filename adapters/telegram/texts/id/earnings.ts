import type {
  EarningsView,
  Page,
  PastTask,
  ScaleWords,
  TakeStatus,
} from '../../../../core/index.ts';
import { money, shortDay, signedMoney } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';

const blank = html``;
const REASON_SHOWN = 200;
const scaleWords: ScaleWords = [' rb', ' jt', ' M'];

const outcomes: Record<TakeStatus, Html> = {
  taken: html`📌 Sedang dikerjakan`,
  pending_review: html`⏳ Sedang diperiksa`,
  approved: html`✅ Disetujui`,
  rejected: html`❌ Ditolak`,
  expired: html`⌛ Waktu habis`,
  released: html`↩️ Dilepas`,
  suspended: html`⛔ Dihentikan karena akun ditangguhkan`,
  reversed: html`🔄 Persetujuan dibatalkan`,
};

const pastTask = ({ take, campaign, paid, reason }: PastTask): Html =>
  lines(
    html`${outcomes[take.status]} · ${common.kind(take.kind)} di ${user(campaign.link.platform)}`,
    paid !== null && html`Upah <b>${money(paid)}</b>`,
    reason !== null && html`Alasan: “${user(reason, REASON_SHOWN)}”`,
    html`<i>${dayTime(take.endedAt ?? take.takenAt)}</i>`,
  );

/** What a worker's tasks came to. */
export const earnings = {
  past: ({ items }: Page<PastTask>): Html =>
    lines(
      html`🗂 <b>Riwayat Tugas</b> — terbaru lebih dulu`,
      blank,
      items.length === 0
        ? html`Belum ada tugas yang selesai. Ketuk Tugas Saya untuk melihat yang sedang berjalan.`
        : trusted(items.map(pastTask).join('\n\n')),
    ),
  screen: ({ today, week, all }: EarningsView): Html =>
    lines(
      html`📈 <b>Penghasilan</b>`,
      blank,
      html`Hari ini: <b>${signedMoney(today)}</b>`,
      html`7 hari terakhir: <b>${signedMoney(week)}</b>`,
      html`Sejak awal: <b>${signedMoney(all)}</b>`,
      blank,
      html`<i>Upah yang dibatalkan admin sudah dikurangkan.</i>`,
    ),
  chartTitle: 'Penghasilan',
  chartSubtitle: (days: number): string => `${days} hari terakhir`,
  chartPerDay: 'Upah per hari',
  chartScale: scaleWords,
  chartDay: (day: Date): string => shortDay(day, 'id'),
};
