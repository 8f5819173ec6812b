import { en } from './en.js';
import { id } from './id.js';

const KEPT = 'sandbox-language';
const CATALOGUES = { id, en };
const asked = new URLSearchParams(location.search).get('lang');
const chosen = [asked, localStorage.getItem(KEPT)].find((language) => language in CATALOGUES);
const current = chosen ?? (navigator.language.startsWith('en') ? 'en' : 'id');

/** The language of the page: `id` or `en`. */
export const language = () => current;

/** For dates and numbers. */
export const locale = () => (current === 'en' ? 'en-GB' : 'id-ID');

/** Shows the page anew in that language, and from now on whenever it is opened. */
export function setLanguage(next) {
  localStorage.setItem(KEPT, next);
  const address = new URL(location.href);
  address.searchParams.delete('lang');
  if (address.href === location.href) location.reload();
  else location.replace(address);
}

/** The words for `key`, with `{name}` replaced by `values.name`. Throws on a key that is not there. */
export function t(key, values = {}) {
  const words = CATALOGUES[current][key];
  if (words === undefined) throw new Error(`no words for "${key}"`);
  return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Fills in what carries `data-t` (its text) or `data-t-label` (its label) below `root`. */
export function translate(root) {
  for (const node of root.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll('[data-t-label]')) {
    node.setAttribute('aria-label', t(node.dataset.tLabel));
  }
}
