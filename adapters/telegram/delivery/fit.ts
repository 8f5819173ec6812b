import { trusted, type Html } from '../html.ts';

/** What Telegram takes at most, in UTF-16 units after parsing. */
export const TEXT_MAX = 4_096;
export const CAPTION_MAX = 1_024;

/** A tag, an entity, or one character (both halves of one beyond the BMP). */
const PIECE = /<(\/?)([a-z-]+)[^>]*>|&(?:[a-z]+|#\d+|#x[\da-f]+);|[\s\S]/giu;
const ELLIPSIS = '…';

/** How long people see it: tags count nothing, an entity one. */
const lengthOf = (html: string): number => {
  let length = 0;
  for (const piece of html.matchAll(PIECE)) length += widthOf(piece);
  return length;
};

const widthOf = ([piece, , tag]: RegExpExecArray): number => {
  if (tag !== undefined) return 0;
  return piece.length > 2 ? 1 : piece.length;
};

/**
 * The text, cut where Telegram would refuse it for its length. Neither a tag, nor an entity, nor a
 * character is broken, and what was open is closed.
 */
export const fit = (html: Html, max: number): Html => {
  // Tags only add to the length of the source.
  if (html.length <= max || lengthOf(html) <= max) return html;
  const open: string[] = [];
  let kept = '';
  let length = 0;
  for (const piece of html.matchAll(PIECE)) {
    const [source, closing, tag] = piece;
    length += widthOf(piece);
    if (length > max - ELLIPSIS.length) break;
    if (tag !== undefined && closing === '') open.push(tag);
    else if (tag !== undefined) open.pop();
    kept += source;
  }
  const closed = open.toReversed().map((tag) => `</${tag}>`);
  return trusted(`${kept}${ELLIPSIS}${closed.join('')}`);
};

const SIGNS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
};

/** What people read of it, without any markup. */
export const plain = (html: Html): string =>
  html
    .replaceAll(/<\/?[a-z-]+[^>]*>/giu, '')
    .replaceAll(/&(?:amp|lt|gt|quot);/g, (sign) => SIGNS[sign] ?? sign);

/** A text without markup, cut by whole characters: half of one would make Telegram refuse it. */
export const cut = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
