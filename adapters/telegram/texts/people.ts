import type { User } from '../../../core/index.ts';
import { html, user, type Html } from '../html.ts';

/** `“Budi” (@budi)`: a name is a person's own word, so it stands in quotation marks. */
export const person = ({ displayName, username }: Pick<User, 'displayName' | 'username'>): Html =>
  username === null
    ? html`“${user(displayName, 64)}”`
    : html`“${user(displayName, 64)}” (@${user(username, 32)})`;

/** A name short enough for a button. */
export const shortName = ({ displayName }: Pick<User, 'displayName'>): string =>
  Array.from(displayName).slice(0, 18).join('');
