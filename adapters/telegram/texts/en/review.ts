import type { ProofDecision, ReviewCase, ReviewQueue } from '../../../../core/index.ts';
import { count, dayTime, money } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import { person, shortName } from '../people.ts';
import type { review as indonesian } from '../id/review.ts';
import { common } from './common.ts';
import { age, span } from './spans.ts';

const EMPTY = trusted('');

const deed = ({ campaign }: ReviewCase): Html =>
  html`${common.kind(campaign.kind)} on ${user(campaign.link.platform)}`;

const record = ({ record: { approved, rejected, memberSince } }: ReviewCase, now: Date): Html => {
  const all = approved + rejected;
  const rate = all === 0 ? 'no history yet' : `${Math.round((approved / all) * 100)}% approved`;
  return lines(
    html`📊 ${count(approved)} approved, ${count(rejected)} rejected (${escapeHtml(rate)})`,
    html`🗓 Account age: ${escapeHtml(span(memberSince, now))}`,
  );
};

const decision = ({ order, verdict, reason, at }: ProofDecision): Html => {
  const how = order === 'first' ? verdict : `changed to ${verdict}`;
  return lines(
    html`⚖️ <b>Already ${escapeHtml(how)}</b> on ${dayTime(at)}`,
    reason === null ? null : common.userText(user(reason, 150)),
  );
};

const waiting = ({ waiting: many, oldest }: ReviewQueue, now: Date): Html =>
  oldest === null
    ? html`No proofs waiting.`
    : html`⏳ ${count(many)} waiting, oldest for ${escapeHtml(span(oldest, now))}`;

export const review: typeof indonesian = {
  case: (shown, queue, now) => {
    const { proof, campaign, worker, decisions } = shown;
    return lines(
      html`🔍 <b>Review Proofs</b>`,
      waiting(queue, now),
      EMPTY,
      html`<b>${deed(shown)}</b>, reward ${money(campaign.pricePerTask)}`,
      html`🔗 ${user(campaign.link.target, 150)}`,
      campaign.instructions === null
        ? null
        : lines(html`📝 Client's instructions:`, common.userText(user(campaign.instructions, 150))),
      html`👤 ${person(worker)} <code>${worker.telegramId}</code>`,
      record(shown, now),
      html`🕒 Sent ${dayTime(proof.submittedAt)}`,
      ...decisions.map(decision),
    );
  },
  openLink: '🔗 Open link',
  list: '📋 List',
  next: '⏭ Next proof',
  again: '🔁 Review skipped ones',
  empty: (queue, skipped) =>
    lines(
      html`🔍 <b>Review Proofs</b>`,
      EMPTY,
      queue.waiting === 0
        ? html`✨ All proofs have been checked. We will let you know when new ones arrive.`
        : sentences(
            html`There are no more proofs for you.`,
            html`Still waiting: ${count(queue.waiting)}, skipped by you or for another admin to check.`,
          ),
      skipped === 0 ? null : html`You skipped ${count(skipped)}.`,
    ),
  waiting: (page, queue, now) =>
    lines(
      html`📋 <b>Proofs waiting</b>`,
      waiting(queue, now),
      EMPTY,
      page.total === 0
        ? html`We will let you know when new ones arrive.`
        : html`Oldest first. Tap one to open it.`,
    ),
  caseButton: ({ campaign, worker, proof }, now) =>
    [
      `${common.kind(campaign.kind)} ${money(campaign.pricePerTask)}`,
      shortName(worker),
      age(proof.submittedAt, now),
    ].join(' · '),
  decided: (result) => {
    switch (result.outcome) {
      case 'approved':
        return `✅ Approved. ${money(result.reward)} added to the worker's balance.`;
      case 'rejected':
        return '❌ Rejected. The worker has been notified.';
      case 'already-decided':
        return `Already ${result.verdict} by ${result.by.displayName} on ${dayTime(result.at)}.`;
    }
  },
  skipped: 'Skipped.',
  askReason: (shown) =>
    lines(
      html`❌ <b>Reject this proof?</b>`,
      EMPTY,
      html`${deed(shown)}, ${person(shown.worker)}`,
      EMPTY,
      html`Choose a reason for the worker, type one of your own, or reject without a reason.`,
    ),
  reasons: [
    'The screenshot does not show the requested task.',
    'The screenshot is blurred or cut off.',
    'The task is not finished yet.',
    'The account or link in the picture does not match.',
    'This picture has already been used as proof.',
  ],
  noReason: 'No reason',
};
