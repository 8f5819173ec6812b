import type {
  ProofDecision,
  ProofFlag,
  ReviewCase,
  ReviewQueue,
  User,
} from '../../../../core/index.ts';
import { beside } from '../caption.ts';
import { clockTime, count, money, shortLink } from '../../format.ts';
import { escapeHtml, html, lines, sentences, trusted, user, type Html } from '../../html.ts';
import type { review as indonesian, Seen } from '../id/review.ts';
import { person, shortName } from '../people.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { age, span } from './spans.ts';

const EMPTY = trusted('');
/** Of the reasons on a card together. */
const REASON_LETTERS_MAX = 100;

const deed = ({ campaign }: Pick<ReviewCase, 'campaign'>): Html =>
  html`${common.kind(campaign.kind)} on ${user(campaign.link.platform)}`;

const record = ({ record: { approved, rejected, memberSince } }: ReviewCase, now: Date): Html => {
  const all = approved + rejected;
  const rate = all === 0 ? 'no history yet' : `${Math.round((approved / all) * 100)}%`;
  return lines(
    html`📊 ${count(approved)} approved, ${count(rejected)} rejected (${escapeHtml(rate)})`,
    html`🗓 Account age: ${escapeHtml(span(memberSince, now))}`,
  );
};

const decision = (
  { order, verdict, reason, at }: ProofDecision,
  by: User | undefined,
  letters: number,
): Html => {
  const how = order === 'first' ? verdict : `changed to ${verdict}`;
  return lines(
    html`⚖️ <b>Already ${escapeHtml(how)}</b>
      ${by ? html`by “${escapeHtml(shortName(by))}”` : EMPTY} on ${dayTime(at)}`,
    reason === null ? null : common.userText(user(reason, letters)),
  );
};

const judgement = ({ decisions, reviewers }: ReviewCase): readonly Html[] =>
  decisions.map((one, at) =>
    decision(one, reviewers[at], Math.floor(REASON_LETTERS_MAX / decisions.length)),
  );

const likeness = (distance: number): Html => html`${Math.round((1 - distance / 256) * 100)}%`;

const flag = ({ kind, distance }: ProofFlag): Html =>
  kind === 'same-file'
    ? html`⚠️ Somebody else has already sent this same picture.`
    : html`⚠️ ${likeness(distance)} similar to this worker’s proof for another link.`;

const waiting = ({ waiting: many, oldest }: ReviewQueue, now: Date): Html =>
  oldest === null
    ? html`No proofs waiting.`
    : html`⏳ ${count(many)} waiting, oldest for ${escapeHtml(span(oldest, now))}`;

const standing = ({ standing: now }: Seen): Html | null => {
  switch (now.kind) {
    case 'mine':
      return null;
    case 'claimed':
      return html`🔒 Being reviewed by “${user(now.claim.by.displayName, 24)}” until
        ${clockTime(now.claim.until)}`;
    case 'own':
      return html`🙅 This proof or its campaign is yours, so another admin reviews it.`;
    case 'decided':
      return now.final === null ? null : html`<i>${user(now.final, 200)}</i>`;
    case 'looked-at':
      return html`🔎 <i>For comparison only.</i>`;
  }
};

const mark = ({ decisions }: ReviewCase): string => {
  const last = decisions.at(-1);
  const sign = last?.verdict === 'approved' ? '✅' : '❌';
  return decisions.length > 1 ? `🔁 ${sign}` : sign;
};

const subject = ({ campaign, worker }: ReviewCase): string =>
  `${common.kind(campaign.kind)} ${money(campaign.pricePerTask)} · ${shortName(worker)}`;

const pastCase = (shown: ReviewCase, at: number): Html =>
  lines(
    html`<b>${at + 1}.</b> “${escapeHtml(shortName(shown.worker))}”, sent ${dayTime(shown.proof.submittedAt)}`,
    ...(shown.decisions.length === 0 ? [html`⏳ Waiting for review`] : judgement(shown)),
  );

export const review: typeof indonesian = {
  case: (shown, seen) => {
    const { proof, campaign, worker, flags } = shown;
    const { queue, now } = seen;
    const above = lines(
      html`🔍 <b>Review Proofs</b>`,
      queue === null ? null : waiting(queue, now),
      standing(seen),
      ...flags.map(flag),
      ...judgement(shown),
      EMPTY,
      html`<b>${deed(shown)}</b>, reward ${money(campaign.pricePerTask)}`,
      html`🔗 ${shortLink(campaign.link.target, shown.decisions.length === 0 ? 150 : 80)}`,
    );
    const below = lines(
      html`👤 ${person(worker)} <code>${worker.telegramId}</code>`,
      record(shown, now),
      html`🕒 Sent ${dayTime(proof.submittedAt)}`,
    );
    if (campaign.instructions === null) return lines(above, below);
    const heading = html`📝 Client’s instructions:`;
    const instructions = beside(lines(above, heading, below), campaign.instructions, 20);
    return lines(above, heading, common.userText(instructions), below);
  },
  openLink: '🔗 Open link',
  list: '📋 List',
  next: '⏭ Next proof',
  again: '🔁 Review skipped ones',
  approveMany: '⏩ Approve in bulk',
  earlier: (at, of) => (of === 1 ? '🔎 See the similar proof' : `🔎 Similar ${at + 1}`),
  backToCase: '⬅️ Back to this proof',
  history: '🗂 Task history',
  decidedList: '⚖️ Decided',
  editReasons: '✏️ Rejection reasons',
  empty: (queue, skipped) =>
    lines(
      html`🔍 <b>Review Proofs</b>`,
      EMPTY,
      queue.waiting === 0
        ? html`✨ All proofs have been reviewed. We will let you know when new ones arrive.`
        : sentences(
            html`There are no more proofs for you at the moment.`,
            html`Still waiting: ${count(queue.waiting)}, skipped by you or with another admin.`,
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
        : html`Oldest first. Tap one to open it. 🔒 means another admin is reviewing it.`,
    ),
  caseButton: (shown, now, locked) =>
    [`${locked ? '🔒 ' : ''}${subject(shown)}`, age(shown.proof.submittedAt, now)].join(' · '),
  decidedCases: (page) =>
    lines(
      html`⚖️ <b>Decided proofs</b>`,
      EMPTY,
      page.total === 0
        ? html`No proof has been decided yet.`
        : html`Latest decision first. Tap one to see it or change its decision.`,
      page.total === 0 ? null : html`✅ approved, ❌ rejected, 🔁 decision was changed`,
    ),
  decidedButton: (shown, now) => {
    const { at } = shown.decisions.at(-1) ?? { at: shown.proof.submittedAt };
    return `${mark(shown)} ${subject(shown)} · ${age(at, now)}`;
  },
  taskHistory: (cases, { of, before }) =>
    lines(
      html`🗂 <b>Task history</b>`,
      html`${deed(of)}. Every proof ever sent, oldest first.`,
      before === 0 ? null : html`Older proofs not shown: ${count(before)}.`,
      EMPTY,
      trusted(cases.map((shown, at) => pastCase(shown, before + at)).join('\n\n')),
    ),
  pastButton: (shown, at) => `${at + 1}. ${shortName(shown.worker)}`,
  decided: (result) => {
    switch (result.outcome) {
      case 'approved':
        return `✅ Approved. ${money(result.reward)} added to the worker’s balance.`;
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
  noReason: 'No reason',
};
