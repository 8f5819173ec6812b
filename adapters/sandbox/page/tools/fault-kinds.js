import { t } from '../words/words.js';

/** Ready-made faults: what the control plane needs for each, from a number of seconds if it has one. */
const KINDS = {
  flood: (seconds) => ({ errorCode: 429, retryAfter: seconds }),
  blocked: () => ({ errorCode: 403 }),
  gateway: () => ({ errorCode: 502, asPage: true }),
  server: () => ({ errorCode: 500 }),
  slow: (seconds) => ({ delayMs: seconds * 1000 }),
  before: () => ({ dropBefore: true }),
  after: () => ({ dropAfter: true }),
};

/** The calls that a bot makes most; a fault may also hit them all. */
export const METHODS = [
  'sendMessage',
  'sendPhoto',
  'sendDocument',
  'sendMediaGroup',
  'editMessageText',
  'editMessageCaption',
  'editMessageMedia',
  'editMessageReplyMarkup',
  'deleteMessage',
  'answerCallbackQuery',
  'sendChatAction',
  'getFile',
  'getUpdates',
];

export const KIND_NAMES = Object.keys(KINDS);

/** Those kinds that ask for a number of seconds, with what is proposed. */
export const SECONDS = { flood: 5, slow: 3 };

export const makeFault = (kind, seconds) => KINDS[kind](seconds);

/** One waiting fault in plain words, for instance "Flood (429), tunggu 5 detik". */
export function faultWords(fault) {
  const kind = kindOf(fault);
  if (kind === undefined) return t('fault.other', { code: fault.errorCode });
  return t(`fault.${kind}.short`, {
    seconds: kind === 'slow' ? fault.delayMs / 1000 : (fault.retryAfter ?? 1),
  });
}

function kindOf({ errorCode, asPage, dropBefore, dropAfter, delayMs }) {
  if (dropBefore) return 'before';
  if (dropAfter) return 'after';
  if (errorCode === 429) return 'flood';
  if (errorCode === 403) return 'blocked';
  if (asPage) return 'gateway';
  if (errorCode === 500) return 'server';
  return errorCode === undefined && delayMs !== undefined ? 'slow' : undefined;
}
