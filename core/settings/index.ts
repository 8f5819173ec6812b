import { changeSetting, previewSetting, resetSetting, setTerms } from './change-setting.ts';
import { setRejectReasons } from './set-reject-reasons.ts';
import { currentSettings, listSettings, type SettingsPorts } from './show-settings.ts';

export * from './catalog.ts';
export * from './settings.ts';
export { exampleOf, isHost, isHostList, readSetting, typedSetting } from './read-setting.ts';
export { viewSetting, type ListSettings, type SettingView } from './show-settings.ts';
export { asStored, isSettingKey, withStored } from './stored.ts';
export { isTyped, type ChangeSetting, type ReadSetting } from './change-setting.ts';
export type { ResetSetting, SetTerms } from './change-setting.ts';
export type { SetRejectReasons } from './set-reject-reasons.ts';

/** What the marketplace is set to. */
export const createSettings = (ports: SettingsPorts) => ({
  current: currentSettings(ports),
  list: listSettings(ports),
  read: previewSetting(ports),
  change: changeSetting(ports),
  reset: resetSetting(ports),
  setTerms: setTerms(ports),
  setRejectReasons: setRejectReasons(ports),
});
