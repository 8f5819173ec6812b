/** What stands for a secret in a log. */
export const SECRET = '[secret]';

const SECRET_WORDS = [
  'token',
  'password',
  'passwd',
  'passphrase',
  'secret',
  'authorization',
  'cookie',
  'credential',
  'phone',
  'msisdn',
  'apikey',
  'privatekey',
  'encryptionkey',
];
/** Whole names only: `idempotencyKey` and `numberOfTasks` say nothing secret. */
const SECRET_NAMES = /^(?:key|keys|kek|pin|otp)$|number$|numbers$/;

/** Whether what is kept under this name is a secret or personal, however the name is written. */
export const isSecretKey = (name: string): boolean => {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return SECRET_NAMES.test(plain) || SECRET_WORDS.some((word) => plain.includes(word));
};

/*
 * Each pattern is anchored by a look-behind or bounded in length, so that hostile text of 100 kB
 * takes milliseconds and not minutes. No \b before the digits of a bot token: in `/bot123:…` there
 * is none.
 */
const BOT_TOKEN_IN_URL = /(bot)\d+(?::|%3a)[\w-]+/gi;
const BARE_BOT_TOKEN = /(?<!\d)\d{5,20}:[\w-]{30,}/g;
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;
const AUTHORIZATION = /\b((?:bearer|basic)\s{1,10})[\w.~+/=-]{8,}/gi;
const ASSIGNMENT = /((?:password|passwd|secret|token|api_?key)["']?[=:]\s?["']?)[^\s&"',;}]+/gi;
const DATABASE_URL = /(postgres(?:ql)?:\/\/[^\s:/@]{0,100}:)[^\s"'<>]{1,300}@/gi;
const URL_PASSWORD = /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:)[^\s/@"'<>]{1,300}@/gi;
const ID_OR_HASH = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,}/;
/**
 * A mobile number of Indonesia, which is what e-wallets go by: +62/62/0, then 8, 10 to 16 digits in
 * all, with or without separators.
 */
const NUMBER = /(?<!\d)(?:\+?62[ ()-]{0,2}|0)8(?:[ .()-]{0,2}\d){8,14}(?!\d)/;
/** Ids and hashes come first, to be left alone: digits inside them only look like a number. */
const ID_OR_NUMBER = new RegExp(`(${ID_OR_HASH.source})|${NUMBER.source}`, 'gi');

/**
 * The text without bot tokens, passwords in URLs, bearer tokens and (but for 3 digits) phone
 * numbers.
 */
export const redactText = (text: string): string =>
  text
    .replaceAll(BOT_TOKEN_IN_URL, `$1${SECRET}`)
    .replaceAll(BARE_BOT_TOKEN, SECRET)
    .replaceAll(JSON_WEB_TOKEN, SECRET)
    .replaceAll(AUTHORIZATION, `$1${SECRET}`)
    .replaceAll(DATABASE_URL, `$1${SECRET}@`)
    .replaceAll(URL_PASSWORD, `$1${SECRET}@`)
    .replaceAll(ASSIGNMENT, `$1${SECRET}`)
    .replaceAll(ID_OR_NUMBER, (match, id?: string) => (id ? match : `***${match.slice(-3)}`));
