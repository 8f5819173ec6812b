import type { User } from '../../../core/index.ts';
import { html, user, type Html } from '../html.ts';

/** `“Budi” (@budi)`: a name is a person's own word, so it stands in quotation marks. */
export const person = ({ displayName, username }: Pick<User, 'displayName' | 'username'>): Html =>
  username === null
    ? html`“${user(displayName, 64)}”`
    : html`“${user(displayName, 64)}” (@${user(username, 32)})`;

const SHORT_NAME_MAX = 18;

/** A name short enough for a button. */
export const shortName = ({ displayName }: Pick<User, 'displayName'>): string => {
  const letters = Array.from(displayName);
  if (letters.length <= SHORT_NAME_MAX) return displayName;
  return `${letters
    .slice(0, SHORT_NAME_MAX - 1)
    .join('')
    .trimEnd()}…`;
};
