import { clockTime, count, dayTime, money, shortLink } from '../../format.ts';
import { html, lines, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import type { TakeView } from '../../../../core/index.ts';

/** What the home screen of every role starts with. */
export interface HomeFacts {
  readonly name: string;
  readonly wallet: bigint;
  readonly hold: bigint;
}

export interface ClientHome extends HomeFacts {
  /** Active or paused. */
  readonly openCampaigns: number;
  readonly pendingDeposits: number;
}

export interface WorkerHome extends HomeFacts {
  readonly tasks: readonly TakeView[];
  readonly offers: number;
}

/** How much waits on a desk, and since when. */
export interface DeskLoad {
  readonly waiting: number;
  readonly oldest: Date | null;
}

export interface AdminHome {
  readonly name: string;
  readonly proofs: DeskLoad;
  readonly deposits: DeskLoad;
  readonly withdrawals: DeskLoad;
  /** Since when payments stand still; null where they do not (WAL-13). */
  readonly frozenSince: Date | null;
}

const greeting = (name: string): Html => html`👋 Halo, <b>${user(name, 40)}</b>!`;

const balance = ({ wallet, hold }: HomeFacts): Html =>
  hold > 0n
    ? html`💰 Saldo <b>${money(wallet)}</b> (ditahan ${money(hold)})`
    : html`💰 Saldo <b>${money(wallet)}</b>`;

const task = ({ take, campaign }: TakeView): Html => {
  const what = html`${common.kind(take.kind)} · ${shortLink(campaign.link.target, 32)}`;
  return take.status === 'taken'
    ? html`⏳ ${what} — sampai ${clockTime(take.deadline)}`
    : html`🔍 ${what} — sedang diperiksa`;
};

const desk = (name: string, { waiting, oldest }: DeskLoad): Html =>
  oldest === null
    ? html`${user(name)}: tidak ada yang menunggu`
    : html`${user(name)}: <b>${count(waiting)}</b> menunggu, terlama sejak ${dayTime(oldest)}`;

const ask = html`Apa yang ingin Anda lakukan?`;
const blank = html``;

export const home = {
  client: (facts: ClientHome): Html =>
    lines(
      greeting(facts.name),
      balance(facts),
      blank,
      html`📢 Campaign berjalan: <b>${count(facts.openCampaigns)}</b>`,
      facts.pendingDeposits > 0 &&
        html`⏳ Top-up menunggu admin: <b>${count(facts.pendingDeposits)}</b>`,
      blank,
      ask,
    ),
  worker: (facts: WorkerHome): Html =>
    lines(
      greeting(facts.name),
      balance(facts),
      blank,
      ...facts.tasks.map(task),
      facts.offers > 0
        ? html`🎯 Ada <b>${count(facts.offers)}</b> pilihan tugas untuk Anda.`
        : html`🎯 Belum ada tugas baru. Silakan cek lagi nanti.`,
      blank,
      ask,
    ),
  admin: (facts: AdminHome): Html =>
    lines(
      greeting(facts.name),
      blank,
      facts.frozenSince &&
        lines(
          html`🛑 <b>Pembayaran dihentikan</b> sejak ${dayTime(facts.frozenSince)}: pembukuan tidak cocok.`,
          html`Segera beri tahu operator. Jangan transfer withdraw dulu; menolak tetap bisa.`,
          blank,
        ),
      desk('🔍 Bukti', facts.proofs),
      desk('📥 Deposit', facts.deposits),
      desk('📤 Withdrawal', facts.withdrawals),
    ),
};
