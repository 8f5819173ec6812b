import { count } from '../../format.ts';
import { html, trusted, type Html } from '../../html.ts';

/** `1 proof`, `2 proofs`. */
export const plural = (many: number, one: string, more = `${one}s`): Html =>
  html`${count(many)} ${trusted(many === 1 ? one : more)}`;
