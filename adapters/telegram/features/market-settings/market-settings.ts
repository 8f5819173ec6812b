import { Composer } from 'telegraf';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onCode, onLabel } from '../../route.ts';
import { changeSettingFlow, startChange } from './change-setting.ts';
import { changeTermsFlow, startTerms } from './change-terms.ts';
import { showGroup, showSetting, showSettings } from './screens.ts';

const [ask, askReset] = [startChange('ask'), startChange('reset')];

/** Every setting of the marketplace, for admins who may change them (ADM-4). */
export const marketSettingsFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'marketSettings', showSettings);
  onCode(composer, CODES.marketSettings, showSettings);
  onCode(composer, CODES.settingGroup, showGroup);
  onCode(composer, CODES.setting, showSetting);
  onCode(composer, CODES.changeSetting, (turn, key) =>
    key === 'termsText' ? startTerms(turn) : ask(turn, key),
  );
  onCode(composer, CODES.resetSetting, askReset);
  return composer;
};

export const marketSettingsFlows = [changeSettingFlow, changeTermsFlow] as const;
