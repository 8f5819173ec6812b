import {
  lastTwo,
  overDays,
  ZERO,
  type DayFigures,
  type Desk,
  type DeskQueue,
  type DeskTold,
  type Figures,
  type ScaleWords,
} from '../../../../core/index.ts';
import { count, money, percent, shortDay } from '../../format.ts';
import { escapeHtml, html, lines, type Html } from '../../html.ts';
import { dayTime } from './days.ts';
import { span } from './spans.ts';

/** What there is a picture of, 14 days each (RPT-1). */
export type Picture = 'activity' | 'proofs' | 'rejections' | 'reviewing' | 'money' | 'liability';

const blank = html``;
const scaleWords: ScaleWords = [' rb', ' jt', ' M'];

/** A share of nothing is none. */
const share = (value: number | null): Html => (value === null ? html`belum ada` : percent(value));

const minutes = (value: number | null): Html =>
  value === null
    ? html`belum ada`
    : escapeHtml(span(new Date(0), new Date(Math.round(value) * 60_000)));

type Pair<T> = readonly [now: T, before: T];

/** `12 ▲ dari 10`: how a figure stands beside the one before it. */
const beside = <T extends number | bigint>(
  [now, before]: Pair<T>,
  say: (value: T) => Html,
): Html => {
  if (now === before) return html`<b>${say(now)}</b> (tetap)`;
  return html`<b>${say(now)}</b> ${escapeHtml(now > before ? '▲' : '▼')} dari ${say(before)}`;
};

type Day = Omit<DayFigures, 'day' | 'liability'>;

/** Each figure of a day, compared with the day before. */
const dayBesideDay = (day: Day, before: Day): Html =>
  lines(
    html`👥 Pengguna aktif: ${beside([day.activeUsers, before.activeUsers], count)}`,
    html`🆕 Pengguna baru: ${beside([day.newUsers, before.newUsers], count)}`,
    html`📸 Bukti masuk: ${beside([day.submitted, before.submitted], count)}`,
    html`✅ Disetujui: ${beside([day.approved, before.approved], count)}`,
    html`❌ Ditolak: ${beside([day.rejected, before.rejected], count)}`,
    html`💸 Upah dibayar: ${beside([day.rewards, before.rewards], money)}`,
    html`📥 Top-up: ${beside([day.deposits, before.deposits], money)}`,
    html`📤 Withdraw: ${beside([day.withdrawals, before.withdrawals], money)}`,
  );

/** What waits on each desk. */
const waiting = ({
  proofs,
  deposits,
  withdrawals,
  at,
}: Pick<Figures, 'proofs' | 'deposits' | 'withdrawals' | 'at'>): Html =>
  lines(
    html`🔍 Bukti: ${queue(proofs, at)}`,
    html`📥 Deposit: ${queue(deposits, at)}`,
    html`📤 Withdrawal: ${queue(withdrawals, at)}`,
  );

const queue = ({ count: some, oldest }: DeskQueue, at: Date): Html =>
  oldest === null
    ? html`tidak ada`
    : html`<b>${count(some)}</b>, terlama ${escapeHtml(span(oldest, at))}`;

const captions: Readonly<Record<Picture, (figures: Figures) => Html>> = {
  activity: ({ activeUsers, users, days }) => {
    const { today } = lastTwo({ days });
    return lines(
      html`👥 <b>Aktivitas</b>`,
      html`Hari ini: ${count(today.activeUsers)} aktif, ${count(today.newUsers)} baru`,
      html`7 hari terakhir: ${count(activeUsers)} aktif dari ${count(users)} pengguna`,
      html`14 hari terakhir: ${count(overDays(days).newUsers)} pengguna baru`,
    );
  },
  proofs: ({ days }) =>
    lines(
      html`📸 <b>Bukti</b>`,
      html`Hari ini: ${judged(lastTwo({ days }).today)}`,
      html`14 hari terakhir: ${judged(overDays(days))}`,
    ),
  rejections: ({ days }) => {
    const all = overDays(days);
    return lines(
      html`❌ <b>Tingkat penolakan</b>`,
      html`Hari ini: ${share(overDays([lastTwo({ days }).today]).rejectionRate)}`,
      html`14 hari terakhir: ${share(all.rejectionRate)}
        (${count(all.rejected)} dari ${count(all.rejected + all.approved)} keputusan)`,
    );
  },
  reviewing: ({ days, proofs, at }) => {
    const { today, yesterday } = lastTwo({ days });
    return lines(
      html`⏱ <b>Lama pemeriksaan</b>`,
      html`Hari ini: ${minutes(today.reviewMinutes)}`,
      html`Kemarin: ${minutes(yesterday.reviewMinutes)}`,
      html`Menunggu diperiksa: ${queue(proofs, at)}`,
    );
  },
  money: ({ days }) =>
    lines(
      html`💸 <b>Uang</b>`,
      html`Hari ini: ${moved(lastTwo({ days }).today)}`,
      html`14 hari terakhir: ${moved(overDays(days))}`,
    ),
  liability: ({ days }) =>
    lines(
      html`🧮 <b>Kewajiban</b>`,
      html`Sekarang: <b>${money(lastTwo({ days }).today.liability ?? ZERO)}</b>`,
      html`Kemarin: ${money(lastTwo({ days }).yesterday.liability ?? ZERO)}`,
      html`<i>Kas yang harus ada: saldo pengguna, dana campaign, dan pendapatan platform.</i>`,
    ),
};

const judged = (of: Pick<DayFigures, 'submitted' | 'approved' | 'rejected'>): Html =>
  html`${count(of.submitted)} masuk, ${count(of.approved)} disetujui, ${count(of.rejected)} ditolak`;

const moved = (of: Pick<DayFigures, 'rewards' | 'deposits' | 'withdrawals'>): Html =>
  html`upah ${money(of.rewards)}, top-up ${money(of.deposits)}, withdraw ${money(of.withdrawals)}`;

const pictures: Readonly<Record<Picture, string>> = {
  activity: '👥 Aktivitas',
  proofs: '📸 Bukti',
  rejections: '❌ Penolakan',
  reviewing: '⏱ Lama periksa',
  money: '💸 Uang',
  liability: '🧮 Kewajiban',
};

/** Yesterday in a few lines, each compared with the day before (RPT-2). */
export const daily = {
  headline: (day: Date): Html =>
    html`📊 Laporan harian: kemarin, ${escapeHtml(shortDay(day, 'id'))}, dibandingkan dengan hari sebelumnya.`,
  figures: (day: Day, before: Day): Html =>
    lines(
      html`👥 Pengguna aktif: ${beside([day.activeUsers, before.activeUsers], count)}`,
      html`📸 Bukti masuk: ${beside([day.submitted, before.submitted], count)}`,
      html`❌ Tingkat penolakan: <b>${share(overDays([day]).rejectionRate)}</b>,
        sebelumnya ${share(overDays([before]).rejectionRate)}`,
      html`💸 Upah dibayar: ${beside([day.rewards, before.rewards], money)}`,
      html`📥 Top-up: ${beside([day.deposits, before.deposits], money)}`,
      html`📤 Withdraw: ${beside([day.withdrawals, before.withdrawals], money)}`,
    ),
  waiting: ({ proofs, deposits, withdrawals }: Readonly<Record<Desk, DeskTold>>): Html =>
    lines(
      html`<b>Menunggu sekarang</b>`,
      html`🔍 Bukti: ${told(proofs)}`,
      html`📥 Deposit: ${told(deposits)}`,
      html`📤 Withdrawal: ${told(withdrawals)}`,
    ),
};

/** A message may be read much later: the moment is said, and no age. */
const told = ({ count: some, oldest }: DeskTold): Html =>
  oldest === null
    ? html`tidak ada`
    : html`<b>${count(some)}</b>, terlama sejak ${dayTime(new Date(oldest))}`;

/** The words on each picture, with a name for each of its series. */
const charts = {
  activity: {
    title: 'Aktivitas',
    subtitle: 'Orang per hari, 14 hari terakhir',
    series: { active: 'Pengguna aktif', new: 'Pengguna baru' },
  },
  proofs: {
    title: 'Bukti',
    subtitle: 'Per hari, 14 hari terakhir',
    series: { submitted: 'Masuk', approved: 'Disetujui', rejected: 'Ditolak' },
  },
  rejections: {
    title: 'Tingkat penolakan',
    subtitle: 'Dari bukti yang diputuskan, 14 hari terakhir',
    series: { rate: 'Tingkat penolakan' },
  },
  reviewing: {
    title: 'Lama pemeriksaan',
    subtitle: 'Median dalam menit, 14 hari terakhir',
    series: { minutes: 'Menit' },
  },
  money: {
    title: 'Uang',
    subtitle: 'Per hari, 14 hari terakhir',
    series: { rewards: 'Upah', deposits: 'Top-up', withdrawals: 'Withdraw' },
  },
  liability: {
    title: 'Kewajiban',
    subtitle: 'Kas yang harus ada, 14 hari terakhir',
    series: { liability: 'Kewajiban' },
  },
};

/** The marketplace in figures, for admins (RPT-1). */
export const figures = {
  screen: (now: Figures): Html => {
    const { today, yesterday } = lastTwo(now);
    const all = overDays(now.days);
    return lines(
      html`📊 <b>Statistik</b> — ${dayTime(now.at)}`,
      blank,
      html`<b>Hari ini</b>, dibandingkan dengan kemarin sehari penuh`,
      dayBesideDay(today, yesterday),
      blank,
      html`<b>Menunggu</b>`,
      waiting(now),
      blank,
      html`<b>Pemeriksaan bukti</b>`,
      html`Tingkat penolakan: ${share(all.rejectionRate)} dalam 14 hari,
        ${share(overDays([today]).rejectionRate)} hari ini`,
      html`Bertanda ⚠️: ${share(all.flaggedShare)} dalam 14 hari`,
      html`Lama pemeriksaan (median): ${minutes(today.reviewMinutes)} hari ini,
        ${minutes(yesterday.reviewMinutes)} kemarin`,
      blank,
      html`<b>Keseluruhan</b>`,
      html`Aktif 7 hari terakhir: <b>${count(now.activeUsers)}</b> dari ${count(now.users)} pengguna`,
      html`Campaign berjalan: <b>${count(now.runningCampaigns)}</b>`,
      html`Upah dibayar sejak awal: <b>${money(now.rewardsPaid)}</b>`,
    );
  },
  caption: (picture: Picture, now: Figures): Html => captions[picture](now),
  pictures,
  chosen: (label: string): string => `• ${label}`,
  refresh: '🔄 Perbarui',
  inFigures: '📊 Angka',
  charts,
  chartScale: scaleWords,
  chartDay: (day: Date): string => shortDay(day, 'id'),
};
