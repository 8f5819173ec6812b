import { locale, t } from '../words/words.js';

const DAY_MS = 24 * 3600 * 1000;
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long' });
const DAY_AND_YEAR = new Intl.DateTimeFormat(locale(), {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

export const clockTime = (iso) => CLOCK.format(new Date(iso));

let aheadMs = 0;

/** What time it is in the sandbox, in ISO 8601: its clock may be moved. */
export function setClock(now) {
  aheadMs = Date.parse(now) - Date.now();
}

/** The same text for all moments of one day, where the reader is. */
export const dayOf = (iso) => new Date(iso).toDateString();

/** "Today", "Yesterday", or the date; with its year where that is not this one. */
export function dayName(iso) {
  const day = new Date(iso);
  const now = Date.now() + aheadMs;
  const today = new Date(now);
  if (day.toDateString() === today.toDateString()) return t('chat.today');
  if (day.toDateString() === new Date(now - DAY_MS).toDateString()) return t('chat.yesterday');
  return (day.getFullYear() === today.getFullYear() ? DAY : DAY_AND_YEAR).format(day);
}

/** Bytes in words: `12 KB`, `1,4 MB`. */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  const megabytes = bytes / 1024 / 1024;
  return `${megabytes.toLocaleString(locale(), { maximumFractionDigits: 1 })} MB`;
}

/** Up to two letters, for a round picture. */
export const initials = (...names) =>
  names
    .map((name) => [...(name ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
