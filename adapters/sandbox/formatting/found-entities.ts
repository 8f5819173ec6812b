import type { MessageEntity } from '../bot-api/types.ts';
import { byPlace } from './entity-order.ts';
import { withoutOverlaps } from './entity-rules.ts';

const WORD = String.raw`\p{L}\p{N}_`;
const TAG = String.raw`\p{L}\p{Nd}_\u00b7\u200c\u0d80-\u0dff`;
const DOMAIN = String.raw`(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+`;
const REST = String.raw`(?:[/?#][^\s<>"«»]*)?`;

const MENTION = new RegExp(`(?<![${WORD}])@(\\w{2,32})(?![${WORD}])`, 'gu');
const COMMAND = new RegExp(
  `(?<![${WORD}/<>])/\\w{1,64}(?:@\\w{3,32}(?![${WORD}/<>])|(?![${WORD}@/<>]))`,
  'gu',
);
const HASHTAG = new RegExp(`(?<![${TAG}])#([${TAG}]+)(?!#)(?![${TAG}])`, 'gu');
const CASHTAG = new RegExp(`(?<![$${TAG}])\\$(?:1INCH|[A-Z]{1,8})(?![$${TAG}])`, 'gu');
const EMAIL = new RegExp(
  `(?<![${WORD}.+-])[A-Za-z\\d](?:[\\w.+-]{0,62}[\\w+-])?@${DOMAIN}[A-Za-z]{2,24}(?![${WORD}-])`,
  'gu',
);
const PHONE = new RegExp(`(?<![${WORD}+])\\+\\d[\\d ()-]{5,20}\\d(?![${WORD}])`, 'gu');
const OWN_URL = /(?:tg|ton):\/\/[\w-]+(?:[/?#][^\s<>"«»]*)?/gi;
const URL_WITH_SCHEME = new RegExp(
  `(?<![${WORD}])https?://(?:${DOMAIN}[\\p{L}]{2,24}|(?:\\d{1,3}\\.){3}\\d{1,3})(?::\\d{1,5})?${REST}`,
  'giu',
);
const BARE_URL = new RegExp(
  `(?<![${WORD}@./:-])${DOMAIN}([a-z]{2,12})(?::\\d{1,5})?(?![${WORD}@-])${REST}`,
  'giu',
);

/** Names of three letters that are mentions all the same. */
const SHORT_NAMES = ['gif', 'pic', 'vid'];
/** Without a scheme only these, and the two letters of a country, make a link of a dotted word. */
const GENERIC_DOMAINS =
  /^(?:com|net|org|info|biz|name|pro|edu|gov|mil|int|app|dev|page|shop|store|site|online|tech|blog|cloud|link|club|live|news|wiki|xyz|top|web|bot|uk|eu|su)$/i;
const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const HASHTAG_MAX = 256;

/**
 * Finds what Telegram marks in any text: mentions, commands, tags, addresses and phone numbers.
 * Modelled: Telegram knows every top-level domain, and asks its servers about phone numbers.
 */
export function findEntities(text: string): MessageEntity[] {
  const urls = [
    ...matches(text, 'url', URL_WITH_SCHEME, trimmedUrl),
    ...matches(text, 'url', OWN_URL, trimmedUrl),
    ...matches(text, 'url', BARE_URL, bareUrl),
  ];
  const found = [
    ...matches(text, 'mention', MENTION, mention),
    ...matches(text, 'bot_command', COMMAND),
    ...matches(text, 'hashtag', HASHTAG, hashtag),
    ...matches(text, 'cashtag', CASHTAG),
    ...matches(text, 'email', EMAIL),
    ...matches(text, 'phone_number', PHONE, phone),
    ...urls,
  ];
  return withoutOverlaps(found.toSorted(byPlace));
}

/** The part of a match that counts; empty if none of it does. */
type Counted = (match: RegExpExecArray) => string;

function matches(
  text: string,
  type: string,
  pattern: RegExp,
  counted: Counted = ([whole]) => whole,
): MessageEntity[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { length } = counted(match);
    return length > 0 ? [{ type, offset: match.index, length }] : [];
  });
}

const mention: Counted = ([whole, name = '']) =>
  name.length > 3 || SHORT_NAMES.includes(name) ? whole : '';

const hashtag: Counted = ([, word = '']) => {
  const kept = Array.from(word).slice(0, HASHTAG_MAX).join('');
  return /\p{L}/u.test(kept) ? `#${kept}` : '';
};

const phone: Counted = ([whole]) => {
  const { length } = whole.replace(/\D/g, '');
  return length >= 7 && length <= 15 ? whole : '';
};

/** Punctuation at the end belongs to the sentence, and so does a bracket that was not opened. */
const trimmedUrl: Counted = ([whole]) => {
  let url = whole;
  for (;;) {
    const short = url.replace(/[.:;,('?!`]+$/, '');
    const isOpened = short.split('(').length >= short.split(')').length;
    if (!short.endsWith(')') || isOpened) return short;
    url = short.slice(0, -1);
  }
};

const bareUrl: Counted = (match) => {
  const domain = match[1] ?? '';
  const isCountry = domain.length === 2 && COUNTRIES.of(domain.toUpperCase()) !== undefined;
  return isCountry || GENERIC_DOMAINS.test(domain) ? trimmedUrl(match) : '';
};
