import {
  type Campaign,
  type CampaignDetails,
  type CampaignHistory,
  type CampaignQuote,
  type CampaignStatus,
  type CampaignWithProgress,
  type DeletedCampaign,
  type Page,
  type PausedBy,
  type TaskKind,
} from '../../../../core/index.ts';
import { bar, count, link, money, shortDay, shortLink } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { figures } from './campaign-figures.ts';
import { common } from './common.ts';

export interface TargetQuestion {
  readonly max: number;
  readonly balance: bigint;
  readonly target: number | null;
}

const STEPS = 5;
const BAR_CELLS = 10;
const blank = html``;

const statuses: Record<CampaignStatus, string> = {
  active: '🟢 Aktif',
  paused: '⏸ Dijeda',
  completed: '✅ Selesai',
  deleted: '🗑 Dihapus',
};

const pausedBy: Record<PausedBy, Html> = {
  owner: html`Dijeda oleh Anda.`,
  admin: html`Dijeda oleh admin, jadi hanya admin yang bisa melanjutkannya.`,
  suspension: html`Dijeda karena akun Anda ditangguhkan.`,
};

/** Why it stands still or is gone. */
const lifeOf = (campaign: Campaign): Html | null => {
  if (campaign.status !== 'paused' && campaign.status !== 'deleted') return null;
  const why = campaign.reason === null ? null : html`Alasan admin: “${user(campaign.reason, 500)}”`;
  return campaign.status === 'paused' ? lines(pausedBy[campaign.pausedBy], why) : why;
};

const actions: Record<TaskKind, Html> = {
  view: html`ditonton`,
  like: html`di-like`,
  comment: html`dikomentari`,
  share: html`dibagikan`,
  follow: html`di-follow`,
};

const heading = (step: number): Html =>
  lines(html`📢 <b>Buat Campaign</b>`, common.step(step, STEPS));

const listed = ({ campaign }: CampaignWithProgress): Html =>
  lines(
    html`<b>${common.kind(campaign.kind)}</b> · ${shortLink(campaign.link.target, 40)}`,
    html`${user(statuses[campaign.status])} ·
    ${count(campaign.completedCount)}/${count(campaign.targetTotal)}
    ${bar(campaign.completedCount, campaign.targetTotal, BAR_CELLS)}`,
  );

export const campaigns = {
  list: ({ items }: Page<CampaignWithProgress>): Html =>
    lines(
      html`📋 <b>Campaign Saya</b> — terbaru lebih dulu`,
      blank,
      items.length === 0
        ? html`Anda belum punya campaign. Buat yang pertama sekarang.`
        : trusted(items.map(listed).join('\n\n')),
    ),
  listButton: ({ campaign }: CampaignWithProgress): string =>
    `${statuses[campaign.status].split(' ')[0]} ${common.kind(campaign.kind)} · ` +
    `${campaign.completedCount}/${campaign.targetTotal} · ${platform(campaign)}`,
  card: (details: CampaignDetails): Html => {
    const { campaign } = details;
    return lines(
      html`📋 <b>${common.kind(campaign.kind)}</b> · ${user(campaign.link.platform)}`,
      link(campaign.link.target),
      blank,
      html`${user(statuses[campaign.status])}`,
      lifeOf(campaign),
      figures(details),
      campaign.instructions !== null && html`Petunjuk:`,
      campaign.instructions !== null && common.userText(user(campaign.instructions, 1_000)),
    );
  },
  share: (address: string): Html =>
    lines(html`📤 Tautan untuk dibagikan ke worker:`, html`<code>${user(address)}</code>`),
  picture: '📊 Perkembangan',
  pictureCaption: ({ campaign, progress, days }: CampaignHistory): Html => {
    const today = days.at(-1);
    return lines(
      html`📊 <b>Perkembangan campaign</b>`,
      html`${common.kind(campaign.kind)} · ${link(campaign.link.target)}`,
      html`${bar(campaign.completedCount, campaign.targetTotal, BAR_CELLS)}
      <b>${count(campaign.completedCount)}</b> dari ${count(campaign.targetTotal)} selesai`,
      today !== undefined &&
        html`Hari ini: ${count(today.submitted)} bukti masuk, ${count(today.approved)} disetujui,
        ${count(today.rejected)} ditolak`,
      progress.approved === 0 && html`<i>Grafiknya tampil setelah ada tugas yang disetujui.</i>`,
    );
  },
  chartTitles: ({ kind, link: { platform: at }, completedCount, targetTotal }: Campaign) => ({
    title: `${common.kind(kind)} · ${at}`,
    subtitle: `${count(completedCount)} dari ${count(targetTotal)} tugas disetujui`,
  }),
  chartPerDay: 'Per hari',
  chartSoFar: 'Total',
  chartGoal: 'Target',
  chartDay: (day: Date): string => shortDay(day, 'id'),
  created: html`✅ <b>Campaign tayang!</b> Worker sudah bisa mengambil tugasnya.`,
  paused: 'Campaign dijeda. Tugas yang sudah diambil tetap berjalan.',
  resumed: 'Campaign dilanjutkan. Worker bisa mengambil tugasnya lagi.',
  confirmDelete: ({ campaign, progress, refundable, tiedUp }: CampaignDetails): Html =>
    lines(
      html`🗑 <b>Hapus campaign ini?</b>`,
      html`${common.kind(campaign.kind)} · ${link(campaign.link.target)}`,
      blank,
      html`${count(progress.available)} tugas yang masih tersedia ditutup,
        <b>${money(refundable)}</b> kembali ke saldo.`,
      progress.taken + progress.underReview > 0 &&
        html`${count(progress.taken + progress.underReview)} tugas masih berjalan; dananya
        (${money(tiedUp)}) kembali bila tidak disetujui.`,
      html`Campaign yang dihapus tidak bisa diaktifkan lagi.`,
    ),
  deleted: ({ refunded, stillOpen }: DeletedCampaign): Html =>
    lines(
      html`🗑 Campaign dihapus. <b>${money(refunded)}</b> kembali ke saldo.`,
      stillOpen > 0 && html`${count(stillOpen)} tugas masih berjalan.`,
    ),
  askKind: (kind: TaskKind | null): Html =>
    lines(
      heading(1),
      blank,
      html`Apa yang harus dikerjakan worker?`,
      kind !== null && html`Pilihan tadi: <b>${common.kind(kind)}</b>`,
    ),
  askLink: ({ kind, link: target }: { kind: TaskKind; link: string | null }): Html =>
    lines(
      heading(2),
      blank,
      html`Kirim tautan yang akan <b>${actions[kind]}</b>, diawali https://`,
      html`Bisa dari Instagram, TikTok, YouTube, Facebook, X, Threads, atau Telegram.`,
      target !== null && html`Tautan tadi: ${link(target)}`,
    ),
  keepLink: '➡️ Tetap pakai tautan tadi',
  askInstructions: (instructions: string | null): Html =>
    lines(
      heading(3),
      blank,
      html`Ada petunjuk untuk worker? Ketik di sini, atau ketuk Lewati.`,
      instructions !== null && html`Petunjuk tadi:`,
      instructions !== null && common.userText(user(instructions, 1_000)),
    ),
  keepInstructions: '➡️ Tetap pakai petunjuk tadi',
  askPrice: ({ min, price }: { min: bigint; price: bigint | null }): Html =>
    lines(
      heading(4),
      blank,
      html`Berapa upah untuk satu tugas? Pilih di bawah atau ketik jumlahnya.`,
      html`Minimal ${money(min)}.`,
      price !== null && html`Upah tadi: <b>${money(price)}</b>`,
    ),
  keepPrice: (price: bigint): string => `➡️ Tetap ${money(price)}`,
  askTarget: ({ max, balance, target }: TargetQuestion): Html =>
    lines(
      heading(5),
      blank,
      html`Berapa tugas yang Anda butuhkan? Pilih di bawah atau ketik angkanya.`,
      html`Dari 1 sampai ${count(max)} · saldo Anda ${money(balance)}`,
      target !== null && html`Target tadi: <b>${count(target)}</b>`,
    ),
  keepTarget: (target: number): string => `➡️ Tetap ${count(target)}`,
  summary: (quote: CampaignQuote): Html =>
    lines(
      html`📢 <b>Periksa campaign Anda</b>`,
      blank,
      html`Jenis: <b>${common.kind(quote.kind)}</b>`,
      html`Tautan: ${link(quote.link.target)}`,
      quote.instructions !== null && html`Petunjuk:`,
      quote.instructions !== null && common.userText(user(quote.instructions, 1_000)),
      html`Upah per tugas: ${money(quote.pricePerTask)}`,
      html`Biaya per tugas: ${money(quote.feePerTask)}`,
      html`Target: ${count(quote.target)} tugas`,
      html`Total: <b>${money(quote.total)}</b>`,
      blank,
      quote.balanceAfter < 0n
        ? html`⚠️ Saldo Anda ${money(quote.balance)}, kurang <b>${money(quote.total - quote.balance)}</b>.
            Ketuk Top-Up, atau kembali untuk mengubah target.`
        : html`Saldo setelahnya: ${money(quote.balanceAfter)}`,
    ),
};

const platform = ({ link: { platform: name } }: Campaign): string => name;
