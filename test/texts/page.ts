import { escapeHtml } from '../../adapters/telegram/html.ts';
import type { Texts } from '../../adapters/telegram/texts/index.ts';
import type { Place } from './place.ts';
import { isStretched } from './samples/people.ts';
import { IN_A_LIST, type Wording } from './wordings.ts';

/** Where it stands, from the root. */
export const PAGE = 'docs/texts.md';

const HEAD = `# Every text of the bot

Made by \`npm run texts\` from \`adapters/telegram/texts\`, with sample facts: change the catalogues, never this file.
Indonesian is the original. A text that depends on what it is told stands here several times; what people wrote
themselves is Indonesian on both sides.
`;

/** What each catalogue is for. */
const ABOUT: Readonly<Record<keyof Texts, string>> = {
  labels: 'Buttons with fixed words',
  common: 'What every part of the bot says',
  refusals: 'Why something is not possible, and what to do next',
  notices: 'Messages about a change, each with its button',
  home: 'The home screen of each role',
  account: 'Terms, roles, language, help',
  wallet: 'Balance, history, withdrawing',
  ledger: 'The ledger in words, outside the chat',
  campaigns: "A client's campaigns",
  raise: 'Raising the target of a campaign',
  campaignDesk: 'Every campaign, for admins',
  topUp: 'Topping up',
  tasks: "A worker's tasks",
  earnings: 'What a worker earned',
  review: 'The desk where proofs are judged',
  reversal: 'Turning a decision round',
  approvals: 'Approving many proofs at once',
  broadcasts: 'Messages of admins to many, and what people get',
  rejectReasons: 'The ready-made reasons to reject a proof',
  depositDesk: 'The desk where top-ups are confirmed',
  withdrawalDesk: 'The desk where withdrawals are paid',
  marketSettings: 'The settings of the marketplace, for admins',
  figures: 'The marketplace in figures and pictures, for admins',
  audit: 'The audit log, for admins',
  liability: 'Cash that must exist, and how the books stand',
  owner: "The owner's own chat",
  peopleDesk: 'People, for admins who look after them',
  adjustment: 'Correcting a balance by hand',
  timeline: 'Everything about one person',
};

const MARKED_UP: ReadonlySet<Place> = new Set(['screen', 'caption', 'notice']);

/** An empty line would end the table, and a quote breaks the line by itself. */
const cell = (text: string, place: Place): string =>
  (MARKED_UP.has(place) ? text : escapeHtml(text))
    .replaceAll('\n', '<br>')
    .replaceAll('<br><blockquote>', '<blockquote>')
    .replaceAll('</blockquote><br>', '</blockquote>');

const row = ({ key, part, place, id, en }: Wording): string => {
  const name = part === '' ? '' : `<br>${escapeHtml(part)}`;
  return [
    `<tr valign="top"><td><code>${key}</code>${name}</td>`,
    `<td>${cell(id, place)}</td>`,
    `<td>${cell(en, place)}</td></tr>`,
  ].join('\n');
};

const section = (catalogue: keyof Texts, rows: readonly Wording[]): string =>
  [
    `## ${catalogue}`,
    '',
    `${ABOUT[catalogue]}.`,
    '',
    '<table>',
    '<tr><th>Text</th><th>Indonesian</th><th>English</th></tr>',
    ...rows.map(row),
    '</table>',
    '',
  ].join('\n');

/** All of them as a page, catalogue by catalogue. */
export const pageOf = (all: readonly Wording[]): string => {
  const readable = all.filter(({ id, part }) => !isStretched(id) && !part.endsWith(IN_A_LIST));
  const sections = [...Map.groupBy(readable, ({ catalogue }) => catalogue)].map(
    ([catalogue, rows]) => section(catalogue, rows),
  );
  return [HEAD, ...sections].join('\n');
};
