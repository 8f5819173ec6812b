import { createHash } from 'node:crypto';

let renamed = 0;
const names = new Map<string, string>();

/**
 * Under which a connection keeps its plan of a text; the same in every process, so that those who
 * share a connection through a pooler mean the same. Texts are parts of our source: not many.
 */
export const planNameOf = (text: string): string => {
  const known = names.get(text);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  const name = renamed === 0 ? `upah_${hash}` : `upah_${hash}_${renamed}`;
  names.set(text, name);
  return name;
};

/**
 * After a migration meanwhile: every connection may keep plans for what was before, and each would
 * fail once. Under new names all of them plan anew.
 */
export const renamePlans = (): void => {
  renamed += 1;
  names.clear();
};
