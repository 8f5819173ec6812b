import type { Campaign } from '../../../../core/index.ts';
import { bar, count, link, money } from '../../format.ts';
import { html, lines, type Html } from '../../html.ts';
import type { raise as indonesian } from '../id/raise.ts';
import { common } from './common.ts';
import { plural } from './plural.ts';

const STEPS = 2;
const BAR_CELLS = 10;
const blank = html``;

const heading = (step: number): Html =>
  lines(html`➕ <b>Raise Target</b>`, common.step(step, STEPS), blank);

const about = ({ kind, link: { target }, completedCount: done, targetTotal }: Campaign): Html =>
  lines(
    html`${common.kind(kind)} · ${link(target)}`,
    html`${bar(done, targetTotal, BAR_CELLS)} ${count(done)} of ${count(targetTotal)} completed`,
  );

export const raise: typeof indonesian = {
  ask: ({ campaign, max, balance, more }) =>
    lines(
      heading(1),
      about(campaign),
      blank,
      html`How many tasks do you want to add? Choose below or type the number.`,
      html`From 1 to ${count(max)} · your balance is ${money(balance)}`,
      more !== null && html`Current number: <b>${count(more)}</b>`,
    ),
  keep: (more) => `➡️ Keep ${count(more)}`,
  summary: ({ campaign, more, target, total, balance, balanceAfter }) =>
    lines(
      heading(2),
      about(campaign),
      blank,
      html`Tasks to add: <b>${count(more)}</b>`,
      html`Target: ${count(campaign.targetTotal)} → <b>${count(target)}</b> tasks`,
      html`Reward per task: ${money(campaign.pricePerTask)}`,
      html`Fee per task: ${money(campaign.feePerTask)}`,
      html`Total: <b>${money(total)}</b>`,
      blank,
      balanceAfter < 0n
        ? html`⚠️ Your balance is ${money(balance)}, <b>${money(total - balance)}</b> short. Tap Top-Up,
            or go back to change the number.`
        : html`Balance afterwards: ${money(balanceAfter)}`,
    ),
  raised: (more) => html`✅ <b>Target raised by ${plural(more, 'task')}.</b>`,
};
