/** The environment of a bot without limits and pauses: what is proved is what happens, not when. */
export const UNHURRIED = {
  ACTIONS_PER_SECOND: '0',
  SEND_PER_SECOND: '0',
  SEND_PER_CHAT_PER_SECOND: '0',
  DESK_NOTICE_SECONDS: '0',
} as const;
