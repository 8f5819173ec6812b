import type { ReversalPreview, ReviewCase } from '../../../../core/index.ts';
import { money } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import type { reversal as indonesian } from '../id/reversal.ts';
import { person } from '../people.ts';
import { common } from './common.ts';

const EMPTY = trusted('');

const subject = ({ campaign, worker }: ReviewCase): Html =>
  html`${common.kind(campaign.kind)} on ${user(campaign.link.platform)}, ${person(worker)}`;

const moves = (preview: ReversalPreview): Html => {
  if (preview.turns === 'rejection') {
    return lines(
      html`💸 Reward paid to the worker: <b>${money(preview.reward)}</b>`,
      preview.fee === 0n ? null : html`🧾 Platform fee: <b>${money(preview.fee)}</b>`,
      html`This proof takes one slot of the campaign.`,
    );
  }
  return lines(
    html`↩️ Back from the worker to the client: <b>${money(preview.returned)}</b>`,
    preview.feeReturned === 0n
      ? null
      : html`🧾 Platform fee back to the client: <b>${money(preview.feeReturned)}</b>`,
    preview.shortfall === 0n
      ? null
      : html`⚠️ Cannot be taken, the worker’s balance is too low:
          <b>${money(preview.shortfall)}</b>`,
    html`The campaign slot closes and will not reopen.`,
  );
};

const titles: Record<ReversalPreview['turns'], Html> = {
  approval: trusted('🔁 <b>Reverse this approval?</b>'),
  rejection: trusted('🔁 <b>Approve this rejected proof?</b>'),
};

export const reversal: typeof indonesian = {
  start: '🔁 Change decision',
  askReason: (shown, preview) =>
    lines(
      titles[preview.turns],
      subject(shown),
      EMPTY,
      moves(preview),
      EMPTY,
      html`Choose a reason, or type one of your own. A decision can be changed only once.`,
    ),
  confirm: (shown, preview, reason) =>
    lines(
      titles[preview.turns],
      subject(shown),
      EMPTY,
      moves(preview),
      EMPTY,
      html`💬 Reason:`,
      common.userText(user(reason, 250)),
      html`Check the figures, then tap Confirm.`,
    ),
  reasons: {
    approval: [
      'On a second check, the task had not been done.',
      'The proof turned out not to be genuine.',
      'The task was undone after it had been approved.',
    ],
    rejection: ['On a second check, the proof is correct.', 'We rejected the proof by mistake.'],
  },
  done: (result) => {
    if (result.outcome === 'un-rejected') {
      return `🔁 Rejection reversed. ${money(result.reward)} added to the worker’s balance.`;
    }
    const { returned, feeReturned, shortfall } = result;
    const back = money(returned + feeReturned);
    const missing = shortfall === 0n ? '' : ` ${money(shortfall)} could not be taken.`;
    return `🔁 Approval reversed. ${back} returned to the client’s balance.${missing}`;
  },
};
