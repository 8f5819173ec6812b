import type { ScaleWords } from '../../core/figures/index.ts';

const WIDE = /[mwMW@%—…]/;
const NARROW = /[ ijlI.,:;'|!()[\]/]/;
const DOUBLE = /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}]/u;

const widthOf = (sign: string): number => {
  if (DOUBLE.test(sign)) return 1;
  if (WIDE.test(sign)) return 0.95;
  return NARROW.test(sign) ? 0.36 : 0.65;
};

/** About how wide our font draws it, on the wide side: nothing here can measure it. */
export const textWidth = (text: string, size: number): number =>
  Array.from(text).reduce((sum, sign) => sum + widthOf(sign), 0) * size;

interface Room {
  readonly width: number;
  readonly size: number;
}

/** What fits into one line; the rest is cut off with an ellipsis. */
export const fitted = (text: string, { width, size }: Room): string => {
  const line = drawable(text);
  if (textWidth(line, size) <= width) return line;
  const signs = Array.from(line);
  while (signs.length > 0 && textWidth(`${signs.join('')}…`, size) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
};

/** Control characters and half characters would make the drawing unreadable as XML. */
const drawable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .trim();

/** Whole numbers as `1.234`. */
export const wholeNumber = (value: number): string => value.toLocaleString('id-ID');

/** `8,5%`; whole from ten on. */
export const percentage = (value: number): string =>
  `${value.toLocaleString('id-ID', { maximumFractionDigits: value < 10 ? 1 : 0 })}%`;

const STEPS = [1e3, 1e6, 1e9] as const;
/** From here on one digit after the comma makes a thousand of the step below. */
const ROUNDS_UP = 0.99995;

/** `Rp 12,5 rb`, `Rp 1,2M`: rupiah as people say them, short enough for an axis. */
export const shortRupiah = (value: number, words: ScaleWords | undefined): string => {
  const at = words ? STEPS.findLastIndex((from) => Math.abs(value) >= from * ROUNDS_UP) : -1;
  const [unit, name] = [STEPS[at] ?? 1, words?.[at] ?? ''];
  const amount = (Math.abs(value) / unit).toLocaleString('id-ID', { maximumFractionDigits: 1 });
  return `${value < 0 ? '−' : ''}Rp ${amount}${name}`;
};
