import { brokenIn, firstViolations, rulesIn } from '../../../../core/index.ts';
import { count, dayTime } from '../../format.ts';
import { html, lines, user } from '../../html.ts';
import type { Texts } from '../index.ts';

export const owner: Texts['owner'] = {
  freeze: ({ begunAt, findings, lifted }) => {
    const since = dayTime(begunAt);
    if (lifted) {
      return lines(
        html`✅ <b>Payments are running again</b>`,
        html`Lifted by ${user(lifted.by, 60)} on ${dayTime(lifted.at)}; stopped since ${since}.`,
        html`The reason is in the audit log.`,
      );
    }
    return lines(
      html`🛑 <b>Payments are stopped: the books do not add up</b>`,
      html`Since ${since}. Rows that break a rule: <b>${count(brokenIn(findings))}</b> (${user(rulesIn(findings).join(', '), 100)}).`,
      html``,
      ...firstViolations(findings).map(
        ({ rule, row, what }) => html`• ${user(rule, 20)} ${user(row, 100)}: ${user(what, 150)}`,
      ),
      html``,
      html`Stopped: approving proofs, reversing decisions, processing and paying withdrawals. Taking tasks, sending proofs, rejecting, top-ups and campaigns continue.`,
      html`Check: <code>npm run upah -- ledger verify</code>`,
      html`Resume once fixed: <code>npm run upah -- unfreeze --reason "…"</code>`,
    );
  },
};
