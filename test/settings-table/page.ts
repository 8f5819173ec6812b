import { settingRange, settingValue } from '../../adapters/telegram/texts/en/setting-values.ts';
import { escapeHtml } from '../../adapters/telegram/html.ts';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import { variableOf } from '../../app/settings-variables.ts';
import {
  DEFAULT_SETTINGS,
  SETTING_GROUPS,
  SETTING_KEYS,
  SETTING_SPECS,
  type SettingGroup,
  type SettingKey,
} from '../../core/index.ts';

/** Where it stands, from the root. */
export const PAGE = 'docs/settings.md';

const HEAD = `# Every setting

Made by \`npm run settings-table\` from the catalogue of settings, the texts of the bot and \`.env.example\`: change
those, never this file.
`;

const OF_THE_MARKET = `## The marketplace

Admins with the right to settings change them in the bot (\`/setelan\`); a change counts from the next transaction
of every replica on and stands in the audit log. The variable sets the default that a setting has, and goes back
to, while nothing is stored; it is written as in \`.env.example\`: amounts and numbers in digits, sizes in bytes,
the fee in basis points. Of those marked 🔔 the owner's chat is told when they change.
`;

const OF_THE_PROCESS = `## The process

Read from the environment at the start, and nowhere else. An empty value counts as unset; a mistake stops the start
with one line for each.
`;

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    '<table>',
    `<tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>`,
    ...rows.map((row) => `<tr valign="top"><td>${row.join('</td>\n<td>')}</td></tr>`),
    '</table>',
    '',
  ].join('\n');

const settingRow = (key: SettingKey): readonly string[] => {
  const { kind, isSensitive } = SETTING_SPECS[key];
  const [id, en] = [textsIn('id').marketSettings, textsIn('en').marketSettings];
  const variable = variableOf(key);
  return [
    `${escapeHtml(id.names[key])}${isSensitive ? ' 🔔' : ''}<br>${escapeHtml(en.names[key])}`,
    [key, ...(variable === null ? [] : [variable])].map(code).join('<br>'),
    escapeHtml(settingValue(kind, DEFAULT_SETTINGS[key])),
    kind === 'version' ? 'counts by itself' : escapeHtml(settingRange(SETTING_SPECS[key])),
    escapeHtml(en.meanings[key]),
  ];
};

const groupSection = (group: SettingGroup): string =>
  [
    `### ${textsIn('en').marketSettings.groups[group].replace(/^\P{L}+/u, '')}`,
    '',
    table(
      ['In the bot', 'Key, variable', 'Default', 'Allowed', 'What it is'],
      SETTING_KEYS.filter((key) => SETTING_SPECS[key].group === group).map(settingRow),
    ),
  ].join('\n');

/** A variable as `.env.example` has it, with the comment that it stands below. */
export interface ExampleVariable {
  readonly section: string;
  readonly name: string;
  readonly value: string;
  readonly about: string;
}

/** Every variable of `.env.example`, in its order. */
export const variablesIn = (example: string): readonly ExampleVariable[] => {
  const found: ExampleVariable[] = [];
  let [section, about, isDescribed] = ['', '', false];
  for (const line of example.split('\n')) {
    const [, heading] = /^# --- (.*) ---$/.exec(line) ?? [];
    const [, name, value = ''] = /^# ([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (heading !== undefined) [section, about, isDescribed] = [heading, '', false];
    else if (name !== undefined) {
      found.push({ section, name, value, about });
      isDescribed = true;
    } else if (line.startsWith('# ')) {
      about = isDescribed || about === '' ? line.slice(2) : `${about} ${line.slice(2)}`;
      isDescribed = false;
    }
  }
  return found;
};

const OF_SETTINGS: ReadonlySet<string | null> = new Set(SETTING_KEYS.map(variableOf));

const processSections = (example: string): readonly string[] => {
  const ofTheProcess = variablesIn(example).filter(({ name }) => !OF_SETTINGS.has(name));
  return [...Map.groupBy(ofTheProcess, ({ section }) => section)].map(([section, variables]) =>
    [
      `### ${section}`,
      '',
      table(
        ['Variable', 'Default', 'What it is'],
        variables.map(({ name, value, about }) => [code(name), shown(value), escapeHtml(about)]),
      ),
    ].join('\n'),
  );
};

const shown = (value: string): string => {
  if (value === '') return 'unset';
  return value.includes('example.com') ? `unset; such as ${code(value)}` : code(value);
};

/** The page, out of the text of `.env.example` and what the code says. */
export const pageOf = (example: string): string =>
  [
    HEAD,
    OF_THE_MARKET,
    ...SETTING_GROUPS.map(groupSection),
    OF_THE_PROCESS,
    ...processSections(example),
  ].join('\n');
