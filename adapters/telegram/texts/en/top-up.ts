import type { Deposit } from '../../../../core/index.ts';
import { money } from '../../format.ts';
import { html, lines, user, type Html } from '../../html.ts';
import type { topUp as indonesian, TopUpLimits } from '../id/top-up.ts';
import { common } from './common.ts';

const blank = html``;

export const topUp: typeof indonesian = {
  askAmount: ({ balance, min, max, amount }: TopUpLimits): Html =>
    lines(
      html`💳 <b>Top-Up</b> · ${common.step(1, 2)}`,
      blank,
      html`How much would you like to add? Choose below or type the amount.`,
      html`Balance now <b>${money(balance)}</b>`,
      html`Minimum ${money(min)}, maximum ${money(max)}.`,
      amount !== null && html`Current amount: <b>${money(amount)}</b>`,
    ),
  keepAmount: (amount: bigint): string => `➡️ Keep ${money(amount)}`,
  askProof: ({ amount, instructions }: { amount: bigint; instructions: string }): Html =>
    lines(
      html`💳 <b>Top-Up</b> · ${common.step(2, 2)}`,
      blank,
      html`Transfer exactly <b>${money(amount)}</b> following these instructions:`,
      html`<blockquote>${user(instructions, 2_000)}</blockquote>`,
      html`Then send the transfer proof here (a picture or a PDF).`,
    ),
  requested: ({ claimed }: Deposit): Html =>
    lines(
      html`✅ <b>Transfer proof received</b>`,
      blank,
      html`An admin will check your top-up of <b>${money(claimed)}</b>.`,
      html`Your balance is credited once it is approved, and we will let you know. Until then you
      can still cancel it under Balance.`,
    ),
};
