import { plusMinutes } from '../kernel/index.ts';
import type { AuditLine } from './trail.ts';

const WIB_OFFSET_MINUTES = 7 * 60;

/** `2026-11-21T09:00:00.000+07:00`: the moment as Jakarta's clocks show it. */
const wibTime = (at: Date): string =>
  plusMinutes(at, WIB_OFFSET_MINUTES).toISOString().replace('Z', '+07:00');

/**
 * Where a spreadsheet would begin a formula or a command: at the head of a cell, blanks or not, and
 * behind a sign at which it may split one; where a decimal is a comma, as in Indonesia, it does at `;`.
 */
const FORMULA_BEGINS = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/g;
const NEEDS_QUOTES = /[",\r\n]/;

/** A cell of RFC 4180; what a spreadsheet would run is made text by an apostrophe. */
export const csvCell = (text: string): string => {
  const safe = text.replaceAll(FORMULA_BEGINS, "'");
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const COLUMNS: Readonly<Record<string, (line: AuditLine) => string>> = {
  id: ({ id }) => id,
  time: ({ at }) => wibTime(at),
  actor: ({ actor }) => actor,
  actor_name: ({ actorDisplayName }) => actorDisplayName ?? '',
  action: ({ action }) => action,
  subject: ({ subject }) => subject,
  subject_id: ({ subjectId }) => subjectId,
  concerns: ({ concerns }) => concerns?.userId ?? '',
  concerns_name: ({ concerns }) => concerns?.displayName ?? '',
  campaign: ({ campaign }) => campaign?.id ?? '',
  campaign_link: ({ campaign }) => campaign?.link ?? '',
  before: ({ before }) => (before === null ? '' : JSON.stringify(before)),
  after: ({ after }) => (after === null ? '' : JSON.stringify(after)),
  sealed: ({ sealed }) => (sealed ? 'yes' : 'no'),
};

/**
 * The first line of an export. Spreadsheets know by the sign before it that the file is UTF-8.
 */
export const CSV_HEAD = `\uFEFF${csvRow(Object.keys(COLUMNS))}`;

/** A record as a line of an export (AUD-3). */
export const csvLine = (line: AuditLine): string =>
  csvRow(Object.values(COLUMNS).map((cell) => cell(line)));
