import type { Pace } from '../../core/index.ts';

/** The environment of a bot without limits and pauses: what is proved is what happens, not when. */
export const UNHURRIED = {
  ACTIONS_PER_SECOND: '0',
  SEND_PER_SECOND: '0',
  SEND_PER_CHAT_PER_SECOND: '0',
  DESK_NOTICE_SECONDS: '0',
  DECISION_PAUSE_MS: '0',
} as const;

/** The same for whoever claims messages. */
export const NO_PACE: Pace = { perSecond: 0, perChatPerSecond: 0 };
