import type {
  Audience,
  BroadcastProgress,
  BroadcastReport,
  BroadcastStatus,
  Page,
} from '../../../../core/index.ts';
import { bar, count, percent } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import { dayTime } from './days.ts';

/** Who would get a broadcast, as things stand. */
export interface AudienceReach {
  readonly audience: Audience;
  readonly recipients: number;
  readonly blocked: number;
}

/** What is about to be sent. */
export interface BroadcastDraft extends AudienceReach {
  readonly text: string;
  /** How long it will take; null: nothing slows it down. */
  readonly minutes: number | null;
}

const EMPTY = trusted('');

/** To whom one goes. */
export const audiences: Record<Audience, string> = {
  all: 'Semua pengguna',
  clients: 'Semua client',
  workers: 'Semua worker',
  inactive: 'Pengguna tidak aktif',
};
const signs: Record<BroadcastStatus, string> = {
  running: '▶️',
  paused: '⏸',
  canceled: '⏹',
  done: '✅',
};
const titles: Record<BroadcastStatus, string> = {
  running: 'Siaran sedang dikirim',
  paused: 'Siaran dijeda',
  canceled: 'Siaran dibatalkan',
  done: 'Siaran selesai',
};

const CELLS = 10;

/** Who was spared it by a cancellation is not done. */
const doneOf = ({ recipients, waiting, canceled }: BroadcastProgress): number =>
  recipients - waiting - canceled;

const share = (progress: BroadcastProgress): Html => {
  const { recipients } = progress;
  const done = doneOf(progress);
  const whole = recipients === 0 ? 100 : Math.floor((done / recipients) * 100);
  return html`${bar(done, recipients, CELLS)} ${percent(whole)}
    (${count(done)} dari ${count(recipients)})`;
};

const figures = ({ sent, blocked, failed, canceled }: BroadcastProgress): readonly Html[] => [
  html`✉️ Terkirim: <b>${count(sent)}</b>`,
  ...(blocked === 0 ? [] : [html`🚫 Tidak terjangkau: ${count(blocked)}`]),
  ...(failed === 0 ? [] : [html`⚠️ Gagal: ${count(failed)}`]),
  ...(canceled === 0 ? [] : [html`⏹ Tidak jadi dikirim: ${count(canceled)}`]),
];

const duration = (minutes: number): string =>
  minutes < 1 ? 'kurang dari 1 menit' : `sekitar ${count(minutes)} menit`;

const title = ({ broadcast: { status, endedAt } }: BroadcastReport): string =>
  status === 'canceled' && endedAt === null ? 'Siaran sedang dibatalkan' : titles[status];

/** Messages of admins to many (ADM-5). */
export const broadcasts = {
  /** What people get: plain text of an admin, under a heading that says whose it is (SEC-1). */
  message: (text: string): Html =>
    lines(html`📣 <b>Pengumuman dari admin Upah</b>`, EMPTY, user(text, 3_500)),
  list: ({ total }: Page<BroadcastReport>): Html =>
    lines(
      html`📣 <b>Siaran</b>`,
      total === 0
        ? html`Belum pernah ada siaran. Kirim pesan ke banyak pengguna sekaligus dari sini.`
        : html`${count(total)} siaran, terbaru di atas. Ketuk salah satu untuk melihat hasilnya.`,
    ),
  listButton: ({ broadcast, progress }: BroadcastReport): string => {
    const { status, createdAt } = broadcast;
    return `${signs[status]} ${dayTime(createdAt)} · ${count(progress.sent)} terkirim`;
  },
  new: '➕ Siaran Baru',
  askAudience: (days: number): Html =>
    lines(
      html`📣 <b>Siaran baru</b>`,
      html`Untuk siapa siaran ini? Pengguna yang ditangguhkan tidak menerimanya.`,
      html`Tidak aktif: tidak melakukan apa pun selama ${count(days)} hari terakhir.`,
    ),
  audience: ({ audience, recipients }: AudienceReach): string =>
    `${audiences[audience]} (${count(recipients)})`,
  askText: ({ audience, recipients }: AudienceReach, max: number, captionMax: number): Html =>
    lines(
      html`✍️ <b>Apa isi siarannya?</b>`,
      html`Untuk: ${escapeHtml(audiences[audience])} (${count(recipients)} penerima)`,
      EMPTY,
      html`Ketik teksnya, maksimal ${count(max)} karakter. Atau kirim satu gambar (maksimal 10 MB)
        dengan keterangan, maksimal ${count(captionMax)} karakter.`,
    ),
  askCaption: (captionMax: number): Html =>
    lines(
      html`🖼 <b>Gambarnya sudah kami terima.</b>`,
      html`Sekarang ketik teks yang tampil di bawah gambar, maksimal ${count(captionMax)} karakter.`,
    ),
  /** Below the message as people will get it; with a picture little room is left. */
  preview: ({ text, recipients, blocked, minutes }: BroadcastDraft): Html =>
    lines(
      broadcasts.message(text),
      EMPTY,
      html`———`,
      html`👥 ${count(recipients)} penerima${
        blocked === 0
          ? html``
          : html`,
        ${count(blocked)} tidak terjangkau`
      }${
        minutes === null
          ? html``
          : html` ·
        ${escapeHtml(duration(minutes))}`
      }. Kirim?`,
    ),
  started: ({ broadcast, progress }: BroadcastReport): Html =>
    lines(
      html`📣 <b>Siaran dimulai</b> untuk ${count(progress.recipients)} penerima.`,
      html`Kemajuannya tampil di pesan tersendiri. Di sana Anda bisa menjeda atau membatalkannya.`,
      html`<blockquote>${user(broadcast.text, 700)}</blockquote>`,
    ),
  report: (report: BroadcastReport, minutes: number | null): Html => {
    const { broadcast, by, progress } = report;
    const { endedAt } = broadcast;
    return lines(
      html`📣 <b>${escapeHtml(title(report))}</b>`,
      share(progress),
      EMPTY,
      ...figures(progress),
      broadcast.status !== 'running' || minutes === null || progress.waiting === 0
        ? null
        : html`⏳ Sisa waktu: ${escapeHtml(duration(minutes))}`,
      EMPTY,
      html`Untuk: ${escapeHtml(audiences[broadcast.audience])}`,
      html`Oleh ${user(by.displayName, 64)}, ${dayTime(broadcast.createdAt)}`,
      endedAt === null ? null : html`Berakhir ${dayTime(endedAt)}`,
    );
  },
  card: (report: BroadcastReport, minutes: number | null): Html =>
    lines(
      broadcasts.report(report, minutes),
      report.broadcast.photo === null ? null : html`🖼 Dengan gambar`,
      html`<blockquote>${user(report.broadcast.text, 700)}</blockquote>`,
    ),
  refresh: '🔄 Perbarui',
  all: '📣 Semua Siaran',
  stop: '⏹ Batalkan',
  askStop: ({ progress: { waiting, sent } }: BroadcastReport): Html =>
    lines(
      html`⏹ <b>Batalkan siaran ini?</b>`,
      html`${count(sent)} pesan sudah terkirim dan tidak bisa ditarik. ${count(waiting)} penerima
        lainnya tidak akan menerimanya. Siaran yang dibatalkan tidak bisa dilanjutkan.`,
    ),
  confirmStop: '⏹ Ya, Batalkan',
  keep: '⬅️ Jangan Batalkan',
  paused: '⏸ Siaran dijeda. Pesan yang sedang dikirim tetap sampai.',
  resumed: '▶️ Siaran dilanjutkan.',
  stopped: ({ broadcast: { status } }: BroadcastReport): string =>
    status === 'done'
      ? 'Siaran sudah selesai: tidak ada lagi yang bisa dibatalkan.'
      : '⏹ Siaran dibatalkan.',
};
