import {
  type Campaign,
  type CampaignDetails,
  type CampaignFilter,
  type CampaignStatus,
  type DeletedCampaign,
  type OwnedCampaign,
  type Page,
  type PausedBy,
  type SlotHolder,
  type User,
} from '../../../../core/index.ts';
import { bar, count, link, money, shortLink } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { person, shortName } from '../people.ts';
import { figures } from './campaign-figures.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';

const EMPTY = trusted('');
const LIST_CELLS = 5;

const statuses: Record<CampaignStatus, string> = {
  active: '🟢 Aktif',
  paused: '⏸ Dijeda',
  completed: '✅ Selesai',
  deleted: '🗑 Dihapus',
};

const progresses: Record<NonNullable<CampaignFilter['progress']>, string> = {
  none: '▱ Belum ada yang selesai',
  'under-half': '◔ Di bawah setengah',
  'half-or-more': '◕ Setengah atau lebih',
};

const pausedBy: Record<PausedBy, Html> = {
  owner: html`Dijeda oleh pemiliknya.`,
  admin: html`Dijeda oleh admin.`,
  suspension: html`Dijeda karena akun pemiliknya ditangguhkan.`,
};

const mark = ({ status }: Campaign): string => statuses[status].split(' ')[0] ?? '';

/** One of a list: what tells it from another of the same owner is its link. */
const listed = ({ campaign, owner }: OwnedCampaign, at: number): Html => {
  const { kind, link: to, completedCount: done, targetTotal: target } = campaign;
  return lines(
    html`<b>${at + 1}.</b> ${user(mark(campaign))} ${common.kind(kind)} · ${shortLink(to.target, 32)}`,
    html`${bar(done, target, LIST_CELLS)} ${count(done)}/${count(target)} · “${user(shortName(owner))}”`,
  );
};

const quoted = (reason: string | null): Html | null =>
  reason === null ? null : common.userText(user(reason));

const standing = (campaign: Campaign): Html =>
  lines(
    html`<b>${user(statuses[campaign.status])}</b>`,
    campaign.status === 'paused' && pausedBy[campaign.pausedBy],
    campaign.status === 'paused' || campaign.status === 'deleted' ? quoted(campaign.reason) : null,
  );

const what = ({ kind, link: { target } }: Campaign): Html =>
  html`<b>${common.kind(kind)}</b> · ${link(target)}`;

const filtered = ({ status, progress, owner }: CampaignFilter, of: User | null): Html | null => {
  const parts = [
    ...(status === undefined ? [] : [user(statuses[status])]),
    ...(progress === undefined ? [] : [user(progresses[progress])]),
    ...(owner === undefined
      ? []
      : [of === null ? html`👤 pengguna tanpa campaign` : html`👤 ${person(of)}`]),
  ];
  return parts.length === 0 ? null : html`🔎 ${trusted(parts.join(' · '))}`;
};

const isFiltered = ({ status, progress, owner }: CampaignFilter): boolean =>
  status !== undefined || progress !== undefined || owner !== undefined;

const holder = ({ take, worker }: SlotHolder): Html =>
  take.status === 'taken'
    ? html`⏳ ${person(worker)}: sampai <b>${dayTime(take.deadline)}</b>`
    : html`🔍 ${person(worker)}: menunggu diperiksa, diambil ${dayTime(take.takenAt)}`;

const askReason = html`Pilih alasan untuk pemiliknya, atau ketik alasan sendiri.`;

/** Every campaign, for admins. */
export const campaignDesk = {
  statuses,
  progresses,
  list: ({ items, total }: Page<OwnedCampaign>, filter: CampaignFilter, owner: User | null): Html =>
    lines(
      html`📢 <b>Campaign</b>`,
      filtered(filter, owner),
      EMPTY,
      total > 0 && html`${count(total)} campaign${total > 1 ? html`, terbaru di atas` : html``}.`,
      total === 0 &&
        (isFiltered(filter)
          ? html`Tidak ada campaign yang cocok. Ubah saringannya.`
          : html`Belum ada campaign.`),
      ...items.flatMap((item, at) => [EMPTY, listed(item, at)]),
    ),
  /** `at`: its place on the page, from 0. */
  listButton: ({ campaign, owner }: OwnedCampaign, at: number): string =>
    `${at + 1}. ${mark(campaign)} ${common.kind(campaign.kind)} · ${shortName(owner)}`,
  filter: '🔎 Saring',
  filtering: (filter: CampaignFilter, owner: User | null, total: number): Html =>
    lines(
      html`🔎 <b>Saring campaign</b>`,
      filtered(filter, owner),
      EMPTY,
      html`${count(total)} campaign cocok. Pilih status, kemajuan, atau pemiliknya; ketuk lagi
        untuk membatalkan pilihan.`,
    ),
  chosen: (label: string): string => `☑️ ${label}`,
  pickOwner: '👤 Cari pemilik',
  dropOwner: '☑️ 👤 Semua pemilik',
  show: (total: number): string => `📋 Tampilkan ${count(total)} campaign`,
  askOwner: lines(
    html`👤 <b>Campaign milik siapa?</b>`,
    EMPTY,
    html`Ketik <code>@username</code>, nama, atau ID Telegram.`,
  ),
  owners: ({ total }: Page<User>, text: string): Html =>
    lines(
      html`👤 <b>Campaign milik siapa?</b>`,
      EMPTY,
      total === 0
        ? html`Tidak ada pengguna yang cocok dengan “${user(text, 64)}”. Ketik lagi <code>@username</code>, nama,
            atau ID Telegram.`
        : html`${count(total)} pengguna cocok dengan “${user(text, 64)}”. Pilih, atau ketik lagi.`,
    ),
  ownerButton: ({ displayName, username, telegramId }: User): string =>
    `${shortName({ displayName })} · ${username === null ? telegramId : `@${username}`}`,
  card: (details: CampaignDetails, owner: User): Html => {
    const { campaign } = details;
    return lines(
      html`📢 ${what(campaign)}`,
      EMPTY,
      standing(campaign),
      figures(details),
      EMPTY,
      html`👤 ${person(owner)} <code>${owner.telegramId}</code>`,
      html`🗓 Dibuat ${dayTime(campaign.createdAt)}`,
      campaign.instructions === null
        ? null
        : lines(html`📝 Petunjuk:`, common.userText(user(campaign.instructions, 1_000))),
    );
  },
  holdersButton: (held: number): string => `👥 Pemegang slot (${count(held)})`,
  othersOf: (owner: User, total: number): string =>
    `👤 Semua campaign ${shortName(owner)} (${count(total)})`,
  holders: ({ items, total }: Page<SlotHolder>, campaign: Campaign): Html =>
    lines(
      html`👥 <b>Pemegang slot</b>`,
      what(campaign),
      EMPTY,
      total === 0
        ? html`Sekarang tidak ada yang memegang slot.`
        : trusted(items.map(holder).join('\n')),
    ),
  askPauseReason: ({ campaign }: CampaignDetails, owner: User): Html =>
    lines(
      html`⏸ <b>Jeda campaign ini?</b>`,
      html`${what(campaign)} · ${person(owner)}`,
      EMPTY,
      html`Tugas yang sudah diambil tetap berjalan. Hanya admin yang bisa melanjutkannya lagi.`,
      askReason,
    ),
  pauseReasons: [
    'Tautannya perlu kami periksa dulu.',
    'Petunjuk tugasnya belum jelas. Silakan hapus, lalu buat ulang dengan petunjuk baru.',
    'Ada laporan tentang campaign ini. Kami periksa dulu.',
  ] as readonly string[],
  paused: '⏸ Dijeda. Pemiliknya sudah kami kabari.',
  askResumeReason: ({ campaign }: CampaignDetails, owner: User): Html =>
    lines(
      html`▶️ <b>Lanjutkan campaign ini?</b>`,
      html`${what(campaign)} · ${person(owner)}`,
      EMPTY,
      html`Worker bisa mengambil tugasnya lagi.`,
      askReason,
    ),
  resumeReasons: [
    'Sudah kami periksa dan tidak ada masalah.',
    'Masalahnya sudah diperbaiki.',
  ] as readonly string[],
  resumed: '▶️ Dilanjutkan. Pemiliknya sudah kami kabari.',
  askDeleteReason: ({ campaign }: CampaignDetails, owner: User): Html =>
    lines(
      html`🗑 <b>Hapus campaign ini?</b>`,
      html`${what(campaign)} · ${person(owner)}`,
      EMPTY,
      html`Sebelum dihapus, jumlah uang yang kembali ditampilkan dulu.`,
      askReason,
    ),
  deleteReasons: [
    'Tautannya melanggar ketentuan.',
    'Kontennya sudah tidak tersedia.',
    'Petunjuk tugasnya melanggar ketentuan.',
  ] as readonly string[],
  confirmDelete: (
    { campaign, progress, refundable, tiedUp }: CampaignDetails,
    owner: User,
    reason: string,
  ): Html => {
    const going = progress.taken + progress.underReview;
    return lines(
      html`🗑 <b>Hapus campaign ini?</b>`,
      what(campaign),
      EMPTY,
      html`💰 <b>${money(refundable)}</b> kembali ke saldo
        ${person(owner)}: ${count(progress.available)} slot yang masih tersedia.`,
      going > 0 &&
        html`⏳ ${count(going)} tugas masih berjalan, senilai ${money(tiedUp)}:
          dibayarkan ke worker bila disetujui, kembali ke pemilik bila tidak.`,
      html`Alasan untuk pemiliknya:`,
      quoted(reason),
      EMPTY,
      html`Campaign yang dihapus tidak bisa diaktifkan lagi.`,
    );
  },
  deleted: ({ refunded }: DeletedCampaign): string =>
    `🗑 Dihapus. ${money(refunded)} kembali ke saldo pemiliknya, dan ia sudah kami kabari.`,
  ended: 'Campaign ini sudah berakhir. Tidak ada yang berubah.',
};
