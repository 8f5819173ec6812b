import type {
  SettingKind,
  SettingSpec,
  SettingValue,
  SettingView,
} from '../../../../core/index.ts';
import { count } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import type { marketSettings as indonesian } from '../id/market-settings.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { settingRange, settingValue } from './setting-values.ts';
import { settingGroups, settingMeanings, settingNames } from './setting-words.ts';

const EMPTY = trusted('');
/** Of a text beside another one. */
const CUT = 400;

interface Shown {
  readonly label: Html;
  readonly kind: SettingKind;
  readonly value: SettingValue;
  readonly max?: number;
}

const shown = ({ label, kind, value, max = CUT }: Shown): Html => {
  if (typeof value === 'string') return lines(label, common.userText(user(value, max)));
  if (typeof value === 'object' && 'id' in value) {
    const both = [html`🇮🇩`, user(value.id, max), html`🇬🇧`, user(value.en, max)];
    return lines(label, common.userText(lines(...both)));
  }
  return html`${label} <b>${user(settingValue(kind, value), max)}</b>`;
};

const title = (sign: Html, { key }: SettingView): Html =>
  html`${sign} <b>${escapeHtml(settingNames[key])}</b>`;

const now = ({ kind, value }: SettingView): Html =>
  shown({ label: html`Current value:`, kind, value });

const range = (spec: SettingSpec): Html => html`Allowed: ${escapeHtml(settingRange(spec))}.`;

const warning = ({ key, isSensitive }: SettingView): Html | null => {
  if (key === 'depositInstructions') {
    return html`⚠️ Clients will transfer money as it says here. Compare every digit. The owner is told
    too.`;
  }
  return isSensitive
    ? html`⚠️ This affects money or safety. Please check it again; the owner is told too.`
    : null;
};

const effect = ({ group }: SettingView): Html =>
  ['campaigns', 'tasks', 'withdrawals'].includes(group)
    ? html`It takes effect at once. Campaigns, taken tasks and withdrawals that exist already keep their
      rewards, fees and deadlines.`
    : html`It takes effect at once.`;

export const marketSettings: typeof indonesian = {
  names: settingNames,
  meanings: settingMeanings,
  groups: settingGroups,
  overview: (changed) =>
    lines(
      html`🎛 <b>Upah Settings</b>`,
      EMPTY,
      html`Every limit, fee and text that can be changed. Changes take effect at once and are recorded in
      the audit log.`,
      changed > 0 && html`🔸 ${count(changed)} changed from the default.`,
    ),
  groupButton: (changed, group) =>
    changed > 0 ? `${settingGroups[group]} 🔸${count(changed)}` : settingGroups[group],
  group: (views, group) =>
    lines(
      html`<b>${escapeHtml(settingGroups[group])}</b>`,
      EMPTY,
      ...views.map(
        ({ key, kind, value, isDefault }) =>
          html`${isDefault ? html`▫️` : html`🔸`} ${escapeHtml(settingNames[key])}:
          <b>${user(settingValue(kind, value), 60)}</b>`,
      ),
      views.some(({ isDefault }) => !isDefault) && lines(EMPTY, html`🔸 changed from the default`),
    ),
  one: (view, last) =>
    lines(
      title(html`🎛`, view),
      escapeHtml(settingMeanings[view.key]),
      EMPTY,
      shown({ label: html`Current value:`, kind: view.kind, value: view.value, max: 1_200 }),
      view.isDefault
        ? html`This is the default.`
        : shown({ label: html`Default:`, kind: view.kind, value: view.default }),
      view.kind === 'version' ? null : range(view),
      last && html`Last changed by ${user(last.by, 40)}, ${dayTime(last.at)}.`,
    ),
  change: '✏️ Change',
  reset: '↩️ Back to the default',
  openReasons: '✏️ Open the list of reasons',
  ask: (view, example) =>
    lines(
      title(html`✏️`, view),
      escapeHtml(settingMeanings[view.key]),
      EMPTY,
      now(view),
      range(view),
      view.kind === 'text'
        ? html`Type the new text.`
        : html`Type the new value, for example ${user(example, 200)}.`,
    ),
  pick: (value, kind) => settingValue(kind, value),
  confirm: (view, value) =>
    lines(
      html`❓ <b>Change “${escapeHtml(settingNames[view.key])}”?</b>`,
      EMPTY,
      shown({ label: html`From:`, kind: view.kind, value: view.value }),
      shown({ label: html`To:`, kind: view.kind, value, max: 2_000 }),
      EMPTY,
      warning(view),
      effect(view),
    ),
  confirmReset: (view) =>
    lines(
      html`❓ <b>Put “${escapeHtml(settingNames[view.key])}” back to the default?</b>`,
      EMPTY,
      shown({ label: html`From:`, kind: view.kind, value: view.value }),
      shown({ label: html`To:`, kind: view.kind, value: view.default, max: 1_400 }),
      EMPTY,
      warning(view),
      view.kind === 'terms'
        ? html`Everybody, you too, will be asked to accept them again.`
        : effect(view),
    ),
  saved: '✅ Setting saved.',
  wasReset: '↩️ The setting is back to its default.',
  same: 'That is its current value already. Nothing has changed.',
  changed: 'Another admin has just changed this setting. This is the latest one.',
  askIndonesian: (max) =>
    lines(
      html`📜 <b>New terms, Indonesian</b>`,
      common.step(1, 3),
      EMPTY,
      html`Type the whole text, at most ${count(max)} characters.`,
    ),
  askEnglish: (id) =>
    lines(
      html`📜 <b>New terms, English</b>`,
      common.step(2, 3),
      EMPTY,
      html`This is how the Indonesian text will look:`,
      common.userText(user(id, 3_000)),
      html`Now type the whole English text.`,
    ),
  keepText: 'Keep the present text',
  confirmTerms: (en, version) =>
    lines(
      html`❓ <b>Replace the terms?</b>`,
      common.step(3, 3),
      EMPTY,
      html`This is how the English text will look:`,
      common.userText(user(en, 3_000)),
      html`⚠️ This becomes version ${version}: everybody, you too, has to accept it before using Upah
      again. The owner is told too.`,
    ),
  termsSaved: '✅ The new terms are in force. Everybody, you too, is asked to accept them.',
};
