import { currentSettings, setRejectReasons, type SettingsPorts } from './change-settings.ts';

export * from './settings.ts';
export { REASON_MAX, REASONS_MAX, type SetRejectReasons } from './change-settings.ts';

/** What the marketplace is set to. */
export const createSettings = (ports: SettingsPorts) => ({
  current: currentSettings(ports),
  setRejectReasons: setRejectReasons(ports),
});
