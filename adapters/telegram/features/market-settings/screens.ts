import {
  isTyped,
  SETTING_GROUPS,
  type SettingGroup,
  type SettingKey,
  type SettingView,
} from '../../../../core/index.ts';
import { press, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { Screen } from '../../screen.ts';
import type { LastChange } from '../../texts/id/market-settings.ts';
import type { Turn } from '../../turn.ts';

const home = ({ texts }: Turn): Button => press(texts.labels.home, CODES.home);
const back = ({ texts }: Turn, ...to: readonly string[]): Button => press(texts.labels.back, ...to);

export const listSettings = (turn: Turn): Promise<readonly SettingView[]> => {
  return turn.core.settings.list({ actor: turn.actor });
};

const inGroup = (views: readonly SettingView[], group: string) =>
  views.filter((view) => view.group === group);
const notDefault = (views: readonly SettingView[]): number =>
  views.filter(({ isDefault }) => !isDefault).length;

const A_ROW = 2;

/** The groups of settings, each with how many of its settings were changed (ADM-4). */
export const showSettings = async (turn: Turn): Promise<void> => {
  const views = await listSettings(turn);
  const { marketSettings } = turn.texts;
  const rows: Button[][] = [];
  for (const [at, group] of SETTING_GROUPS.entries()) {
    if (at % A_ROW === 0) rows.push([]);
    const label = marketSettings.groupButton(notDefault(inGroup(views, group)), group);
    rows.at(-1)?.push(press(label, CODES.settingGroup, group));
  }
  turn.show({
    text: marketSettings.overview(notDefault(views)),
    keyboard: [...rows, [home(turn)]],
  });
};

const isGroup = (text: string | undefined): text is SettingGroup =>
  SETTING_GROUPS.some((group) => group === text);

/** The settings of one group with their values; of another release's: all groups. */
export const showGroup = async (turn: Turn, group: string | undefined): Promise<void> => {
  if (!isGroup(group)) return showGone(turn);
  const views = inGroup(await listSettings(turn), group);
  const { marketSettings } = turn.texts;
  turn.show({
    text: marketSettings.group(views, group),
    keyboard: [
      ...views.map(({ key }) => [press(marketSettings.names[key], CODES.setting, key)]),
      [back(turn, CODES.marketSettings), home(turn)],
    ],
  });
};

/** For a button of a setting that there is no more. */
export const showGone = (turn: Turn): Promise<void> => {
  turn.answer(turn.texts.common.staleButton);
  return showSettings(turn);
};

/** The setting of this name as it stands now; undefined for one that there is no more. */
export const findSetting = async (
  turn: Turn,
  key: string | undefined,
): Promise<SettingView | undefined> => (await listSettings(turn)).find((view) => view.key === key);

/** One setting: what it does, its value and default, what it may be. */
export const showSetting = async (turn: Turn, key: string | undefined): Promise<void> => {
  const view = await findSetting(turn, key);
  return view ? showView(turn, view) : showGone(turn);
};

/** The same, of a setting as it is after a change in this very turn. */
export const showView = async (turn: Turn, view: SettingView): Promise<void> =>
  turn.show(await viewScreen(turn, view));

const viewScreen = async (turn: Turn, view: SettingView): Promise<Screen> => ({
  text: turn.texts.marketSettings.one(view, await lastChange(turn, view.key)),
  keyboard: [...acts(turn, view), [back(turn, CODES.settingGroup, view.group), home(turn)]],
});

const acts = ({ texts }: Turn, { key, kind, isDefault }: SettingView): Keyboard => {
  const { marketSettings } = texts;
  if (kind === 'version') return [];
  const change =
    isTyped(key) || kind === 'terms'
      ? press(marketSettings.change, CODES.changeSetting, key)
      : press(marketSettings.openReasons, CODES.rejectReasons);
  const reset = press(marketSettings.reset, CODES.resetSetting, key);
  return isDefault ? [[change]] : [[change], [reset]];
};

const lastChange = async ({ core, actor }: Turn, key: SettingKey): Promise<LastChange | null> => {
  const filter = { subject: 'settings', subjectId: key } as const;
  const { items } = await core.audit.browse({ actor, filter, slice: { from: null, size: 1 } });
  const [last] = items;
  return last ? { by: last.actorDisplayName ?? last.actor, at: last.at } : null;
};
