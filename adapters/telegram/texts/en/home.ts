import type { CampaignWithProgress, TakeView } from '../../../../core/index.ts';
import { bar, clockTime, count, money, shortLink, signedMoney } from '../../format.ts';
import { escapeHtml, html, lines, user, type Html } from '../../html.ts';
import type {
  AdminHome,
  ClientHome,
  DeskLoad,
  home as indonesian,
  HomeFacts,
  WorkerHome,
} from '../id/home.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { span } from './spans.ts';

const balance = ({ wallet, hold }: HomeFacts): Html =>
  hold > 0n
    ? html`💰 Balance <b>${money(wallet)}</b> (held ${money(hold)})`
    : html`💰 Balance <b>${money(wallet)}</b>`;

const task = ({ take, campaign }: TakeView, now: Date): Html => {
  const what = html`${common.kind(take.kind)} · ${shortLink(campaign.link.target, 32)}`;
  return now > take.deadline
    ? html`⌛ ${what} — time is up`
    : html`📌 ${what} — until ${clockTime(take.deadline)},
      ${escapeHtml(span(now, take.deadline))} left`;
};

const BAR_CELLS = 10;

const running = ({ campaign, progress }: CampaignWithProgress): Html => {
  const { kind, link, completedCount: done, targetTotal: target } = campaign;
  const what = html`${common.kind(kind)} · ${shortLink(link.target, 32)}`;
  const share = html`${bar(done, target, BAR_CELLS)} ${count(done)}/${count(target)}`;
  return progress.underReview === 0
    ? html`${share} · ${what}`
    : html`${share} · ${what} · ${count(progress.underReview)} under review`;
};

const desk = (name: string, load: DeskLoad | null, now: Date): Html | null => {
  if (load === null) return null;
  const { waiting, oldest } = load;
  return oldest === null
    ? html`${user(name)}: nothing waiting`
    : html`${user(name)}: <b>${count(waiting)}</b> waiting, oldest for
      ${escapeHtml(span(oldest, now))}`;
};

const ask = html`What would you like to do?`;
const blank = html``;

export const home: typeof indonesian = {
  greeting: (name) => html`👋 Hello, <b>${user(name, 40)}</b>!`,
  counted: (label, waiting) => (waiting === 0 ? label : `${label} (${count(waiting)})`),
  client: (facts: ClientHome): Html =>
    lines(
      home.greeting(facts.name),
      balance(facts),
      blank,
      html`📢 Ongoing campaigns: <b>${count(facts.openCampaigns)}</b>`,
      ...facts.nearest.map(running),
      facts.pendingDeposits > 0 &&
        html`⏳ Top-ups waiting for an admin: <b>${count(facts.pendingDeposits)}</b>`,
      facts.pendingWithdrawals > 0 &&
        html`⏳ Withdrawals waiting for an admin: <b>${count(facts.pendingWithdrawals)}</b>`,
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
      facts.earnedToday !== 0n && html`📈 Earned today: <b>${signedMoney(facts.earnedToday)}</b>`,
      ...onHand.map((view) => task(view, facts.now)),
      underReview > 0 && html`🔍 Under review: <b>${count(underReview)}</b>`,
      facts.offers > 0
        ? html`🎯 Tasks to choose from: <b>${count(facts.offers)}</b>`
        : html`🎯 No new tasks right now. Please check back later.`,
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
          html`🛑 <b>Payments have been stopped</b> since ${dayTime(facts.frozenSince)}: the books do not add up.`,
          html`Tell the operator at once. Do not transfer withdrawals now; you can still reject.`,
          blank,
        ),
      desk('🔍 Proofs', facts.proofs, facts.now),
      desk('📥 Deposits', facts.deposits, facts.now),
      desk('📤 Withdrawals', facts.withdrawals, facts.now),
      facts.inProcess > 0 &&
        html`▶️ Withdrawals you are processing: <b>${count(facts.inProcess)}</b>`,
      facts.proofs === null && facts.deposits === null && ask,
    ),
};
