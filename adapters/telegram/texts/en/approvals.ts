import {
  skippedIn,
  type ApprovalReport,
  type SkipReason,
  type Skipped,
} from '../../../../core/index.ts';
import { bar, count, money, shortLink } from '../../format.ts';
import { escapeHtml, html, lines, trusted, type Html } from '../../html.ts';
import type { approvals as indonesian, ManyOrder } from '../id/approvals.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { plural } from './plural.ts';
import { span } from './spans.ts';

const EMPTY = trusted('');

const reasons: Record<SkipReason, string> = {
  decided: 'already decided',
  claimed: 'being reviewed by another admin',
  flagged: 'need a look: the picture resembles another proof',
  own: 'yours or from your own campaign',
  frozen: 'not paid: payments are stopped',
  'no-right': 'not approved: no longer an admin',
};

const leftOut = (skipped: Partial<Skipped>): readonly Html[] =>
  (Object.keys(reasons) as SkipReason[]).flatMap((reason) => {
    const many = skipped[reason] ?? 0;
    return many === 0 ? [] : [html`• ${count(many)} ${escapeHtml(reasons[reason])}`];
  });

const proofs = (many: number): Html => plural(many, 'proof');

const whose = ({ scope, shown }: Pick<ManyOrder, 'scope' | 'shown'>): Html =>
  scope.kind === 'worker'
    ? html`👤 All proofs from ${person(shown.worker)}`
    : html`📢 All proofs in the campaign
        ${common.kind(shown.campaign.kind)}
        ${shortLink(shown.campaign.link.target)}`;

const doneOf = (report: ApprovalReport): number => report.approved + skippedIn(report);

export const approvals: typeof indonesian = {
  ask: (choices) =>
    lines(
      html`⏩ <b>Approve in bulk</b>`,
      EMPTY,
      choices.every(({ preview }) => preview.proofIds.length === 0)
        ? html`There are no proofs here that can be approved in bulk.`
        : html`Which proofs do you want to approve? You will see the count and the total first.`,
    ),
  choice: ({ shown, preview: { scope, proofIds, total } }) => {
    const sum = `${proofs(proofIds.length)}, ${money(total)}`;
    return scope.kind === 'worker'
      ? `👤 Worker ${shortName(shown.worker)}: ${sum}`
      : `📢 This campaign: ${sum}`;
  },
  preview: (order, now) => {
    const { many, total, fees, oldest, skipped, beyond } = order;
    const out = leftOut(skipped);
    return lines(
      html`⏩ <b>Approve ${proofs(many)}?</b>`,
      whose(order),
      EMPTY,
      html`💸 Rewards in total: <b>${money(total)}</b>`,
      fees === 0n ? null : html`🧾 Platform fees: <b>${money(fees)}</b>`,
      html`⏳ Oldest has waited for ${escapeHtml(span(oldest, now))}`,
      ...(out.length === 0 ? [] : [EMPTY, html`Left out:`, ...out]),
      beyond === 0
        ? null
        : html`• ${count(beyond)} more do not fit in this round; approve them next`,
      EMPTY,
      html`Only the proofs counted here are approved; newer ones are not.`,
    );
  },
  report: (report) => {
    const { listed, approved, paid, batch } = report;
    const done = doneOf(report);
    const out = leftOut(report.skipped);
    return lines(
      batch.doneAt === null ? html`⏩ <b>Approving…</b>` : html`✅ <b>Done</b>`,
      html`${count(done)} of ${count(listed)} ${bar(done, listed, 10)}`,
      EMPTY,
      html`${count(approved)} approved, ${money(paid)} paid to workers`,
      ...(out.length === 0 ? [] : [EMPTY, html`Skipped:`, ...out]),
      batch.doneAt === null
        ? html`You can carry on working. We will let you know when it is done.`
        : null,
    );
  },
  progress: (report) => `${count(doneOf(report))} of ${count(report.listed)} done.`,
  started: '⏩ Started.',
  refresh: '🔄 Refresh',
  goOn: '🔍 Continue reviewing',
};
