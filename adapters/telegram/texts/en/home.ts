import type { TakeView } from '../../../../core/index.ts';
import { clockTime, count, dayTime, money, shortLink } from '../../format.ts';
import { html, lines, user, type Html } from '../../html.ts';
import type {
  AdminHome,
  ClientHome,
  DeskLoad,
  home as indonesian,
  HomeFacts,
  WorkerHome,
} from '../id/home.ts';
import { common } from './common.ts';

const greeting = (name: string): Html => html`👋 Hello, <b>${user(name, 40)}</b>!`;

const balance = ({ wallet, hold }: HomeFacts): Html =>
  hold > 0n
    ? html`💰 Balance <b>${money(wallet)}</b> (held ${money(hold)})`
    : html`💰 Balance <b>${money(wallet)}</b>`;

const task = ({ take, campaign }: TakeView): Html => {
  const what = html`${common.kind(take.kind)} · ${shortLink(campaign.link.target, 32)}`;
  return take.status === 'taken'
    ? html`⏳ ${what} — until ${clockTime(take.deadline)}`
    : html`🔍 ${what} — under review`;
};

const desk = (name: string, { waiting, oldest }: DeskLoad): Html =>
  oldest === null
    ? html`${user(name)}: nothing waiting`
    : html`${user(name)}: <b>${count(waiting)}</b> waiting, oldest since ${dayTime(oldest)}`;

const ask = html`What would you like to do?`;
const blank = html``;

export const home: typeof indonesian = {
  client: (facts: ClientHome): Html =>
    lines(
      greeting(facts.name),
      balance(facts),
      blank,
      html`📢 Ongoing campaigns: <b>${count(facts.openCampaigns)}</b>`,
      facts.pendingDeposits > 0 &&
        html`⏳ Top-ups waiting for an admin: <b>${count(facts.pendingDeposits)}</b>`,
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
        ? html`🎯 Tasks to choose from: <b>${count(facts.offers)}</b>`
        : html`🎯 No new tasks right now. Please check back later.`,
      blank,
      ask,
    ),
  admin: (facts: AdminHome): Html =>
    lines(
      greeting(facts.name),
      blank,
      facts.frozenSince &&
        lines(
          html`🛑 <b>Payments have been stopped</b> since ${dayTime(facts.frozenSince)}: the books do not add up.`,
          html`Tell the operator at once. Do not transfer withdrawals now; you can still reject.`,
          blank,
        ),
      desk('🔍 Proofs', facts.proofs),
      desk('📥 Deposits', facts.deposits),
      desk('📤 Withdrawals', facts.withdrawals),
    ),
};
