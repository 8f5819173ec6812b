import { refuseCommon } from './refusal.ts';

/**
 * Control, bidirectional and zero-width characters that could disguise a text as something else.
 */
const DISGUISES = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
/** More than two combining marks in a row is decoration that overflows its line. */
const MARK_FLOOD = /(\p{M}{2})\p{M}+/gu;

/**
 * One line of text from a person, safe to show anywhere: no control or bidi characters, single
 * spaces.
 */
export const oneLine = (text: string, maxLength: number): string =>
  Array.from(
    text.replaceAll(/\s+/gu, ' ').replaceAll(DISGUISES, '').replaceAll(MARK_FLOOD, '$1').trim(),
  )
    .slice(0, maxLength)
    .join('');

/** Several lines of text from a person; refuses an empty one and one over `max` characters. */
export const requireText = (text: string, max: number): string => {
  const clean = text
    .split(/\r?\n/)
    .map((line) => line.replaceAll(DISGUISES, '').replaceAll(MARK_FLOOD, '$1').trimEnd())
    .join('\n')
    .trim();
  if (clean === '') throw refuseCommon('text.empty');
  if (Array.from(clean).length > max) throw refuseCommon('text.too-long', { max });
  return clean;
};

/** How a text begins; "…" says that it goes on. */
export const beginningOf = (text: string, max: number): string => {
  const letters = Array.from(text);
  return letters.length > max ? `${letters.slice(0, max).join('')}…` : text;
};

/** A reason that a rule demands: 1 … `max` characters. */
export const requireReason = (reason: string | null, max = 500): string => {
  if (reason === null || reason.trim() === '') throw refuseCommon('reason.required');
  return requireText(reason, max);
};
