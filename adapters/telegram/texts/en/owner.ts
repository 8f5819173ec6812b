import {
  brokenIn,
  firstViolations,
  rulesIn,
  type CheckDone,
  type Desk,
  type OwnerNews,
  type Trouble,
} from '../../../../core/index.ts';
import { count, money, witness } from '../../format.ts';
import { escapeHtml, html, lines, user, type Html } from '../../html.ts';
import type { Texts } from '../index.ts';
import { audiences } from './broadcasts.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { settingName, settingTyped } from './setting-words.ts';
import { age } from './spans.ts';

const desks: Record<Desk, Html> = {
  proofs: html`proofs`,
  deposits: html`top-ups`,
  withdrawals: html`withdrawals`,
};

const came = {
  cash: html`The money came into the platform’s account`,
  revenue: html`Out of platform revenue`,
};
const went = {
  cash: html`The money left the platform’s account`,
  revenue: html`Into platform revenue`,
};

const changedTo = (key: string, value: string): Html =>
  key === 'depositInstructions'
    ? common.userText(user(value))
    : html`Now: <b>${user(settingTyped(key, value))}</b>`;

const told = (news: OwnerNews): readonly Html[] => {
  switch (news.kind) {
    case 'revenue-paid-out':
      return [
        html`🏦 <b>Revenue paid out: ${money(news.amount)}</b>`,
        html`Revenue left ${money(news.left)}. Reason: “${user(news.reason)}”`,
      ];
    case 'wallet-adjusted':
      return [
        news.amount < 0n
          ? html`🛠 <b>${money(0n - news.amount)} taken out of the balance of ${user(news.name, 60)}</b>`
          : html`🛠 <b>${money(news.amount)} added to the balance of ${user(news.name, 60)}</b>`,
        html`${(news.amount < 0n ? went : came)[news.side]}. Reason: “${user(news.reason)}”`,
      ];
    case 'admin-granted':
      return [
        html`👤 <b>Admin rights set for ${user(news.name, 60)}</b>`,
        html`Rights now: ${escapeHtml(common.permissions(news.permissions))}.`,
      ];
    case 'admin-revoked':
      return [html`👤 <b>${user(news.name, 60)} is no longer an admin</b>`];
    case 'setting-changed':
      return [
        html`⚙️ <b>Setting changed: ${user(settingName(news.key), 60)}</b>`,
        ...(news.value === null ? [] : [changedTo(news.key, news.value)]),
      ];
    case 'broadcast-started':
      return [
        html`📣 <b>Broadcast started</b>`,
        html`For: ${escapeHtml(audiences[news.audience])} (recipients: ${count(news.recipients)})`,
        common.userText(user(news.text)),
      ];
  }
};

const lasting = (since: Date | null, at: Date): Html =>
  since === null ? html`never` : html`last on ${dayTime(since)} (${escapeHtml(age(since, at))})`;

const trouble = (one: Trouble, at: Date): Html => {
  switch (one.kind) {
    case 'frozen':
      return html`🛑 Payments have been stopped since ${dayTime(one.since)}. Rows of the books that do not add up: ${count(one.broken)}. Check with <code>npm run upah -- ledger verify</code>, fix it, then resume with <code>npm run upah -- unfreeze --reason "…"</code>.`;
    case 'out-of-balance':
      return html`🛑 All balances together are not zero: off by ${money(one.by)}. Check with <code>npm run upah -- ledger verify</code>.`;
    case 'not-mended':
      return html`⚠️ Rows of the books that were once accepted and still do not add up: ${count(one.broken)}. Fix them: <code>npm run upah -- ledger verify</code> names them.`;
    case 'recent-check-late':
      return html`⚠️ The check of the books each minute is not running: ${lasting(one.since, at)}. See the bot’s log.`;
    case 'full-check-late':
      return html`⚠️ The check of all books each night is not running: ${lasting(one.since, at)}. See the bot’s log, or run <code>npm run upah -- ledger verify</code>.`;
    case 'sealing-late':
      return html`⚠️ The audit log has not been sealed since ${dayTime(one.since)}. See the bot’s log.`;
    case 'inbox-late':
      return html`⚠️ Messages of users that are not handled yet: ${count(one.waiting)}, the oldest for ${escapeHtml(age(one.since, at))}. See the bot’s log.`;
    case 'outbox-late':
      return html`⚠️ Messages that are not sent yet: ${count(one.waiting)}, the oldest for ${escapeHtml(age(one.since, at))}. Check the connection to Telegram and the bot’s log.`;
    case 'desk-late':
      return html`⏳ Some ${desks[one.desk]} have been waiting for ${escapeHtml(age(one.since, at))}. Remind the admins.`;
  }
};

const checked = (done: CheckDone | null): Html => {
  if (!done) return html`never`;
  return done.broken === 0
    ? html`sound (${dayTime(done.at)})`
    : html`bad rows: ${count(done.broken)} (${dayTime(done.at)})`;
};

/** What only operators do tells which one; an admin is a name, whatever they call themselves. */
const doneBy = (news: OwnerNews): Html => {
  switch (news.kind) {
    case 'revenue-paid-out':
    case 'admin-granted':
    case 'admin-revoked':
      return common.doneBy(news.by);
    case 'wallet-adjusted':
    case 'setting-changed':
    case 'broadcast-started':
      return html`“${user(news.by, 60)}”`;
  }
};

export const owner: Texts['owner'] = {
  freeze: ({ begunAt, findings, lifted }) => {
    const since = dayTime(begunAt);
    if (lifted) {
      return lines(
        html`✅ <b>Payments are running again</b>`,
        html`Lifted by ${common.doneBy(lifted.by)} on ${dayTime(lifted.at)}; stopped since ${since}.`,
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
      html`Stopped: approving proofs, reversing decisions, processing and paying withdrawals, paying out revenue. Taking tasks, sending proofs, rejecting, top-ups and campaigns continue.`,
      html`Check: <code>npm run upah -- ledger verify</code>`,
      html`Resume once fixed: <code>npm run upah -- unfreeze --reason "…"</code>`,
    );
  },
  news: ({ news, at }) => lines(...told(news), html`By ${doneBy(news)}, ${dayTime(at)}.`),
  wellbeing: (standing) => {
    const { at, troubles, books, audit, inbox, outbox, money: held, cash } = standing;
    const waiting = (Object.keys(desks) as Desk[]).map((desk) => {
      const { count: howMany, oldest } = standing.desks[desk];
      const since = oldest ? html` (oldest ${escapeHtml(age(oldest, at))})` : html``;
      return html`${desks[desk]} ${count(howMany)}${since}`;
    });
    return lines(
      troubles.length === 0
        ? html`✅ <b>All is well</b> · ${dayTime(at)}`
        : html`⚠️ <b>Needs attention: ${count(troubles.length)}</b> · ${dayTime(at)}`,
      ...troubles.map((one) => html`• ${trouble(one, at)}`),
      html``,
      html`📒 Recent entries: ${checked(books.recent)}`,
      html`📒 All entries: ${checked(books.full)}`,
      books.freeze ? null : html`💸 Payments are running`,
      audit.head
        ? html`🔏 Audit log: ${count(audit.head.total)} rows sealed, newest seal ${witness(audit.head.number, audit.head.hash)}`
        : html`🔏 Audit log: no seal yet`,
      html`🗂 Waiting for admins: ${joined(waiting)}`,
      html`📨 Messages waiting: in ${count(inbox.waiting)}, out ${count(outbox.waiting)}; given up ${count(inbox.parked)}, undeliverable ${count(outbox.failed)}`,
      html``,
      html`💰 Cash that must exist: <b>${money(cash)}</b>`,
      html`Users’ balances ${money(held.wallets)}, held for withdrawals ${money(held.holds)}, campaign funds ${money(held.escrows)}, platform revenue ${money(held.revenue)}`,
      html``,
      html`This message comes every day. If one day it does not, check the server at once.`,
    );
  },
};

const joined = (parts: readonly Html[]): Html => parts.join(', ') as Html;
