import type { Offer, Page, TakeStatus, TakeView, TaskKind } from '../../../../core/index.ts';
import { clockTime, count, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import { span } from './spans.ts';

const bestFirst = ({ total }: Page<Offer>): Html =>
  total > 1 ? html`, upah tertinggi di atas` : html``;

type What = Pick<Offer, 'kind'> & { readonly link: { readonly platform: string } };

const EMPTY = trusted('');

/** `Like di Instagram`. */
const deed = ({ kind, link }: What): Html => html`${common.kind(kind)} di ${user(link.platform)}`;

const instructions = (text: string | null, max: number): Html | null =>
  text === null ? null : lines(html`📝 Petunjuk dari client:`, common.userText(user(text, max)));

/** What the screenshot has to show. */
const toShow: Record<TaskKind, Html> = {
  view: html`bahwa Anda sudah menontonnya`,
  like: html`like Anda`,
  comment: html`komentar Anda`,
  share: html`bahwa Anda sudah membagikannya`,
  follow: html`bahwa Anda sudah follow`,
};

const ended: Record<Exclude<TakeStatus, 'taken'>, Html> = {
  pending_review: html`⏳ Bukti Anda sedang menunggu pemeriksaan admin. Kami kabari begitu selesai.`,
  approved: html`✅ Tugas ini sudah disetujui dan upahnya sudah masuk ke saldo Anda.`,
  rejected: sentences(
    html`❌ Bukti untuk tugas ini ditolak, jadi tidak ada upah. Alasannya ada di Riwayat Tugas.`,
    html`Bila masih muncul di Tugas Tersedia, tugas ini boleh Anda ambil lagi.`,
  ),
  expired: sentences(
    html`⌛ Waktu pengerjaannya sudah habis, jadi tugas ini kembali ke daftar. Selama masih`,
    html`tersedia, Anda boleh mengambilnya lagi.`,
  ),
  released: sentences(
    html`↩️ Tugas ini sudah Anda lepas.`,
    html`Selama masih tersedia, Anda boleh mengambilnya lagi.`,
  ),
  suspended: html`⛔ Tugas ini kembali ke daftar karena akun Anda ditangguhkan.`,
  reversed: html`🔄 Persetujuan tugas ini dibatalkan admin. Alasannya ada di Riwayat Tugas.`,
};

const isOver = ({ take }: TakeView, now: Date): boolean => now.getTime() > take.deadline.getTime();

/** What stands between taking a task and its end. */
const standing = (view: TakeView, now: Date): Html => {
  const { take } = view;
  if (take.status !== 'taken') return ended[take.status];
  const until = clockTime(take.deadline);
  return isOver(view, now)
    ? sentences(
        html`⌛ Maaf, waktunya habis pukul ${until}, jadi bukti tidak bisa dikirim lagi. Tugas ini
        segera`,
        html`kembali ke daftar.`,
      )
    : html`⏰ Kirim bukti sebelum <b>${until}</b> (sisa ${escapeHtml(span(now, take.deadline))})`;
};

const proofWanted = (view: TakeView, now: Date): Html | null =>
  view.take.status === 'taken' && !isOver(view, now)
    ? html`📸 Bukti: satu tangkapan layar yang menunjukkan ${toShow[view.take.kind]}`
    : null;

const onHand = (views: readonly TakeView[]): number =>
  views.filter(({ take }) => take.status === 'taken').length;

/** Tasks as workers see them. */
export const tasks = {
  offers: (page: Page<Offer>, holdMinutes: number): Html =>
    lines(
      html`🎯 <b>Tugas Tersedia</b>`,
      EMPTY,
      page.total === 0
        ? sentences(
            html`Belum ada tugas untuk Anda saat ini. Tugas baru bisa muncul kapan saja, silakan cek
            lagi`,
            html`nanti.`,
          )
        : sentences(
            html`${count(page.total)} pilihan${bestFirst(page)}. Setelah diambil, tugas harus selesai`,
            html`dalam ${holdMinutes} menit.`,
          ),
    ),
  offerButton: ({ kind, link, campaign, slotsLeft }: Offer): string =>
    [
      money(campaign.pricePerTask),
      `${common.kind(kind)} ${link.platform}`,
      `sisa ${count(slotsLeft)}`,
    ].join(' · '),
  offer: (offer: Offer, holdMinutes: number): Html =>
    lines(
      html`🎯 <b>${deed(offer)}</b>`,
      EMPTY,
      html`💰 Upah: <b>${money(offer.campaign.pricePerTask)}</b>`,
      html`👥 Sisa: ${count(offer.slotsLeft)} tugas`,
      html`⏱ Waktu pengerjaan: ${holdMinutes} menit sejak diambil`,
      instructions(offer.campaign.instructions, 1_000),
      EMPTY,
      html`Tautan muncul setelah Anda mengambil tugas ini.`,
    ),
  taken: 'Tugas diambil. Selamat mengerjakan!',
  mine: (views: readonly TakeView[]): Html =>
    lines(
      html`📌 <b>Tugas Saya</b>`,
      EMPTY,
      views.length === 0
        ? html`Anda belum punya tugas. Ketuk Tugas Tersedia untuk memilih.`
        : sentences(
            html`${count(onHand(views))} dikerjakan, ${count(views.length - onHand(views))} diperiksa.`,
            html`Ketuk salah satu untuk melihat rinciannya.`,
          ),
    ),
  mineButton: ({ take, campaign }: TakeView, now: Date): string => {
    const what = `${common.kind(take.kind)} ${campaign.link.platform}`;
    const where = money(campaign.pricePerTask);
    if (take.status !== 'taken') return `⏳ ${what} · ${where} · diperiksa`;
    const left = now > take.deadline ? 'waktu habis' : `sisa ${span(now, take.deadline)}`;
    return `📌 ${what} · ${where} · ${left}`;
  },
  card: (view: TakeView, now: Date): Html =>
    lines(
      html`📌 <b>${deed(view.campaign)}</b>`,
      EMPTY,
      standing(view, now),
      EMPTY,
      html`🔗 ${user(view.campaign.link.target, 1_500)}`,
      html`💰 Upah: <b>${money(view.campaign.pricePerTask)}</b>`,
      proofWanted(view, now),
      instructions(view.campaign.instructions, 1_000),
    ),
  openLink: '🔗 Buka tautan',
  confirmRelease: ({ campaign }: TakeView): Html =>
    lines(
      html`↩️ <b>Lepas tugas ini?</b>`,
      EMPTY,
      html`${deed(campaign)}, ${money(campaign.pricePerTask)}`,
      EMPTY,
      html`Tugas kembali ke daftar dan bisa diambil worker lain. Yang sudah Anda kerjakan tidak
      dibayar.`,
    ),
  yesRelease: '↩️ Ya, lepaskan',
  keep: '⬅️ Tidak jadi',
  released: 'Tugas dilepas.',
  askPicture: (view: TakeView, now: Date): Html =>
    lines(
      html`📸 <b>Kirim Bukti</b>`,
      EMPTY,
      html`${deed(view.campaign)}, ${money(view.campaign.pricePerTask)}`,
      standing(view, now),
      ...(isOver(view, now)
        ? []
        : [
            EMPTY,
            html`Kirim satu tangkapan layar yang jelas menunjukkan ${toShow[view.take.kind]} (JPG, PNG,
            atau WebP).`,
          ]),
    ),
  submitted: ({ campaign }: TakeView): Html =>
    lines(
      html`📨 <b>Bukti terkirim, menunggu pemeriksaan</b>`,
      EMPTY,
      sentences(
        html`Setelah disetujui admin, ${money(campaign.pricePerTask)} langsung masuk ke saldo
        Anda. Kami`,
        html`kabari begitu selesai diperiksa.`,
      ),
    ),
  pictureOutside:
    'Gambar ini belum terkirim sebagai bukti. Buka tugasnya dulu, lalu ketuk Kirim Bukti.',
  pictureAgain: 'Gambar tadi belum terkirim sebagai bukti. Silakan kirim sekali lagi di sini.',
};
