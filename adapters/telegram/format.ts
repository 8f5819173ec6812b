import type { Language } from '../../core/index.ts';
import { escapeHtml, html, user, type Html } from './html.ts';

const DIGIT_GROUPS = /\B(?=(?:\d{3})+$)/g;

/** `Rp 10.000`; negative amounts as `−Rp 10.000` (UX-1). */
export const money = (amount: bigint): Html => {
  const digits = (amount < 0n ? -amount : amount).toString().replaceAll(DIGIT_GROUPS, '.');
  return escapeHtml(`${amount < 0n ? '−' : ''}Rp ${digits}`);
};

/** `+Rp 500` or `−Rp 500`: for histories. */
export const signedMoney = (amount: bigint): Html =>
  (amount > 0n ? `+${money(amount)}` : money(amount)) as Html;

/** `12.345`. */
export const count = (amount: number): Html =>
  escapeHtml(String(amount).replaceAll(DIGIT_GROUPS, '.'));

/** `8,5%`; whole from ten on. */
export const percent = (value: number): Html => {
  const digits = value.toLocaleString('id-ID', { maximumFractionDigits: value < 10 ? 1 : 0 });
  return escapeHtml(`${digits}%`);
};

const wib = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('id-ID', { timeZone: 'Asia/Jakarta', ...options });
const CLOCK = wib({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAYS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  id: wib({ day: 'numeric', month: 'short', year: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Jakarta', dateStyle: 'medium' }),
};

/** `14.05 WIB` (UX-1). */
export const clockTime = (at: Date): Html => escapeHtml(`${CLOCK.format(at)} WIB`);

const SHORT_DAYS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  id: wib({ day: 'numeric', month: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Jakarta',
    day: 'numeric',
    month: 'short',
  }),
};

/** `21 Nov`: below the axis of a picture, whose every word is in its reader's language. */
export const shortDay = (at: Date, language: Language): string => SHORT_DAYS[language].format(at);

/** How days are told in one language. */
export const calendar = (language: Language) => ({
  /** `5 Des 2026`, `5 Dec 2026`. */
  day: (at: Date): Html => escapeHtml(DAYS[language].format(at)),
  /** `5 Des 2026 14.05 WIB`, `5 Dec 2026 14.05 WIB`. */
  dayTime: (at: Date): Html => escapeHtml(`${DAYS[language].format(at)} ${CLOCK.format(at)} WIB`),
});

/**
 * A seal of the audit log as `audit verify --witness` takes it, copied with one tap; in groups of
 * four, for two people who compare it.
 */
export const witness = (number: number, hash: string): Html =>
  html`<code>${escapeHtml(`${number}:${hash.match(/.{1,4}/g)?.join(' ') ?? ''}`)}</code>`;

/** `▰▰▱▱▱`; full only where all is done. */
export const bar = (done: number, of: number, cells = of): Html => {
  const filled = of === 0 ? 0 : Math.min(cells, Math.floor((done / of) * cells));
  return ('▰'.repeat(filled) + '▱'.repeat(cells - filled)) as Html;
};

/** A link as people recognise it: without `https://www.`. */
export const bareLink = (target: string): string =>
  target.replace(/^https:\/\/(?:www\.|m\.)?/i, '');

/** The same, cut to `max` characters. */
export const shortLink = (target: string, max = 48): Html => user(bareLink(target), max);

/** The same, leading where it says. */
export const link = (target: string): Html =>
  html`<a href="${escapeHtml(target)}">${shortLink(target, 80)}</a>`;
