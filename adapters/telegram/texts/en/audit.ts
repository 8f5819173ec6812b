import type {
  AuditLine,
  CampaignLabel,
  LinkedCampaign,
  Page,
  User,
} from '../../../../core/index.ts';
import { count, shortLink } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { amountOf, fieldsOf, namedActor } from '../audit-values.ts';
import { shortName } from '../people.ts';
import type { Texts } from '../index.ts';
import type { AuditFilterNames } from '../id/audit.ts';
import { actions, fields, subjects, values } from './audit-words.ts';
import { common } from './common.ts';
import { day, dayTime } from './days.ts';
import { settingNames } from './setting-words.ts';
import { plural } from './plural.ts';

const EMPTY = trusted('');

const known = (words: Readonly<Record<string, string>>, word: string): Html =>
  user(Object.hasOwn(words, word) ? (words[word] ?? word) : word, 60);

/** A setting by its name, everything else by its id. */
const subjectOf = ({ subject, subjectId }: AuditLine): Html =>
  subject === 'settings' ? known(settingNames, subjectId) : user(subjectId, 80);

const quoted = (name: string): Html => html`“${user(name, 32)}”`;

const actorOf = ({ actor, actorDisplayName }: AuditLine): Html => {
  if (actorDisplayName !== null) return quoted(actorDisplayName);
  return namedActor(actor) === null ? html`an unknown user` : common.doneBy(actor);
};

const campaignOf = ({ taskKind, link }: CampaignLabel): Html =>
  html`${common.kind(taskKind)} ${shortLink(link, 32)}`;

/** Of these a list says what became of it: their name alone tells only half. */
const TELLING: ReadonlySet<string> = new Set(['user.status', 'user.role']);

const about = (line: AuditLine): Html | null => {
  const { concerns, campaign } = line;
  const parts = [
    ...(concerns && `user:${concerns.userId}` !== line.actor
      ? [html`👤 ${quoted(concerns.displayName)}`]
      : []),
    ...(campaign ? [html`📢 ${campaignOf(campaign)}`] : []),
    ...(line.subject === 'settings' ? [subjectOf(line)] : []),
    ...[amountOf(line) ?? []].flat(),
    ...(TELLING.has(line.action) ? changed(line) : []),
  ];
  return parts.length === 0 ? null : trusted(parts.join(' · '));
};

const sign = ({ sealed }: AuditLine): string => (sealed ? '🔒' : '🕓');

const listed = (line: AuditLine, at: number): Html =>
  lines(
    html`<b>${at + 1}.</b> ${user(sign(line))} <b>${known(actions, line.action)}</b>`,
    html`${dayTime(line.at)} · by ${actorOf(line)}`,
    about(line),
  );

const filtered = (names: AuditFilterNames): Html | null => {
  const parts = [
    ...(names.user === null ? [] : [html`👤 ${quoted(names.user)}`]),
    ...(names.actor === null ? [] : [html`🛡 ${quoted(names.actor)}`]),
    ...(names.campaign === null ? [] : [html`📢 ${campaignOf(names.campaign)}`]),
    ...(names.subject === null ? [] : [user(subjects[names.subject])]),
    ...(names.day === null ? [] : [html`🗓 ${day(names.day)}`]),
  ];
  return parts.length === 0 ? null : html`🔎 ${trusted(parts.join(' · '))}`;
};

const changed = (line: AuditLine): readonly Html[] =>
  fieldsOf(line, values).map(({ name, before, after }) =>
    before === null
      ? html`${known(fields, name)}: <b>${after}</b>`
      : html`${known(fields, name)}: ${before} → <b>${after}</b>`,
  );

/** The audit log, for admins (AUD-3). */
export const audit: Texts['audit'] = {
  subjects,
  list: (found: readonly AuditLine[], names: AuditFilterNames): Html =>
    lines(
      html`📜 <b>Audit</b>`,
      filtered(names),
      EMPTY,
      found.length > 0
        ? html`Newest first. 🔒 sealed, 🕓 not yet.`
        : html`No record matches. Change the filter.`,
      ...found.flatMap((line, at) => [EMPTY, listed(line, at)]),
    ),
  older: 'Older »',
  newer: '« Newer',
  filter: '🔎 Filter',
  clear: '✖️ Clear filter',
  download: '⬇️ Download CSV',
  ordered: 'The CSV file is being prepared and will arrive below shortly.',
  filtering: (names: AuditFilterNames): Html =>
    lines(
      html`🔎 <b>Filter audit records</b>`,
      filtered(names),
      EMPTY,
      html`Choose one filter or several. Tap one marked ☑️ again to drop it.`,
    ),
  chosen: (label: string): string => `☑️ ${label}`,
  byPerson: '👤 Person',
  byAdmin: '🛡 By admin',
  byCampaign: '📢 Campaign',
  byKind: '🗂 Kind',
  byDay: '🗓 Day',
  showAll: '📋 Show',
  askPerson: lines(
    html`👤 <b>Records about whom?</b>`,
    EMPTY,
    html`Type an <code>@username</code>, a name or a Telegram ID.`,
  ),
  people: ({ total }: Page<User>, text: string): Html =>
    lines(
      html`👤 <b>Records about whom?</b>`,
      EMPTY,
      total === 0
        ? html`No user matches “${user(text, 64)}”. Type another <code>@username</code>, name or Telegram ID.`
        : html`${plural(total, 'user matches', 'users match')} “${user(text, 64)}”. Pick one, or type
            again.`,
    ),
  personButton: ({ displayName, username, telegramId }: User): string =>
    `${shortName({ displayName })} · ${username === null ? telegramId : `@${username}`}`,
  askAdmin: lines(
    html`🛡 <b>Which admin’s actions?</b>`,
    EMPTY,
    html`Pick one. A former admin can be picked from one of their records.`,
  ),
  askCampaign: lines(
    html`📢 <b>Records of which campaign?</b>`,
    EMPTY,
    html`Send its link: the link of its tasks, or the one that this bot gives for sharing.`,
  ),
  campaigns: (found: readonly LinkedCampaign[]): Html =>
    lines(
      html`📢 <b>Records of which campaign?</b>`,
      EMPTY,
      found.length === 0
        ? html`No campaign has that link. Check it, then send another one.`
        : html`${plural(found.length, 'campaign has', 'campaigns have')} that link, newest first. Pick one.`,
    ),
  campaignButton: ({ taskKind, createdAt }: LinkedCampaign): string =>
    `📢 ${common.kind(taskKind)} · ${dayTime(createdAt)}`,
  askKind: lines(html`🗂 <b>Kind of record</b>`, EMPTY, html`Pick a kind.`),
  askDay: lines(
    html`🗓 <b>Which day?</b>`,
    EMPTY,
    html`Pick one, or type the date, such as <code>21-11-2026</code>. Days are those of WIB.`,
  ),
  today: 'Today',
  yesterday: 'Yesterday',
  dayUnreadable: '⚠️ That date could not be read. Write it like 21-11-2026.',
  card: (line: AuditLine): Html =>
    lines(
      html`📜 <b>${known(actions, line.action)}</b>`,
      html`<code>${user(line.action, 60)}</code>`,
      EMPTY,
      html`🗓 ${dayTime(line.at)}`,
      html`🛡 By ${actorOf(line)}`,
      line.concerns && html`👤 About ${quoted(line.concerns.displayName)}`,
      line.campaign && html`📢 ${campaignOf(line.campaign)}`,
      html`${known(subjects, line.subject)} <code>${subjectOf(line)}</code>`,
      EMPTY,
      ...changed(line),
      changed(line).length > 0 && EMPTY,
      line.sealed
        ? html`🔒 Record number ${count(Number(line.id))}, sealed.`
        : html`🕓 Record number ${count(Number(line.id))}, not sealed yet; it will be within minutes.`,
    ),
  ofPerson: '👤 All about this person',
  ofActor: '🛡 All by this person',
  ofCampaign: '📢 All about this campaign',
  exported: (rows: number, more: boolean): Html =>
    more
      ? html`📜 The newest ${plural(rows, 'record', 'records')}. There are more: narrow the filter to download them.`
      : html`📜 ${plural(rows, 'record', 'records')}, newest first.`,
  exportRefused:
    'The CSV file of the audit log was not sent, because you may no longer see the audit log. Ask the operator if you need it.',
  exportStuck:
    'The audit CSV file did not get through after several tries: it may be too large for the connection right now. Narrow the filter, then download it again.',
  exportEmpty:
    'No record matches, so no CSV file was made. Change the filter, then download again.',
};
