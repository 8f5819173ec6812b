import {
  nothingOpen,
  type OpenThings,
  type OwnRole,
  type Page,
  type Profile,
  type Role,
  type User,
  type WorkRecord,
} from '../../../../core/index.ts';
import { count, money } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { day, dayTime } from './days.ts';

const EMPTY = trusted('');

const names: Record<Role, string> = { client: 'Client', worker: 'Worker', admin: 'Admin' };
const roles: Record<Role, Html> = {
  client: html`🏢 ${trusted(names.client)}`,
  worker: html`🙋 ${trusted(names.worker)}`,
  admin: html`🛡 ${trusted(names.admin)}`,
};

const roleOf = ({ role }: Pick<User, 'role'>): Html =>
  role === null ? html`belum memilih peran` : roles[role];

const standing = ({ status }: User): Html =>
  status === 'active' ? html`🟢 aktif` : html`⛔ ditangguhkan`;

const listed = (one: User, at: number): Html =>
  lines(
    html`<b>${at + 1}.</b> ${person(one)}`,
    html`${roleOf(one)} · ${standing(one)} · sejak ${day(one.createdAt)}`,
  );

const OPEN: Record<keyof OpenThings, string> = {
  campaigns: 'campaign',
  takenTasks: 'tugas dikerjakan',
  proofsUnderReview: 'bukti diperiksa',
  deposits: 'top-up menunggu',
  withdrawals: 'withdraw menunggu',
};

const stillOpen = (open: OpenThings): Html =>
  escapeHtml(
    (Object.keys(OPEN) as (keyof OpenThings)[])
      .filter((key) => open[key] > 0)
      .map((key) => `${count(open[key])} ${OPEN[key]}`)
      .join(', '),
  );

/** By whom a person was suspended; null: the operator. */
const suspension = (one: User, by: User | null): Html | null =>
  one.status === 'active'
    ? null
    : lines(
        html`⛔ <b>Ditangguhkan</b> sejak ${dayTime(one.suspension.at)} oleh
          ${by === null ? html`operator` : person(by)}, alasan:`,
        common.userText(user(one.suspension.reason)),
      );

const record = ({ approved, rejected, waiting }: WorkRecord): Html | null => {
  const decided = approved + rejected;
  if (decided + waiting === 0) return null;
  const rate =
    decided === 0 ? EMPTY : html` (${Math.round((approved / decided) * 100)}% disetujui)`;
  return html`🎯 Bukti: ${count(approved)} disetujui · ${count(rejected)} ditolak · ${count(waiting)}
    menunggu${rate}`;
};

const moneyOf = ({ balances, inEscrow, earned, toppedUp, withdrawn }: Profile): Html =>
  lines(
    html`💰 Saldo <b>${money(balances.wallet)}</b>`,
    balances.hold > 0n && html`🔒 Ditahan untuk withdraw ${money(balances.hold)}`,
    inEscrow > 0n && html`📢 Dana di campaign ${money(inEscrow)}`,
    html`🧾 Sejak awal: upah ${money(earned)} · top-up ${money(toppedUp)} · withdraw
      ${money(withdrawn)}`,
  );

/** People, for admins who look after them. */
export const peopleDesk = {
  list: ({ items, total }: Page<User>, text: string): Html =>
    lines(
      html`👥 <b>Pengguna</b>`,
      text !== '' && html`🔎 “${user(text, 64)}”`,
      EMPTY,
      total === 0
        ? html`Tidak ada pengguna yang cocok dengan “${user(text, 64)}”.`
        : html`${count(total)} pengguna${total > 1 ? html`, terbaru di atas` : EMPTY}.`,
      ...items.flatMap((one, at) => [EMPTY, listed(one, at)]),
      EMPTY,
      html`Untuk mencari, ketik nama, <code>@username</code>, atau ID Telegram.`,
    ),
  /** `at`: its place on the page, from 0. */
  listButton: (one: User, at: number): string =>
    `${at + 1}. ${shortName(one)}${one.username === null ? '' : ` · @${one.username}`}`,
  everybody: '👥 Semua',
  card: (profile: Profile): Html => {
    const { user: one, open, campaigns, lastActive, suspendedBy } = profile;
    return lines(
      html`👤 ${person(one)}`,
      html`ID Telegram <code>${one.telegramId}</code>`,
      html`${roleOf(one)} · ${standing(one)}`,
      one.role === 'admin' && html`🔑 ${user(common.permissions(one.permissions))}`,
      suspension(one, suspendedBy),
      EMPTY,
      html`🗓 Bergabung ${dayTime(one.createdAt)}`,
      html`👣 Terakhir aktif
        ${lastActive === null ? html`belum tercatat` : day(lastActive)}`,
      EMPTY,
      moneyOf(profile),
      record(profile.work),
      campaigns > 0 && html`📢 Campaign: ${count(campaigns)}`,
      nothingOpen(open)
        ? html`⏳ Tidak ada yang sedang berjalan.`
        : html`⏳ Masih berjalan: ${stillOpen(open)}`,
    );
  },
  /** On other desks. */
  profileOf: (one: User): string => `👤 Profil ${shortName(one)}`,
  timeline: '🕓 Linimasa',
  suspend: '⛔ Tangguhkan',
  unsuspend: '✅ Aktifkan kembali',
  changeRole: '🔄 Ubah peran',
  adjust: '🛠 Sesuaikan saldo',
  campaigns: (total: number): string => `📢 Campaign (${count(total)})`,
  askSuspendReason: (one: User): Html =>
    lines(
      html`⛔ <b>Tangguhkan ${person(one)}?</b>`,
      EMPTY,
      html`Pilih alasan, atau ketik alasan sendiri. Alasannya dikirim kepada pengguna ini.`,
    ),
  suspendReasons: [
    'Bukti palsu berulang kali.',
    'Memakai lebih dari satu akun.',
    'Melanggar ketentuan Upah.',
    'Aktivitas akun Anda perlu kami periksa. Hubungi admin.',
  ] as readonly string[],
  confirmSuspend: ({ user: one, open }: Profile, reason: string): Html =>
    lines(
      html`⛔ <b>Tangguhkan ${person(one)}?</b>`,
      common.userText(user(reason)),
      EMPTY,
      html`Pengguna ini tidak bisa memakai Upah sampai diaktifkan kembali, dan langsung dikabari
        alasannya.`,
      open.takenTasks > 0 &&
        html`📌 ${count(open.takenTasks)} tugas yang sedang dikerjakan kembali ke daftar.`,
      open.campaigns > 0 && html`📢 Campaign yang berjalan dijeda.`,
      open.proofsUnderReview + open.deposits + open.withdrawals > 0 &&
        html`⏳ Bukti, top-up, dan withdraw yang menunggu tetap menunggu keputusan admin.`,
      html`💰 Saldonya tetap utuh.`,
    ),
  suspended: '⛔ Ditangguhkan. Pengguna ini sudah kami kabari.',
  confirmUnsuspend: (one: User): Html =>
    lines(
      html`✅ <b>Aktifkan kembali ${person(one)}?</b>`,
      EMPTY,
      html`Pengguna ini bisa memakai Upah lagi dan langsung dikabari. Campaign yang dijeda karena
        penangguhan ini berjalan lagi; yang dijeda karena hal lain tetap dijeda.`,
    ),
  unsuspended: '✅ Aktif kembali. Pengguna ini sudah kami kabari.',
  confirmRole: (one: User, to: OwnRole): Html =>
    lines(
      html`🔄 <b>Ubah peran ${person(one)}?</b>`,
      EMPTY,
      html`Dari ${roleOf(one)} menjadi <b>${roles[to]}</b>. Saldonya tetap sama, dan pengguna
        ini langsung dikabari.`,
    ),
  roleChanged: (to: OwnRole): string => `🔄 Perannya sekarang ${names[to]}.`,
};
