import { bar, clockTime, count, money, shortLink, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { span } from './spans.ts';
import type { CampaignWithProgress, TakeView } from '../../../../core/index.ts';

/** What the home screen of every role starts with. */
export interface HomeFacts {
  readonly name: string;
  readonly wallet: bigint;
  readonly hold: bigint;
}

export interface ClientHome extends HomeFacts {
  /** Active or paused. */
  readonly openCampaigns: number;
  /** Running ones, the nearest to its target first; not all of them. */
  readonly nearest: readonly CampaignWithProgress[];
  readonly pendingDeposits: number;
  readonly pendingWithdrawals: number;
}

export interface WorkerHome extends HomeFacts {
  readonly tasks: readonly TakeView[];
  readonly offers: number;
  /** Rupiah; below zero where more was taken back than earned. */
  readonly earnedToday: bigint;
  readonly now: Date;
}

/** How much waits on a desk, and since when. */
export interface DeskLoad {
  readonly waiting: number;
  readonly oldest: Date | null;
}

/** Desks that this admin may not use are null (ADM-1). */
export interface AdminHome {
  readonly name: string;
  readonly proofs: DeskLoad | null;
  readonly deposits: DeskLoad | null;
  readonly withdrawals: DeskLoad | null;
  /** Withdrawals that this admin has begun to transfer. */
  readonly inProcess: number;
  /** Since when payments stand still; null where they do not (WAL-13). */
  readonly frozenSince: Date | null;
  readonly now: Date;
}

const balance = ({ wallet, hold }: HomeFacts): Html =>
  hold > 0n
    ? html`💰 Saldo <b>${money(wallet)}</b> (ditahan ${money(hold)})`
    : html`💰 Saldo <b>${money(wallet)}</b>`;

const task = ({ take, campaign }: TakeView, now: Date): Html => {
  const what = html`${common.kind(take.kind)} · ${shortLink(campaign.link.target, 32)}`;
  return now > take.deadline
    ? html`⌛ ${what} — waktu habis`
    : html`📌 ${what} — sampai ${clockTime(take.deadline)},
      sisa ${escapeHtml(span(now, take.deadline))}`;
};

const BAR_CELLS = 10;

const running = ({ campaign, progress }: CampaignWithProgress): Html => {
  const { kind, link, completedCount: done, targetTotal: target } = campaign;
  const what = html`${common.kind(kind)} · ${shortLink(link.target, 32)}`;
  const share = html`${bar(done, target, BAR_CELLS)} ${count(done)}/${count(target)}`;
  return progress.underReview === 0
    ? html`${share} · ${what}`
    : html`${share} · ${what} · ${count(progress.underReview)} diperiksa`;
};

const desk = (name: string, load: DeskLoad | null, now: Date): Html | null => {
  if (load === null) return null;
  const { waiting, oldest } = load;
  return oldest === null
    ? html`${user(name)}: tidak ada yang menunggu`
    : html`${user(name)}: <b>${count(waiting)}</b> menunggu, terlama
      ${escapeHtml(span(oldest, now))}`;
};

const ask = html`Apa yang ingin Anda lakukan?`;
const blank = html``;

export const home = {
  greeting: (name: string): Html => html`👋 Halo, <b>${user(name, 40)}</b>!`,
  /** A label with how much waits behind it. */
  counted: (label: string, waiting: number): string =>
    waiting === 0 ? label : `${label} (${count(waiting)})`,
  client: (facts: ClientHome): Html =>
    lines(
      home.greeting(facts.name),
      balance(facts),
      blank,
      html`📢 Campaign berjalan: <b>${count(facts.openCampaigns)}</b>`,
      ...facts.nearest.map(running),
      facts.pendingDeposits > 0 &&
        html`⏳ Top-up menunggu admin: <b>${count(facts.pendingDeposits)}</b>`,
      facts.pendingWithdrawals > 0 &&
        html`⏳ Withdraw menunggu admin: <b>${count(facts.pendingWithdrawals)}</b>`,
      blank,
      ask,
    ),
  worker: (facts: WorkerHome): Html => {
    const onHand = facts.tasks.filter(({ take }) => take.status === 'taken');
    const underReview = facts.tasks.length - onHand.length;
    return lines(
      home.greeting(facts.name),
      balance(facts),
      blank,
      facts.earnedToday !== 0n &&
        html`📈 Penghasilan hari ini: <b>${signedMoney(facts.earnedToday)}</b>`,
      ...onHand.map((view) => task(view, facts.now)),
      underReview > 0 && html`🔍 Sedang diperiksa: <b>${count(underReview)}</b>`,
      facts.offers > 0
        ? html`🎯 Ada <b>${count(facts.offers)}</b> pilihan tugas untuk Anda.`
        : html`🎯 Belum ada tugas baru. Silakan cek lagi nanti.`,
      blank,
      ask,
    );
  },
  admin: (facts: AdminHome): Html =>
    lines(
      home.greeting(facts.name),
      blank,
      facts.frozenSince &&
        lines(
          html`🛑 <b>Pembayaran dihentikan</b> sejak ${dayTime(facts.frozenSince)}: pembukuan tidak cocok.`,
          html`Segera beri tahu operator. Jangan transfer withdraw dulu; menolak tetap bisa.`,
          blank,
        ),
      desk('🔍 Bukti', facts.proofs, facts.now),
      desk('📥 Deposit', facts.deposits, facts.now),
      desk('📤 Withdrawal', facts.withdrawals, facts.now),
      facts.inProcess > 0 && html`▶️ Withdraw yang Anda proses: <b>${count(facts.inProcess)}</b>`,
      facts.proofs === null && facts.deposits === null && ask,
    ),
};
