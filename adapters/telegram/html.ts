/** Text that Telegram's HTML parse mode may read: every foreign part in it was escaped. */
export type Html = string & { readonly __html: true };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export const escapeHtml = (text: string): Html =>
  text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign) as Html;

/** Marks a text of ours as HTML. */
export const trusted = (text: string): Html => text as Html;

type Part = string | number | Html | readonly Html[];

const render = (part: Part): string => {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part;
  return part.join('\n');
};

/** A line break of the source that only keeps it within its columns. */
const WRAPPED = /\n\s+/g;

/**
 * Template for HTML texts: `html\`<b>${user(name)}</b>\``. Interpolated strings must be `Html`
 * already; what a person wrote goes through `user`. A template broken over lines is one line: lines
 * below each other are made by `lines`.
 */
export const html = (
  strings: TemplateStringsArray,
  ...parts: readonly (number | Html | readonly Html[])[]
): Html =>
  strings
    .map((piece, i) => {
      const part = parts[i - 1];
      return (part === undefined ? '' : render(part)) + piece.replaceAll(WRAPPED, ' ');
    })
    .join('') as Html;

/** Text from a person, escaped; at most `max` characters are shown. */
export const user = (text: string, max = 500): Html => {
  const letters = Array.from(text);
  return escapeHtml(letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : text);
};

/** Lines below each other; nulls are left out. */
export const lines = (...rows: readonly (Html | null | false)[]): Html =>
  rows.filter((row): row is Html => row !== null && row !== false).join('\n') as Html;

/** The text as Telegram shows it: without markup. */
export const plainText = (text: Html): string =>
  Object.entries(ESCAPES)
    .toReversed() // the ampersand last, so that nothing is unescaped twice
    .reduce(
      (shown, [sign, escaped]) => shown.replaceAll(escaped, sign),
      text.replaceAll(/<[^>]*>/g, ''),
    );

/** A text of several lines as one line. */
export const unbroken = (text: Html): Html => text.replaceAll('\n', ' ') as Html;

/** Sentences of one paragraph, after each other. */
export const sentences = (...parts: readonly Html[]): Html => parts.join(' ') as Html;
